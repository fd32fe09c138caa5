"""Clocks of a letter: opened by what happens to it, ended by what the agency does, extended as the law allows."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.rulebook import Extension as Allowed
from hoiam.kit.rulebook import (
    Granted,
    LetterRule,
    RulebookError,
    ended_by,
    extension_words,
    extensions_left,
    letter_clocks,
    recount,
    rule,
)
from hoiam.kit.vietnamese import VIETNAM, show_datetime
from hoiam.letters.actions.hiding import without_names
from hoiam.letters.actions.moving import begin, finish, needed
from hoiam.letters.models import ClockExtension, LetterClock, ReaderLetter
from hoiam.letters.states import ClockState
from hoiam.monitoring.calendars import calendar_in_use


def open_clocks(
    letter: ReaderLetter, event: str, at: datetime, values: Mapping[str, str] | None = None
) -> list[LetterClock]:
    """The clocks this event of the letter starts and that do not run or stand done already.

    Raises:
        InvalidInput: a rule must first know something people were not asked for; the sentence says what.
    """
    kept = letter.clocks.exclude(state=ClockState.CANCELLED)
    # A letter is received once; it may be accepted and concluded again after it was reopened.
    kept = kept if event == "received" else kept.filter(state=ClockState.RUNNING)
    have = set(kept.values_list("rule", flat=True))
    found = due_rules(letter, event, at)
    return [_start(letter, each, at, values or {}) for each in found if each.rule not in have]


def due_rules(letter: ReaderLetter, event: str, at: datetime) -> tuple[LetterRule, ...]:
    """The rules this event of the letter falls under, by the law of the day of the event."""
    return letter_clocks(
        event, at.astimezone(VIETNAM).date(), letter.kind, about=letter.about,
        round_=letter.round, by_press=letter.is_by_press, channel=letter.channel,
    )  # fmt: skip


def _start(
    letter: ReaderLetter, found: LetterRule, at: datetime, values: Mapping[str, str]
) -> LetterClock:
    known = {name: values[name] for name in found.asks if values.get(name)}
    try:
        counted = recount(found.rule, at, calendar=calendar_in_use(), values=known)
    except RulebookError as error:
        raise InvalidInput(str(error), found.asks[0] if found.asks else None) from error
    base = counted.base
    assert counted.due is not None  # every clock of letters has a number
    return LetterClock.objects.create(
        letter=letter, rule=base.rule, event=found.event, title=base.title, duty=base.duty,
        source=base.source, confidence=base.confidence, badge=base.badge or "", started_at=at,
        due_at=counted.due, unit=base.unit or "", steps=list(counted.steps), values=known,
    )  # fmt: skip


def end_clocks(letter: ReaderLetter, act: str, *, at: datetime) -> int:
    """How many running clocks this act of the agency ended; late ones are marked so for ever."""
    return _end(letter, ended_by(act), act, at, ClockState.DONE)


def cancel_clocks(letter: ReaderLetter, rules: frozenset[str], *, at: datetime, why: str) -> int:
    """How many running clocks of these rules no longer apply."""
    return _end(letter, rules, why, at, ClockState.CANCELLED)


def _end(
    letter: ReaderLetter, rules: frozenset[str], act: str, at: datetime, state: ClockState
) -> int:
    running = letter.clocks.filter(state=ClockState.RUNNING, rule__in=rules)
    for clock in running:
        clock.state, clock.ended_at, clock.ended_by = state, at, act
        clock.is_late = state == ClockState.DONE and at > clock.due_at
        clock.save(update_fields=["state", "ended_at", "ended_by", "is_late"])
    return len(running)


def sort_clocks(letter: ReaderLetter, *, at: datetime) -> None:
    """The clocks of receiving, after the letter's kind became known or another: those that no longer apply are ended."""
    due = {found.rule for found in due_rules(letter, "received", letter.received_at)}
    running = letter.clocks.filter(state=ClockState.RUNNING, event="received")
    others = frozenset(running.exclude(rule__in=due).values_list("rule", flat=True))
    cancel_clocks(letter, others - ended_by("classify"), at=at, why="classify")
    end_clocks(letter, "classify", at=at)
    open_clocks(letter, "received", letter.received_at)


