"""What programs and other portals read: feeds, sitemaps, JSON, a fragment to frame."""

from django.urls import path

from hoiam.portal.views import api, feeds, machines

urlpatterns = [
    path("nhan-tin/", feeds.listed, name="portal-feeds"),
    path("tin/nguon.<slug:ending>", feeds.everything, name="portal-feed"),
    # The short names under which other programs look for feeds by habit.
    path("rss", feeds.everything, {"ending": "rss"}, name="portal-rss"),
    path("atom", feeds.everything, {"ending": "atom"}, name="portal-atom"),
    path("feed.json", feeds.everything, {"ending": "json"}, name="portal-json-feed"),
    path("chuyen-muc/<slug:slug>/nguon.<slug:ending>", feeds.section, name="portal-section-feed"),
    path("don-vi/<str:code>/nguon.<slug:ending>", feeds.agency, name="portal-agency-feed"),
    path("chu-de/<int:number>/nguon.<slug:ending>", feeds.theme, name="portal-theme-feed"),
    path("sitemap.xml", feeds.sitemap, name="portal-sitemap"),
    path("sitemap-trang.xml", feeds.sitemap_pages, name="portal-sitemap-pages"),
    path("sitemap-bai-<int:number>.xml", feeds.sitemap_articles, name="portal-sitemap-articles"),
    path("sitemap-tin.xml", feeds.sitemap_news, name="portal-sitemap-news"),
    path("robots.txt", feeds.robots, name="portal-robots"),
    path("api/v1/", machines.api, name="portal-api"),
    # Older addresses, kept as they are: other portals read them.
    path("api/chuyen-muc/", api.sections, name="portal-api-sections"),
    path("api/bai/", api.articles, name="portal-api-articles"),
    path("api/bai/<slug:slug>/", api.article, name="portal-api-article"),
    path("nhung/<slug:slug>/", api.fragment, name="portal-fragment"),
]
