"""Which column of a file means what: named by a person, kept with the source, else guessed from common headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from hoiam.core.errors import InvalidInput
from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import fold, nfc, squash


@dataclass(frozen=True)
class Wanted:
    """One thing a kind of file tells: its name in the code, its words for people, whether it must be there."""

    name: str
    words: str
    required: bool


def wanted(kind: str) -> tuple[Wanted, ...]:
    """What files of this kind of source ("vendor", "comments") tell, in the order pages ask for it."""
    rows = _data()[kind].items()
    return tuple(Wanted(name, row["words"], row["required"]) for name, row in rows)


def chosen_columns(columns: Sequence[str], kind: str, named: Mapping[str, str]) -> dict[str, str]:
    """The column for each thing wanted that the file has.

    Args:
        columns: the file's headings.
        kind: of the source.
        named: headings a person or the source's rule names; they go before the guess.

    Raises:
        InvalidInput: a named column is not in the file, or a required one was not found; at its own field.
    """
    by_fold = {_folded(column): column for column in columns}
    found: dict[str, str] = {}
    for one in wanted(kind):
        asked = squash(named.get(one.name, ""))
        if asked and _folded(asked) not in by_fold:
            raise InvalidInput(
                f"Tệp không có cột “{asked[:60]}”. {_has(columns)}", f"column_{one.name}"
            )
        column = by_fold.get(_folded(asked)) if asked else _guessed(by_fold, kind, one.name)
        if column is None and one.required:
            raise InvalidInput(
                f"Không thấy cột {one.words.lower()}. {_has(columns)} Ghi đúng tên cột vào ô này rồi tải lại tệp.",
                f"column_{one.name}",
            )
        if column is not None:
            found[one.name] = column
    return found


def limits() -> dict[str, int]:
    """How many rows a file and how many letters a cell may have."""
    return dict(_data()["limits"])


def wrappers() -> tuple[str, ...]:
    """Names under which a JSON object may hold its list."""
    return tuple(_data()["wrappers"])


def _guessed(by_fold: Mapping[str, str], kind: str, name: str) -> str | None:
    headings = (_folded(heading) for heading in _data()[kind][name]["headings"])
    return next((by_fold[heading] for heading in headings if heading in by_fold), None)


def _folded(heading: str) -> str:
    return fold(nfc(squash(heading)))


def _has(columns: Sequence[str]) -> str:
    named = [column for column in columns if column]
    shown = ", ".join(f"“{column[:40]}”" for column in named[:12])
    return f"Tệp có các cột: {shown}." if named else "Dòng đầu của tệp không có tên cột nào."


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    text = files("hoiam.monitoring").joinpath("data/columns.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(text)
    return data
