"""Days to come that an item announces: trials, auctions, enforcement; each with the words that say so.

A report rarely writes the year. Here, and only here, a missing year is understood as the one that lies nearest to the
day of publication, and the reason says so; a day that has passed is never announced.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import VIETNAM, nfc, read_date, read_moment, show_date, squash

_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…](?=[\s”\"]+[^\Wa-zà-ỹ\d_])|[.!?…]?(?=\n|\Z))")
_WEEKDAY = r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cn)"
_FULL = (
    r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2} tháng \d{1,2}(?:[ ,]+năm|[ /,-]+)\s?\d{4}"
)
_SHORT = r"\d{1,2}\s?[/-]\s?\d{1,2}|\d{1,2}\.\d{1,2}|\d{1,2} tháng \d{1,2}"
_LEAD = (
    r"(?:ngày|sáng|trưa|chiều|tối|đêm|vào|hôm|mùng|từ|\d\s?h|giờ|phút|" + _WEEKDAY + r")[ ,(]{1,3}"
)
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(?P<full>{_FULL})|(?P<short>{_SHORT}))(?![\w%]|\s?[/-]\s?\w|[.,]\d)"
    rf"|(?<!\w)(?P<named>ngày mai|ngày kia|{_WEEKDAY} (?:tuần )?(?:tới|sau)(?: tới)?)(?!\w)"
)
_LONGEST = 800  # characters of one piece
_HAS_LEAD = re.compile(_LEAD + r"(?:ngày |mùng )?\Z")


@dataclass(frozen=True)
class Announced:
    """One announced day.

    `start`/`end` span the words of the date, `trigger_start`/`trigger_end` the words of the event, both in `field` as
    NFC text. `at` is the hour when one is written; `sentence` is what a person reads to judge; `why` says it in words.
    """

    kind: str
    label: str
    day: date
    at: datetime | None
    field: str
    start: int
    end: int
    trigger_start: int
    trigger_end: int
    sentence: str
    why: str


def announced(fields: Iterable[tuple[str, str]], published: date) -> tuple[Announced, ...]:
    """The days after publication that an item announces, soonest first; the same event and day once.

    Args:
        fields: (name, text) in reading order, as `("title", "…")`.
        published: the civil day in Viet Nam from which "ngày mai" and a missing year are understood.

    >>> [found] = announced([("text", "Phiên tòa sẽ mở vào sáng 12/8.")], date(2026, 8, 5))
    >>> found.kind, found.day.isoformat()
    ('trial', '2026-08-12')
    """
    found: dict[tuple[str, date], Announced] = {}
    for name, text in fields:
        whole = nfc(text)
        for start, end in _sentences(whole):
            for each in _in_sentence(name, whole, start, end, published):
                found.setdefault((each.kind, each.day), each)
    return tuple(sorted(found.values(), key=lambda each: (each.day, each.kind)))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in _SENTENCE.finditer(text):
        # A text without stops is read in pieces: every date is weighed against every event of its piece.
        for start in range(match.start(), match.end(), _LONGEST):
            yield start, min(start + _LONGEST, match.end())


def _in_sentence(
    name: str, whole: str, start: int, end: int, published: date
) -> Iterator[Announced]:
    low = _lower(whole[start:end])
    triggers = list(_triggers(low))
    if not triggers:
        return
    for match in _DATE.finditer(low):
        day = _day(low, match, published)
        if day is None or not published < day <= published + timedelta(_data()["horizon"]):
            continue
        near = _nearest(low, triggers, match)
        if near is not None:
            yield _made(name, whole, (start, end), low, match, near, day)


def _made(
    name: str,
    whole: str,
    sentence: tuple[int, int],
    low: str,
    date_words: re.Match[str],
    trigger: tuple[Mapping[str, Any], re.Match[str]],
    day: date,
) -> Announced:
    start, end = sentence
    kind, words = trigger
    told = whole[start + date_words.start() : start + date_words.end()]
    event = whole[start + words.start() : start + words.end()]
    year = "" if date_words["full"] else f", hiểu là {show_date(day)} theo ngày đăng bài"
    return Announced(
        kind=kind["kind"],
        label=kind["label"],
        day=day,
        at=_clock(low, date_words, day),
        field=name,
        start=start + date_words.start(),
        end=start + date_words.end(),
        trigger_start=start + words.start(),
        trigger_end=start + words.end(),
        sentence=squash(whole[start:end]),
        why=f"Bài viết “{squash(event)}” cùng câu với “{squash(told)}”{year}.",
    )


def _day(low: str, match: re.Match[str], published: date) -> date | None:
    raw = match.group()
    if match["short"]:
        if not _HAS_LEAD.search(low[: match.start()]):
            return None
        return _nearest_year(raw.replace(".", "/"), published)
    if match["named"]:
        raw = raw if raw.startswith("ngày") else _weekday_words(raw)
    return read_date(raw.replace(" /", "/").replace("/ ", "/"), published)


def _weekday_words(raw: str) -> str:
    """As typed dates have it: "thứ sáu tới" and "tuần sau" both mean the week to come when the word says week."""
    return re.sub(r"(?<!tuần) sau\Z| sau tới\Z", " tới", raw)


def _nearest_year(raw: str, published: date) -> date | None:
    """The day in the year that brings it nearest to publication: early January, told in December, is next year's."""
    days = [read_date(raw, published.replace(year=published.year + by, day=1)) for by in (-1, 0, 1)]
    found = [day for day in days if day is not None]
    return min(found, key=lambda day: abs(day - published), default=None)


