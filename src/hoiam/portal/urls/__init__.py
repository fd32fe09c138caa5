"""Addresses of the public pages, one file an area; an area added here is an area shown."""

from hoiam.portal.urls import enquiries, machines, pages, schemes, spokespersons

AREAS = (pages, machines, spokespersons, enquiries, schemes)
urlpatterns = [pattern for area in AREAS for pattern in area.urlpatterns]
