"""Tightening: a number an agency set for itself or for those below it, stricter than the law's."""

from dataclasses import dataclass
from datetime import date

from .errors import LoosensLaw, WrongValue
from .registry import rule
from .rules import RuleVersion
from .steps import UNITS, Step, step
from .values import LONGER_IS_TIGHTER, LONGEST, Timing

NOT_OURS = ("limit", "recurring", "fixed_date")


@dataclass(frozen=True)
class Tightening:
    """A stricter number in the rule's own unit: whose it is (`by`) and why."""

    number: int
    by: str
    reason: str


def check_tightening(rule_id: str, number: int, day: date) -> RuleVersion:
    """Give back the version of the rule on that day, when the number may stand for it.

    Raises:
        UnknownName, NotInForce: see `errors`.
        WrongValue: the rule has no single number, binds the press and not us, or the number is none.
        LoosensLaw: the number gives as much time as the law or more.
    """
    version = rule(rule_id).at(day)
    told = f"Quy tắc {version.rule_id} ({version.title})"
    if version.binds_press:
        raise WrongValue(f"{told} ràng buộc cơ quan báo chí; đơn vị không đặt hạn cho báo được.")
    if version.number is None or version.direction in NOT_OURS:
        raise WrongValue(
            f"{told} không có một con số chung để siết; ghi yêu cầu của đơn vị trong hồ sơ."
        )
    if not 1 <= number <= LONGEST:
        raise WrongValue(f"“{number}” không phải là một số nguyên từ 1 đến {LONGEST}.")
    unit = UNITS[str(version.unit)]
    if not is_tighter(version, number, version.number):
        whose = f"luật ({version.source})" if version.is_protected else "mặc định của sản phẩm"
        how = "ít nhất" if version.direction in LONGER_IS_TIGHTER else "nhiều nhất"
        limit = version.number + (1 if version.direction in LONGER_IS_TIGHTER else -1)
        raise LoosensLaw(
            f"{told}: {whose} là {version.number} {unit}. Đơn vị chỉ được siết chặt hơn, không được nới; "
            + (f"nhập {how} {limit} {unit}." if limit else "không còn gì để siết.")
        )
    return version


def is_tighter(version: RuleVersion, number: int, than: int) -> bool:
    """Tell whether the number gives less time than the other, in the sense of the rule.

    >>> from datetime import date
    >>> is_tighter(rule("PN-01").at(date(2026, 7, 1)), 12, 24)
    True
    """
    return number > than if version.direction in LONGER_IS_TIGHTER else number < than


def tightened(
    version: RuleVersion, time: Timing, own: Tightening | None
) -> tuple[Timing, tuple[Step, ...]]:
    """Give back the time with the agency's own number, and the step that says so; as it was when the law is tighter."""
    if own is None or time.number is None or time.unit != version.unit or version.binds_press:
        return time, ()
    if not is_tighter(version, own.number, time.number):
        return time, ()
    words = {
        "by": own.by,
        "number": own.number,
        "law": time.number,
        "unit": UNITS[str(time.unit)],
        "reason": own.reason.rstrip(". "),
        "whose": "luật" if version.is_law else "mặc định",
    }
    return Timing(own.number, time.unit, None, ()), (step("tightened_by", **words),)
