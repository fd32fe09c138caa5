"""Obligations a–i and their clocks: opened from the rulebook, extended, paused, ended."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.moving import locked, locked_open
from hoiam.handling.actions.silence import owe_proof_of_receipt
from hoiam.handling.models import Case, CaseMoment, Clock, Extension, Obligation, Pause
from hoiam.handling.states import ENDED_BY, ClockState, MomentKind
from hoiam.kit.rulebook import RulebookError, compute, obligation_type, result_codes
from hoiam.kit.vietnamese import VIETNAM

OPEN = (ClockState.WAITING, ClockState.RUNNING, ClockState.PAUSED)


@transaction.atomic
def open_obligation(
    case: Case, *, letter: str, actor: Actor, now: datetime, reason: str = ""
) -> Obligation:
    """The obligation of this type, confirmed by the actor, with the clocks of moments already recorded.

    Raises:
        InvalidInput: no such type, or the case has it already.
    """
    case = locked_open(case, "open_obligation", actor)
    return put_obligation(case, letter, actor=actor, now=now, reason=reason)


def put_obligation(
    case: Case, letter: str, *, actor: Actor, now: datetime, reason: str = ""
) -> Obligation:
    """The obligation, written without asking for authority: the step that includes it has asked."""
    try:
        kind = obligation_type(letter)
    except RulebookError as error:
        raise InvalidInput(str(error), "letters") from error
    if case.obligations.filter(letter=kind.letter).exists():
        raise InvalidInput(f"Hồ sơ đã có nghĩa vụ loại {kind.letter}.", "letters")
    obligation = Obligation.objects.create(
        case=case, letter=kind.letter, reason=reason, confirmed_by=actor.official, opened_at=now
    )
    ledger.write(
        case, actor=actor, step="open_obligation", at=now, reason=reason, letter=kind.letter
    )
    for moment in standing_moments(case):
        _open_for(obligation, moment)
    _open_for_event(obligation)
    return obligation


def standing_moments(case: Case) -> list[CaseMoment]:
    """The recorded moments that no later entry replaced."""
    return list(case.moments.filter(replaced_by=None).order_by("id"))


def open_for_moment(moment: CaseMoment) -> list[Clock]:
    """The clocks a newly recorded moment starts, over the obligations the case has."""
    return [
        clock
        for obligation in moment.case.obligations.filter(ended_at=None)
        for clock in _open_for(obligation, moment)
    ]


def _open_for(obligation: Obligation, moment: CaseMoment) -> list[Clock]:
    kind = obligation_type(obligation.letter)
    opened = [
        start_clock(obligation.case, rule.rule, moment.at, obligation=obligation, moment=moment)
        for rule in kind.clocks_on(_law_day(obligation.case, moment))
        # A clock with a condition ("khi từ chối") is opened by the act that meets it.
        if rule.starts_at == moment.kind and not rule.when
    ]
    return [_end_if_spoken(clock) for clock in opened]


def _law_day(case: Case, moment: CaseMoment) -> date:
    """The day that chooses the generation of the law: a paper's own day, else the day of the event (law.md §11)."""
    own = moment.at.astimezone(VIETNAM).date()
    return own if moment.kind == MomentKind.PAPER_RECEIVED else case.event_on or own


def _open_for_event(obligation: Obligation) -> list[Clock]:
    """The clocks that ran from the happening itself, before 01/7/2026 (PN-02h); none when its day is not known."""
    day = obligation.case.event_on
    if day is None:
        return []
    start = datetime.combine(day, time.min, tzinfo=VIETNAM)
    note = "Chỉ biết ngày xảy ra nên tính từ 00 giờ của ngày đó: hạn sớm nhất có thể."
    opened = [
        start_clock(obligation.case, rule.rule, start, obligation=obligation, note=note)
        for rule in obligation_type(obligation.letter).clocks_on(day)
        if rule.starts_at == "happened_at" and not rule.when
    ]
    return [_end_if_spoken(clock) for clock in opened]


def _end_if_spoken(clock: Clock) -> Clock:
    """The clock, ended when the spokesperson had spoken before it was opened."""
    if clock.rule not in ENDED_BY["record_statement"]:
        return clock
    said = clock.case.statements.filter(at__gte=clock.started_at).order_by("at", "id").first()
    return clock if said is None else end_clock(clock, at=said.at)


