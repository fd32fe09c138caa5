"""The head: issuer and state name, number and place, and what the paper is about (ô 1–5, 10b)."""

from dataclasses import dataclass
from datetime import date

from docx.document import Document as Paper
from docx.table import _Cell

from hoiam.kit.papers.form.ink import lay_table, put, put_rule, put_stamp
from hoiam.kit.papers.form.settings import balanced, form, text_width, width_of, words
from hoiam.kit.papers.words import place_date


@dataclass(frozen=True)
class Head:
    """What stands in the head; `about` only on a letter, `name` (tên loại) only on a named paper."""

    agency: str
    place: str
    day: date | None
    parent_agency: str = ""
    number: str = ""
    about: str = ""
    urgency: str = ""
    name: str = ""
    subject: str = ""


def put_head(document: Paper, head: Head) -> None:
    """Draw the two-column head, then the heading of a named paper."""
    widths = form()["columns"]["head"]
    table = document.add_table(2, 2)
    lay_table(table, widths, lines=False)
    _put_issuer(table.cell(0, 0), head, widths[0])
    _put_state(table.cell(0, 1), widths[1])
    _put_number(table.cell(1, 0), head)
    put(table.cell(1, 1), place_date(head.place, head.day), "PlaceDate")
    if head.name:
        _put_title(document, head)


def _put_issuer(cell: _Cell, head: Head, room: float) -> None:
    for line in _name_lines(head.parent_agency, "ParentAgency", room):
        put(cell, line, "ParentAgency")
    lines = _name_lines(head.agency, "Agency", room)
    for line in lines:
        put(cell, line, "Agency")
    _put_share(cell, lines[-1], "Agency", form()["rule"]["issuer_share"], room)


def _name_lines(name: str, style: str, room: float) -> tuple[str, ...]:
    if not name:
        return ()
    # Two millimetres stay free, so that a small difference between fonts does not wrap a line.
    return balanced(name.upper(), form()["styles"][style]["size"], room - 2)


def _put_state(cell: _Cell, room: float) -> None:
    put(cell, words("state_name"), "StateName")
    put(cell, words("motto"), "Motto")
    _put_share(cell, words("motto"), "Motto", 1, room)


def _put_number(cell: _Cell, head: Head) -> None:
    put(cell, words("number") + head.number if head.number else "", "Number")
    if head.about:
        put(cell, words("about") + head.about, "About")
    if head.urgency:
        put_stamp(cell, head.urgency)


def _put_title(document: Paper, head: Head) -> None:
    put(document, head.name, "TypeName")
    put(document, head.subject, "Subject")
    lines = balanced(head.subject, form()["styles"]["Subject"]["size"], text_width())
    _put_share(document, lines[-1], "Subject", form()["rule"]["title_share"], text_width())


def _put_share(holder: Paper | _Cell, line: str, style: str, share: float, room: float) -> None:
    """Draw a rule as long as a share of the line above it."""
    length = width_of(line, form()["styles"][style]["size"]) * share
    put_rule(holder, min(length, room), room)
