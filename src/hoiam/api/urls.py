"""Addresses of the API; the page for people at /api/v1/ is the portal's."""

from django.urls import path

from hoiam.api.door import DOCUMENT, enter

urlpatterns = [
    path(DOCUMENT, enter, {"rest": DOCUMENT}, name="api-openapi"),
    path("<path:rest>", enter, name="api"),
]
