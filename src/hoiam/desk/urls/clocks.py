"""Rules and the units' numbers, days announced, private calendars."""

from django.urls import path

from hoiam.desk.views import calendar, calendar_links, rules

urlpatterns = [
    path("rules/", rules.rule_list, name="desk-rules"),
    path("rules/<slug:rule_id>/", rules.rule_page, name="desk-rule"),
    path("rules/numbers/<int:pk>/end/", rules.end, name="desk-tightening-end"),
    path("calendar/", calendar.days, name="desk-calendar"),
    path("calendar/<int:pk>/withdraw/", calendar.withdraw, name="desk-calendar-withdraw"),
    path("me/calendar/", calendar_links.mine, name="desk-my-calendar"),
    path("me/calendar/<int:pk>/revoke/", calendar_links.revoke, name="desk-calendar-revoke"),
]
