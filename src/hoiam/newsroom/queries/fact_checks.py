"""Questions to units concerned: those an actor may see, those about one text."""

from django.db.models import Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.newsroom.models import FactCheck
from hoiam.newsroom.states.submissions import FactCheckState

PARTS = ("agency", "asked_agency", "asked_by", "answered_by")


def fact_checks_visible_to(actor: Actor) -> ScopedQuerySet:
    """Questions asked by, or put to, the agencies in sight."""
    rows = FactCheck.objects.select_related(*PARTS)
    if actor.sees_everything:
        return rows.narrowed()
    ids = actor.agency_ids
    return rows.filter(Q(agency__in=ids) | Q(asked_agency__in=ids)).narrowed()


def fact_checks_of(subject_key: str) -> ScopedQuerySet:
    """Questions about one text, newest first; the caller has opened the text to its actor."""
    rows = FactCheck.objects.system("whoever may read the text may read what was asked about it")
    return rows.filter(subject_key=subject_key).select_related(*PARTS)


def fact_checks_to_answer(actor: Actor) -> ScopedQuerySet:
    """Questions the actor's own agencies still owe an answer to, first due first."""
    own = {post.agency_id for post in actor.posts}
    rows = FactCheck.objects.select_related(*PARTS)
    waiting = rows.narrowed(asked_agency__in=own, state=FactCheckState.ASKED)
    return waiting.order_by("due_at", "pk")
