"""The series of numbers of one agency in one year (NĐ 30/2020/NĐ-CP Đ15): from 01 on, no gap, no number twice."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.models import NumberBook, OutsideNumber, Paper
from hoiam.kit.papers import issue_number
from hoiam.kit.vietnamese import VIETNAM, show_date, squash


def next_number(agency: Agency, now: datetime) -> tuple[int, int]:
    """The next number and its year, taken inside the caller's transaction: a failed approval gives it back."""
    year = now.astimezone(VIETNAM).year
    book = locked_book(agency, year)
    book.last += 1
    book.save(update_fields=["last"])
    return book.last, year


def locked_book(agency: Agency, year: int) -> NumberBook:
    """The book of the year under lock: whoever numbers at the same moment waits here."""
    NumberBook.objects.get_or_create(agency=agency, year=year)
    return NumberBook.objects.select_for_update().get(agency=agency, year=year)


@transaction.atomic
def enter_outside_number(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    number: int,
    symbol: str,
    issued_on: date,
    subject: str,
    reason: str,
    addressee: str = "",
    signer: str = "",
) -> OutsideNumber:
    """A number used for a paper made outside the house, entered so that the series has no gap.

    Args:
        number: the next of the series; in a book not yet begun, any number (those before it stand in the old book).
        symbol: what follows the number, such as "QĐ-THADSTG".

    Raises:
        InvalidInput: the number is used already or would leave a gap, the day is not of the past, or something is blank.
    """
    authority.check(actor, "enter_outside_number", agency)
    _check_words(subject, reason, symbol)
    if issued_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày văn bản không thể ở tương lai.", "issued_on")
    book = locked_book(agency, issued_on.year)
    _check_number(book, number)
    if book.last == 0:
        book.first = number
    book.last = number
    book.save(update_fields=["first", "last"])
    kept = OutsideNumber.objects.create(
        agency=agency,
        year=issued_on.year,
        number=number,
        symbol=_whole_symbol(number, symbol),
        issued_on=issued_on,
        subject=squash(subject)[:500],
        addressee=squash(addressee)[:250],
        signer=squash(signer)[:120],
        reason=reason.strip(),
        by=actor.official,
        at=now,
    )
    ledger.write(
        kept, actor=actor, step="enter_outside_number", at=now, reason=reason.strip(), number=number
    )
    return kept


def _check_words(subject: str, reason: str, symbol: str) -> None:
    if not subject.strip():
        raise InvalidInput("Ghi trích yếu của văn bản.", "subject")
    if not reason.strip():
        raise InvalidInput("Ghi vì sao số này cấp ngoài hệ thống.", "reason")
    if not symbol.strip():
        raise InvalidInput("Ghi ký hiệu đứng sau số, ví dụ QĐ-THADSTG.", "symbol")


def _check_number(book: NumberBook, number: int) -> None:
    if number < 1:
        raise InvalidInput("Số văn bản bắt đầu từ 01.", "number")
    following = book.last + 1
    if book.last and number <= book.last:
        raise InvalidInput(_used(book, number, following), "number")
    if book.last and number > following:
        raise InvalidInput(
            f"Sổ năm {book.year} đang ở số {issue_number(book.last)}; ghi số {issue_number(number)} sẽ bỏ trống "
            f"từ số {issue_number(following)}. Hãy ghi các số còn thiếu trước.",
            "number",
        )


def _used(book: NumberBook, number: int, following: int) -> str:
    if number < book.first:
        return (
            f"Số {issue_number(number)} năm {book.year} thuộc sổ cũ, trước khi sổ này bắt đầu từ số "
            f"{issue_number(book.first)}. Số tiếp theo là {issue_number(following)}."
        )
    paper = (
        Paper.objects.system("who has the number")
        .filter(agency=book.agency_id, year=book.year, number=number)
        .first()
    )
    row = (
        OutsideNumber.objects.system("who has the number")
        .filter(agency=book.agency_id, year=book.year, number=number)
        .first()
    )
    whose = paper or row
    day = f" ngày {show_date(whose.issued_on)}" if whose and whose.issued_on else ""
    what = f" cho “{paper or row.subject}”" if whose else ""
    return (
        f"Số {issue_number(number)} năm {book.year} đã cấp{what}{day}. "
        f"Số tiếp theo là {issue_number(following)}."
    )


def _whole_symbol(number: int, symbol: str) -> str:
    tail = squash(symbol).replace(" ", "")
    tail = tail.split("/", 1)[1] if "/" in tail and tail.split("/", 1)[0].isdigit() else tail
    return f"{issue_number(number)}/{tail}"[:60]


@transaction.atomic
def cancel_outside_number(
    row: OutsideNumber, *, actor: Actor, now: datetime, reason: str
) -> OutsideNumber:
    """The number kept in the register as cancelled (số bị hủy); it is never given again.

    Raises:
        InvalidInput: no reason, or cancelled already.
    """
    row = OutsideNumber.objects.system("reload under lock").select_for_update().get(pk=row.pk)
    authority.check(actor, "cancel_outside_number", row)
    if row.cancelled_reason:
        raise InvalidInput(f"Số này đã hủy: {row.cancelled_reason}", "reason")
    if not reason.strip():
        raise InvalidInput("Ghi lý do hủy số.", "reason")
    row.cancelled_reason = reason.strip()
    row.save(update_fields=["cancelled_reason"])
    ledger.write(
        row,
        actor=actor,
        step="cancel_outside_number",
        at=now,
        reason=reason.strip(),
        number=row.number,
    )
    return row
