"""Who answers late, now: open clocks past their time and near it, by the unit that has to act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch, Q

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_on, tree
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.handling.models import Case, Clock, Party
from hoiam.handling.queries import cases_visible_to, clock_light, open_clocks
from hoiam.handling.states import ClockState, PartyRole
from hoiam.kit.rulebook import Light
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.models import ExplanationRequest
from hoiam.scheme.queries.reports import explanations_visible_to, reminders_visible_to
from hoiam.scheme.states import ExplanationState


@dataclass(frozen=True)
class LateClock:
    """One clock past its time, with its light and the request to explain that is open on it."""

    clock: Clock
    light: Light
    explanation: ExplanationRequest | None


@dataclass
class UnitLateness:
    """One unit on the board: what it has late, by law and by product default, and what is due today."""

    agency: Agency
    late: list[LateClock] = field(default_factory=list)
    due_today: int = 0
    open: int = 0
    ended_on_time: int = 0
    ended_late: int = 0
    asked: int = 0
    reminded_at: datetime | None = None

    @property
    def late_by_law(self) -> int:
        """How many of the late ones are the law's."""
        return sum(not row.clock.badge for row in self.late)

    @property
    def late_by_default(self) -> int:
        """How many of the late ones are product defaults."""
        return len(self.late) - self.late_by_law

    @property
    def oldest(self) -> LateClock | None:
        """The one that has been late longest."""
        return self.late[0] if self.late else None

    @property
    def ended(self) -> int:
        """How many ended in the period, on time or late."""
        return self.ended_on_time + self.ended_late


def lateness_board(actor: Actor, *, now: datetime, since: datetime) -> list[UnitLateness]:
    """Every unit in sight with open clocks or clocks ended since, the latest first; ten queries whatever the number.

    The unit is who has to act: the region or agency that leads the case, else the case's own agency. The centre sees its
    provinces (their regions within them), a province its regions and itself.
    """
    units = _units(actor)
    board: dict[int, UnitLateness] = {}
    explained = {
        row.clock_id: row
        for row in explanations_visible_to(actor).filter(
            state__in=[ExplanationState.ASKED, ExplanationState.ANSWERED]
        )
    }
    for clock in _clocks(actor):
        unit = _of(board, units, clock.case, actor)
        if unit is not None:
            _count(unit, clock, explained.get(clock.pk), now)
    for clock in _ended(actor, since):
        unit = _of(board, units, clock.case, actor)
        if unit is not None:
            late = clock.due_at is not None and clock.ended_at > clock.due_at
            unit.ended_late += late
            unit.ended_on_time += not late
    for reminder in reminders_visible_to(actor).order_by("at"):
        if reminder.agency_id in board:
            board[reminder.agency_id].reminded_at = reminder.at
    return sorted(board.values(), key=_worst)


def _worst(unit: UnitLateness) -> tuple[int, int, int, str]:
    return (-unit.late_by_law, -len(unit.late), -unit.due_today, unit.agency.sort_key)


def _units(actor: Actor) -> dict[int, Agency]:
    """Which unit of the board answers for an agency: for the centre the province, else the agency itself."""
    places = {place.pk: place for place in agencies_on(actor.today)}
    if not actor.sees_everything:
        return places
    owner = dict(places)
    for place in places.values():
        if place.level == Level.PROVINCE:
            owner |= dict.fromkeys(tree().scope({place.pk}), place)
    return owner


def _clocks(actor: Actor) -> Iterable[Clock]:
    leads = Party.objects.filter(role=PartyRole.LEAD).select_related("agency")
    return open_clocks(actor).prefetch_related(Prefetch("case__parties", leads, to_attr="leads"))


def _ended(actor: Actor, since: datetime) -> Iterable[Clock]:
    leads = Party.objects.filter(role=PartyRole.LEAD).select_related("agency")
    seen = cases_visible_to(actor).values("pk")
    rows = Clock.objects.narrowed(case__in=seen, state=ClockState.DONE, ended_at__gte=since)
    return rows.select_related("case__agency").prefetch_related(
        Prefetch("case__parties", leads, to_attr="leads")
    )


def _of(
    board: dict[int, UnitLateness], units: dict[int, Agency], case: Case, actor: Actor
) -> UnitLateness | None:
    leads = case.leads
    acting = leads[0].agency if leads else case.agency
    agency = units.get(acting.pk, acting)
    if not actor.sees(agency.pk):
        return None
    return board.setdefault(agency.pk, UnitLateness(agency))


def _count(
    unit: UnitLateness, clock: Clock, explanation: ExplanationRequest | None, now: datetime
) -> None:
    unit.open += 1
    unit.asked += explanation is not None
    if clock.due_at is None or clock.state == ClockState.PAUSED:
        return
    if clock.due_at < now:
        unit.late.append(LateClock(clock, clock_light(clock, now), explanation))
    elif clock.due_at.astimezone(VIETNAM).date() == now.astimezone(VIETNAM).date():
        unit.due_today += 1


def late_clocks_of(agency: Agency, now: datetime) -> list[Clock]:
    """The clocks that run late at this agency and below it, oldest first: what a reminder names."""
    ids = tree().scope({agency.pk})
    led = Party.objects.filter(role=PartyRole.LEAD, agency__in=ids).values("case")
    rows = Clock.objects.system("a reminder names what is late at the agency").filter(
        Q(case__agency__in=ids) | Q(case__in=led),
        state__in=[ClockState.WAITING, ClockState.RUNNING],
        due_at__lt=now,
    )
    return list(rows.select_related("case__agency", "holder").order_by("due_at", "pk"))