def start_clock(
    case: Case,
    rule: str,
    start: datetime,
    *,
    obligation: Obligation | None = None,
    moment: CaseMoment | None = None,
    values: Mapping[str, str] | None = None,
    note: str = "",
) -> Clock:
    """The running clock of one rule, frozen with the steps of how it was computed; `note` stands after them.

    Raises:
        InvalidInput: the rulebook cannot compute it; the sentence says why.
    """
    try:
        deadline = compute(rule, start, values=values)
    except RulebookError as error:
        raise InvalidInput(str(error)) from error
    return Clock.objects.create(
        case=case,
        obligation=obligation,
        rule=deadline.rule,
        title=deadline.title,
        duty=deadline.duty,
        source=deadline.source,
        confidence=deadline.confidence,
        badge=deadline.badge or "",
        moment=moment,
        started_at=start,
        unit=deadline.unit or "",
        due_at=deadline.due,
        steps=[*deadline.as_json()["steps"], *([note] if note else [])],
        state=ClockState.RUNNING,
        holder=case.holder,
    )


def start_default(case: Case, rule: str, start: datetime) -> Clock:
    """The clock of a product default; a second of the same rule takes the place of the first."""
    end_clocks(case, {rule}, at=start, state=ClockState.CANCELLED)
    return start_clock(case, rule, start)


def end_clocks(
    case: Case, rules: Collection[str], *, at: datetime, state: ClockState = ClockState.DONE
) -> int:
    """How many open clocks of these rules were ended; late ones are marked so for ever."""
    rows = Clock.objects.system("a step of the case ends its clocks")
    ended = 0
    for clock in rows.filter(case=case, rule__in=rules, state__in=OPEN):
        end_clock(clock, at=at, state=state)
        ended += 1
    return ended


def end_clock(clock: Clock, *, at: datetime, state: ClockState = ClockState.DONE) -> Clock:
    """The clock as ended at this moment; one that stood paused has its due time moved first."""
    for pause in clock.pauses.filter(until=None):
        _end_pause(clock, pause, at)
    clock.state, clock.ended_at = state, at
    clock.is_late = state == ClockState.DONE and clock.due_at is not None and at > clock.due_at
    clock.save(update_fields=["state", "ended_at", "is_late", "due_at"])
    return clock


def _end_pause(clock: Clock, pause: Pause, at: datetime) -> None:
    pause.until = max(at, pause.since)
    pause.save(update_fields=["until"])
    if clock.due_at is not None:
        clock.due_at += pause.until - pause.since


def _locked(clock: Clock) -> Clock:
    locked(clock.case_id)  # the case first: every step of it may end its clocks
    rows = Clock.objects.system("reload under lock").select_for_update(of=("self",))
    return rows.select_related("case__agency").get(pk=clock.pk)


@transaction.atomic
def extend_clock(
    clock: Clock, *, due_at: datetime, reason: str, actor: Actor, now: datetime
) -> Clock:
    """The clock with more time, allowed by the actor (gia hạn). The law's hour clocks cannot be moved by anybody.

    Raises:
        InvalidInput: no reason, or the new time is not later.
        WrongState: the clock has ended, or it is a clock of law that knows no extension.
    """
    clock = _locked(clock)
    authority.check(actor, "extend_clock", clock)
    _must_be_open(clock)
    if not clock.is_default:
        raise WrongState(
            "Hạn này do luật định, không gia hạn ở đây. Chỉ gia hạn được hạn mặc định của cơ quan."
        )
    if not reason.strip():
        raise InvalidInput("Ghi lý do gia hạn.", "reason")
    if clock.due_at is None or due_at <= clock.due_at:
        raise InvalidInput("Hạn mới phải sau hạn cũ.", "due_at")
    Extension.objects.create(
        clock=clock,
        old_due_at=clock.due_at,
        new_due_at=due_at,
        reason=reason.strip(),
        signer=actor.official,
        at=now,
    )
    old, clock.due_at = clock.due_at, due_at
    clock.save(update_fields=["due_at"])
    ledger.write(
        clock.case,
        actor=actor,
        step="extend_clock",
        at=now,
        reason=reason.strip(),
        rule=clock.rule,
        old=old.isoformat(),
        new=due_at.isoformat(),
    )
    return clock


