"""Addresses of the desk, one file an area; an area added here is an area shown."""

from hoiam.desk.urls import (
    agencies,
    cases,
    home,
    lexicon,
    notices,
    overview,
    press_desk,
    sources,
    spokespersons,
    watch,
)

AREAS = (
    home,
    watch,
    cases,
    overview,
    press_desk,
    agencies,
    spokespersons,
    sources,
    lexicon,
    notices,
)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
