"""Sealed things in the actor's sight, and who had them in hand."""

from django.db.models import Model, Q, QuerySet

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.models import LedgerEntry
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Case, CaseItem, CaseSnapshot, Dossier, Evidence
from hoiam.handling.queries.cases import cases_visible_to
from hoiam.monitoring.models import Capture, Item, Snapshot
from hoiam.monitoring.queries import stories_visible_to


def evidence_visible_to(actor: Actor) -> ScopedQuerySet:
    """Evidence files of the cases the actor sees."""
    seen = cases_visible_to(actor).values("pk")
    return Evidence.objects.narrowed(case__in=seen).select_related("case__agency", "added_by")


def dossiers_visible_to(actor: Actor) -> ScopedQuerySet:
    """Dossiers made of the cases the actor sees."""
    seen = cases_visible_to(actor).values("pk")
    return Dossier.objects.narrowed(case__in=seen).select_related("case__agency", "made_by")


def snapshots_visible_to(actor: Actor) -> QuerySet[Snapshot]:
    """Captured pages of reports and cases the actor sees."""
    shown = CaseSnapshot.objects.filter(case__in=cases_visible_to(actor).values("pk"))
    mine = Q(item__in=_items(actor).values("pk")) | Q(pk__in=shown.values("snapshot"))
    return Snapshot.objects.filter(mine)


def captures_visible_to(actor: Actor) -> QuerySet[Capture]:
    """Captures that prove a report in a story or a case in sight, or were taken for such a case."""
    items = _items(actor).values("pk")
    shots = snapshots_visible_to(actor)
    proves = (
        Q(items__in=items)
        | Q(versions__item__in=items)
        | Q(page_of__in=shots.values("pk"))
        | Q(image_of__in=shots.values("pk"))
        | Q(print_of__in=shots.values("pk"))
    )
    return Capture.objects.filter(pk__in=Capture.objects.filter(proves).values("pk"))


def _items(actor: Actor) -> QuerySet[Item]:
    in_case = CaseItem.objects.filter(case__in=cases_visible_to(actor).values("pk"))
    in_story = Q(story__in=stories_visible_to(actor).values("pk"))
    return Item.objects.filter(in_story | Q(pk__in=in_case.values("item")))


def captures_of(case: Case) -> QuerySet[Capture]:
    """Every capture that belongs to a case: of its reports, their versions, their reprints' own, and its snapshots."""
    items = case.case_items.values("item")
    shots = Snapshot.objects.filter(Q(item__in=items) | Q(for_case__case=case)).values("pk")
    proves = (
        Q(items__in=items)
        | Q(versions__item__in=items)
        | Q(page_of__in=shots)
        | Q(image_of__in=shots)
        | Q(print_of__in=shots)
    )
    found = Capture.objects.filter(pk__in=Capture.objects.filter(proves).values("pk"))
    return found.order_by("at", "pk")


def custody_of(thing: Model) -> QuerySet[LedgerEntry]:
    """Who added, took out or handed over this thing, when and why; oldest first (sổ giao nhận chứng cứ)."""
    return ledger.of(thing)
