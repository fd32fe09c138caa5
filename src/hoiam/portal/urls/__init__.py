"""Public addresses, one file an area."""

from hoiam.portal.urls import (
    enquiries,
    letters,
    machines,
    packages,
    pages,
    schemes,
    social,
    spokespersons,
    submissions,
)

AREAS = (
    pages,
    machines,
    spokespersons,
    enquiries,
    letters,
    submissions,
    packages,
    social,
    schemes,
)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
