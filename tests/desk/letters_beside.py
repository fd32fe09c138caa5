"""The house's addresses with those of the letters' room beside them, wherever it stands."""

from django.http import HttpResponse
from django.urls import path

from hoiam.config.urls import urlpatterns as ours

urlpatterns = [
    path("letters-beside/", lambda request: HttpResponse(), name="desk-letter-new"),
    path("questions-beside/", lambda request: HttpResponse(), name="desk-legal-question-new"),
    *ours,
]
