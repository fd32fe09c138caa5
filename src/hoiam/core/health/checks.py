"""The register of checks, and asking them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from hoiam.core.errors import HoiAmError


@dataclass(frozen=True)
class Finding:
    """One thing that is not well: what is seen, and what a person does about it."""

    words: str
    remedy: str


@dataclass(frozen=True)
class Checked:
    """What one check found; nothing found is good."""

    code: str
    label: str
    findings: tuple[Finding, ...]


Check = Callable[[datetime], Iterator[Finding]]

_checks: dict[str, tuple[str, Check]] = {}


def health_check(code: str, label: str) -> Callable[[Check], Check]:
    """Marks a function of the moment that gives findings; `label` names what it looks at, in Vietnamese."""

    def register(check: Check) -> Check:
        if code in _checks:
            raise LookupError(f"there is a check {code} already")
        _checks[code] = (label, check)
        return check

    return register


def examine(now: datetime) -> Iterator[Checked]:
    """Every check's answer, in the order they were registered; one that cannot look says so as a finding."""
    for code, (label, check) in _checks.items():
        yield Checked(code, label, _asked(check, now))


def _asked(check: Check, now: datetime) -> tuple[Finding, ...]:
    try:
        return tuple(check(now))
    except (HoiAmError, OSError) as error:
        return (Finding(f"không kiểm tra được ({error})", "Xem nhật ký máy chủ rồi chạy lại."),)
