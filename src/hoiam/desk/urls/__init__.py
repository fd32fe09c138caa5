"""Addresses of the desk, one file an area; an area added here is an area shown."""

from hoiam.desk.urls import (
    agencies,
    cases,
    clocks,
    cooperation,
    evidence,
    home,
    lexicon,
    notices,
    outlet_watch,
    overview,
    paper_register,
    press_desk,
    scheme,
    sources,
    speaking,
    spokespersons,
    training,
    watch,
)

AREAS = (
    home,
    watch,
    cases,
    overview,
    clocks,
    evidence,
    outlet_watch,
    paper_register,
    press_desk,
    scheme,
    cooperation,
    training,
    speaking,
    spokespersons,
    agencies,
    sources,
    lexicon,
    notices,
)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
