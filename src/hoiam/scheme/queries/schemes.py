"""Schemes, their papers and the units' parts in them, in the actor's sight."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.scheme.models import Assignment, Scheme, SourcePaper
from hoiam.scheme.states import SchemeState


def schemes_visible_to(actor: Actor) -> ScopedQuerySet:
    """Schemes the actor's agencies run, and those given out in which one of them has a part; the centre sees all."""
    rows = Scheme.objects.select_related("owner", "parent")
    if actor.sees_everything:
        return rows.narrowed()
    mine = Assignment.objects.system("tied to the outer scheme below").filter(
        task__scheme=OuterRef("pk"), agency__in=actor.agency_ids
    )
    given = ~Q(state=SchemeState.DRAFT) & Exists(mine)
    return rows.filter(Q(owner__in=actor.agency_ids) | given).narrowed()


def source_papers_visible_to(actor: Actor) -> ScopedQuerySet:
    """Papers brought in by the agencies the actor sees."""
    rows = SourcePaper.objects.select_related("agency", "added_by", "settled_by")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def titled(papers: ScopedQuerySet) -> ScopedQuerySet:
    """Papers with the `number` and `title` a person confirmed, else those the machine read; their texts are left in the database."""
    told = {
        "number": _first_of("confirmed__head__number", "reading__number"),
        "title": _first_of("confirmed__head__title", "reading__subject"),
    }
    return papers.annotate(**told).defer("text", "reading", "confirmed")


def _first_of(*places: str) -> Coalesce:
    return Coalesce(*map(KT, places), Value(""), output_field=TextField())


def assignments_visible_to(actor: Actor) -> ScopedQuerySet:
    """The parts in tasks of the agencies the actor sees, of schemes that were given out or that the actor's agency runs."""
    rows = Assignment.objects.select_related("task__scheme", "agency__parent")
    if actor.sees_everything:
        return rows.narrowed()
    own = Q(task__scheme__owner__in=actor.agency_ids)
    given = ~Q(task__scheme__state=SchemeState.DRAFT)
    return rows.filter(own | given & Q(agency__in=actor.agency_ids)).narrowed()


def asked_in(paper: SourcePaper, number: int) -> dict[str, Any] | None:
    """What a confirmed paper asks besides its tasks, by its place there: who, what, due (ISO day), due_kind, send_to, channel, sanction.

    A round of reports is opened with it; None when the paper asks no such thing.
    """
    rows = paper.confirmed.get("obligations", [])
    return dict(rows[number]) if 0 <= number < len(rows) else None
