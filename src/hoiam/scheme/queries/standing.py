"""How a unit stands in a round: on time, late by how much, wrong, incomplete, missing.

Timeliness is measured to the moment of receipt. A report returned as incomplete counts from the receipt of the complete
one (MD-119); a fault mended before the due time costs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from hoiam.kit.rulebook import default
from hoiam.kit.vietnamese import VIETNAM, show_number
from hoiam.scheme.models import ReportRound, ReportVersion
from hoiam.scheme.states import Fault, Loss, RoundState

COUNTING = "MD-119"
WAITING, ON_TIME, LATE, MISSING, UNFINISHED = "waiting", "on_time", "late", "missing", "unfinished"
WORDS = {
    WAITING: "Chưa gửi, còn hạn",
    ON_TIME: "Đúng hạn",
    LATE: "Chậm",
    MISSING: "Quá hạn chưa gửi",
    UNFINISHED: "Bị trả lại, chưa gửi bổ sung",
}

STOPPED = "Chưa gửi, đợt đóng trước hạn"


@dataclass(frozen=True)
class Standing:
    """One unit's standing at a moment.

    Attributes:
        status: waiting, on_time, late, missing or unfinished (sent, returned, not sent again).
        received_at: when the first version came in.
        counted_at: the receipt that timeliness is measured to; None while none counts.
        late_by: how long after the end of the last day; zero when in time.
        losses: what points are lost for.
        is_back: whether the last version was returned and nothing came since.
        fault: why the last version was returned, while it is back.
        is_stopped: whether the round was closed before the due time, so that nothing can come and nothing is lost.
    """

    status: str
    received_at: datetime | None = None
    counted_at: datetime | None = None
    late_by: timedelta = timedelta()
    losses: tuple[str, ...] = ()
    is_back: bool = False
    fault: str = ""
    is_stopped: bool = False

    @property
    def words(self) -> str:
        """The status as a person reads it, with how late."""
        if self.status in (LATE, MISSING, UNFINISHED) and self.late_by:
            return f"{WORDS[self.status]}, chậm {lapse(self.late_by)}".replace("Chậm, chậm", "Chậm")
        return STOPPED if self.is_stopped else WORDS[self.status]


def end_of_round(round_: ReportRound) -> datetime:
    """The first moment that is late: the midnight after the last day, in Viet Nam."""
    return datetime.combine(round_.last_day + timedelta(days=1), time(), VIETNAM)


def lapse(span: timedelta) -> str:
    """A span of lateness in words: days from the second day on, else hours and minutes.

    >>> lapse(timedelta(days=3, hours=2)), lapse(timedelta(minutes=5)), lapse(timedelta(seconds=1))
    ('3 ngày', '5 phút', '1 phút')
    """
    if span >= timedelta(days=1):
        return f"{show_number(span.days)} ngày"
    hours, minutes = divmod(max(1, -(-int(span.total_seconds()) // 60)), 60)
    return " ".join(f"{n} {word}" for n, word in ((hours, "giờ"), (minutes, "phút")) if n)


def standing_of(round_: ReportRound, versions: Sequence[ReportVersion], now: datetime) -> Standing:
    """How a unit stands.

    Args:
        versions: what it sent, oldest first.
        now: the moment asked about; a round that was closed stands as it stood then.
    """
    end = end_of_round(round_)
    # Nobody can send any more: lateness stops with the closing.
    until = min(now, round_.closed_at) if round_.closed_at else now
    if not versions:
        if until >= end:
            return Standing(MISSING, late_by=until - end, losses=(Loss.MISSING,))
        return Standing(WAITING, is_stopped=round_.state == RoundState.CLOSED)
    first, last = versions[0].received_at, versions[-1]
    counted = _counted(versions)
    reached = counted or (until if until >= end else None)
    late_by = max(timedelta(), reached - end) if reached else timedelta()
    status = UNFINISHED if counted is None else LATE if counted >= end else ON_TIME
    return Standing(
        status,
        first,
        counted,
        late_by,
        _losses(versions, first, end, now),
        bool(last.fault),
        last.fault,
    )


def _counted(versions: Sequence[ReportVersion]) -> datetime | None:
    if not default(COUNTING).value:
        return versions[0].received_at
    return next((v.received_at for v in versions if v.fault != Fault.INCOMPLETE), None)


def _losses(
    versions: Sequence[ReportVersion], first: datetime, end: datetime, now: datetime
) -> tuple[str, ...]:
    """Late when the first receipt was; wrong or incomplete when that is how the report stood at the due time or after."""
    losses = [Loss.LATE.value] if first >= end else []
    for fault in Fault.values:
        for place, version in enumerate(versions):
            after = versions[place + 1].received_at if place + 1 < len(versions) else now
            mended = place + 1 < len(versions) and after < end and default(COUNTING).value
            still_time = place + 1 == len(versions) and now < end
            if version.fault == fault and not mended and not still_time:
                losses.append(fault)
                break
    return tuple(losses)
