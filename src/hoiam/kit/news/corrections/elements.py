"""The things a correction or a carried response must hold, each looked for by itself."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hoiam.kit.news.corrections import takeback
from hoiam.kit.news.corrections.nearness import Word, carried_share, nearest, words_of
from hoiam.kit.news.corrections.values import Lack, Mark, Wanted, data, generation
from hoiam.kit.vietnamese import fold, nfc, show_date

FIELDS = ("title", "sapo", "body")


@dataclass
class Reader:
    """One text read for one wanted thing; what was found and what is missing gather in it."""

    wanted: Wanted
    texts: Mapping[str, str]
    found: list[Mark] = field(default_factory=list)
    missing: list[Lack] = field(default_factory=list)
    words: dict[str, list[Word]] = field(default_factory=dict)
    share: float = 0.0

    def __post_init__(self) -> None:
        self.texts = {name: nfc(text) for name, text in self.texts.items()}
        self.words = {name: words_of(text) for name, text in self.texts.items()}

    def look_for(self, element: str) -> bool:
        """Whether the element is there or was not asked for; says so in `found` or `missing`."""
        return _LOOKS[element](self)

    def has(self, element: str) -> bool:
        """Whether the element was found."""
        return any(mark.element == element for mark in self.found)

    def mark(self, element: str, name: str, start: int, end: int, **told: Any) -> bool:
        """True; the element stands there."""
        words = data()["elements"][element]["name"].format(**told)
        text = self.texts[name][start:end]
        self.found.append(Mark(element, words, name, start, end, text))
        return True

    def lack(self, element: str, **told: Any) -> bool:
        """False; the element is missing."""
        self.missing.append(Lack(element, data()["elements"][element]["lacks"].format(**told)))
        return False

    def first(
        self, spans: Callable[[str], Iterator[tuple[int, int]]]
    ) -> tuple[str, int, int] | None:
        """The first place in the order title, sapo, body."""
        for name in FIELDS:
            for start, end in spans(self.texts[name]):
                return name, start, end
        return None

    def near(self, statement: str, line: float, unlike: str = "") -> tuple[str, int, int] | None:
        """Where a statement stands, when enough of it does."""
        places = [
            (found.share, name, found.start, found.end)
            for name in FIELDS
            if (
                found := nearest(
                    statement, self.words[name], loose=data()["lines"]["loose"], unlike=unlike
                )
            )
        ]
        best = max(places, default=None)
        return best[1:] if best is not None and best[0] >= line else None


def _heading(reader: Reader) -> bool:
    known = generation(reader.wanted.day)["headings"]
    for name in FIELDS:
        for span in takeback.headings(reader.texts[name], known, is_title=name == "title"):
            return reader.mark("heading", name, *span, heading=known[0])
    return reader.lack("heading", heading=known[0])


def _apology(reader: Reader) -> bool:
    place = reader.first(takeback.apologies)
    if place is None and reader.has("heading"):
        heading = next(mark for mark in reader.found if mark.element == "heading")
        # The heading itself asks pardon where it says so.
        if "xin loi" in fold(heading.text):
            return reader.mark("apology", heading.field, heading.start, heading.end)
    return reader.mark("apology", *place) if place else reader.lack("apology")


def _title(reader: Reader) -> bool:
    title = reader.wanted.title
    if not title:
        return True
    place = _exact(reader, title) or reader.near(title, data()["lines"]["title"])
    return reader.mark("title", *place) if place else reader.lack("title", title=title)


def _exact(reader: Reader, words: str) -> tuple[str, int, int] | None:
    pattern = re.compile(r"\b" + r"\W+".join(re.findall(r"\w+", fold(words))) + r"\b")
    return reader.first(lambda text: (found.span() for found in pattern.finditer(fold(text))))


def _section(reader: Reader) -> bool:
    section = reader.wanted.section
    if not section:
        return True
    leads = "|".join(fold(lead) for lead in data()["section_leads"])
    named = re.compile(rf"\b(?:{leads})\W+" + r"\W+".join(re.findall(r"\w+", fold(section))))
    place = reader.first(lambda text: (found.span() for found in named.finditer(fold(text))))
    return reader.mark("section", *place) if place else reader.lack("section", section=section)


def _issue(reader: Reader) -> bool:
    issue = reader.wanted.issue
    if not issue:
        return True
    place = _exact(reader, issue)
    return reader.mark("issue", *place) if place else reader.lack("issue", issue=issue)


def _day(reader: Reader) -> bool:
    day = reader.wanted.published_on
    if day is None:
        return True
    place = reader.first(
        lambda text: (found.span() for found in _written(day).finditer(fold(text)))
    )
    return reader.mark("day", *place) if place else reader.lack("day", day=show_date(day))


def _written(day: date) -> re.Pattern[str]:
    """A day in the ways papers write it; the year may be left out."""
    number, month = rf"0?{day.day}", rf"0?{day.month}"
    year = rf"(?:{day.year}|{day.year % 100:02d})"
    return re.compile(
        rf"(?<![\d/.-]){number}\s?(?:[/.-]\s?{month}(?:\s?[/.-]\s?{year})?|thang {month}(?:,? nam {day.year})?)(?![\d/-])"
    )


def _wrong(reader: Reader) -> bool:
    return _told(reader, "wrong", reader.wanted.wrong, reader.wanted.right)


def _right(reader: Reader) -> bool:
    return _told(reader, "right", reader.wanted.right, reader.wanted.wrong)


def _told(reader: Reader, element: str, ours: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Each statement for itself: one that is told does not stand for the other."""
    told = []
    for place, statement in enumerate(ours):
        unlike = others[place] if place < len(others) else ""
        there = reader.near(statement, data()["lines"][element], unlike)
        told.append(reader.mark(element, *there) if there else reader.lack(element, one=statement))
    return all(told)


def _agency(reader: Reader) -> bool:
    places = (_exact(reader, name) for name in reader.wanted.agency)
    place = next((found for found in places if found), None)
    if place is not None or not reader.wanted.agency:
        return place is None or reader.mark("agency", *place)
    return reader.lack("agency", agency=reader.wanted.agency[0])


def _text(reader: Reader) -> bool:
    reader.share = carried_share(reader.wanted.text, reader.texts.values())
    if reader.share >= data()["lines"]["whole"]:
        return reader.mark("text", "body", 0, len(reader.texts["body"]))
    return reader.lack("text", share=round(reader.share * 100))


_LOOKS: Mapping[str, Callable[[Reader], bool]] = {
    "heading": _heading,
    "apology": _apology,
    "title": _title,
    "section": _section,
    "issue": _issue,
    "day": _day,
    "wrong": _wrong,
    "right": _right,
    "agency": _agency,
    "text": _text,
}
