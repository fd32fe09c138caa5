"""Whether a text tells of a time before a day at the place where it names an agency."""

import re
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from hoiam.kit.vietnamese import strip_marks

from .grammar import Mention

_BACK: Final = 200
# "2/2025", "tháng 2/2025", "tháng 2 năm 2025", "năm 2023, 2024"; not 2.024 and not "2024 hồ sơ".
_TIME: Final = r"(?:(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})(?:[/.-]|\s+năm\s+)|(?:năm|đến|và|[,–-])\s*)(?P<year>(?:19|20)\d\d)(?![\d.,]?\d)"
# The year of a law or the number of a paper is no time anything was done in: "Luật THADS năm 2008", "số 05/2023/DS-ST".
_OF_PAPER: Final = (
    r"(?<!\w)(?:số|(?:(?:bộ\s+)?luật(?!\s+sư)|pháp\s+lệnh|nghị\s+(?:định|quyết)|thông\s+tư|hiến\s+pháp)"
    r"(?:\s+(?!từ\b|đến\b|nói\b|cho\b|biết\b|rằng\b)\w+){0,5})\s*$"
)
# "05/2023/DS-ST", "12/2025/QĐ-THA"; a news agency behind a dash is no number: "12/12/2025-TTXVN".
_NUMBERED: Final = re.compile(r"/[^\W\d_]{2,6}-")
_FORMER: Final = r"(?<!\w)(?:nguyên|cựu)(?:\s+\w+){0,5}\s*$"


class _Patterns(NamedTuple):
    """The compiled patterns, with marks or without."""

    times: re.Pattern[str]
    of_paper: re.Pattern[str]
    former: re.Pattern[str]


def told_before(mention: Mention, day: date) -> bool:
    """Whether the last time named before the mention, in its paragraph, was over before `day`.

    A year alone is over with its last day, so the year of the change itself proves nothing.
    """
    patterns, told = _patterns(mention.source.is_folded), _before(mention)
    met = [
        time
        for time in patterns.times.finditer(told)
        if not patterns.of_paper.search(told, 0, time.start())
        and not _NUMBERED.match(told, time.end())
    ]
    return bool(met) and _end(met[-1]) < day


def is_of_former(mention: Mention) -> bool:
    """Whether a former head or officer is meant: "nguyên Đội trưởng Đội Thi hành án huyện"."""
    former = _patterns(mention.source.is_folded).former
    return former.search(_before(mention)) is not None


def _before(mention: Mention) -> str:
    low = mention.source.low
    start = max(low.rfind("\n", 0, mention.start) + 1, mention.start - _BACK)
    return low[start : mention.start]


def _end(time: re.Match[str]) -> date:
    """The last day of what is named, near enough: a month counts to its 28th."""
    year, month = int(time["year"]), int(time["month"] or 12)
    if not 1 <= month <= 12:
        return date(year, 12, 31)
    return date(year, month, 31 if month == 12 else 28)


@cache
def _patterns(folded: bool) -> _Patterns:
    made = (strip_marks(p) if folded else p for p in (_TIME, _OF_PAPER, _FORMER))
    return _Patterns(*map(re.compile, made))
