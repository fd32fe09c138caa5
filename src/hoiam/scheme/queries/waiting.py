"""What waits for this person in schemes: reports to write, approve or take, difficulties to answer."""

from datetime import datetime

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.scheme.models import Assignment, Difficulty, ReportRound, ReportVersion, UnitReport
from hoiam.scheme.policies.reports import ABOVE
from hoiam.scheme.queries.doing import OPEN, Part, difficulties_visible_to, nearest, pressing
from hoiam.scheme.queries.rounds import BoardLine, own_agencies, unit_reports_visible_to
from hoiam.scheme.queries.schemes import assignments_visible_to
from hoiam.scheme.queries.standing import standing_of
from hoiam.scheme.states import (
    AssignmentRole,
    DifficultyState,
    RoundState,
    SchemeState,
    UnitReportState,
)

SENT = UnitReportState.SENT
OF_MATTER = ("id", "kind", "text", "answer_due_on")


def reports_at_hand(
    actor: Actor, now: datetime, most: int
) -> tuple[list[BoardLine], list[ReportRound]]:
    """Of open rounds, the nearest due first: reports the actor's own agencies still write or approve, and own rounds with reports to take.

    A report written before and sent back says so (`came`); a round says how many wait to be taken (`waiting`). One query:
    of a round's reports that wait, one stands for all.

    Args:
        most: how many of both at the most.
    """
    mine = own_agencies(actor)
    to_write = Q(agency__in=mine, state__in=(UnitReportState.DRAFT, UnitReportState.SUBMITTED))
    to_take = Q(round__owner__in=mine, state=SENT, pk=Subquery(_sent().values("pk")[:1]))
    rows = unit_reports_visible_to(actor).filter(to_write | to_take, round__state=RoundState.OPEN)
    found = rows.defer("content").annotate(
        came=Exists(ReportVersion.objects.filter(report=OuterRef("pk"))),
        waiting=Subquery(_sent().order_by().values("round").annotate(n=Count("pk")).values("n")),
    )
    lines, rounds = [], []
    for report in found.order_by("round__due_on", "pk")[:most]:
        if report.state == SENT:
            report.round.waiting = report.waiting
            rounds.append(report.round)
        else:
            # Nothing of these has been received in full, so that the due day alone says how they stand.
            lines.append(BoardLine(report, standing_of(report.round, [], now), None))
    return lines, rounds


def _sent() -> ScopedQuerySet:
    rows = UnitReport.objects.system("tied to the outer report, which is in sight")
    return rows.filter(round=OuterRef("round"), state=SENT).order_by("pk")


def tasks_and_matters(
    actor: Actor, now: datetime, most: int
) -> tuple[list[Part], list[Difficulty]]:
    """The nearest tasks of the own unit, and difficulties and proposals of others the actor may answer, the nearest first.

    A province reads both in one query: the first page of the day keeps its number of queries. Its offices' matters are
    few; the centre's may be many, so that it asks for its own `most`.
    """
    if actor.sees_everything:
        return pressing(actor, now, most), matters_to_answer(actor, most)
    mine = own_agencies(actor)
    if not actor.has_role(*ABOVE) or not actor.agency_ids - mine:
        return pressing(actor, now, most), []
    rows = list(_own_or_asked(actor, mine))
    own = {row.pk: row for row in rows if row.agency_id in mine}
    asked = [_matter(row) for row in rows if row.agency_id not in mine]
    asked.sort(key=lambda matter: (matter.answer_due_on, matter.pk))
    may = [matter for matter in asked if authority.can(actor, "answer_difficulty", matter)]
    return nearest(own.values(), now, most), may[:most]


def _own_or_asked(actor: Actor, mine: set[int]) -> ScopedQuerySet:
    """Open parts of the own agencies, and those of others once for each matter that waits."""
    waits = FilteredRelation(
        "difficulties", condition=Q(difficulties__state=DifficultyState.RAISED)
    )
    own = Q(agency__in=mine, state__in=OPEN) & ~Q(role=AssignmentRole.INFORMED)
    asked = Q(matter__isnull=False) & ~Q(agency__in=mine)
    rows = assignments_visible_to(actor).annotate(matter=waits)
    found = rows.filter(own | asked, task__scheme__state=SchemeState.ACTIVE)
    return found.annotate(**{f"matter_{name}": F(f"matter__{name}") for name in OF_MATTER})


def _matter(row: Assignment) -> Difficulty:
    told = {name: getattr(row, f"matter_{name}") for name in OF_MATTER}
    return Difficulty(assignment=row, state=DifficultyState.RAISED, **told)


def matters_to_answer(actor: Actor, most: int) -> list[Difficulty]:
    """Difficulties and proposals the centre may answer, the nearest to its day first; `most` at the most."""
    rows = difficulties_visible_to(actor).filter(
        state=DifficultyState.RAISED, assignment__task__scheme__state=SchemeState.ACTIVE
    )
    others = rows.exclude(assignment__agency__in=own_agencies(actor))
    found = others.order_by(F("answer_due_on"), "pk")[:most]
    return [matter for matter in found if authority.can(actor, "answer_difficulty", matter)]
