"""Cases, clocks and papers."""

from django.urls import path

from hoiam.desk.views import case_items, case_new, cases, papers, sole_signers

urlpatterns = [
    path("cases/", cases.case_list, name="desk-cases"),
    path("cases/new/", case_new.new, name="desk-case-new"),
    path("cases/<int:pk>/", cases.workspace, name="desk-case"),
    path("cases/<int:pk>/items/", case_items.items, name="desk-case-items"),
    path("cases/<int:pk>/print/", cases.timeline, name="desk-case-print"),
    path("cases/<int:pk>/do/<slug:step>/", cases.step, name="desk-case-step"),
    path("agencies/<int:pk>/sole-signer/", sole_signers.permit, name="desk-sole-signer"),
    path("facts/<int:pk>/", cases.fact, name="desk-fact"),
    path("clocks/<int:pk>/", cases.clock, name="desk-clock"),
    path("papers/", papers.paper_list, name="desk-papers"),
    path("cases/<int:pk>/papers/new/", papers.new, name="desk-paper-new"),
    path("papers/<int:pk>/", papers.paper, name="desk-paper"),
    path("papers/<int:pk>/word/", papers.word, name="desk-paper-word"),
    path("papers/<int:pk>/do/<slug:step>/", papers.step, name="desk-paper-step"),
]