@transaction.atomic
def pause_clock(clock: Clock, *, reason: str, actor: Actor, now: datetime) -> Clock:
    """The clock paused while others are waited for; only clocks of product defaults pause.

    Raises:
        WrongState: the clock has ended, is paused, or runs by law.
        InvalidInput: no reason.
    """
    clock = _locked(clock)
    authority.check(actor, "pause_clock", clock)
    _must_be_open(clock)
    if not clock.is_default:
        raise WrongState(
            "Hạn do luật định không tạm dừng. Xác minh chưa xong không dừng đồng hồ này."
        )
    if clock.state == ClockState.PAUSED:
        raise WrongState("Đồng hồ đang tạm dừng.")
    if not reason.strip():
        raise InvalidInput("Ghi đang chờ ai, chờ gì.", "reason")
    clock.state = ClockState.PAUSED
    clock.save(update_fields=["state"])
    Pause.objects.create(clock=clock, since=now, reason=reason.strip())
    ledger.write(
        clock.case, actor=actor, step="pause_clock", at=now, reason=reason.strip(), rule=clock.rule
    )
    return clock


@transaction.atomic
def resume_clock(clock: Clock, *, actor: Actor, now: datetime) -> Clock:
    """The clock running again, its due time moved by as long as it stood.

    Raises:
        WrongState: it is not paused.
    """
    clock = _locked(clock)
    authority.check(actor, "resume_clock", clock)
    pause = clock.pauses.filter(until=None).first()
    if clock.state != ClockState.PAUSED or pause is None:
        raise WrongState("Đồng hồ không ở tình trạng tạm dừng.")
    _end_pause(clock, pause, now)
    clock.state = ClockState.RUNNING
    clock.save(update_fields=["state", "due_at"])
    ledger.write(clock.case, actor=actor, step="resume_clock", at=now, rule=clock.rule)
    return clock


def _must_be_open(clock: Clock) -> None:
    if clock.state not in OPEN:
        raise WrongState("Đồng hồ này đã kết thúc.")


@transaction.atomic
def close_obligation(
    obligation: Obligation, *, result: str, actor: Actor, now: datetime, note: str = ""
) -> Obligation:
    """The obligation closed with its own result (workflow.md §9); its open clocks no longer apply.

    Raises:
        InvalidInput: the result is none of the codes; or clocks of law still run and it is not said why.
        WrongState: it was closed before, or the case is.
    """
    case = locked_open(obligation.case_id, "close_obligation", actor)
    obligation = case.obligations.get(pk=obligation.pk)
    if obligation.ended_at is not None:
        raise WrongState("Nghĩa vụ này đã đóng.")
    if result not in {code.code for code in result_codes()}:
        raise InvalidInput("Chọn kết quả từ danh sách.", "result")
    owe_proof_of_receipt(case, result)
    owe_a_note(obligation.clocks.all(), note, "đóng nghĩa vụ")
    ledger.write(
        case,
        actor=actor,
        step="close_obligation",
        at=now,
        reason=note.strip(),
        letter=obligation.letter,
        result=result,
    )
    return end_obligation(obligation, result=result, at=now)


def owe_a_note(clocks: QuerySet[Clock], note: str, what: str) -> None:
    """Nothing, when no numbered clock of law still runs among these or it is said why that may be.

    Raises:
        InvalidInput: one runs and nothing is said; the sentence names it.
    """
    running = clocks.filter(state__in=OPEN).exclude(due_at=None)
    still = [clock.title for clock in running if not clock.is_default]
    if still and not note.strip():
        names = ", ".join(f"“{title}”" for title in still)
        raise InvalidInput(
            f"Còn đồng hồ theo luật đang chạy: {names}. Ghi rõ vì sao vẫn {what}.", "note"
        )


def end_obligation(obligation: Obligation, *, result: str, at: datetime) -> Obligation:
    """The obligation with its result, written without asking for authority; its open clocks no longer apply."""
    obligation.result, obligation.ended_at = result, at
    obligation.save(update_fields=["result", "ended_at"])
    for clock in obligation.clocks.filter(state__in=OPEN):
        end_clock(clock, at=at, state=ClockState.CANCELLED)
    return obligation
