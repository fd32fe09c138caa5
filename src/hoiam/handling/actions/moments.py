"""Starting moments: recorded once, by whom, with evidence; a mistake is replaced by a new entry, never overwritten."""

from datetime import datetime

from django.db import transaction

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.clocks import (
    OPEN,
    end_clock,
    end_clocks,
    law_day,
    open_for_moment,
    open_missing,
    standing_moments,
)
from hoiam.handling.actions.moving import locked_open, of_case, past
from hoiam.handling.models import Case, CaseMoment, Clock, Evidence
from hoiam.handling.states import (
    ENDED_BY,
    NOT_BEFORE,
    OF_THE_EVENT,
    REPEATED,
    ClockState,
    MomentKind,
)
from hoiam.kit.rulebook import obligation_type
from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime


@transaction.atomic
def record_moment(
    case: Case,
    *,
    kind: str,
    at: datetime,
    actor: Actor,
    now: datetime,
    reason: str = "",
    evidence: Evidence | None = None,
    media_type: str = "",
) -> CaseMoment:
    """The moment on the case; clocks it starts begin, those of the entry it replaces no longer apply.

    Raises:
        InvalidInput: unknown kind, a moment that lies ahead or before the event, or a second entry without saying why.
    """
    case = locked_open(case, "record_moment", actor)
    if kind not in MomentKind.values:
        raise InvalidInput("Chọn một thời điểm trong danh sách.", "kind")
    return put_moment(
        case,
        kind,
        at,
        actor=actor,
        now=now,
        reason=reason,
        evidence=evidence,
        media_type=media_type,
    )


def put_moment(
    case: Case,
    kind: str,
    at: datetime,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    evidence: Evidence | None = None,
    media_type: str = "",
) -> CaseMoment:
    """The moment, written without asking for authority: the step that includes it has asked.

    Args:
        media_type: medium of the outlet this one moment is about (answered_at, corrected_at): it chooses the clock.
    """
    kind, reason = MomentKind(kind), reason.strip()
    of_case(evidence, case, "evidence")
    past(at, now, "at", f"Thời điểm {kind.label.lower()}")
    standing = standing_moments(case)
    old = next((moment for moment in reversed(standing) if moment.kind == kind), None)
    _refuse_second(kind, at, standing, old, reason)
    _refuse_disorder(case, kind, at, [moment for moment in standing if moment is not old])
    replaced = old if kind not in REPEATED or reason else None
    moment = CaseMoment.objects.create(
        case=case,
        kind=kind,
        at=at,
        recorded_at=now,
        recorded_by=actor.official,
        reason=reason,
        evidence=evidence,
        media_type=media_type,
        replaces=replaced,
    )
    ended = _take_along(case, moment, now)
    ledger.write(
        case,
        actor=actor,
        step="record_moment",
        at=now,
        reason=reason,
        kind=str(kind),
        moment=at.isoformat(),
    )
    end_clocks(case, ENDED_BY.get(kind, frozenset()), at=at)
    opened = []
    if kind == MomentKind.HAPPENED:
        opened += _take_day_of_event(case, moment, reason, now)
    opened += open_for_moment(moment)
    for clock in opened:
        if clock.rule in ended and clock.state in OPEN:
            end_clock(clock, at=ended[clock.rule])
    return moment


def answer_delivered(
    case: Case,
    at: datetime,
    *,
    media_type: str,
    actor: Actor,
    now: datetime,
    evidence: Evidence | None = None,
) -> list[Clock]:
    """The outlet's clocks to publish or pass on our answer (TL-05, TL-06), from when it received the answer.

    For the step that records the delivery: it holds the case's lock and has asked for authority.
    """
    return _of_one_outlet(
        case, MomentKind.ANSWERED, at, media_type, actor=actor, now=now, evidence=evidence
    )


def correction_published(
    case: Case,
    at: datetime,
    *,
    media_type: str,
    actor: Actor,
    now: datetime,
    evidence: Evidence | None = None,
) -> list[Clock]:
    """The outlet's clock to keep its correction (CC-05), from when it stood on the page; none for other media.

    For the step that records the finding: it holds the case's lock and has asked for authority.
    """
    return _of_one_outlet(
        case, MomentKind.CORRECTED, at, media_type, actor=actor, now=now, evidence=evidence
    )


def _of_one_outlet(
    case: Case,
    kind: MomentKind,
    at: datetime,
    media_type: str,
    *,
    actor: Actor,
    now: datetime,
    evidence: Evidence | None,
) -> list[Clock]:
    moment = put_moment(
        case, kind, at, actor=actor, now=now, evidence=evidence, media_type=media_type
    )
    return list(moment.clocks.exclude(state=ClockState.CANCELLED).order_by("id"))


