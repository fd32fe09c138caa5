"""The watch on outlets, and the ladder above them."""

from django.urls import path

from hoiam.desk.views import escalation, outlet_watch

urlpatterns = [
    path("outlet-watch/", outlet_watch.watch_list, name="desk-outlet-watches"),
    path("outlet-watch/<int:pk>/", outlet_watch.watch, name="desk-outlet-watch"),
    path("outlet-watch/<int:pk>/do/<slug:verb>/", outlet_watch.step, name="desk-outlet-watch-step"),
    path("outlet-watch/<int:pk>/look/", outlet_watch.look, name="desk-outlet-watch-look"),
    path("outlet-watch/<int:pk>/section/", outlet_watch.section, name="desk-outlet-watch-section"),
    path("outlet-watch/<int:pk>/round/", outlet_watch.next_round, name="desk-outlet-watch-round"),
    path("cases/<int:pk>/escalation/", escalation.ladder, name="desk-escalation"),
    path("cases/<int:pk>/escalation/<slug:verb>/", escalation.step, name="desk-escalation-step"),
]
