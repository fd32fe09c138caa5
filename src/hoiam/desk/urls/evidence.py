"""Sealed things: evidence files and captures, those of a case, dossiers handed over."""

from django.urls import path

from hoiam.desk.views import case_evidence, evidence

urlpatterns = [
    path("cases/<int:pk>/evidence/", case_evidence.page, name="desk-case-evidence"),
    path(
        "cases/<int:pk>/evidence/do/<slug:verb>/", case_evidence.act, name="desk-case-evidence-do"
    ),
    path("plans/<int:pk>/stop/", case_evidence.stop_plan, name="desk-plan-stop"),
    path("dossiers/<int:pk>/take/", case_evidence.dossier_take, name="desk-dossier-take"),
    path("items/<int:pk>/snapshot/", case_evidence.item_snapshot, name="desk-item-snapshot"),
    path("evidence/<int:pk>/", evidence.evidence, name="desk-evidence"),
    path("evidence/<int:pk>/take/", evidence.evidence_take, name="desk-evidence-take"),
    path("captures/<int:pk>/", evidence.capture, name="desk-capture"),
    path("captures/<int:pk>/take/", evidence.capture_take, name="desk-capture-take"),
    path("captures/<int:pk>/image/", evidence.capture_image, name="desk-capture-image"),
]
