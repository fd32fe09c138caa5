"""Addresses of the desk, one file an area; an area added here is an area shown."""

from hoiam.desk.urls import (
    agencies,
    cases,
    home,
    lexicon,
    notices,
    overview,
    paper_register,
    sources,
    watch,
)

AREAS = (home, watch, cases, paper_register, overview, agencies, sources, lexicon, notices)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
