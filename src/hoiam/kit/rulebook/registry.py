"""All rules, read once from `data/rules/*.yaml`."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from .defaults import defaults
from .errors import UnknownName
from .files import read_folder, read_table
from .rules import Answer, Extension, Question, Rule, RuleVersion, Source


def rules() -> tuple[Rule, ...]:
    """Give back every rule of the rulebook in order of id.

    >>> [rule.id for rule in rules()][:2]
    ['AN-01', 'AN-02']
    """
    return tuple(sorted(_rules().values(), key=lambda rule: rule.id))


def rule(rule_id: str) -> Rule:
    """Give back one rule by its id ("PN-01"), or a product default with a clock ("MD-01").

    >>> from datetime import date
    >>> rule("PN-01").at(date(2026, 7, 1)).source
    'NĐ 244/2026 Đ7.3'

    Raises:
        UnknownName: nothing has that id.
    """
    wanted = rule_id.strip()
    for known in (_rules(), _clocks_of_defaults()):
        for name in (wanted, wanted.upper(), wanted[:-1].upper() + wanted[-1:].lower()):
            if name in known:
                return known[name]
    raise UnknownName(f"Không có quy tắc “{rule_id}”; xem danh sách bằng lệnh hoiam rules.")


@cache
def _rules() -> Mapping[str, Rule]:
    rows = [row for rows in read_folder("rules") for row in rows]
    later: dict[str, list[str]] = {}
    for row in rows:
        for earlier in row.get("follows", ()):
            later.setdefault(earlier, []).append(row["id"])
    return {row["id"]: _rule(row, tuple(later.get(row["id"], ()))) for row in rows}


@cache
def _clocks_of_defaults() -> Mapping[str, Rule]:
    return {item.id: Rule(item.id, item.title, "default", (version,))
            for item in defaults() if (version := item.clock) is not None}  # fmt: skip


def _rule(row: dict[str, Any], precedes: tuple[str, ...]) -> Rule:
    days = sorted(row["values"])
    versions = tuple(_version(row, day, row["values"][day]) for day in days)
    follows = tuple(row.get("follows", ()))
    return Rule(row["id"], row["title"], row["group"], versions, follows, precedes)


def _version(row: dict[str, Any], valid_from: date, value: dict[str, Any]) -> RuleVersion:
    number = value["number"]
    is_date = row["unit"] == "before_date"
    return RuleVersion(
        rule_id=row["id"],
        title=row["title"],
        group=row["group"],
        event=row["event"],
        actor=row["actor"],
        duty=row["duty"],
        direction=row["direction"],
        unit=row["unit"],
        number=None if is_date else number,
        yearly_date=number if is_date else None,
        sources=_sources(value["source"]),
        valid_from=valid_from,
        valid_to=value["valid_to"],
        confidence=value["confidence"],
        note=value.get("note", ""),
        questions=tuple(read_question(item) for item in value.get("asks", ())),
        answers=tuple(_answer(item) for item in value.get("answers", ())),
        extensions=tuple(_extension(item) for item in value.get("extensions", ())),
        cycle=value.get("cycle"),
        carried_by=value.get("carried_by"),
        recheck_from=value.get("recheck_from"),
        binds_press=row.get("binds_press", False),
    )


def _extension(item: dict[str, Any]) -> Extension:
    return Extension(
        when=item["when"],
        number=item.get("number"),
        unit=item.get("unit"),
        times=item["times"],
        values=tuple(item.get("values", {}).items()),
        given=tuple(item.get("given", {}).items()),
    )


def _sources(value: dict[str, str] | list[dict[str, str]]) -> tuple[Source, ...]:
    return tuple(Source(**item) for item in (value if isinstance(value, list) else [value]))


def read_question(item: dict[str, Any]) -> Question:
    """Give back a question as the data writes it, with its own choices or those of a shared table."""
    choices = item.get("choices") or read_table(f"{item['choices_from']}.yaml")
    named = tuple((code, tuple(names)) for code, names in choices.items())
    return Question(item["name"], item["title"], named, item.get("default"))


def _answer(item: dict[str, Any]) -> Answer:
    when = tuple((name, tuple(codes)) for name, codes in item["when"].items())
    return Answer(when, item.get("number"), item.get("unit"), item.get("rule"))
