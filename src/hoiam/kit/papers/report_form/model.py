"""What a report form asks: sections of text, figures, tables with columns, files that must come with it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

TEXT, FIGURE, TABLE, ANNEX = "text", "figure", "table", "annex"
KINDS = (TEXT, FIGURE, TABLE, ANNEX)
NUMBER, DATE = "number", "date"
REF = "ref"

Content = Mapping[str, Any]
"""Answers by key: text and figures as typed (str), tables as lists of rows by column, annexes as lists of files."""


@dataclass(frozen=True)
class FormColumn:
    """One column of a table; `kind` text, number or date; `parts` names the columns it must be the sum of."""

    name: str
    label: str
    kind: str = TEXT
    required: bool = False
    parts: tuple[str, ...] = ()
    width: float = 40


@dataclass(frozen=True)
class FormSection:
    """One thing the form asks.

    `parts` names the figures a figure must be the sum of. A table `per_task` has one row for each task the unit was
    given, found by the column "ref".
    """

    key: str
    title: str
    kind: str
    required: bool = False
    help: str = ""
    unit: str = ""
    columns: tuple[FormColumn, ...] = ()
    parts: tuple[str, ...] = ()
    per_task: bool = False

    def column(self, name: str) -> FormColumn | None:
        """The column of that name, None when the table has none."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True)
class TaskLine:
    """One task the unit has to report on: its ref in the paper, and its words."""

    ref: str
    title: str


@dataclass(frozen=True)
class FormSpec:
    """A form of one round; `round_id` tells files of one round from those of another."""

    round_id: str
    title: str
    sections: tuple[FormSection, ...]
    due: str = ""

    @property
    def mark(self) -> str:
        """The code every file of this form carries: the round, and what the form asked when the file was made.

        >>> FormSpec("12", "Mẫu", ()).mark
        'DBC-12-4F53CD'
        """
        asked = json.dumps([asdict(section) for section in self.sections], sort_keys=True)
        return f"DBC-{self.round_id}-{hashlib.sha256(asked.encode()).hexdigest()[:6].upper()}"

    def section(self, key: str) -> FormSection | None:
        """The section of that key, None when the form has none."""
        return next((section for section in self.sections if section.key == key), None)

    def typed(self) -> tuple[FormSection, ...]:
        """The sections that are answered with letters and figures, not with files."""
        return tuple(section for section in self.sections if section.kind != ANNEX)


@dataclass(frozen=True)
class Finding:
    """What is not right with an answer: `kind` incomplete, wrong (can be sent, is shown) or unreadable (cannot)."""

    key: str
    kind: str
    words: str


@dataclass(frozen=True)
class FormReading:
    """What a filled file says, and what its reader should know (a formula whose value was taken)."""

    content: dict[str, Any]
    notices: tuple[str, ...] = ()


@dataclass
class Problems:
    """Sentences collected while a file is read; any one of them means that nothing of the file is taken."""

    found: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        """One more thing that keeps the file out."""
        self.found.append(sentence)


def spec_of(
    round_id: str, title: str, rows: Sequence[Mapping[str, Any]], due: str = ""
) -> FormSpec:
    """The form that plain rows describe (a preset's YAML, or the rows of the database).

    Raises:
        KeyError: a row lacks its key, title or kind.
    """
    return FormSpec(round_id, title, tuple(section_of(row) for row in rows), due)


def section_of(row: Mapping[str, Any]) -> FormSection:
    """One section that a plain row describes."""
    columns = tuple(
        FormColumn(**{**each, "parts": tuple(each.get("parts", ()))})
        for each in row.get("columns", ())
    )
    rest = {name: row[name] for name in ("required", "help", "unit", "per_task") if name in row}
    return FormSection(
        row["key"],
        row["title"],
        row["kind"],
        columns=columns,
        parts=tuple(row.get("parts", ())),
        **rest,
    )
