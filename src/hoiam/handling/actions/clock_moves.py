"""More time, waiting for others, going on, done: what people do to one clock."""

from datetime import datetime

from django.db import transaction

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.handling.actions.clocks import (
    end_clock,
    end_pause,
    locked_clock,
    must_be_open,
    prolong,
)
from hoiam.handling.actions.moving import past, refuse_closed
from hoiam.handling.models import Clock, Extension, Pause
from hoiam.handling.queries.calendars import calendar_now
from hoiam.handling.queries.histories import history_of, recounted
from hoiam.handling.states import ENDED_BY, ClockState
from hoiam.kit.rulebook import Extension as Allowed
from hoiam.kit.rulebook import (
    Granted,
    RulebookError,
    extension_words,
    extensions_left,
    rule,
)
from hoiam.kit.vietnamese import VIETNAM, show_datetime

# Rules that a step of the case ends by itself: the step is what proves that the work was done.
BY_A_STEP = frozenset().union(
    *(ENDED_BY[step] for step in ("assign", "complete_verification", "record_statement"))
)


@transaction.atomic
def extend_clock(
    clock: Clock,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    due_at: datetime | None = None,
    ground: str = "",
    number: int | None = None,
    signed_by: str = "",
    paper: str = "",
    seen: str = "",
) -> Clock:
    """The clock with more time (gia hạn): a product default to the moment named, a rule of law as the law allows.

    Args:
        due_at: the new due time of a product default.
        ground: which of the law's own cases it is (`Extension.when`); number: how much, the law's most when not given.
        signed_by, paper: who signed the extension and by which paper; owed for a rule of law.
        seen: the due time the actor had before the eyes, ISO 8601; another means that somebody was faster.

    Raises:
        InvalidInput: no reason, no new time, or something owed is missing.
        WrongState: the clock has ended, or the law allows no (further) extension.
        Conflict: the due time has changed since.
    """
    clock = locked_clock(clock)
    authority.check(actor, "extend_clock", clock)
    must_be_open(clock)
    _refuse_stale(clock, seen)
    if clock.is_default:
        event = _by_a_decider(clock, due_at, reason, signed_by.strip() or str(actor), now)
    else:
        event = _by_law(clock, ground, number, reason, signed_by.strip(), paper, now)
    old = clock.due_at
    _apply(clock, event)
    if clock.due_at is None or old is None or clock.due_at <= old:
        raise InvalidInput(
            "Tính theo trường hợp này hạn không lùi thêm ngày nào. Chọn lại.", "ground"
        )
    Extension.objects.create(
        clock=clock,
        old_due_at=old,
        new_due_at=clock.due_at,
        reason=event.reason,
        signer=actor.official,
        signed_by=event.signer[:150],
        paper=paper.strip()[:200],
        ground=event.when,
        number=event.number,
        unit=event.unit,
        values=dict(event.values),
        at=now,
    )
    clock.save(update_fields=["due_at", "law_due_at", "steps"])
    ledger.write(
        clock.case,
        actor=actor,
        step="extend_clock",
        at=now,
        reason=event.reason,
        rule=clock.rule,
        old=old.isoformat(),
        new=clock.due_at.isoformat(),
        signed_by=event.signer,
        paper=paper.strip(),
        ground=event.when,
    )
    return clock


def _by_a_decider(
    clock: Clock, due_at: datetime | None, reason: str, signer: str, now: datetime
) -> Granted:
    if not reason.strip():
        raise InvalidInput("Ghi lý do gia hạn.", "reason")
    if clock.due_at is None or due_at is None or due_at <= clock.due_at:
        shown = f" ({show_datetime(clock.due_at)})" if clock.due_at else ""
        raise InvalidInput(f"Hạn mới phải sau hạn cũ{shown}.", "due_at")
    return Granted(now, reason.strip(), signer, until=due_at)


def _by_law(
    clock: Clock,
    ground: str,
    number: int | None,
    reason: str,
    signer: str,
    paper: str,
    now: datetime,
) -> Granted:
    allowed = _ground(clock, ground)
    if not reason.strip():
        raise InvalidInput("Ghi lý do gia hạn.", "reason")
    if not signer:
        raise InvalidInput("Ghi người ký văn bản gia hạn.", "signed_by")
    if not paper.strip():
        raise InvalidInput("Ghi số, ký hiệu, ngày của văn bản gia hạn.", "paper")
    if allowed.number is None:
        return Granted(now, reason.strip(), signer, when=allowed.when, values=dict(allowed.values))
    much = number or allowed.number
    if not 1 <= much <= allowed.number:
        raise InvalidInput(f"Luật chỉ cho {extension_words(allowed)}. Nhập lại.", "number")
    return Granted(
        now, reason.strip(), signer, number=much, unit=str(allowed.unit), when=allowed.when
    )


def _ground(clock: Clock, ground: str) -> Allowed:
    left = extensions_of(clock)
    if not left:
        has_had = clock.extensions.exists()
        raise WrongState(
            "Đã gia hạn hết số lần luật cho phép. Làm ngay phần còn lại và ghi lý do chậm."
            if has_had
            else "Hạn này do luật định và luật không cho gia hạn. Làm ngay phần còn lại và ghi lý do chậm."
        )
    found = next((allowed for allowed in left if allowed.when == ground), None)
    if found is None:
        words = "; ".join(extension_words(allowed) for allowed in left)
        raise InvalidInput(f"Chọn trường hợp luật cho gia hạn: {words}.", "ground")
    return found


