"""Cases and papers in the actor's sight."""

from django.db.models import Count, F, Prefetch, Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Case, Clock, Paper, Party
from hoiam.handling.states import CaseState


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
        .annotate(item_count=Count("case_items", distinct=True))
        .prefetch_related(
            "parties__agency", Prefetch("clocks", _open_clocks(), to_attr="open_clocks")
        )
        .order_by("-opened_at", "-pk")
    )


def workspace(actor: Actor) -> ScopedQuerySet:
    """Cases with everything their page shows, in a fixed number of queries."""
    return (
        cases_visible_to(actor)
        .select_related("agency__parent", "holder", "story", "opened_by")
        .prefetch_related(
            "parties__agency",
            "parties__official",
            "moments__recorded_by",
            "obligations",
            Prefetch("clocks", Clock.objects.select_related("moment", "holder")),
            "clocks__pauses",
            "facts__written_by",
            Prefetch("papers", Paper.objects.select_related("drafted_by", "approved_by")),
            "papers__checks",
            "papers__versions",  # the first of them says who may not approve
            "case_items__item__finding__attributions",
            "case_items__item__channel",
            "evidence_files",
            "statements",
            "notes__by",
        )
    )


def _open_clocks() -> ScopedQuerySet:
    rows = Clock.objects.filter(state__in=["wait", "run", "pause"]).prefetch_related("pauses")
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")
