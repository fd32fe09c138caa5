"""The register of outgoing papers, signed files, PDF; an agency's wording and letterhead."""

from django.urls import path

from hoiam.desk.views import paper_files, paper_register, wording

urlpatterns = [
    path("papers/register/", paper_register.register, name="desk-register"),
    path("papers/register/<int:pk>/cancel/", paper_register.cancel, name="desk-number-cancel"),
    path("papers/<int:pk>/pdf/", paper_files.pdf, name="desk-paper-pdf"),
    path("papers/<int:pk>/signed/", paper_files.signed, name="desk-paper-signed"),
    path("papers/<int:pk>/take/", paper_files.take, name="desk-paper-take"),
    path("agencies/<int:pk>/letterhead/", wording.letterhead, name="desk-letterhead"),
    path("agencies/<int:pk>/wording/", wording.kind_list, name="desk-wordings"),
    path("agencies/<int:pk>/wording/<slug:code>/", wording.edit, name="desk-wording"),
    path("agencies/<int:pk>/wording/<slug:code>/reset/", wording.reset, name="desk-wording-reset"),
]
