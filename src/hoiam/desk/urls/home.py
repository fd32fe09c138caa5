"""Việc của tôi, search."""

from django.urls import path

from hoiam.desk.views import home, search

urlpatterns = [
    path("", home.work, name="desk-home"),
    path("search/", search.search, name="desk-search"),
]
