"""Notices, and who is told how."""

from django.urls import path

from hoiam.desk.views import notices, routing

urlpatterns = [
    path("notices/", notices.notice_list, name="desk-notices"),
    path("notices/seen/", notices.seen, name="desk-notices-seen"),
    path("notices/<int:pk>/acknowledge/", notices.acknowledge, name="desk-notice-acknowledge"),
    path("notices/link/<str:token>/", notices.by_link, name="desk-notice-link"),
    path("me/notices/", notices.choice, name="desk-notice-choice"),
    path("me/notices/try/", notices.try_out, name="desk-notice-try"),
    path("me/browsers/", notices.add_browser, name="desk-browser-add"),
    path("me/browsers/<int:pk>/remove/", notices.remove_browser, name="desk-browser-remove"),
    path("push-worker.js", notices.push_worker, name="desk-push-worker"),
    path("agencies/<int:pk>/telling/", routing.rows, name="desk-routing"),
    path("agencies/<int:pk>/telling/reset/", routing.reset, name="desk-routing-reset"),
    path("agencies/<int:pk>/lines/", routing.lines, name="desk-lines"),
    path("lines/<int:pk>/", routing.line, name="desk-line"),
    path("lines/<int:pk>/<slug:verb>/", routing.act, name="desk-line-act"),
    path("deliveries/<int:pk>/replay/", routing.replay, name="desk-delivery-replay"),
]
