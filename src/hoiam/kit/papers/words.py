"""Numbers, dates and clean text as an official document shows them."""

import re
from datetime import date

from hoiam.kit.vietnamese import nfc, show_long_date, squash

GAP = "\N{NO-BREAK SPACE}" * 6
# What XML 1.0 cannot hold, lone surrogates, and the invisible marks that turn the direction of text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
MARKER_SIGNS = "⟦⟧"
_MARKERS = str.maketrans("", "", MARKER_SIGNS)


def clean_text(text: str) -> str:
    r"""Text safe inside a Word file: NFC, no control characters; lines stay lines.

    >>> clean_text("Bản án\x00 số 1\r\nđã thi hành ")
    'Bản án số 1\nđã thi hành'
    """
    safe = _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    return "\n".join(line for line in map(squash, nfc(safe).split("\n")) if line)


def writable(text: str) -> str:
    """A run of letters without what XML cannot hold; spaces and line breaks stay as they are."""
    return _FORBIDDEN.sub("", text)


def clean_value(text: str) -> str:
    """A value typed or collected outside: clean text that cannot pass for the marker of a table."""
    return clean_text(text.translate(_MARKERS))


def one_line(text: str) -> str:
    """A value as one line.

    >>> one_line("Báo  Sông\\nThanh")
    'Báo Sông Thanh'
    """
    return clean_value(text).replace("\n", " ")


def issue_number(number: int) -> str:
    """A number of an issued document: under 10 with a leading 0 (NĐ 30/2020/NĐ-CP, Phụ lục I, ô 3).

    >>> issue_number(5), issue_number(3288)
    ('05', '3288')
    """
    if number < 1:
        raise ValueError(f"an issued document is numbered from 1, not {number}")
    return f"{number:02d}"


def number_line(
    number: int | None, agency_symbol: str, unit_symbol: str = "", type_symbol: str = ""
) -> str:
    """Số và ký hiệu; without a number the place stays open for the records clerk.

    A letter (công văn) has no type code and ends with the drafting unit; a named document has one.

    >>> number_line(5, "THADSTG", unit_symbol="VP")
    '05/THADSTG-VP'
    >>> number_line(15, "THADSTG", type_symbol="BC")
    '15/BC-THADSTG'
    """
    shown = GAP if number is None else issue_number(number)
    groups = (type_symbol, agency_symbol) if type_symbol else (agency_symbol, unit_symbol)
    return f"{shown}/{'-'.join(group for group in groups if group)}"


def place_date(place: str, day: date | None) -> str:
    """Địa danh và thời gian; without a day the places stay open for the records clerk.

    >>> place_date("Thanh Giang", date(2026, 2, 5))
    'Thanh Giang, ngày 05 tháng 02 năm 2026'
    """
    shown = f"ngày{GAP}tháng{GAP}năm{GAP}" if day is None else show_long_date(day)
    return f"{place}, {shown}"


def roman(number: int) -> str:
    """A Roman number from 1 to 89, for parts and annexes.

    >>> [roman(n) for n in (1, 4, 9, 14, 40, 58)]
    ['I', 'IV', 'IX', 'XIV', 'XL', 'LVIII']
    """
    tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX")
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    if not 0 < number < 90:
        raise ValueError(f"no document has {number} parts")
    return tens[number // 10] + ones[number % 10]
