"""Which conditional clocks apply: people answer what the law's conditions ask, nothing is guessed."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.clocks import (
    OPEN,
    answers_for,
    asked_values,
    end_clock,
    open_missing,
    opens,
)
from hoiam.handling.actions.moving import locked_open
from hoiam.handling.models import Case, Clock, Obligation
from hoiam.handling.states import ClockState
from hoiam.kit.rulebook import obligation_type


@transaction.atomic
def choose_clocks(
    case: Case,
    *,
    answers: Mapping[str, Mapping[str, str]],
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> list[Clock]:
    """The clocks that these answers open, of moments already recorded; later moments open theirs by themselves.

    Args:
        answers: by letter of the obligation, then by name of the question; blank means not answered.
        reason: why an earlier answer is changed; owed then.

    Raises:
        InvalidInput: nothing new was answered, an unknown answer, or an earlier one changed without saying why.
    """
    case = locked_open(case, "choose_clocks", actor)
    opened: list[Clock] = []
    changed = False
    for obligation in case.obligations.filter(ended_at=None):
        said = _read(obligation, answers.get(obligation.letter, {}))
        if said == obligation.answers:
            continue
        _owe_reason(obligation, said, reason)
        changed = True
        obligation.case, obligation.answers = case, said
        obligation.save(update_fields=["answers"])
        _cancel_unfit(obligation, now)
        fresh = open_missing(obligation)
        opened += fresh
        ledger.write(
            case,
            actor=actor,
            step="choose_clocks",
            at=now,
            reason=reason.strip(),
            letter=obligation.letter,
            answers=said,
            rules=[clock.rule for clock in fresh],
        )
    if not changed:
        raise InvalidInput("Chưa có câu trả lời nào mới. Chọn ít nhất một câu rồi lưu.")
    return opened


def _read(obligation: Obligation, given: Mapping[str, str]) -> dict[str, str]:
    """The answers of the obligation with those given; questions not asked for keep theirs."""
    said = dict(obligation.answers)
    known = {ask.name: dict(ask.choices) for ask in obligation_type(obligation.letter).questions}
    for name, code in given.items():
        if name not in known or (code and code not in known[name]):
            raise InvalidInput("Chọn câu trả lời trong danh sách.", f"{obligation.letter}_{name}")
        if code:
            said[name] = code
        else:
            said.pop(name, None)
    return said


def _owe_reason(obligation: Obligation, said: Mapping[str, str], reason: str) -> None:
    names = {ask.name: ask for ask in obligation_type(obligation.letter).questions}
    for name, code in obligation.answers.items():
        if said.get(name) != code and not reason.strip():
            was = dict(names[name].choices)[code][0] if name in names else code
            raise InvalidInput(
                f"Trước đã chọn “{was}”. Đổi thì ghi lý do; đồng hồ cũ được giữ là không còn áp dụng.",
                "reason",
            )


def _cancel_unfit(obligation: Obligation, now: datetime) -> None:
    """Open clocks whose condition is no longer met, or that were counted with another answer, no longer apply."""
    kinds = {clock.rule: clock for clock in obligation_type(obligation.letter).clocks}
    rows = obligation.clocks.filter(state__in=OPEN).exclude(moment=None)
    for clock in rows.select_related("moment"):
        kind = kinds.get(clock.rule)
        if kind is None or clock.moment is None:
            continue
        answers = answers_for(obligation, clock.moment)
        fits = opens(kind, clock.started_at, answers)
        values = asked_values(clock.rule, clock.started_at, answers)
        # What an extension has widened since is not another answer.
        if not fits or (values != clock.values and not clock.extensions.exists()):
            end_clock(clock, at=now, state=ClockState.CANCELLED)
