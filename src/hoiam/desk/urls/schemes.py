"""Đề án, kế hoạch, đợt truyền thông, và văn bản giao việc đưa vào để đọc."""

from django.urls import path

from hoiam.desk.views import scheme_edits, scheme_papers, schemes

urlpatterns = [
    path("schemes/", schemes.scheme_list, name="desk-schemes"),
    path("schemes/new/", scheme_edits.new, name="desk-scheme-new"),
    path("schemes/campaign/", scheme_edits.campaign, name="desk-scheme-campaign"),
    path("schemes/ready/<slug:key>/", scheme_edits.ready, name="desk-scheme-ready"),
    path("schemes/<int:pk>/", schemes.scheme, name="desk-scheme"),
    path("schemes/<int:pk>/changes/", schemes.changes, name="desk-scheme-changes"),
    path("schemes/<int:pk>/do/<slug:verb>/", schemes.act, name="desk-scheme-do"),
    path("schemes/<int:pk>/plan/", scheme_edits.plan, name="desk-scheme-plan"),
    path("schemes/<int:pk>/head/", scheme_edits.head, name="desk-scheme-head"),
    path("schemes/<int:pk>/themes/", scheme_edits.themes, name="desk-scheme-themes"),
    path("schemes/<int:pk>/tasks/new/", scheme_edits.task, name="desk-scheme-task-new"),
    path("schemes/<int:pk>/tasks/<int:task>/", scheme_edits.task, name="desk-scheme-task"),
    path(
        "schemes/<int:pk>/tasks/<int:task>/remove/",
        scheme_edits.remove_task,
        name="desk-scheme-task-remove",
    ),
    path(
        "schemes/<int:pk>/tasks/<int:task>/quota/",
        scheme_edits.quota,
        name="desk-scheme-quota-new",
    ),
    path(
        "schemes/<int:pk>/quota/<int:quota>/remove/",
        scheme_edits.remove_quota,
        name="desk-scheme-quota-remove",
    ),
    path("papers-in/", scheme_papers.paper_list, name="desk-scheme-papers"),
    path("papers-in/new/", scheme_papers.new, name="desk-scheme-paper-new"),
    path("papers-in/<int:pk>/", scheme_papers.paper, name="desk-scheme-paper"),
    path("papers-in/<int:pk>/file/", scheme_papers.file, name="desk-scheme-paper-file"),
    path(
        "papers-in/<int:pk>/addressed/", scheme_papers.addressed, name="desk-scheme-paper-addressed"
    ),
    path("papers-in/<int:pk>/drop/", scheme_papers.drop, name="desk-scheme-paper-drop"),
    path("papers-in/<int:pk>/<slug:name>/", scheme_papers.part, name="desk-scheme-paper-whole"),
    path(
        "papers-in/<int:pk>/<slug:name>/<int:at>/",
        scheme_papers.part,
        name="desk-scheme-paper-part",
    ),
    path(
        "papers-in/<int:pk>/<slug:name>/<int:at>/remove/",
        scheme_papers.remove,
        name="desk-scheme-paper-remove",
    ),
]