@transaction.atomic
def extend_clock(
    letter: ReaderLetter,
    *,
    clock: LetterClock,
    ground: str,
    reason: str,
    signed_by: str,
    paper: str,
    actor: Actor,
    now: datetime,
    number: int | None = None,
    seen: int | None = None,
) -> ReaderLetter:
    """The letter, one of its clocks with more time, as far as the law allows.

    Args:
        ground: which of the law's own cases it is.
        number: how much, the law's most when not given.
        signed_by, paper: who signed the extension, and by which paper.

    Raises:
        InvalidInput: something owed is missing, or is more than the law allows.
        WrongState: the clock has ended, or the law allows no (further) extension.
        Conflict: somebody took a step since.
    """
    letter = begin(letter, "extend_clock", actor=actor, seen=seen)
    held = letter.clocks.select_for_update().filter(pk=clock.pk).first()
    if held is None or held.state != ClockState.RUNNING:
        raise Conflict("Đồng hồ này đã kết thúc. Tải lại trang để xem ai vừa xử lý.")
    event = _granted(held, ground, number, reason, signed_by, paper, now)
    old = held.due_at
    counted = recount(
        held.rule, held.started_at, [*history_of(held), event],
        calendar=calendar_in_use(), values=held.values,
    )  # fmt: skip
    if counted.due is None or counted.due <= old:
        raise InvalidInput(
            "Tính theo trường hợp này hạn không lùi thêm ngày nào. Chọn lại.", "ground"
        )
    held.due_at, held.steps = counted.due, list(counted.steps)
    held.save(update_fields=["due_at", "steps"])
    # The page shows these to everybody of the unit, as it does the diary.
    why, written = without_names(letter, event.reason), without_names(letter, paper.strip())
    ClockExtension.objects.create(
        clock=held, old_due_at=old, new_due_at=held.due_at, ground=event.when, reason=why,
        signed_by=event.signer, paper=written[:200], number=event.number, unit=event.unit,
        values=dict(event.values), by=actor.official, at=now,
    )  # fmt: skip
    told = {"rule": held.rule, "old": show_datetime(old), "new": show_datetime(held.due_at)}
    told |= {"signed_by": event.signer, "paper": paper.strip(), "ground": event.when}
    return finish(letter, "extend_clock", actor=actor, now=now, reason=event.reason, told=told)


def _granted(
    clock: LetterClock,
    ground: str,
    number: int | None,
    reason: str,
    signed_by: str,
    paper: str,
    now: datetime,
) -> Granted:
    left = extensions_of(clock)
    if not left:
        raise WrongState(
            "Luật không cho gia hạn (thêm) hạn này. Làm ngay phần còn lại và ghi lý do chậm."
        )
    allowed = next((each for each in left if each.when == ground), None)
    if allowed is None:
        words = "; ".join(extension_words(each) for each in left)
        raise InvalidInput(f"Chọn trường hợp luật cho gia hạn: {words}.", "ground")
    why = needed(reason, "Ghi lý do gia hạn.", "reason")
    signer = needed(signed_by, "Ghi người ký văn bản gia hạn.", "signed_by")[:150]
    needed(paper, "Ghi số, ký hiệu, ngày của văn bản gia hạn.", "paper")
    if allowed.number is None:
        return Granted(now, why, signer, when=allowed.when, values=dict(allowed.values))
    much = number or allowed.number
    if not 1 <= much <= allowed.number:
        raise InvalidInput(f"Luật chỉ cho {extension_words(allowed)}. Nhập lại.", "number")
    return Granted(now, why, signer, number=much, unit=str(allowed.unit), when=allowed.when)


def extensions_of(clock: LetterClock) -> tuple[Allowed, ...]:
    """What the law still allows this clock."""
    try:
        version = rule(clock.rule).at(clock.started_at.astimezone(VIETNAM).date())
    except RulebookError:
        return ()
    granted = list(clock.extensions.all())
    values = dict(clock.values)
    for one in granted:
        values |= one.values
    return extensions_left(version, values, [one.ground for one in granted])


def history_of(clock: LetterClock) -> list[Granted]:
    """What was granted to this clock, as it is counted again with."""
    return [
        Granted(
            one.at, one.reason, one.signed_by, number=one.number, unit=one.unit, when=one.ground,
            values=one.values,
        )
        for one in clock.extensions.all()
    ]  # fmt: skip


@transaction.atomic
def recount_clocks(*, now: datetime) -> int:
    """How many running clocks moved because days off were announced since; each is told in the letter's diary."""
    calendar, moved = calendar_in_use(), 0
    rows = LetterClock.objects.filter(state=ClockState.RUNNING).select_for_update(of=("self",))
    for clock in rows.select_related("letter").prefetch_related("extensions"):
        counted = recount(
            clock.rule, clock.started_at, history_of(clock), calendar=calendar, values=clock.values
        )
        if counted.due is None or counted.due == clock.due_at:
            continue
        old, clock.due_at, clock.steps = clock.due_at, counted.due, list(counted.steps)
        clock.save(update_fields=["due_at", "steps"])
        ledger.write(
            clock.letter, actor=None, step="recount_clock", at=now, rule=clock.rule,
            old=show_datetime(old), new=show_datetime(clock.due_at),
        )  # fmt: skip
        moved += 1
    return moved
