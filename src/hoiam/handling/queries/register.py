"""Sổ văn bản đi: every number of one agency's series in one year, of the house's papers and of those made elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import NumberBook, OutsideNumber, Paper
from hoiam.handling.queries.cases import papers_visible_to
from hoiam.handling.states import PaperState

OUTSIDE, CANCELLED, MISSING = "Cấp ngoài hệ thống", "Số bị hủy", "Thiếu số"


@dataclass(frozen=True)
class RegisterRow:
    """One number: what it was given to, or that nothing is known of it."""

    number: int
    symbol: str = ""
    issued_on: date | None = None
    subject: str = ""
    addressee: str = ""
    signer: str = ""
    state: str = MISSING
    note: str = ""
    paper: Paper | None = None
    outside: OutsideNumber | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether the number was cancelled and stays without a paper in force."""
        return self.state == CANCELLED


def outside_numbers_visible_to(actor: Actor) -> ScopedQuerySet:
    """Numbers given outside the house, of agencies in the actor's sight."""
    rows = OutsideNumber.objects.all()
    if actor.sees_everything:
        return rows.narrowed()
    return rows.narrowed(agency__in=actor.agency_ids)


def book_of(agency: Agency, year: int) -> NumberBook:
    """The year's book; one not begun has no number yet."""
    kept = NumberBook.objects.filter(agency=agency, year=year).first()
    return kept or NumberBook(agency=agency, year=year)


def numbers_of(book: NumberBook) -> range:
    """Every number the book holds, the newest first."""
    return range(book.last, book.first - 1, -1)


def register_rows(
    actor: Actor, agency: Agency, year: int, numbers: Iterable[int]
) -> list[RegisterRow]:
    """The rows of these numbers in their order; a number nobody accounts for is shown as missing."""
    wanted = list(numbers)
    within = {"agency": agency, "year": year, "number__in": wanted}
    papers = papers_visible_to(actor).filter(**within).select_related("approved_by").defer("body")
    found = {row.number: _of_paper(row) for row in papers}
    for row in outside_numbers_visible_to(actor).filter(**within):
        found[row.number] = _of_outside(row)
    return [found.get(number, RegisterRow(number)) for number in wanted]


def _of_paper(paper: Paper) -> RegisterRow:
    gone = paper.state == PaperState.WITHDRAWN
    return RegisterRow(
        number=paper.number,
        symbol=paper.symbol,
        issued_on=paper.issued_on,
        subject=str(paper),
        addressee=paper.addressee,
        signer=str(paper.approved_by or ""),
        state=CANCELLED if gone else str(PaperState(paper.state).label),
        note=paper.withdrawn_reason if gone else "",
        paper=paper,
    )


def _of_outside(row: OutsideNumber) -> RegisterRow:
    return RegisterRow(
        number=row.number,
        symbol=row.symbol,
        issued_on=row.issued_on,
        subject=row.subject,
        addressee=row.addressee,
        signer=row.signer,
        state=CANCELLED if row.cancelled_reason else OUTSIDE,
        note=row.cancelled_reason or row.reason,
        outside=row,
    )
