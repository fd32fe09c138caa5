"""Product defaults: editable values that stand where the law is silent or not verified."""

from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Any

from .errors import UnknownName
from .files import read_yaml
from .rules import BADGE, RuleVersion, Source

Value = str | int | bool | tuple[tuple[time, time], ...] | None


@dataclass(frozen=True)
class Default:
    """One product default; `value` None means the agency has to enter it.

    `clock` is the default as a rule that can be computed, where it is a time for a step.
    """

    id: str
    title: str
    value: Value
    unit: str | None
    why: str
    clock: RuleVersion | None

    @property
    def badge(self) -> str:
        """Give back the badge each default shows."""
        return BADGE


@cache
def defaults() -> tuple[Default, ...]:
    """Give back every product default in order of id."""
    data = read_yaml("defaults.yaml")
    return tuple(_default(row, data["valid_from"]) for row in data["defaults"])


def default(default_id: str) -> Default:
    """Give back one product default.

    >>> default("MD-07").value
    3

    Raises:
        UnknownName: nothing has that id.
    """
    for item in defaults():
        if item.id == default_id:
            return item
    raise UnknownName(f"Không có giá trị mặc định “{default_id}”; các mã đi từ MD-01.")


def default_number(default_id: str) -> int:
    """Give back a default that is a whole number.

    Raises:
        UnknownName: the default is no number.
    """
    value = default(default_id).value
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnknownName(f"Giá trị mặc định {default_id} không phải là một con số.")
    return value


def working_sessions() -> tuple[tuple[time, time], ...]:
    """Give back the working hours of a working day as (from, to) pairs; a product default."""
    value = default("MD-11").value
    return value if isinstance(value, tuple) else ()


def _default(row: dict[str, Any], valid_from: date) -> Default:
    value = row.get("value")
    if isinstance(value, list):
        value = tuple((_time(pair[0]), _time(pair[1])) for pair in value)
    clock = _clock(row, valid_from) if "event" in row else None
    return Default(row["id"], row["title"], value, row.get("unit"), row["why"], clock)


def _time(text: str) -> time:
    return time.fromisoformat(text)


def _clock(row: dict[str, Any], valid_from: date) -> RuleVersion:
    return RuleVersion(
        rule_id=row["id"],
        title=row["title"],
        group="default",
        event=row["event"],
        actor=row["actor"],
        duty=row["duty"],
        direction=row.get("direction", "after"),
        unit=row["unit"],
        number=row["value"],
        yearly_date=None,
        sources=(Source("Mặc định sản phẩm", row["id"]),),
        valid_from=valid_from,
        valid_to=None,
        confidence="C",
        note=row["why"],
    )
