"""Is a person's card on a page: name, office, telephone and e-mail, each with the place where it was found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hoiam.kit.vietnamese import nfc

from .encoding import decode
from .markup import plain_text

COUNTRY = "84"
# What people put between the digits of a number.
_BETWEEN = r"[\s.\-()]*"


@dataclass(frozen=True)
class CardPart:
    """One part of a card found on a page: where, and how it stands there."""

    name: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class CardCheck:
    """What of a card stands on a page: the parts found with their spans in `text`, and the names of those missing."""

    text: str
    found: tuple[CardPart, ...]
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether every part asked for is there."""
        return not self.missing


def check_card(
    page: bytes, card: Mapping[str, str], *, charset: str | None = None, html: bool = True
) -> CardCheck:
    """Look for the parts of a card (`name`, `title`, `phone`, `email`) in what a reader of the page would see.

    Letters are compared without regard to case and white space, with their marks: a name without marks is another name.
    A part not asked for (blank) is not looked for. An e-mail behind a mailto link only counts too: people press it. Each
    part is looked for by itself, so two people's parts on one page may be taken for one card: a person looks as well.

    >>> seen = check_card("<p>Trần Thị Mẫu – 0200.000.119</p>".encode(), {"name": "Trần thị Mẫu", "phone": "0200000119"})
    >>> (seen.is_complete, [part.text for part in seen.found])
    (True, ['Trần Thị Mẫu', '0200.000.119'])
    """
    markup = decode(page, charset=charset, html=html).text
    text = plain_text(markup)
    if html:
        text = " ".join([text, *re.findall(r"mailto:([^\"'?\s>]{3,200})", markup, re.I)])
    found = [
        CardPart(name, place.start(), place.end(), place[0])
        for name, value in card.items()
        if value.strip() and (place := _pattern(name, value).search(text))
    ]
    seen = {part.name for part in found}
    missing = tuple(name for name, value in card.items() if value.strip() and name not in seen)
    return CardCheck(text, tuple(found), missing)


def _pattern(name: str, value: str) -> re.Pattern[str]:
    if name == "phone":
        return _phone(value)
    words = r"\s+".join(re.escape(word) for word in nfc(value).split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _phone(value: str) -> re.Pattern[str]:
    """The digits in any grouping, the leading 0 also as +84."""
    digits = re.sub(r"\D", "", value)
    digits = digits.removeprefix(COUNTRY) if value.strip().startswith("+") else digits
    national = digits.removeprefix("0")
    body = _BETWEEN.join(national)
    return re.compile(rf"(?<!\d)(?:\+?{COUNTRY}{_BETWEEN}0?|0{_BETWEEN})?{body}(?!\d)")
