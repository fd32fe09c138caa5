"""Spokespersons and official accounts."""

from django.urls import path

from hoiam.desk.views import spokespersons

urlpatterns = [
    path("spokespersons/", spokespersons.register, name="desk-spokespersons"),
    path(
        "agencies/<int:pk>/spokespersons/new/", spokespersons.appoint, name="desk-spokesperson-new"
    ),
    path("spokespersons/<int:pk>/", spokespersons.spokesperson, name="desk-spokesperson"),
    path(
        "spokespersons/<int:pk>/decision/",
        spokespersons.decision,
        name="desk-spokesperson-decision",
    ),
    path("spokespersons/<int:pk>/do/<slug:verb>/", spokespersons.act, name="desk-spokesperson-act"),
    path("accounts/new/", spokespersons.new_account, name="desk-account-new"),
    path("accounts/<int:pk>/end/", spokespersons.end_account, name="desk-account-end"),
]
