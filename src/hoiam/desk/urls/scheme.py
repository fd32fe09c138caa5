"""Statutory indicators, yearly reports, lateness and explanations."""

from django.urls import path

from hoiam.desk.views import indicators, lateness

urlpatterns = [
    path("indicators/", indicators.own, name="desk-indicators"),
    path("indicators/<int:agency>/<int:year>/", indicators.report, name="desk-indicators-of"),
    path("indicators/<int:agency>/<int:year>/word/", indicators.word, name="desk-indicators-word"),
    path(
        "indicators/<int:agency>/<int:year>/do/<slug:verb>/",
        indicators.act,
        name="desk-indicators-do",
    ),
    path(
        "indicators/<int:agency>/<int:year>/<slug:code>/",
        indicators.rows,
        name="desk-indicator-rows",
    ),
    path("lateness/", lateness.board, name="desk-lateness"),
    path("lateness/<int:pk>/", lateness.unit, name="desk-lateness-of"),
    path("lateness/<int:pk>/remind/", lateness.remind, name="desk-lateness-remind"),
    path("clocks/<int:pk>/explain/", lateness.ask, name="desk-explanation-ask"),
    path("explanations/", lateness.explanation_list, name="desk-explanations"),
    path("explanations/<int:pk>/", lateness.explanation, name="desk-explanation"),
    path("explanations/<int:pk>/<slug:verb>/", lateness.act, name="desk-explanation-act"),
]
