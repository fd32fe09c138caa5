"""Clocks: begun from the rulebook with frozen steps, ended by what they wait for; obligations that hold them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.moving import locked, locked_open
from hoiam.handling.models import Case, CaseMoment, Clock, Obligation, Pause
from hoiam.handling.queries.calendars import calendar_now
from hoiam.handling.queries.tightenings import as_number, tightening_of
from hoiam.handling.states import ENDED_BY, OF_THE_EVENT, ClockState, MomentKind
from hoiam.kit.rulebook import (
    Granted,
    ObligationClock,
    Question,
    RulebookError,
    Waited,
    apply_event,
    compute,
    obligation_type,
    recount,
)
from hoiam.kit.rulebook import rule as rule_of
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
    open_missing(obligation)
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


def open_missing(obligation: Obligation) -> list[Clock]:
    """The clocks that the recorded moments and the answers of people start and that were not opened yet."""
    standing = standing_moments(obligation.case)
    opened = [clock for moment in standing for clock in _open_for(obligation, moment)]
    if not any(moment.kind == MomentKind.HAPPENED for moment in standing):
        opened += _open_for_event(obligation)
    return opened


def _open_for(obligation: Obligation, moment: CaseMoment) -> list[Clock]:
    kept = obligation.clocks.filter(moment=moment).exclude(state=ClockState.CANCELLED)
    have = set(kept.values_list("rule", flat=True))
    answers = answers_for(obligation, moment)
    kind = obligation_type(obligation.letter)
    return [
        _end_if_spoken(
            start_clock(
                obligation.case,
                rule.rule,
                moment.at,
                obligation=obligation,
                moment=moment,
                values=asked_values(rule.rule, moment.at, answers),
            )
        )
        for rule in kind.clocks_on(law_day(obligation.case, moment))
        if rule.starts_at == moment.kind and rule.rule not in have
        if opens(rule, moment.at, answers)
    ]


def answers_for(obligation: Obligation, moment: CaseMoment) -> dict[str, str]:
    """What people answered, as it holds for this moment: its own outlet's medium goes before the obligation's."""
    own = {"media_type": moment.media_type} if moment.media_type else {}
    return {**obligation.answers, **own}


def opens(clock: ObligationClock, at: datetime, answers: Mapping[str, str]) -> bool:
    """Whether people's answers open this clock, and give the rule all it must know to be counted."""
    if not clock.applies(answers):
        return False
    asks = _questions(clock.rule, at)
    return all(ask.default is not None or ask.name in answers for ask in asks)


def asked_values(rule: str, at: datetime, answers: Mapping[str, str]) -> dict[str, str]:
    """Those of the answers that the rule itself counts with."""
    return {ask.name: answers[ask.name] for ask in _questions(rule, at) if ask.name in answers}


def _questions(rule: str, at: datetime) -> tuple[Question, ...]:
    try:
        return rule_of(rule).at(at.astimezone(VIETNAM).date()).questions
    except RulebookError:
        return ()


def law_day(case: Case, moment: CaseMoment) -> date:
    """The day that chooses the generation of the law: a paper's or an act's own, else that of the event (law.md §11)."""
    own = moment.at.astimezone(VIETNAM).date()
    return (case.event_on or own) if moment.kind in OF_THE_EVENT else own