def _refuse_second(
    kind: MomentKind,
    at: datetime,
    standing: list[CaseMoment],
    old: CaseMoment | None,
    reason: str,
) -> None:
    if reason or old is None:
        return
    if kind not in REPEATED:
        raise InvalidInput(
            f"Thời điểm này đã ghi là {show_datetime(old.at)}. "
            "Muốn ghi lại phải nêu lý do; bản cũ vẫn được giữ.",
            "reason",
        )
    if any(moment.kind == kind and moment.at == at for moment in standing):
        raise InvalidInput(
            f"Thời điểm {kind.label.lower()} {show_datetime(at)} vừa được ghi. Tải lại trang để xem; "
            "nếu là việc khác cùng phút, ghi lệch một phút.",
            "at",
        )


def _refuse_disorder(case: Case, kind: MomentKind, at: datetime, others: list[CaseMoment]) -> None:
    """Nothing, when the moment lies after the event and after what must have come first.

    Raises:
        InvalidInput: it does not; the sentence names the other date.
    """
    if kind == MomentKind.HAPPENED:
        first = min(others, key=lambda moment: moment.at, default=None)
        if first is not None and at > first.at:
            raise InvalidInput(
                f"Đã ghi “{MomentKind(first.kind).label.lower()}” lúc {show_datetime(first.at)}; "
                "sự việc không thể xảy ra sau đó. Kiểm tra lại ngày giờ.",
                "at",
            )
        return
    happened = next((m for m in others if m.kind == MomentKind.HAPPENED), None)
    day = at.astimezone(VIETNAM).date()
    before_hour = happened is not None and at < happened.at
    if before_hour or (case.event_on is not None and day < case.event_on):
        told = show_datetime(happened.at) if happened else show_date(case.event_on)
        raise InvalidInput(
            f"Sự việc xảy ra {told}, thời điểm {kind.label.lower()} không thể trước đó. "
            "Kiểm tra lại ngày giờ; nếu ngày xảy ra ghi sai, ghi lại thời điểm “Sự việc xảy ra”.",
            "at",
        )
    earlier = NOT_BEFORE.get(kind)
    first = next((moment for moment in others if moment.kind == earlier), None)
    if first is not None and at < first.at:
        raise InvalidInput(
            f"Thời điểm {kind.label.lower()} không thể trước lúc "
            f"{MomentKind(first.kind).label.lower()} ({show_datetime(first.at)}). Kiểm tra lại.",
            "at",
        )


def _take_along(case: Case, moment: CaseMoment, now: datetime) -> dict[str, datetime]:
    """When the done clocks of what this moment replaces had ended, by rule; none of those clocks applies any more.

    An hour recorded for the happening also replaces the clocks that only its day had started.
    """
    rows = Clock.objects.system("a replaced moment takes its clocks along").filter(case=case)
    replaced = rows.none()
    if moment.replaces_id:
        replaced = rows.filter(moment=moment.replaces_id)
    if moment.kind == MomentKind.HAPPENED:
        replaced |= rows.filter(moment=None).exclude(obligation=None)
    done = {}
    for clock in replaced:
        if clock.state == ClockState.DONE and clock.ended_at is not None:
            done[clock.rule] = clock.ended_at
            # What was done stays done; only its due time was counted from a wrong start.
            clock.state = ClockState.CANCELLED
            clock.save(update_fields=["state"])
        elif clock.state in OPEN:
            end_clock(clock, at=now, state=ClockState.CANCELLED)
    return done


def _take_day_of_event(case: Case, moment: CaseMoment, reason: str, now: datetime) -> list[Clock]:
    """The clocks opened because the happening fell on another day than was known: it chooses the law.

    Raises:
        InvalidInput: another day was on record and it is not said why it was wrong.
    """
    day = moment.at.astimezone(VIETNAM).date()
    if case.event_on == day:
        return []
    if case.event_on is not None and not reason:
        raise InvalidInput(
            f"Hồ sơ ghi sự việc xảy ra ngày {show_date(case.event_on)}. Nếu ngày đó sai, nêu lý do rồi ghi lại; "
            "đồng hồ được mở lại theo luật của ngày mới.",
            "reason",
        )
    case.event_on = day
    case.save(update_fields=["event_on"])
    opened: list[Clock] = []
    for obligation in case.obligations.filter(ended_at=None):
        obligation.case = case
        kind = obligation_type(obligation.letter)
        for clock in obligation.clocks.filter(state__in=OPEN, moment__kind__in=OF_THE_EVENT):
            binding = {c.rule for c in kind.clocks_on(law_day(case, clock.moment or moment))}
            if clock.rule not in binding:
                end_clock(clock, at=now, state=ClockState.CANCELLED)
        opened += open_missing(obligation)
    return opened
