"""Numbers as Vietnamese papers write them: dots between thousands, a comma before the fraction."""

import re
from decimal import Decimal
from typing import Final

from .folding import fold
from .normal import nfc, squash

_SHAPE: Final = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,(\d+))?", re.A)
_GROUPS: Final = re.compile(r"[. ]")
_SWAPPED: Final = str.maketrans(",.", ".,")
# Powers of ten of the words of size, folded.
_SIZES: Final = {
    "nghin": 3, "ngan": 3, "trieu": 6, "ty": 9, "ti": 9, "nghin ty": 12, "nghin ti": 12,
    "ngan ty": 12, "ngan ti": 12, "trieu ty": 15, "trieu ti": 15,
}  # fmt: skip
_SIZE: Final = "|".join(sorted(_SIZES, key=len, reverse=True))
_PART: Final = re.compile(rf"([\d.,]*\d)(?: ?({_SIZE})(?!\w))?", re.A)
_LONGEST_AMOUNT: Final = 28  # what Decimal holds exactly
_CURRENCY: Final = re.compile(r" ?(?:dong|d|vnd|₫)(?: viet nam)?\.?")


def read_number(text: str) -> Decimal | None:
    """The number a person wrote, or None; a form that could be read two ways is refused.

    >>> read_number("1.234.567,5")
    Decimal('1234567.5')
    >>> read_number("12.5") is None
    True
    """
    found = _SHAPE.fullmatch(squash(text).replace("\u2212", "-"))
    if found is None:
        return None
    sign, whole, fraction = found.groups()
    return Decimal(f"{sign}{_GROUPS.sub('', whole)}.{fraction or ''}".rstrip("."))


def show_number(number: Decimal | int | float, places: int | None = None) -> str:
    """The number with dots between thousands and a decimal comma.

    Args:
        number: the number; its own decimals are shown when `places` is not given.
        places: decimals to show, rounded half to even.

    >>> show_number(Decimal("1234567.5"))
    '1.234.567,5'
    >>> show_number(0.5, places=2)
    '0,50'
    """
    exact = number if isinstance(number, Decimal) else Decimal(str(number))
    shown = f"{exact:,f}" if places is None else f"{exact:,.{places}f}"
    return shown.translate(_SWAPPED)


def read_money(text: str) -> Decimal | None:
    """The amount in đồng that the text says and nothing but it, or None.

    >>> read_money("4,2 tỷ đồng"), read_money("1 tỷ 250 triệu")
    (Decimal('4200000000'), Decimal('1250000000'))
    >>> read_money("vài tỷ đồng") is None
    True
    """
    folded = fold(squash(nfc(text)))
    if len(folded) > _LONGEST_AMOUNT:
        return None
    total, place, last_size = Decimal(0), 0, 99
    while found := _PART.match(folded, place):
        number, size = read_number(found[1]), _SIZES.get(found[2] or "", 0)
        if number is None or size >= last_size:
            return None  # "200 triệu 1 tỷ" is no amount
        total, last_size, place = total + number.scaleb(size), size, found.end()
        place += folded.startswith(" ", place)
    rest = folded[place:]
    if last_size == 99 or (rest and not _CURRENCY.fullmatch(rest)):
        return None
    return total.quantize(Decimal(1)) if total == total.to_integral_value() else total