def extensions_of(clock: Clock) -> tuple[Allowed, ...]:
    """What the law still allows this clock; nothing for a product default, which deciders move freely."""
    if clock.is_default or clock.due_at is None:
        return ()
    try:
        version = rule(clock.rule).at(clock.started_at.astimezone(VIETNAM).date())
    except RulebookError:
        return ()
    granted = list(clock.extensions.all())
    values = dict(clock.values)
    for one in granted:
        values |= one.values
    return extensions_left(version, values, [one.ground for one in granted])


def _apply(clock: Clock, event: Granted) -> None:
    if not event.values:
        prolong(clock, event)
        return
    found = recounted(clock, calendar_now(), [*history_of(clock), event])
    clock.due_at, clock.law_due_at, clock.steps = found.due_at, found.law_due_at, found.steps


@transaction.atomic
def pause_clock(clock: Clock, *, reason: str, actor: Actor, now: datetime, seen: str = "") -> Clock:
    """The clock while others are waited for: a product default stands still, a rule of law runs on with the waiting beside.

    Raises:
        WrongState: the clock has ended, or waits already.
        InvalidInput: no reason.
    """
    clock = locked_clock(clock)
    authority.check(actor, "pause_clock", clock)
    must_be_open(clock)
    if clock.pauses.filter(until=None).exists():
        raise WrongState(
            "Đồng hồ đang tạm dừng." if clock.is_default else "Đang ghi là chờ rồi. Tải lại trang."
        )
    _refuse_stale(clock, seen)
    if not reason.strip():
        raise InvalidInput("Ghi đang chờ ai, chờ gì.", "reason")
    if clock.is_default:
        clock.state = ClockState.PAUSED
        clock.save(update_fields=["state"])
    Pause.objects.create(clock=clock, since=now, reason=reason.strip(), stops=clock.is_default)
    ledger.write(
        clock.case,
        actor=actor,
        step="pause_clock",
        at=now,
        reason=reason.strip(),
        rule=clock.rule,
        stops=clock.is_default,
    )
    return clock


@transaction.atomic
def resume_clock(clock: Clock, *, actor: Actor, now: datetime, seen: str = "") -> Clock:
    """The waiting over; the due time of a clock that stood still moves by as long.

    Raises:
        WrongState: nothing is waited for.
    """
    clock = locked_clock(clock)
    authority.check(actor, "resume_clock", clock)
    pause = clock.pauses.filter(until=None).first()
    if pause is None:
        raise WrongState("Đồng hồ không ở tình trạng tạm dừng.")
    end_pause(clock, pause, now)
    if clock.state == ClockState.PAUSED:
        clock.state = ClockState.RUNNING
    clock.save(update_fields=["state", "due_at", "law_due_at", "steps"])
    ledger.write(clock.case, actor=actor, step="resume_clock", at=now, rule=clock.rule)
    return clock


@transaction.atomic
def finish_clock(
    clock: Clock, *, at: datetime, note: str, actor: Actor, now: datetime, seen: str = ""
) -> Clock:
    """The clock as done at that moment, by whatever proves it: for duties that no step of the case ends.

    Raises:
        WrongState: it has ended, the case is closed, or a step of the case ends it.
        InvalidInput: no proof named, a moment ahead, or one before the clock began.
    """
    clock = locked_clock(clock)
    authority.check(actor, "finish_clock", clock)
    refuse_closed(clock.case)
    must_be_open(clock)
    if clock.rule in BY_A_STEP:
        raise WrongState(
            "Đồng hồ này tự kết thúc khi làm bước của nó trong hồ sơ (giao, xác minh, ghi phát ngôn). Làm bước đó."
        )
    if not note.strip():
        raise InvalidInput("Ghi văn bản hoặc việc chứng minh đã xong.", "note")
    past(at, now, "at", "Thời điểm xong")
    if at < clock.started_at:
        raise InvalidInput(
            f"Đồng hồ bắt đầu lúc {show_datetime(clock.started_at)}; không thể xong trước đó.", "at"
        )
    end_clock(clock, at=at)
    ledger.write(
        clock.case,
        actor=actor,
        step="finish_clock",
        at=now,
        reason=note.strip(),
        rule=clock.rule,
        done=at.isoformat(),
        late=clock.is_late,
    )
    return clock


def _refuse_stale(clock: Clock, seen: str) -> None:
    """Nothing, when the due time is still the one the actor saw.

    Raises:
        Conflict: it is another; the sentence tells it.
    """
    stands = clock.due_at.isoformat() if clock.due_at else ""
    if seen and _moment(seen) != _moment(stands):
        raise Conflict(
            f"Hạn vừa được người khác đổi thành {show_datetime(clock.due_at) if clock.due_at else 'không có số'}. "
            "Những gì đã gõ vẫn còn; xem lại rồi lưu lần nữa."
        )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
