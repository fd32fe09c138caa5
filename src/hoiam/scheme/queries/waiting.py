"""What waits for this person in schemes: reports to write, approve or take, difficulties to answer."""

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.scheme.models import Difficulty, ReportRound, ReportVersion, UnitReport
from hoiam.scheme.queries.doing import difficulties_visible_to
from hoiam.scheme.queries.rounds import BoardLine, own_agencies, unit_reports_visible_to
from hoiam.scheme.queries.standing import standing_of
from hoiam.scheme.states import DifficultyState, RoundState, SchemeState, UnitReportState

SENT = UnitReportState.SENT


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


def matters_to_answer(actor: Actor, most: int) -> list[Difficulty]:
    """Difficulties and proposals the centre may answer, the nearest to its day first; `most` at the most.

    A province finds those of its offices on their own page: the first page of the day keeps its number of queries.
    """
    if not actor.sees_everything:
        return []
    rows = difficulties_visible_to(actor).filter(
        state=DifficultyState.RAISED, assignment__task__scheme__state=SchemeState.ACTIVE
    )
    others = rows.exclude(assignment__agency__in=own_agencies(actor))
    found = others.order_by(F("answer_due_on"), "pk")[:most]
    return [matter for matter in found if authority.can(actor, "answer_difficulty", matter)]
