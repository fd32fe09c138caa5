"""What the workbench adds to Wagtail's pages: reviews, the three acts on what stands, sections, material, files."""

from django.urls import path
from django.views.i18n import JavaScriptCatalog

from hoiam.workbench.views import files, material, published, reviews, sections

# Wagtail's own view reads Wagtail's catalogue alone.
words = JavaScriptCatalog.as_view(packages=["wagtail.admin", "hoiam.workbench"])

urlpatterns = [
    path("duyet/", reviews.queue, name="workbench-reviews"),
    path("bai/<int:page_id>/gui-duyet/", reviews.send, name="workbench-send"),
    path("bai/<int:page_id>/duyet/", reviews.decide, name="workbench-decide"),
    path("bai/<int:page_id>/thoi-gui/", reviews.drop, name="workbench-drop"),
    path("bai/<int:page_id>/doi-phong/", reviews.convert, name="workbench-convert"),
    path("bai/<int:page_id>/tren-cong/", published.standing, name="workbench-published"),
    path("bai/<int:page_id>/<slug:act>/", published.act, name="workbench-act"),
    path("bai-gui/", material.waiting, name="workbench-material"),
    path("bai-gui/<int:pk>/soan/", material.write, name="workbench-write"),
    path("chuyen-muc/", sections.every, name="workbench-sections"),
    path("chuyen-muc/moi/", sections.edit, name="workbench-section-new"),
    path("chuyen-muc/<int:pk>/", sections.edit, name="workbench-section"),
    path("anh/<str:sealed>/<str:name>", files.picture, name="workbench-picture"),
    path("goc/<str:name>", files.original, name="workbench-file"),
    path("tep/<path:name>", files.rendition, name="workbench-rendition"),
    path("documents/<int:document_id>/<str:document_filename>", files.document, name="wagtaildocs_serve"),
    path("jsi18n/", words, name="wagtailadmin_javascript_catalog"),
    # Names that Wagtail's sidebar leads to: accounts are the desk's.
    path("logout/", files.signed_out, name="wagtailadmin_logout"),
    path("account/", files.own_account, name="wagtailadmin_account"),
]  # fmt: skip
