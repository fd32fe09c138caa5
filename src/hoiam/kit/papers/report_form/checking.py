"""Is a report complete and correct: what is empty, what is no number, which sums do not add, which task is not told of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from textwrap import shorten
from typing import Any

from hoiam.kit.papers.report_form.model import (
    ANNEX,
    DATE,
    FIGURE,
    NUMBER,
    REF,
    TABLE,
    Content,
    Finding,
    FormColumn,
    FormSection,
    FormSpec,
    TaskLine,
)
from hoiam.kit.vietnamese import nfc, read_date, read_number, show_number, squash

INCOMPLETE, WRONG, UNREADABLE = "incomplete", "wrong", "unreadable"
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_ANY_DAY = date(2000, 1, 1)  # a full date never leans on today
LONGEST_TITLE = 80

Row = Mapping[str, str]


def day_of(text: str) -> date | None:
    """The full date written dd/mm/yyyy, or None.

    >>> day_of("15/10/2023"), day_of("10/15/2023"), day_of("15/10")
    (datetime.date(2023, 10, 15), None, None)
    """
    shape = squash(text)
    return read_date(shape, _ANY_DAY) if _DAY.fullmatch(shape) else None


def answer(content: Content, key: str) -> str:
    """The text or figure given for a section, "" when none."""
    given = content.get(key, "")
    return given if isinstance(given, str) else ""


def rows_of(content: Content, key: str) -> list[dict[str, str]]:
    """The rows given for a table."""
    given = content.get(key, [])
    return [row for row in given if isinstance(row, dict)] if isinstance(given, list) else []


def files_of(content: Content, key: str) -> list[dict[str, Any]]:
    """The files given for an annex."""
    return rows_of(content, key)


def number_in(content: Content, key: str) -> Decimal | None:
    """The figure given for a section, None when there is none or it is no number."""
    return read_number(answer(content, key))


def check_report(
    spec: FormSpec, content: Content, tasks: Sequence[TaskLine] = ()
) -> tuple[Finding, ...]:
    """Everything that is not right, in the order of the form; empty when the report is complete and adds up.

    >>> spec = FormSpec("1", "Mẫu", (FormSection("a", "Kết quả", "text", required=True),))
    >>> [finding.words for finding in check_report(spec, {})]
    ['Mục “Kết quả” còn trống.']
    """
    return tuple(
        finding
        for section in spec.sections
        for finding in _CHECKS[section.kind](spec, section, content, tasks)
    )


def _check_text(
    spec: FormSpec, section: FormSection, content: Content, tasks: Sequence[TaskLine]
) -> Iterator[Finding]:
    if section.required and not answer(content, section.key).strip():
        yield Finding(section.key, INCOMPLETE, f"Mục “{section.title}” còn trống.")


def _check_annex(
    spec: FormSpec, section: FormSection, content: Content, tasks: Sequence[TaskLine]
) -> Iterator[Finding]:
    if section.required and not files_of(content, section.key):
        yield Finding(section.key, INCOMPLETE, f"Thiếu tài liệu kèm theo “{section.title}”.")


def _check_figure(
    spec: FormSpec, section: FormSection, content: Content, tasks: Sequence[TaskLine]
) -> Iterator[Finding]:
    typed = answer(content, section.key).strip()
    if not typed:
        if section.required:
            yield Finding(
                section.key,
                INCOMPLETE,
                f"Chỉ tiêu “{section.title}” chưa có số liệu; không có thì ghi 0.",
            )
        return
    whole = read_number(typed)
    if whole is None:
        yield Finding(section.key, UNREADABLE, _no_number(f"Chỉ tiêu “{section.title}”", typed))
        return
    parts = [number_in(content, key) for key in section.parts]
    if parts and all(part is not None for part in parts):
        total = sum((part for part in parts if part is not None), Decimal(0))
        if total != whole:
            names = ", ".join(_title(spec, key) for key in section.parts)
            yield Finding(
                section.key,
                WRONG,
                f"Chỉ tiêu “{section.title}” ghi {show_number(whole)} nhưng cộng ({names}) ra "
                f"{show_number(total)}.",
            )


def _title(spec: FormSpec, key: str) -> str:
    section = spec.section(key)
    return section.title if section else key


def _no_number(where: str, typed: str) -> str:
    return f"{where} ghi “{typed[:40]}” không phải là một con số. Viết như 1.234 hoặc 12,5."


def _check_table(
    spec: FormSpec, section: FormSection, content: Content, tasks: Sequence[TaskLine]
) -> Iterator[Finding]:
    rows = rows_of(content, section.key)
    if section.required and not rows and not section.per_task:
        yield Finding(section.key, INCOMPLETE, f"Bảng “{section.title}” chưa có dòng nào.")
    for place, row in enumerate(rows, start=1):
        where = f"Bảng “{section.title}”, {_row_name(section, row, place)}"
        for column in section.columns:
            yield from _check_cell(section, column, row, where)
        yield from _check_sums(section, row, where)
    if section.per_task:
        yield from _untold(section, rows, tasks)


def _row_name(section: FormSection, row: Row, place: int) -> str:
    ref = row.get(REF, "") if section.per_task else ""
    return f"nhiệm vụ {ref}" if ref else f"dòng {place}"


def _check_cell(
    section: FormSection, column: FormColumn, row: Row, where: str
) -> Iterator[Finding]:
    typed = row.get(column.name, "").strip()
    if not typed:
        # A task nobody told of is named once, not once for each of its columns.
        if column.required and not (section.per_task and not _is_told(section, row)):
            yield Finding(section.key, INCOMPLETE, f"{where}: cột “{column.label}” còn trống.")
    elif column.kind == NUMBER and read_number(typed) is None:
        yield Finding(section.key, UNREADABLE, _no_number(f"{where}: cột “{column.label}”", typed))
    elif column.kind == DATE and day_of(typed) is None:
        yield Finding(
            section.key,
            UNREADABLE,
            f"{where}: cột “{column.label}” ghi “{typed[:40]}” không phải là ngày. Viết như 05/04/2026.",
        )


def _check_sums(section: FormSection, row: Row, where: str) -> Iterator[Finding]:
    for column in section.columns:
        whole = read_number(row.get(column.name, "")) if column.parts else None
        parts = [read_number(row.get(name, "")) for name in column.parts]
        if whole is None or any(part is None for part in parts):
            continue
        total = sum((part for part in parts if part is not None), Decimal(0))
        if total != whole:
            yield Finding(
                section.key,
                WRONG,
                f"{where}: cột “{column.label}” ghi {show_number(whole)} nhưng cộng ra {show_number(total)}.",
            )


def _is_told(section: FormSection, row: Row) -> bool:
    return any(row.get(c.name, "").strip() for c in section.columns if c.name not in (REF, "task"))


def _untold(
    section: FormSection, rows: Sequence[Row], tasks: Sequence[TaskLine]
) -> Iterator[Finding]:
    told = {_same(row.get(REF, "")) for row in rows if _is_told(section, row)}
    for task in tasks:
        if _same(task.ref) not in told:
            yield Finding(
                section.key,
                INCOMPLETE,
                f"Chưa báo cáo nhiệm vụ {task.ref} “{shorten(task.title, 80, placeholder='…')}” ở bảng “{section.title}”.",
            )


def _same(ref: str) -> str:
    return squash(nfc(ref)).casefold().rstrip(".")


_CHECKS = {"text": _check_text, FIGURE: _check_figure, TABLE: _check_table, ANNEX: _check_annex}
