"""Published excerpts of schemes."""

from django.urls import path

from hoiam.portal.views import schemes

urlpatterns = [
    path("de-an/", schemes.listed, name="portal-schemes"),
    path("de-an/<int:pk>/", schemes.excerpt, name="portal-scheme"),
]
