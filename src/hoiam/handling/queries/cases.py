"""Cases and papers in the actor's sight."""

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import (
    Case,
    CaseItem,
    Clock,
    LeftOutItem,
    Paper,
    PaperVersion,
    Party,
)
from hoiam.handling.states import CaseState
from hoiam.monitoring.models import Item, Version


def cases_visible_to(actor: Actor) -> ScopedQuerySet:
    """Cases of the actor's agencies and those in which one of them has a part; the centre sees all."""
    if not actor.is_active:
        return Case.objects.none().narrowed()
    if actor.sees_everything:
        return Case.objects.narrowed()
    parts = Party.objects.filter(agency__in=actor.agency_ids).values("case")
    return Case.objects.filter(Q(agency__in=actor.agency_ids) | Q(pk__in=parts)).narrowed()


def papers_visible_to(actor: Actor) -> ScopedQuerySet:
    """Outgoing papers of the cases the actor sees."""
    seen = cases_visible_to(actor).values("pk")
    return Paper.objects.narrowed(case__in=seen).select_related("case", "agency", "press_agency")


def case_list(actor: Actor, *, tab: str = "open", agency: int | None = None) -> ScopedQuerySet:
    """The cases of a tab (`open`, `closed`, `all`) with what a row draws, newest first; four queries and one for pauses."""
    rows = cases_visible_to(actor)
    if tab == "open":
        rows = rows.exclude(state=CaseState.CLOSED)
    elif tab == "closed":
        rows = rows.filter(state=CaseState.CLOSED)
    if agency is not None:
        rows = rows.filter(agency=agency)
    return (
        rows.select_related("agency", "holder")
        .annotate(item_count=Coalesce(Subquery(_items_of_the_case()), 0))
        .prefetch_related(
            "parties__agency", Prefetch("clocks", _open_clocks(), to_attr="open_clocks")
        )
        .order_by("-opened_at", "-pk")
    )


def _items_of_the_case() -> QuerySet[CaseItem]:
    # Counted for the page's rows only; a join would count the reports of every case before the newest are taken.
    items = CaseItem.objects.filter(case=OuterRef("pk")).order_by().values("case")
    return items.annotate(n=Count("pk")).values("n")


def with_first_writer(rows: ScopedQuerySet) -> ScopedQuerySet:
    """The same papers with who drafted each first (`first_writer`), which four eyes asks of every one of them."""
    versions = PaperVersion.objects.filter(paper=OuterRef("pk")).order_by("id")
    return rows.annotate(first_writer=Subquery(versions.values("by")[:1]))


def _open_clocks() -> ScopedQuerySet:
    rows = Clock.objects.filter(state__in=["wait", "run", "pause"]).prefetch_related("pauses")
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def fresh_items(case: Case) -> QuerySet[Item]:
    """Reports of the case's story that are neither in the case nor were taken out of it, newest first."""
    known = CaseItem.objects.filter(case=case).values("item")
    left = LeftOutItem.objects.filter(case=case).values("item")
    rows = Item.objects.filter(story=case.story_id) if case.story_id else Item.objects.none()
    return rows.exclude(pk__in=known).exclude(pk__in=left).order_by("-at", "-pk")


def fresh_count() -> Coalesce:
    """How many `fresh_items` the case of the outer row has."""
    known = CaseItem.objects.filter(case=OuterRef(OuterRef("pk"))).values("item")
    left = LeftOutItem.objects.filter(case=OuterRef(OuterRef("pk"))).values("item")
    rows = Item.objects.filter(story=OuterRef("story")).exclude(pk__in=known).exclude(pk__in=left)
    counted = rows.order_by().values("story").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def version_count() -> Coalesce:
    """How many texts the report of the outer row had."""
    rows = Version.objects.filter(item=OuterRef("item")).order_by().values("item")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)
