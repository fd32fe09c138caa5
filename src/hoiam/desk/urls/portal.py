"""Cổng thông tin: feeds of partners, planned outages."""

from django.urls import path

from hoiam.desk.views import portal

urlpatterns = [
    path("portal/", portal.page, name="desk-portal"),
    path("portal/feeds/<int:pk>/switch/", portal.switch, name="desk-portal-feed-switch"),
    path("portal/foot/", portal.foot, name="desk-portal-foot"),
    path("portal/outages/", portal.announce, name="desk-portal-outage-new"),
    path("portal/outages/<int:pk>/call-off/", portal.call_off, name="desk-portal-outage-off"),
]
