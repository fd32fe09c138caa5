"""The table of addresses while somebody is in the workbench: its own, Wagtail's, and the whole house for links back.

It is named by the gate for each request under /cms/ and by nothing else, so that no other process and no other page reads
Wagtail's two hundred views.
"""

from django.urls import include, path
from wagtail.admin import urls as wagtail_urls

from hoiam.config import urls as house
from hoiam.workbench.urls import own
