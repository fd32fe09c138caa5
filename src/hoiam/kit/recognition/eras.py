"""The time a text belongs to: its own date, else what its words and years tell."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import nfc, strip_marks

from .source import OFFICE_T, Source
from .values import Document

_YEAR: Final = re.compile(r"(?:năm|nam|tháng \d{1,2}|/|-)\s*((?:19|20)\d\d)(?!\d)")
# "28/7/2025", "tháng 7/2025", "tháng 7 năm 2025"; not the number of a paper, "số 12/2025", "12/2025/DS-ST".
_MONTH: Final = re.compile(
    r"(?<![\d/])(?:(?P<day>\d{1,2})[/.-]|(?<!(?<!\w)số )(?!\d{1,2}/\d{4}/[^\W\d_]{2,6}-))"
    r"(?P<month>\d{1,2})(?:[/.-]|\s+n[ăa]m\s+)(?P<year>(?:19|20)\d\d)(?!\d)"
)


@cache
def _eras() -> Any:
    return yaml_of(nfc((files(__package__) / "data" / "eras.yaml").read_text("utf-8")))


def era_of(document: Document, sources: Sequence[Source]) -> tuple[date, bool]:
    """The day names are read as of, and whether it is the item's own date.

    Without a date the words and the years of the text tell the era; when they tell nothing it is
    the time of Cục and Chi cục, the longest in the archives.
    """
    if document.published_on is not None:
        return document.published_on, True
    eras, folded = _eras(), bool(sources) and sources[0].is_folded
    low = "\n".join(source.low for source in sources)
    years = [int(year) for year in _YEAR.findall(low)]
    if _speaks(eras["new"], low, folded) or _is_dated_new(low, folded):
        return eras["new"]["as_of"], False
    is_before = _speaks(eras["before"], low, folded) and not _speaks(
        {"words": eras["old"]["words"][:2]}, low, folded
    )
    if is_before and max(years, default=0) <= eras["before"]["until_year"]:
        return eras["before"]["as_of"], False
    if _speaks(eras["led"], low, folded):
        return eras["new"]["as_of"], False
    return eras["old"]["as_of"], False


def _is_dated_new(low: str, folded: bool) -> bool:
    """Whether the text tells of a day since the reorganisation, not only of a term or a plan that reaches there."""
    new = _eras()["new"]
    pattern = new["aimed"]
    aimed = re.compile(strip_marks(pattern) if folded else pattern)

    def is_told(start: int) -> bool:
        return aimed.search(low, max(0, start - 30), start) is None

    return any(
        int(year[1]) >= new["from_year"] and is_told(year.start()) and is_told(year.start(1))
        for year in _YEAR.finditer(low)
    ) or any(_is_after(day, new["after"]) and is_told(day.start()) for day in _MONTH.finditer(low))


def _is_after(met: re.Match[str], day: date) -> bool:
    """Whether a day or month named lies behind a day; the month of that day counts, the day itself does not."""
    named = (int(met["year"]), int(met["month"]))
    if named != (day.year, day.month):
        return named > (day.year, day.month) and named[1] <= 12
    return met["day"] is None or int(met["day"]) > day.day


def _speaks(era: Any, low: str, folded: bool) -> bool:
    words = (word.replace("<THA>", f"{OFFICE_T}ha") for word in era["words"])
    return any(re.search(strip_marks(word) if folded else word, low) for word in words)
