"""What official accounts posted, as a feed."""

from django.urls import path

from hoiam.portal.views import social

urlpatterns = [
    path("tai-khoan/<int:pk>/rss.xml", social.feed, name="portal-account-feed"),
]
