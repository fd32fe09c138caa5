"""Report rounds and units' reports in the actor's sight; the board of who has sent and who has not."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import agencies_on, answering, holders
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook import Calendar
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.models import (
    ReportChase,
    ReportRound,
    ReportVersion,
    ScoreWaiver,
    UnitReport,
)
from hoiam.scheme.policies.rounds import UNIT_SIGNERS, writers_of
from hoiam.scheme.queries.standing import Standing, standing_of
from hoiam.scheme.states import RoundState, TaskDue


def own_agencies(actor: Actor) -> set[int]:
    """The agencies the actor holds a post at."""
    return {post.agency_id for post in actor.posts}


def rounds_visible_to(actor: Actor) -> ScopedQuerySet:
    """Rounds of the actor's agencies, and those given out that ask one of them to report; the centre sees all."""
    rows = ReportRound.objects.select_related("owner", "scheme")
    if actor.sees_everything:
        return rows.narrowed()
    asked = UnitReport.objects.system("tied to the outer round below").filter(
        round=OuterRef("pk"), agency__in=actor.agency_ids
    )
    given = ~Q(state=RoundState.DRAFT) & Exists(asked)
    return rows.filter(Q(owner__in=own_agencies(actor)) | given).narrowed()


def unit_reports_visible_to(actor: Actor) -> ScopedQuerySet:
    """Reports the actor's agencies owe, and those owed to them; the centre sees all. A round still in draft asks nobody."""
    rows = UnitReport.objects.select_related("round__owner", "round__scheme", "agency__parent")
    if actor.sees_everything:
        return rows.narrowed()
    asked = Q(agency__in=actor.agency_ids) & ~Q(round__state=RoundState.DRAFT)
    return rows.filter(Q(round__owner__in=own_agencies(actor)) | asked).narrowed()


def versions_light() -> QuerySet[ReportVersion]:
    """Versions without what they hold: what lists need."""
    return ReportVersion.objects.defer("content", "findings")


def for_board(rows: ScopedQuerySet) -> ScopedQuerySet:
    """The reports with versions, waivers and chases beside them, and without their content."""
    return rows.defer("content").prefetch_related(
        Prefetch("versions", versions_light()),
        Prefetch("waivers", ScoreWaiver.objects.filter(withdrawn_at=None)),
        Prefetch("chases", ReportChase.objects.select_related("by")),
    )


@dataclass(frozen=True)
class BoardLine:
    """One unit on the board of a round."""

    report: UnitReport
    standing: Standing
    chased: ReportChase | None

    @property
    def sent(self) -> bool:
        """Whether something stands with the superior."""
        return self.standing.received_at is not None and not self.standing.is_back


def board_of(round_: ReportRound, actor: Actor, now: datetime) -> list[BoardLine]:
    """The units of a round that the actor sees: first who is missing or has to send again, then who waits, then who sent."""
    order = {"missing": 0, "unfinished": 1, "waiting": 2, "late": 3, "on_time": 4}
    lines = [
        line_of(report, round_, now)
        for report in for_board(unit_reports_visible_to(actor).filter(round=round_))
    ]
    return sorted(lines, key=lambda x: 1 if x.standing.is_back else order[x.standing.status])


def line_of(report: UnitReport, round_: ReportRound, now: datetime) -> BoardLine:
    """One report's line; its versions and chases are read with it."""
    chases = list(report.chases.all())
    return BoardLine(
        report,
        standing_of(round_, list(report.versions.all()), now),
        chases[0] if chases else None,
    )


def with_progress(rows: ScopedQuerySet) -> ScopedQuerySet:
    """The rounds with how many units were asked (`asked`) and from how many something came (`came`)."""
    return rows.annotate(
        asked=Count("reports", distinct=True),
        came=Count("reports", filter=Q(reports__versions__isnull=False), distinct=True),
    ).order_by("-due_on", "-pk")


def answers_for(report: UnitReport, today: date) -> Agency:
    """The office that writes this report today: the unit itself, or who answers for it after a merger."""
    if report.agency.valid_to is None or report.agency.valid_to >= today:
        return report.agency
    return answering(report.agency, today) or report.agency


def signers_of(report: UnitReport, today: date) -> QuerySet[Official]:
    """Who may approve and send the report today: the unit's leaders, except all who wrote of it."""
    leaders = holders(answers_for(report, today), set(UNIT_SIGNERS), today)
    return leaders.exclude(pk__in=writers_of(report))


CLASSES = (
    ("provinces", "Mọi THADS tỉnh, thành phố"),
    ("regions", "Mọi Phòng THADS khu vực"),
)


def units_below(owner: Agency, day: date) -> QuerySet[Agency]:
    """Who may be asked by this agency on the day: provinces and their regions by the centre, its own regions by a province."""
    rows = agencies_on(day)
    if owner.level == Level.CENTRE:
        return rows.filter(level__in=(Level.PROVINCE, Level.REGION)).order_by(
            "level", "sort_key", "id"
        )
    return rows.filter(parent=owner).order_by("sort_key", "id")


def units_of_class(owner: Agency, name: str, day: date) -> QuerySet[Agency]:
    """The units of one class below the owner."""
    level = Level.PROVINCE if name == "provinces" else Level.REGION
    return units_below(owner, day).filter(level=level)


def day_off_warning(due_on: date, due_kind: str, calendar: Calendar | None = None) -> str:
    """A sentence when the last day in time is no working day, "" when it is (scheme-2862.md §6).

    Args:
        due_on: the day the round names.
        due_kind: whether that day itself is in time.
        calendar: the one in use, with the days announced, when none is given.
    """
    last = due_on.fromordinal(due_on.toordinal() - (due_kind == TaskDue.BEFORE))
    calendar = calendar or calendar_in_use()
    if calendar.is_working(last):
        return ""
    return (
        f"Ngày cuối còn hạn là {show_date(last)} ({calendar.reason_off(last)}). Ngày làm việc cuối cùng trước đó là "
        f"{show_date(calendar.previous_working(last))}."
    )


def today_of(now: datetime) -> date:
    """The civil day in Viet Nam of a moment."""
    return now.astimezone(VIETNAM).date()
