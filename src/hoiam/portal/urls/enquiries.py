"""Hỏi báo chí: the public form of the press, and the page of one enquiry."""

from django.urls import path

from hoiam.portal.views import enquiries

urlpatterns = [
    path("hoi-bao-chi/", enquiries.ask, name="portal-enquiry"),
    path("hoi-bao-chi/<str:code>/", enquiries.state, name="portal-enquiry-state"),
]