def _open_for_event(obligation: Obligation) -> list[Clock]:
    """The clocks that ran from the happening itself, before 01/7/2026 (PN-02h); none when its day is not known."""
    day = obligation.case.event_on
    if day is None:
        return []
    kept = obligation.clocks.filter(moment=None).exclude(state=ClockState.CANCELLED)
    have = set(kept.values_list("rule", flat=True))
    start = datetime.combine(day, time.min, tzinfo=VIETNAM)
    note = (
        "Chỉ biết ngày xảy ra nên tính từ 00 giờ của ngày đó: hạn sớm nhất có thể. "
        "Biết giờ thì ghi thời điểm “Sự việc xảy ra”, hạn được tính lại."
    )
    return [
        _end_if_spoken(
            start_clock(obligation.case, rule.rule, start, obligation=obligation, note=note)
        )
        for rule in obligation_type(obligation.letter).clocks_on(day)
        if rule.starts_at == MomentKind.HAPPENED and rule.rule not in have
        if rule.applies(obligation.answers)
    ]


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
    badge: str = "",
) -> Clock:
    """The running clock of one rule, frozen with the steps of how it was computed; `note` stands after them.

    The stricter number of the unit or of its superiors is counted with; what the law alone gives is kept beside.
    `badge` marks a rule of law that a product default opened here.

    Raises:
        InvalidInput: the rulebook cannot compute it; the sentence says why.
    """
    calendar, known = calendar_now(), dict(values or {})
    try:
        law = compute(rule, start, calendar=calendar, values=known)
        own = tightening_of(case.agency, law.version, start.astimezone(VIETNAM).date())
        found = recount(
            rule, start, calendar=calendar, values=known, tightening=as_number(own), note=note
        )
    except RulebookError as error:
        raise InvalidInput(str(error)) from error
    deadline, is_tightened = found.base, found.due != law.due
    return Clock.objects.create(
        case=case,
        obligation=obligation,
        rule=deadline.rule,
        title=deadline.title,
        duty=deadline.duty,
        source=deadline.source,
        confidence=deadline.confidence,
        badge=deadline.badge or badge,
        moment=moment,
        started_at=start,
        unit=deadline.unit or "",
        due_at=found.due,
        law_due_at=law.due if is_tightened else None,
        steps=list(found.steps),
        values=known,
        note=note,
        tightening=own if is_tightened else None,
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
        end_pause(clock, pause, at)
    clock.state, clock.ended_at = state, at
    clock.is_late = state == ClockState.DONE and clock.due_at is not None and at > clock.due_at
    clock.save(update_fields=["state", "ended_at", "is_late", "due_at", "law_due_at", "steps"])
    return clock


def end_pause(clock: Clock, pause: Pause, at: datetime) -> None:
    """The pause over; the due time of a clock it had stopped moves by as long, the caller saves the clock."""
    pause.until = max(at, pause.since)
    pause.save(update_fields=["until"])
    if pause.stops:
        prolong(clock, Waited(pause.since, pause.until, pause.reason))


def prolong(clock: Clock, event: Granted | Waited) -> None:
    """The clock's times and steps after one extension or pause; the caller saves it."""
    if clock.due_at is None:
        return
    calendar = calendar_now()
    clock.due_at, told = apply_event(clock.due_at, event, calendar)
    clock.steps = [*clock.steps, *told]
    if clock.law_due_at is not None:
        clock.law_due_at, _ = apply_event(clock.law_due_at, event, calendar)


def locked_clock(clock: Clock) -> Clock:
    """The clock reloaded under lock, its case before it: every step of a case may end its clocks."""
    locked(clock.case_id)
    rows = Clock.objects.system("reload under lock").select_for_update(of=("self",))
    return rows.select_related("case__agency").get(pk=clock.pk)


def must_be_open(clock: Clock) -> None:
    """Nothing, when the clock still runs.

    Raises:
        WrongState: it has ended.
    """
    if clock.state not in OPEN:
        raise WrongState("Đồng hồ này đã kết thúc. Tải lại trang để xem ai vừa xử lý.")


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


def reopen_obligations(case: Case, obligations: QuerySet[Obligation]) -> None:
    """These of the case's obligations are owed anew; the results they had stay on record, no longer as their last word."""
    case.outcomes.filter(obligation__in=obligations).update(obligation=None)
    obligations.update(ended_at=None, result="")


def end_obligation(obligation: Obligation, *, result: str, at: datetime) -> Obligation:
    """The obligation with its result, written without asking for authority; its open clocks no longer apply."""
    obligation.result, obligation.ended_at = result, at
    obligation.save(update_fields=["result", "ended_at"])
    for clock in obligation.clocks.filter(state__in=OPEN):
        end_clock(clock, at=at, state=ClockState.CANCELLED)
    return obligation
