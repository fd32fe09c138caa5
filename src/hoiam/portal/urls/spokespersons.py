"""Who may speak for which agency."""

from django.urls import path

from hoiam.portal.views import spokespersons

urlpatterns = [
    path("nguoi-phat-ngon/", spokespersons.listed, name="portal-spokespersons"),
    path("nguoi-phat-ngon.json", spokespersons.as_data, name="portal-spokespersons-json"),
]
