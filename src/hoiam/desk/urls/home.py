"""Việc của tôi, search, files."""

from django.urls import path

from hoiam.desk.views import files, home, search

urlpatterns = [
    path("", home.work, name="desk-home"),
    path("search/", search.search, name="desk-search"),
    path("evidence/<int:pk>/", files.evidence, name="desk-evidence"),
    path("captures/<int:pk>/", files.capture, name="desk-capture"),
]
