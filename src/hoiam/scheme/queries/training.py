"""Training in sight: plans, sessions, needs; who was never trained; counts a unit and year."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hoiam.agencies.models import Agency, Post
from hoiam.agencies.queries import in_force
from hoiam.agencies.states import Role
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.scheme.models import Trainee, Training, TrainingNeed, TrainingPlan
from hoiam.scheme.states.training import TrainingState

# Whose work is the press: the posts that the task of training names (QĐ 2862, 2.5).
PRESS_POSTS: dict[str, tuple[str, ...]] = {
    "spokesperson": (Role.SPOKESPERSON.value, Role.AUTHORISED_SPOKESPERSON.value),
    "press_officer": (Role.FOCAL_POINT.value, Role.CHIEF_OF_OFFICE.value, Role.EDITOR.value),
    "contributor": (Role.CONTRIBUTOR.value,),
    "leader": (Role.HEAD.value, Role.DEPUTY.value, Role.HEAD_OF_REGION.value),
}


def _seen(rows: ScopedQuerySet, actor: Actor) -> ScopedQuerySet:
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def trainings_visible_to(actor: Actor) -> ScopedQuerySet:
    """Sessions of the agencies the actor sees, and those in which somebody of these takes part."""
    rows = Training.objects.select_related("agency", "plan")
    if actor.sees_everything:
        return rows.narrowed()
    ours = Trainee.objects.filter(training=OuterRef("pk"), agency__in=actor.agency_ids)
    return rows.filter(Q(agency__in=actor.agency_ids) | Exists(ours)).narrowed()


def training_plans_visible_to(actor: Actor) -> ScopedQuerySet:
    """Plans of the agencies the actor sees."""
    return _seen(TrainingPlan.objects.select_related("agency", "written_by", "approved_by"), actor)


def needs_visible_to(actor: Actor) -> ScopedQuerySet:
    """Needs of the agencies the actor sees, open ones first."""
    rows = TrainingNeed.objects.select_related("agency__parent", "met_by", "raised_by")
    return _seen(rows.order_by("met_by", "-raised_at", "-pk"), actor)


def trainees_seen(training: Training, actor: Actor) -> QuerySet[Trainee]:
    """The list of one session: whole for who sees its agency, else only one's own people."""
    rows = training.trainees.select_related("agency")
    return rows if actor.sees(training.agency_id) else rows.filter(agency__in=actor.agency_ids)


def never_trained(actor: Actor, today: date, role: str) -> QuerySet[Post]:
    """Posts of this kind held today by people in sight who were present in no session ever held.

    The register of posts says who they are, not what somebody typed. One person with two posts of the kind stands twice.
    """
    trained = Trainee.objects.filter(
        official=OuterRef("official"), is_present=True, training__state=TrainingState.HELD
    )
    rows = (
        Post.objects.filter(in_force(today), ~Exists(trained), role__in=PRESS_POSTS[role])
        .filter(official__is_active=True)
        .select_related("official", "agency")
    )
    if not actor.sees_everything:
        rows = rows.filter(agency__in=actor.agency_ids)
    return rows.order_by("agency__level", "agency__sort_key", "official__sort_key", "pk")


def never_trained_counts(actor: Actor, today: date) -> dict[str, int]:
    """How many of each kind were never trained."""
    return {role: never_trained(actor, today, role).count() for role in PRESS_POSTS}


@dataclass(frozen=True)
class UnitTraining:
    """What one unit did in a year: sessions it held, its people who came, how many passed."""

    agency: Agency
    sessions: int
    people: int
    passed: int


def training_by_unit(actor: Actor, year: int) -> list[UnitTraining]:
    """Units in sight with any training in the year; the counts are of sessions held."""
    sessions = _held_by_unit(actor, year)
    people = _people_by_unit(actor, year)
    places = Agency.objects.filter(pk__in={*sessions, *people}).order_by("level", "sort_key")
    return [
        UnitTraining(place, sessions.get(place.pk, 0), *people.get(place.pk, (0, 0)))
        for place in places
    ]


def _held_by_unit(actor: Actor, year: int) -> dict[int, int]:
    rows = _seen(Training.objects.all(), actor).filter(
        state=TrainingState.HELD, starts_on__year=year
    )
    return {row["agency"]: row["n"] for row in rows.order_by().values("agency").annotate(n=Count("pk"))}  # fmt: skip


def _people_by_unit(actor: Actor, year: int) -> dict[int, tuple[int, int]]:
    rows = Trainee.objects.filter(
        is_present=True, training__state=TrainingState.HELD, training__starts_on__year=year
    )
    if not actor.sees_everything:
        rows = rows.filter(agency__in=actor.agency_ids)
    counted = rows.order_by().values("agency").annotate(n=Count("pk"), ok=Count("pk", filter=Q(result="passed")))  # fmt: skip
    return {row["agency"]: (row["n"], row["ok"]) for row in counted}


def training_years(today: date, kept: Collection[int] = ()) -> list[int]:
    """The years a page offers: next year back to three years ago, and those asked for."""
    return sorted({*range(today.year - 3, today.year + 2), *kept}, reverse=True)
