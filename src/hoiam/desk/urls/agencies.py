"""Agencies, officials, the press."""

from django.urls import path

from hoiam.desk.views import agencies, press

urlpatterns = [
    path("agencies/", agencies.agency_list, name="desk-agencies"),
    path("agencies/import/", agencies.import_list, name="desk-agency-import"),
    path("agencies/import/<int:pk>/", agencies.import_report, name="desk-agency-import-report"),
    path("agencies/<int:pk>/", agencies.agency, name="desk-agency"),
    path("agencies/<int:pk>/people/new/", agencies.new_official, name="desk-official-new"),
    path("posts/<int:pk>/end/", agencies.end_post, name="desk-post-end"),
    path("press/", press.press_list, name="desk-press"),
    path("press/new/", press.edit_press, name="desk-press-new"),
    path("press/<int:pk>/", press.edit_press, name="desk-press-edit"),
    path("press/<int:pk>/reporters/new/", press.new_reporter, name="desk-reporter-new"),
]
