"""Word files of a round: a unit's own report, and the parts that tables, charts and lists become in any of its papers."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import superior
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.kit.papers import write
from hoiam.kit.papers.report_form import FIGURE, TABLE, TEXT, Content, answer, files_of, rows_of
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.actions.report_papers import BLANK, signature_of
from hoiam.scheme.models import ReportRound, RoundSection, UnitReport
from hoiam.scheme.queries.round_words import order_words

Part = dict[str, Any]


def letterhead(agency: Agency, now: datetime, signer: Actor | None = None) -> dict[str, Any]:
    """The fields every report of an agency begins and ends with; number and day are given in the register."""
    today = now.astimezone(VIETNAM).date()
    above = superior(agency, today)
    return {
        "draft": True,
        "agency": agency.full_name,
        "parent_agency": above.full_name if above else "Bộ Tư pháp",
        "agency_symbol": agency.symbol or BLANK,
        "place": agency.seat or agency.province or "Hà Nội",
        **signature_of(agency, today, signer),
    }


def unit_report_word(report: UnitReport, *, now: datetime, signer: Actor | None = None) -> bytes:
    """The report of one unit as a Word file.

    Raises:
        PaperError: the form refuses the content.
    """
    round_ = report.round
    fields = letterhead(report.agency, now, signer) | {
        "addressees": [round_.owner.full_name],
        "subject": round_.title,
        "under": order_words(round_),
        "parts": list(unit_parts(list(round_.sections.all()), report.content)),
    }
    return write("unit_report", fields)


def chapters(sections: Sequence[RoundSection]) -> Iterator[tuple[str, list[RoundSection]]]:
    """The sections under their "I. II.", in order; a section without one stands under its own title."""
    for chapter, own in groupby(sections, lambda section: section.chapter or section.title):
        yield chapter, list(own)


def unit_parts(sections: Sequence[RoundSection], content: Content) -> Iterator[Part]:
    """A unit's answers as parts of a report."""
    for chapter, own in chapters(sections):
        yield {"heading": chapter}
        figures = [section for section in own if section.kind == FIGURE]
        if figures:
            yield _figures(figures, content)
        for at, section in enumerate(own):
            if section.kind != FIGURE:
                if section.title != chapter or at:
                    yield {"subheading": section.title}
                yield _answered(section, content)


def _figures(sections: Sequence[RoundSection], content: Content) -> Part:
    rows = [[s.title, s.unit, answer(content, s.key) or "–"] for s in sections]
    columns = [
        {"label": "Chỉ tiêu"},
        {"label": "Đơn vị tính", "width": 30},
        {"label": "Số liệu", "width": 28, "number": True},
    ]
    return {"table": "", "columns": columns, "rows": rows}


def _answered(section: RoundSection, content: Content) -> Part:
    if section.kind == TEXT:
        return {"text": answer(content, section.key) or "Không có."}
    if section.kind == TABLE:
        return {
            "table": "",
            "columns": table_columns(section),
            "rows": table_rows(section, content),
        }
    names = [file["name"] for file in files_of(content, section.key)]
    return {"text": "\n".join(f"- {name}" for name in names) or "Không có tệp kèm theo."}


def table_columns(section: RoundSection) -> list[dict[str, Any]]:
    """The columns of a table section as a paper's."""
    return [
        {
            "label": column["label"],
            "width": column.get("width", 0),
            "number": column.get("kind") == "number",
        }
        for column in section.columns
    ]


def table_rows(section: RoundSection, content: Content) -> list[list[str]]:
    """The rows of a table section as a paper's."""
    names = [column["name"] for column in section.columns]
    return [[row.get(name, "") for name in names] for row in rows_of(content, section.key)]


def addressee_of(round_: ReportRound, now: datetime) -> str:
    """Who the synthesis goes to: the superior of who ordered the reports; the ministry's leaders above the centre."""
    above = superior(round_.owner, now.astimezone(VIETNAM).date())
    if round_.owner.level == Level.CENTRE or above is None:
        return "Lãnh đạo Bộ Tư pháp"
    return above.full_name
