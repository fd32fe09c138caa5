"""Addresses of the desk, one file an area; an area added here is an area shown."""

from hoiam.desk.urls import (
    agencies,
    cases,
    home,
    lexicon,
    notices,
    overview,
    sources,
    speaking,
    spokespersons,
    watch,
)

AREAS = (home, watch, cases, overview, agencies, spokespersons, speaking, sources, lexicon, notices)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
