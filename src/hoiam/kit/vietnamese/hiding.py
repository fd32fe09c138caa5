"""Hiding people in a text: names, telephones, addresses, each replaced by a mark, with the places that were hidden.

Bias: rather one word too many is hidden than one name shown. A name is found without marks, in any case, with any blanks,
whole, by its last two words ("Văn Tám"), by its given name after a form of address ("ông Tám"), and by its initials.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .folding import fold
from .normal import nfc

MARK = "[đã che]"
_GAP = r"[\s.,;:_\-]*"
_ADDRESSED = "ong|ba|anh|chi|co|chu|bac|em|chau|me|bo|vo|chong|con|ho ten|toi la|toi ten|ten la|ten toi la|kinh don"
_SHORTEST = 2
_DIGITS = re.compile(r"\d")
_FEWEST_DIGITS = 6


@dataclass(frozen=True)
class Person:
    """What is known of somebody to be hidden; blank parts hide nothing."""

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Hidden:
    """The text that may be shown, and the spans of the NFC text that are not in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def hide(text: str, people: Iterable[Person]) -> Hidden:
    """Give back the text with everything that names these people replaced by a mark.

    >>> hide("Tôi là Trần Văn Tám, gọi ông Tám số 0912 345 678.", [Person("Trần Văn Tám", phone="0912345678")]).text
    'Tôi là [đã che], gọi ông [đã che] số [đã che].'
    """
    whole = nfc(text)
    folded = fold(whole)
    found = [
        match.span("hide")
        for person in people
        for pattern in _patterns(person)
        for match in pattern.finditer(folded)
    ]
    spans = _joined(found)
    parts, at = [], 0
    for start, end in spans:
        parts += [whole[at:start], MARK]
        at = end
    return Hidden("".join([*parts, whole[at:]]), spans)


def names_in(text: str, people: Iterable[Person]) -> bool:
    """Tell whether the text surely names one of these people: whole name, last two words, telephone, mail address.

    A given name alone does not count here, for it may be anybody's.
    """
    folded = fold(nfc(text))
    return any(pattern.search(folded) for person in people for pattern in _sure_patterns(person))


def bears_name(text: str, name: str) -> bool:
    """Tell whether the text has this whole name, marks or not; a name of one word is in no text, for it is anybody's.

    >>> bears_name("Tố cáo ông NGUYỄN  VĂN BA", "Nguyễn Văn Ba"), bears_name("ông Văn Ba", "Nguyễn Văn Ba")
    (True, False)
    """
    words = _words(name)
    return len(words) >= _SHORTEST and bool(re.search(_spread(words), fold(nfc(text))))


def _patterns(person: Person) -> list[re.Pattern[str]]:
    words = _words(person.name)
    more = []
    if words and len(words[-1]) >= _SHORTEST:
        given = re.escape(words[-1])
        more.append(rf"(?<!\w)(?:{_ADDRESSED})\s+(?P<hide>{given})(?!\w)")
    if len(words) > _SHORTEST:
        initials = r"\.\s*".join(re.escape(word[0]) for word in words)
        more.append(rf"(?<!\w)(?P<hide>{initials}\.?)(?!\w)")
    if len(_words(person.address)) >= _SHORTEST:
        more.append(_spread(_words(person.address)))
    return [*_sure_patterns(person), *(re.compile(each) for each in more)]


def _sure_patterns(person: Person) -> list[re.Pattern[str]]:
    words, found = _words(person.name), []
    if len(words) >= _SHORTEST:
        found += [_spread(words), _spread(words[-2:])]
    elif words:
        found.append(_spread(words))
    digits = _DIGITS.findall(person.phone)
    if len(digits) >= _FEWEST_DIGITS:
        tail = r"[\s.\-]*".join(digits[1:] if digits[0] == "0" else digits)
        found.append(rf"(?P<hide>(?:\+?84|0)?[\s.\-]*{tail})(?!\d)")
    if person.email.strip():
        found.append(rf"(?P<hide>{re.escape(fold(nfc(person.email.strip())))})")
    return [re.compile(each) for each in found]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(nfc(text)))


def _spread(words: list[str]) -> str:
    return rf"(?<!\w)(?P<hide>{_GAP.join(re.escape(word) for word in words)})(?!\w)"


def _joined(found: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)
