"""The yearly report as a Word file in the layout of the annex of NĐ 244/2026."""

from datetime import date, datetime
from typing import Any

from hoiam.agencies.models import Agency, Post
from hoiam.agencies.queries import in_force, superior
from hoiam.agencies.states import Level, Role
from hoiam.core.actor import Actor
from hoiam.kit.papers import write
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.models import IndicatorReport
from hoiam.scheme.queries.indicators import RATIOS, TITLES
from hoiam.scheme.queries.periods import report_period_of

BLANK = "……"
# The ministry reports to the authority of the press; units report upward (law.md §8).
MINISTRY_SENDS_TO = "Bộ Văn hóa, Thể thao và Du lịch"


def report_word(report: IndicatorReport, *, now: datetime, signer: Actor | None = None) -> bytes:
    """The report as a Word file; a draft, to be numbered in the agency's register, unless somebody has signed.

    Raises:
        PaperError: the form refuses the content.
    """
    return write("yearly_report", report_fields(report, now=now, signer=signer))


def report_fields(
    report: IndicatorReport, *, now: datetime, signer: Actor | None = None
) -> dict[str, Any]:
    """The fields of the kind of paper."""
    today = now.astimezone(VIETNAM).date()
    above = superior(report.agency, today)
    period = report_period_of(report.year)
    return {
        # Number and day are given in the register of outgoing papers, where the signed copy is kept.
        "draft": True,
        "agency": report.agency.full_name,
        "parent_agency": above.full_name if above else "Bộ Tư pháp",
        "agency_symbol": report.agency.symbol or BLANK,
        "place": report.agency.seat or report.agency.province or "Hà Nội",
        "addressees": [_addressee(report.agency, above)],
        "year": str(report.year),
        "from_day": period.first.isoformat(),
        "to_day": period.last.isoformat(),
        "figures": [_figure(code, title, report.figures) for code, title in TITLES.items()],
        "units": [_unit(row) for row in report.units],
        "difficulties": report.difficulties,
        "proposals": report.proposals,
        **signature_of(report.agency, today, signer),
    }


def _addressee(agency: Agency, above: Agency | None) -> str:
    if agency.level == Level.CENTRE or above is None:
        return f"Văn phòng Bộ Tư pháp (để tổng hợp gửi {MINISTRY_SENDS_TO})"
    return above.full_name


def _figure(code: str, title: str, figures: dict[str, Any]) -> dict[str, str]:
    return {"code": code, "title": title, "value": _terms(code, figures.get(code, {}))}


def _terms(code: str, figure: dict[str, Any]) -> str:
    part = figure.get("part", 0)
    return f"{part}/{figure.get('whole') or 0}" if code in RATIOS else str(part)


def _unit(row: dict[str, Any]) -> dict[str, str]:
    return {"name": row["name"]} | {
        code.lower(): _terms(code, row["figures"].get(code, {})) for code in TITLES
    }


def signature_of(agency: Agency, today: date, signer: Actor | None) -> dict[str, str]:
    """Who signs for the agency and as what: the signer given, else its head of the day, else blanks."""
    posts = Post.objects.filter(in_force(today), agency=agency).select_related("official")
    if signer is not None:
        post = posts.filter(official=signer.official).order_by("id").first()
        return {"signer": str(signer), "signer_title": _title(post)}
    head = posts.filter(role=Role.HEAD).order_by("id").first()
    return {"signer": head.official.full_name if head else BLANK, "signer_title": _title(head)}


def _title(post: Post | None) -> str:
    return str(post) if post else "Thủ trưởng cơ quan"
