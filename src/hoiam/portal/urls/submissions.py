"""Links for people without an account: sending a piece, answering a question."""

from django.urls import path

from hoiam.portal.views import submissions

urlpatterns = [
    path("gui-bai/<str:secret>/", submissions.send, name="portal-guest-piece"),
    path("gui-bai/<str:secret>/anh/<int:pk>/", submissions.picture, name="portal-guest-picture"),
    path("kiem-chung/<str:secret>/", submissions.answer, name="portal-guest-answer"),
]
