"""Reports, stories and their versions."""

from django.urls import path

from hoiam.desk.views import stories, versions, watch

urlpatterns = [
    path("watch/", watch.triage, name="desk-watch"),
    path("watch/clip/", watch.clip, name="desk-clip"),
    path("warnings/<int:pk>/assign/", watch.assign, name="desk-warning-assign"),
    path("warnings/<int:pk>/duplicate/", watch.duplicate, name="desk-warning-duplicate"),
    path("warnings/<int:pk>/snooze/", watch.snooze, name="desk-warning-snooze"),
    path("warnings/<int:pk>/case/", watch.open_case, name="desk-warning-case"),
    path("warnings/<int:pk>/<slug:verb>/", watch.act, name="desk-warning-act"),
    path("stories/<int:pk>/", stories.story, name="desk-story"),
    path("stories/<int:pk>/merge/", stories.merge, name="desk-story-merge"),
    path("stories/<int:pk>/agency/", stories.add_agency, name="desk-story-agency"),
    path("stories/<int:pk>/unmerge/<int:merged>/", stories.unmerge, name="desk-story-unmerge"),
    path("stories/<int:pk>/unsplit/", stories.unsplit, name="desk-story-unsplit"),
    path("items/<int:pk>/", stories.item, name="desk-item"),
    path("items/<int:pk>/reread/", versions.reread, name="desk-item-reread"),
    path("items/<int:pk>/versions/<int:number>/", versions.version, name="desk-item-version"),
    path("items/<int:pk>/split/", stories.split, name="desk-item-split"),
]
