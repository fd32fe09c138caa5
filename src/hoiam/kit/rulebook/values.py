"""Values a rule asks for: read from text, matched to its choices, turned into one time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hoiam.kit.vietnamese import fold, squash

from .defaults import default_number
from .errors import LoosensLaw, MissingValue, WrongValue
from .rules import Answer, Question, RuleVersion
from .steps import UNITS, Step, step

LONGEST = 3650
LONGER_IS_TIGHTER = ("before", "keep")


@dataclass(frozen=True)
class Timing:
    """The time to count: how many of which unit, or whose time to take, and why."""

    number: int | None
    unit: str | None
    rule: str | None
    steps: tuple[Step, ...]


def parse_values(pairs: Iterable[str]) -> dict[str, str]:
    """Give back the values written as name=value.

    >>> parse_values(["media_type=báo điện tử"])
    {'media_type': 'báo điện tử'}

    Raises:
        WrongValue: a piece has no name, no equals sign or no value.
    """
    values = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        if not name.strip() or not value.strip():
            raise WrongValue(f"“{pair}” chưa đúng dạng tên=giá trị, ví dụ media_type=báo điện tử.")
        values[name.strip()] = value.strip()
    return values


def timing(version: RuleVersion, values: Mapping[str, str]) -> Timing:
    """Give back the time a rule asks for with these values.

    Raises:
        MissingValue: the rule has several times and a value it needs is missing.
        WrongValue: a value is unknown to the rule.
        LoosensLaw: the agency's own number is laxer than the law's.
    """
    _refuse_strangers(version, values)
    steps: list[Step] = []
    chosen: dict[str, str] = {}
    for question in version.questions:
        chosen[question.name] = _choose(version, question, values.get(question.name), steps)
    answer = next((a for a in version.answers if _fits(a, chosen)), None)
    if answer and answer.rule:
        return Timing(None, None, answer.rule, tuple(steps))
    number, unit = (answer.number, answer.unit) if answer else (version.number, version.unit)
    if answer:
        steps.append(_told(version, chosen, f"{number} {UNITS[str(unit)]}"))
    if number is None and version.carried_by:
        number = default_number(version.carried_by)
        words = {"default": version.carried_by, "number": number, "unit": UNITS[str(unit)]}
        steps.append(step("carried", **words))
    if "number" in values:
        number = _own_number(version, number, str(unit), values["number"], steps)
    return Timing(number, unit, None, tuple(steps))


def _refuse_strangers(version: RuleVersion, values: Mapping[str, str]) -> None:
    known = [question.name for question in version.questions] + ["number"]
    for name in values:
        if name not in known:
            told = f"Quy tắc {version.rule_id} không dùng giá trị “{name}”"
            raise WrongValue(f"{told}; các giá trị dùng được: {', '.join(known)}.")


def _choose(version: RuleVersion, ask: Question, given: str | None, steps: list[Step]) -> str:
    options = "; ".join(f"{code} ({names[0]})" for code, names in ask.choices)
    if given is None and ask.default is None:
        told = f"Quy tắc {version.rule_id} có nhiều thời hạn theo {ask.title}"
        raise MissingValue(f"{told}; đặt {ask.name}=… với một trong: {options}.")
    if given is None:
        code = str(ask.default)
        words = {"title": ask.title, "choice": name_of(ask, code), "name": ask.name}
        steps.append(step("assumed", **words))
        return code
    wanted = squash(fold(given))
    for code, names in ask.choices:
        if wanted in (fold(code), *(fold(name) for name in names)):
            return code
    raise WrongValue(f"“{given}” không phải là {ask.title} mà quy tắc biết; chọn: {options}.")


def name_of(question: Question, code: str) -> str:
    """Give back the name a choice is shown under."""
    return dict(question.choices)[code][0]


def _fits(answer: Answer, chosen: Mapping[str, str]) -> bool:
    return all(chosen[name] in codes for name, codes in answer.when)


def _told(version: RuleVersion, chosen: Mapping[str, str], time: str) -> Step:
    title = ", ".join(question.title for question in version.questions)
    choice = ", ".join(name_of(question, chosen[question.name]) for question in version.questions)
    return step("choice", title=title, choice=choice, time=time)


def _own_number(
    version: RuleVersion, law: int | None, unit: str, given: str, steps: list[Step]
) -> int:
    """The agency's own number, refused when it gives more time than the law (law.md §3)."""
    if law is None or version.direction in ("limit", "recurring"):
        raise WrongValue(f"Quy tắc {version.rule_id} không có con số để cơ quan đặt lại.")
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= LONGEST:
        raise WrongValue(f"“{given}” không phải là một số nguyên từ 1 đến {LONGEST}.")
    number, words = int(given), UNITS[unit]
    laxer = number < law if version.direction in LONGER_IS_TIGHTER else number > law
    if version.is_protected and laxer:
        told = f"Quy tắc {version.rule_id} là luật ({version.source}): {law} {words}"
        raise LoosensLaw(f"{told}; cơ quan chỉ được đặt chặt hơn, không được nới.")
    if version.is_protected:
        steps.append(step("tightened", number=number, law=law, unit=words))
    else:
        steps.append(step("own_number", number=number, unit=words))
    return number
