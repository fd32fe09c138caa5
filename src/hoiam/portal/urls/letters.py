"""Gửi đơn, hỏi pháp luật: the public form, and the page of one letter."""

from django.urls import path

from hoiam.portal.views import letters

urlpatterns = [
    path("gui-don/", letters.send, name="portal-letter"),
    path("gui-don/<str:code>/", letters.state, name="portal-letter-state"),
]
