"""Gói tin cho báo chí: a receiver's own page, its files, the receiver's feed, and the way to stop receiving."""

from django.urls import path

from hoiam.portal.views import packages

urlpatterns = [
    path("goi-tin/luong/<str:token>.atom", packages.feed, name="portal-package-feed"),
    path("goi-tin/ngung/<str:key>/", packages.leave, name="portal-package-leave"),
    path("goi-tin/<str:token>/", packages.package, name="portal-package"),
    path("goi-tin/<str:token>/<int:article>.docx", packages.word, name="portal-package-word"),
    path("goi-tin/<str:token>/anh/<int:picture>/", packages.picture, name="portal-package-picture"),
]
