"""Figures, digests, syntheses."""

from django.urls import path

from hoiam.desk.views import digests, overview, periods

urlpatterns = [
    path("overview/", overview.overview, name="desk-overview"),
    path("digests/", digests.digest_list, name="desk-digests"),
    path("digests/<int:agency>/<str:day>/", digests.digest, name="desk-digest"),
    path("digests/<int:agency>/<str:day>/word/", digests.word, name="desk-digest-word"),
    path("digests/<int:agency>/<str:day>/send/", digests.send, name="desk-digest-send"),
    path("digests/<slug:kind>/<int:agency>/<str:day>/", periods.sheet, name="desk-sheet"),
    path("digests/<slug:kind>/<int:agency>/<str:day>/word/", periods.word, name="desk-sheet-word"),
    path("digests/<slug:kind>/<int:agency>/<str:day>/send/", periods.send, name="desk-sheet-send"),
    path(
        "digests/<slug:kind>/<int:agency>/<str:day>/remarks/",
        periods.remarks,
        name="desk-sheet-remarks",
    ),
]
