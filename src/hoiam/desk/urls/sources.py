"""Sources and what they brought."""

from django.urls import path

from hoiam.desk.views import source_finding, source_uploads, sources

urlpatterns = [
    path("sources/", sources.source_list, name="desk-sources"),
    path("sources/find/", source_finding.find, name="desk-source-find"),
    path("sources/list/", source_finding.starter, name="desk-source-starter"),
    path("sources/imports/<int:pk>/", source_uploads.import_report, name="desk-item-import"),
    path("sources/<int:pk>/upload/", source_uploads.upload, name="desk-source-upload"),
    path("sources/new/", sources.edit_source, name="desk-source-new"),
    path("sources/rules/<int:pk>/on/", sources.switch_on, name="desk-site-rule-on"),
    path("sources/<int:pk>/", sources.source, name="desk-source"),
    path("sources/<int:pk>/edit/", sources.edit_source, name="desk-source-edit"),
    path("sources/<int:pk>/pause/", sources.pause, name="desk-source-pause"),
]
