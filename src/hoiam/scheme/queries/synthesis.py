"""What a round's reports say together: figures added up with who is missing, paragraphs folded, tables laid together."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from hoiam.kit.news import DuplicateIndex
from hoiam.kit.papers.report_form import (
    FIGURE,
    NUMBER,
    REF,
    TABLE,
    TEXT,
    Content,
    FormSection,
    FormSpec,
    answer,
    number_in,
    rows_of,
)
from hoiam.kit.vietnamese import fold, read_number, show_number, squash

MOST_NAMED = 3
_BULLET = re.compile(r"^[\s\-–+*•]+|^\d+[.)]\s+|^[a-zđ][.)]\s+")
_NOTHING = frozenset({"khong", "khong co", "khong co gi", "chua co", "khong phat sinh"})


@dataclass(frozen=True)
class Told:
    """One unit's report as the synthesis takes it in."""

    agency: int
    name: str
    province: str
    content: Content


@dataclass(frozen=True)
class Paragraph:
    """One thing said, by one unit or by many in nearly the same words; `id` names it between runs."""

    id: str
    province: str
    text: str
    units: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many units said it."""
        return len(self.units)

    @property
    def by(self) -> str:
        """Who said it, the first few by name."""
        rest = self.count - MOST_NAMED
        named = ", ".join(self.units[:MOST_NAMED])
        return f"{named} và {show_number(rest)} đơn vị khác" if rest > 0 else named


NO_FIGURE = "–"  # nobody gave a figure: a nought would be one


@dataclass(frozen=True)
class FigureSum:
    """One figure over all units: the total (`NO_FIGURE` when none gave it), how many gave it, and who did not."""

    key: str
    title: str
    unit: str
    total: str
    given: int
    missing: tuple[str, ...]
    top: tuple[tuple[str, str], ...]


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of an answer without their bullets; "không", "không có" are none.

    >>> paragraphs_of("- Thiếu biên chế.\\n+ Kinh phí hạn hẹp.\\nKhông có.")
    ['Thiếu biên chế.', 'Kinh phí hạn hẹp.']
    """
    lines = (squash(_BULLET.sub("", line.strip())) for line in text.split("\n"))
    return [line for line in lines if line and fold(line).rstrip(" .;") not in _NOTHING]


def folded(
    section: FormSection, reports: Iterable[Told], step: Callable[[], None] = lambda: None
) -> list[Paragraph]:
    """What the units say in one section, near-duplicates folded, the most common first, then by province and unit.

    Args:
        step: called after each report, for a progress line.
    """
    index = DuplicateIndex()  # nothing here has a time, so nothing leaves its window
    found, exact = dict[str, list[Told]](), dict[str, str]()
    texts: dict[str, str] = {}
    for told in reports:
        for text in paragraphs_of(answer(told.content, section.key)):
            key = fold(text).rstrip(" .;")
            id_ = exact.get(key)
            if id_ is None:
                new = f"p{len(texts)}"
                duplicate = index.find_or_add(new, text)
                id_ = duplicate.of if duplicate else new
                texts.setdefault(id_, text)
                exact[key] = id_
            who = found.setdefault(id_, [])
            if all(each.agency != told.agency for each in who):
                who.append(told)
        step()
    made = [_paragraph(texts[id_], who) for id_, who in found.items()]
    return sorted(made, key=lambda p: (-min(p.count, 2), -p.count if p.count > 1 else 0))


def _paragraph(text: str, who: Sequence[Told]) -> Paragraph:
    provinces = {told.province for told in who}
    id_ = hashlib.sha256(fold(text).encode()).hexdigest()[:12]
    province = next(iter(provinces)) if len(provinces) == 1 else ""
    return Paragraph(id_, province, text, tuple(told.name for told in who))