def _nearest(
    low: str, triggers: list[tuple[Mapping[str, Any], re.Match[str]]], day: re.Match[str]
) -> tuple[Mapping[str, Any], re.Match[str]] | None:
    """The event the date belongs to: the nearest words in reach, when nothing makes the date another thing."""
    ranked = sorted(triggers, key=lambda each: (_gap(each[1], day), each[1].start()))
    if not ranked or _gap(ranked[0][1], day) > _data()["reach"]:
        return None
    kind, _ = ranked[0]
    lead = _without_lead(low[max(0, day.start() - _data()["before"]) : day.start()])
    if _is_postponed(low):
        return ranked[0] if lead.endswith(tuple(_data()["anew"])) else None
    blocked = [*_data()["blocked"], *kind.get("blocked", ())]
    return None if _ends_with_any(lead, blocked) else ranked[0]


def _without_lead(words: str) -> str:
    """What stands before the date without its own leading words ("vào lúc 9 giờ sáng ngày")."""
    clock = r"(?:(?:vào |lúc |hồi |khoảng )*\d{1,2}\s?(?:h|giờ|g|:)\s?(?:\d{2})?\s?(?:phút)?)"
    lead = rf"(?:[\s,(]|ngày|mùng|vào|lúc|sáng|trưa|chiều|tối|cùng|{_WEEKDAY}|{clock})+\Z"
    return re.sub(lead, "", words).strip()


def _ends_with_any(words: str, ends: Iterable[str]) -> bool:
    return any(words == end or words.endswith(f" {end}") for end in ends)


def _is_postponed(low: str) -> bool:
    return any(re.search(rf"(?<!\w){word}(?!\w)", low) for word in _data()["postponed"])


def _gap(trigger: re.Match[str], day: re.Match[str]) -> int:
    return max(day.start() - trigger.end(), trigger.start() - day.end(), 0)


def _triggers(low: str) -> Iterator[tuple[Mapping[str, Any], re.Match[str]]]:
    for kind, pattern in _patterns():
        for match in pattern.finditer(low):
            yield kind, match


def _clock(low: str, match: re.Match[str], day: date) -> datetime | None:
    """The hour that stands beside the date, read by the one reader of moments; None when none is written."""
    before, after = low[max(0, match.start() - 30) : match.start()], low[match.end() :][:24]
    found = read_moment(f"{before}{show_date(day)}{after}")
    if found is None or not found.has_time or found.value.astimezone(VIETNAM).date() != day:
        return None
    return found.value


def _lower(text: str) -> str:
    """Lower case of the same length, "toà" written "tòa"."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("toà", "tòa")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Mapping[str, Any], re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(rf"(?<!\w)(?:{'|'.join(kind['patterns'])})(?!\w)"))
        for kind in _data()["kinds"]
    )


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.news").joinpath("data/announced.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    return data
