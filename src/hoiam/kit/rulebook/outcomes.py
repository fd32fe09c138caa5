"""Result codes at closing, and the grounds for refusing information."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from hoiam.kit.vietnamese import show_date

from .errors import NotInForce
from .files import read_yaml
from .rules import Source


@dataclass(frozen=True)
class ResultCode:
    """One way an obligation closes: what it means, whose act it is, what must be recorded."""

    code: str
    title: str
    meaning: str
    who: str
    needs: str


@dataclass(frozen=True)
class RefusalGround:
    """One ground (căn cứ từ chối) on which information may be refused; the reason is stated."""

    code: str
    text: str
    source: Source
    valid_from: date
    valid_to: date | None
    confidence: str


@cache
def result_codes() -> tuple[ResultCode, ...]:
    """Give back the result codes (product defaults, workflow of handling, step 13)."""
    return tuple(ResultCode(**row) for row in read_yaml("results.yaml"))


def refusal_grounds(day: date) -> tuple[RefusalGround, ...]:
    """Give back the grounds in force on a day: three since 01/7/2026, four before.

    >>> [ground.code for ground in refusal_grounds(date(2026, 7, 1))]
    ['secrets', 'investigation', 'unconcluded']

    Raises:
        NotInForce: the day lies before the first law of the rulebook.
    """
    found = tuple(
        ground
        for ground in _grounds()
        if ground.valid_from <= day and (ground.valid_to is None or day <= ground.valid_to)
    )
    if not found:
        first = show_date(min(ground.valid_from for ground in _grounds()))
        raise NotInForce(f"Căn cứ từ chối chỉ có từ {first}; chọn ngày từ đó trở đi.")
    return found


@cache
def _grounds() -> tuple[RefusalGround, ...]:
    return tuple(
        RefusalGround(
            code=row["code"],
            text=row["text"],
            source=Source(law["source"]["document"], row["clause"]),
            valid_from=valid_from,
            valid_to=law["valid_to"],
            confidence=law["confidence"],
        )
        for valid_from, law in sorted(read_yaml("refusal_grounds.yaml").items())
        for row in law["grounds"]
    )