def as_text(paragraphs: Sequence[Paragraph]) -> str:
    """The paragraphs as they stand in a report: what several provinces say first, then province by province."""
    lines = []
    common = [p for p in paragraphs if not p.province]
    if common:
        lines.append("Nhiều đơn vị cùng nêu:")
        lines += [f"- {_unstopped(p.text)} ({p.by})." for p in common]
    for province in dict.fromkeys(p.province for p in paragraphs if p.province):
        own = [p for p in paragraphs if p.province == province]
        lines.append(f"{province}:")
        lines += [f"- {_unstopped(p.text)}{_who(p, province)}." for p in own]
    return "\n".join(lines)


def _unstopped(text: str) -> str:
    return text.rstrip(" .;")


def _who(paragraph: Paragraph, province: str) -> str:
    return "" if paragraph.units == (province,) else f" ({paragraph.by})"


def figure_sums(spec: FormSpec, reports: Sequence[Told]) -> list[FigureSum]:
    """Every figure of the form added up, in the form's order."""
    return [_sum(section, reports) for section in spec.sections if section.kind == FIGURE]


def _sum(section: FormSection, reports: Sequence[Told]) -> FigureSum:
    values = [(told.name, number_in(told.content, section.key)) for told in reports]
    known = [(name, value) for name, value in values if value is not None]
    top = sorted(known, key=lambda pair: -pair[1])[:10]
    return FigureSum(
        section.key,
        section.title,
        section.unit,
        show_number(sum((value for _, value in known), Decimal(0))) if known else NO_FIGURE,
        len(known),
        tuple(name for name, value in values if value is None),
        tuple((name, show_number(value)) for name, value in top if value),
    )


def task_table(section: FormSection, reports: Sequence[Told]) -> list[list[str]]:
    """A table of tasks over all units: ref, task, how many told of it, and the sum of each column of figures."""
    numbers = [column for column in section.columns if column.kind == NUMBER]
    found: dict[str, dict[str, Any]] = {}
    for told in reports:
        for row in rows_of(told.content, section.key):
            ref = squash(row.get(REF, ""))
            line = found.setdefault(ref, {"task": row.get("task", ""), "units": 0, "sums": {}})
            line["units"] += 1
            for column in numbers:
                value = read_number(row.get(column.name, ""))
                if value is not None:
                    line["sums"][column.name] = line["sums"].get(column.name, Decimal(0)) + value
    return [
        [
            ref, line["task"], show_number(line["units"]),
            *(show_number(line["sums"].get(column.name, Decimal(0))) for column in numbers),
        ]
        for ref, line in sorted(found.items(), key=lambda pair: _ref_key(pair[0]))
    ]  # fmt: skip


def _ref_key(ref: str) -> list[tuple[int, int, str]]:
    """Refs in the order people count: 2.1.2.c before 2.1.10.

    >>> sorted(["2.1.10", "2.1.2.c", "2.1.2.a"], key=_ref_key)
    ['2.1.2.a', '2.1.2.c', '2.1.10']
    """
    return [
        (0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"[.\s]+", ref)
    ]


def joined_rows(section: FormSection, reports: Sequence[Told]) -> list[list[str]]:
    """A table's rows of all units one after another, the unit's name first."""
    return [
        [told.name, *(row.get(column.name, "") for column in section.columns)]
        for told in reports
        for row in rows_of(told.content, section.key)
    ]


def source_hash(value: Any) -> str:
    """A hash of what a part was made from, to see whether the reports say something else now."""
    return hashlib.sha256(
        json.dumps(value, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def text_sections(spec: FormSpec) -> Iterator[FormSection]:
    """The sections that become text of the synthesis."""
    return (section for section in spec.sections if section.kind == TEXT)


def table_sections(spec: FormSpec) -> Iterator[FormSection]:
    """The sections that become tables of the synthesis."""
    return (section for section in spec.sections if section.kind == TABLE)


def kept(paragraphs: Sequence[Paragraph]) -> list[dict[str, Any]]:
    """The paragraphs as the row keeps them."""
    return [{**asdict(p), "units": list(p.units), "count": p.count} for p in paragraphs]


def paragraph_from(raw: dict[str, Any]) -> Paragraph:
    """One paragraph as the row kept it."""
    return Paragraph(raw["id"], raw["province"], raw["text"], tuple(raw["units"]))
