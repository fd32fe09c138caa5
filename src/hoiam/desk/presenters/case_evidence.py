"""All that is sealed for one case: files, captures of its reports, snapshots and plans, dossiers handed over."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.models import Sealed
from hoiam.core.rendering import find_chromium
from hoiam.desk.forms.evidence import ClipForm, DossierForm, PlanForm, SnapshotForm
from hoiam.handling.models import Case, Dossier, Evidence
from hoiam.handling.queries import captures_of, dossiers_visible_to
from hoiam.handling.states import CaseState
from hoiam.monitoring.models import Capture, CapturePlan, Snapshot

# verb: its form and the policy that opens it
FORMS = {
    "snapshot": (SnapshotForm, "capture_page"),
    "plan": (PlanForm, "plan_captures"),
    "clip": (ClipForm, "add_evidence"),
    "dossier": (DossierForm, "export_dossier"),
}
SHOWN = 50


@dataclass(frozen=True)
class CaseEvidence:
    """What the page of a case's evidence shows."""

    case: Case
    files: list[Evidence]
    captures: list[Capture]
    snapshots: list[Snapshot]
    plans: list[CapturePlan]
    dossiers: list[Dossier]
    is_waiting: bool
    has_browser: bool


def case_evidence(case: Case, actor: Actor) -> CaseEvidence:
    """The lists of the page, each with what a row draws; a fixed number of queries."""
    shots = list(_snapshots(case)[:SHOWN])
    items = case.case_items.values("item")
    return CaseEvidence(
        case=case,
        files=list(_with_stamp("evidence", _files(case))),
        captures=list(_with_stamp("capture", captures_of(case)).select_related("by")[:SHOWN]),
        snapshots=shots,
        plans=list(
            CapturePlan.objects.filter(item__in=items, next_at__isnull=False).select_related(
                "item", "by"
            )
        ),
        dossiers=list(dossiers_visible_to(actor).filter(case=case)),
        is_waiting=any(shot.state == "waiting" for shot in shots),
        has_browser=bool(find_chromium()),
    )


def _files(case: Case) -> QuerySet[Evidence]:
    return Evidence.objects.narrowed(case=case).select_related("added_by").order_by("pk")


def _snapshots(case: Case) -> QuerySet[Snapshot]:
    items = case.case_items.values("item")
    mine = Q(for_case__case=case) | Q(item__in=items)
    return Snapshot.objects.filter(mine).select_related(
        "asked_by", "item", "page", "image", "print"
    )


def _with_stamp(kind: str, rows: QuerySet) -> QuerySet:
    """The rows with whether they bear the house's stamp, and one of an authority outside."""
    of_row = Sealed.objects.filter(kind=kind, subject_id=OuterRef("pk"))
    return rows.annotate(
        stamped=Exists(of_row), stamped_outside=Exists(of_row.filter(stamp__authority="outside"))
    )


def verbs_open(case: Case, actor: Actor) -> list[str]:
    """The verbs of the page this person may take now."""
    closed = case.state == CaseState.CLOSED
    return [
        verb
        for verb, (_, action) in FORMS.items()
        if authority.can(actor, action, case) and (verb == "dossier" or not closed)
    ]
