"""Extensions (gia hạn): granted with a reason and a signer, within what the law allows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .calendar import Calendar
from .calendar_files import national_calendar
from .counting import AFTER
from .deadlines import Deadline, Prolongation, warnings_for
from .errors import LoosensLaw, WrongValue
from .rules import Extension, RuleVersion
from .steps import UNITS, long_day, step
from .values import LONGEST


def extend(
    deadline: Deadline,
    *,
    number: int,
    unit: str,
    reason: str,
    signer: str,
    calendar: Calendar | None = None,
) -> Deadline:
    """Give back the deadline prolonged from its present end, with the extension kept on it.

    Args:
        deadline: what is prolonged; it is not changed.
        number, unit: how much ("calendar_day", "working_day", "hour").
        reason, signer: kept and shown; neither may be empty.

    Raises:
        WrongValue: no reason, no signer, no end to prolong, or a number out of reach.
        LoosensLaw: the law does not allow that much, or that often.
    """
    if deadline.due is None:
        raise WrongValue(
            f"Quy tắc {deadline.rule} không có hạn bằng số nên không có gì để gia hạn."
        )
    if not reason.strip() or not signer.strip():
        raise WrongValue("Gia hạn phải ghi lý do và người ký.")
    if unit not in ("calendar_day", "working_day", "hour") or not 1 <= number <= LONGEST:
        raise WrongValue(
            f"Không gia hạn được {number} {UNITS.get(unit, unit)}; nhập lại số và đơn vị."
        )
    _refuse_beyond_law(deadline.version, len(deadline.extensions), number, unit)
    days = calendar or national_calendar()
    count = AFTER[unit](deadline.due, number, days)
    told = step(
        "extended",
        number=number,
        unit=UNITS[unit],
        reason=reason.strip(),
        signer=signer.strip(),
        day=long_day(deadline.due.date()),
    )
    granted = Prolongation(number, unit, reason.strip(), signer.strip())
    fresh = warnings_for(deadline.version, count, days)
    return replace(
        deadline,
        due=count.due,
        steps=(*deadline.steps, told, *count.steps),
        warnings=tuple(dict.fromkeys((*deadline.warnings, *fresh))),
        extensions=(*deadline.extensions, granted),
    )


def _refuse_beyond_law(version: RuleVersion, already: int, number: int, unit: str) -> None:
    if not version.extensions and not version.is_protected:
        return
    for allowed in version.extensions:
        if allowed.number is None or unit != allowed.unit:
            continue
        if number <= allowed.number and already < allowed.times:
            return
    told = f"Quy tắc {version.rule_id} ({version.source})"
    if not version.extensions:
        raise LoosensLaw(f"{told} không cho gia hạn; làm ngay phần còn lại và ghi lý do chậm.")
    limits = "; ".join(extension_words(item) for item in version.extensions)
    raise LoosensLaw(f"{told} chỉ cho gia hạn trong giới hạn này – {limits}.")


def extension_words(allowed: Extension) -> str:
    """Give back one extension the law allows, in words."""
    if allowed.number is None:
        return f"{allowed.when}: tính lại theo số của luật cho trường hợp này, {allowed.times} lần"
    unit = UNITS[str(allowed.unit)]
    return f"{allowed.when}: không quá {allowed.number} {unit} mỗi lần, {allowed.times} lần"


def extensions_left(
    version: RuleVersion, values: Mapping[str, str], granted: Sequence[str]
) -> tuple[Extension, ...]:
    """Give back the extensions the law still allows a clock counted with these values.

    Args:
        granted: the grounds (`Extension.when`) of those granted before, oldest first. One ground that allows more times
            counts the others along: "once, or twice when specially complex" never makes three.
    """
    chosen = {ask.name: ask.default for ask in version.questions} | dict(values)
    return tuple(
        allowed
        for allowed in version.extensions
        if len(granted) < allowed.times
        and all(chosen.get(name) == code for name, code in allowed.given)
    )
