"""The table of addresses while somebody is in the workbench: its own, Wagtail's, and the desk's for links back.

The gate names it for each request under /cms/ and nothing else does, so that no other process and no other page reads
Wagtail's two hundred views.
Its own stand first: what it answers itself Wagtail is not asked.
"""

from django.conf import settings
from django.urls import include, path
from wagtail.admin import urls as wagtail_urls

from hoiam.workbench.urls import own

urlpatterns = [
    path("cms/", include(own)),
    path("cms/", include(wagtail_urls)),
    path("", include(settings.ROOT_URLCONF)),
]
handler404 = "hoiam.workbench.views.pages.missing"
