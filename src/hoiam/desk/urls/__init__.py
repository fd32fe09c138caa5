"""Addresses of the desk, one file an area; an area added here is an area shown."""

from hoiam.desk.urls import (
    agencies,
    cases,
    evidence,
    home,
    lexicon,
    notices,
    overview,
    sources,
    watch,
)

AREAS = (home, watch, cases, evidence, overview, agencies, sources, lexicon, notices)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
