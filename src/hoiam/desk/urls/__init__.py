"""Addresses of the desk, one file an area; an area added here is an area shown."""

from hoiam.desk.urls import (
    agencies,
    cases,
    home,
    lexicon,
    notices,
    outlet_watch,
    overview,
    sources,
    watch,
)

AREAS = (home, watch, cases, outlet_watch, overview, agencies, sources, lexicon, notices)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
