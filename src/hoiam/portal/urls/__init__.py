"""Addresses of the public pages, one file an area; an area added here is an area shown."""

from hoiam.portal.urls import enquiries, schemes, social, spokespersons

AREAS = (spokespersons, enquiries, schemes, social)
from hoiam.portal.urls import enquiries, packages, schemes, spokespersons

AREAS = (spokespersons, enquiries, schemes, packages)
from hoiam.portal.urls import enquiries, schemes, spokespersons, submissions

AREAS = (spokespersons, enquiries, schemes, submissions)
from hoiam.portal.urls import enquiries, letters, schemes, spokespersons

AREAS = (spokespersons, enquiries, letters, schemes)
from hoiam.portal.urls import enquiries, machines, pages, schemes, spokespersons

AREAS = (pages, machines, spokespersons, enquiries, schemes)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
