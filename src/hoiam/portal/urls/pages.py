"""The portal's own pages: news and lists, articles, documents, questions, what is about the portal itself."""

from django.urls import path

from hoiam.portal.views import about, articles, counting, finding, home, news, papers, pictures

urlpatterns = [
    path("", home.home, name="home"),
    path("tin/", news.everything, name="portal-news"),
    path("chuyen-muc/<slug:slug>/", news.section, name="portal-section"),
    path("don-vi/", news.agencies, name="portal-agencies"),
    path("don-vi/<str:code>/", news.agency, name="portal-agency"),
    path("chu-de/", news.themes, name="portal-themes"),
    path("chu-de/<int:number>/", news.theme, name="portal-theme"),
    path("dot-truyen-thong/", news.campaigns, name="portal-campaigns"),
    path("tin-don-vi-ban/", news.partners, name="portal-partners"),
    path("bai/<slug:slug>/", articles.article, name="portal-article"),
    path("bai/<slug:slug>/cac-ban/", articles.history, name="portal-history"),
    path("bai/<slug:slug>/tep/", articles.file, name="portal-file"),
    path("van-ban/", papers.documents, name="portal-documents"),
    path("thong-cao/", papers.releases, name="portal-releases"),
    path("hoi-dap/", papers.questions, name="portal-questions"),
    path("hoi-dap/<slug:slug>/", papers.question, name="portal-question"),
    path("tim/", finding.search, name="portal-search"),
    path("so-do-trang/", about.site_map, name="portal-map"),
    path("tai-khoan/", about.accounts, name="portal-accounts"),
    path("giai-thich-tu-ngu/", about.words, name="portal-words"),
    path("kha-nang-tiep-can/", about.access, name="portal-access"),
    path("cong/so-lieu/", about.figures, name="portal-figures"),
    path("cong/so-lieu.json", about.figures_data, name="portal-figures-json"),
    path("cong/luot-doc/", counting.read, name="portal-read"),
    path("cong/danh-gia/", counting.rate, name="portal-rate"),
    path("anh/<str:name>", pictures.shown, name="portal-picture"),
]
