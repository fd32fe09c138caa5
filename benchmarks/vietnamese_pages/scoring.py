"""How near an answer comes to the truth of a page."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from benchmarks.vietnamese_pages.filling import VIET_NAM, Sample
from hoiam.kit.vietnamese import nfc

WORD = re.compile(r"\w+")
_NAMES = re.compile(r"\s*(?:,|;|&|/|\bvà\b)\s*")


@dataclass(frozen=True)
class Answer:
    """What a reader found; None where it has no such field."""

    body: str = ""
    sapo: str | None = None
    title: str | None = None
    author: str | None = None
    published: datetime | date | None = None
    tier: str = ""


@dataclass(frozen=True)
class Score:
    """One page: F1 of the body's words (of the text with or without sapo, whichever is better, too), and what is exact.

    A figure is None where the reader has no such field.
    """

    body: float
    text: float
    title: bool | None
    sapo: bool | None
    author: bool | None
    published: bool
    day: bool
    wrong_time: bool
    tier: str


Reader = Callable[[Sample], Answer]


def score(answer: Answer, sample: Sample) -> Score:
    """The figures of one page. ``wrong_time``: a time was given and it is another than the page's."""
    sapo = min(sample.sapos, key=len)
    whole = f"{answer.sapo or ''}\n{answer.body}"
    right, day = is_time_right(answer, sample), is_day_right(answer, sample)
    only_day = not isinstance(answer.published, datetime)
    return Score(
        body=likeness(answer.body, sample.body),
        text=max(
            likeness(answer.body, sample.body),
            likeness(answer.body, f"{sapo}\n{sample.body}"),
            likeness(whole, f"{sapo}\n{sample.body}"),
        ),
        title=_told(answer.title, plain(answer.title) == plain(sample.title)),
        sapo=_told(answer.sapo, plain(answer.sapo) in {plain(one) for one in sample.sapos}),
        author=_told(answer.author, names(answer.author) == names(sample.author)),
        published=right,
        day=right or day,
        wrong_time=answer.published is not None and not (right or (only_day and day)),
        tier=answer.tier,
    )


def likeness(one: str, other: str) -> float:
    """F1 over words as a bag; 1 for two empty texts."""
    a, b = (Counter(WORD.findall(nfc(text or "").lower())) for text in (one, other))
    return 2 * (a & b).total() / (a.total() + b.total()) if a or b else 1.0


def plain(words: str | None) -> str:
    """Words compared to the letter, whatever the white space."""
    return "".join(nfc(words or "").split())


def names(words: str | None) -> frozenset[str]:
    """The names of several writers, in any order and case."""
    return frozenset(plain(one).lower() for one in _NAMES.split(words or "") if one.strip())


def is_time_right(answer: Answer, sample: Sample) -> bool:
    """The minute where the page shows one, the day where it shows a day, none where it shows none."""
    if sample.published is None or answer.published is None:
        return sample.published is None and answer.published is None
    if not isinstance(answer.published, datetime):
        return sample.day_only and answer.published == sample.published.date()
    found = _in_viet_nam(answer.published)
    if sample.day_only:
        return found.date() == sample.published.date()
    return found.replace(second=0, microsecond=0) == sample.published.replace(second=0)


def is_day_right(answer: Answer, sample: Sample) -> bool:
    """The calendar day of Viet Nam, whatever the hour."""
    if sample.published is None or answer.published is None:
        return sample.published is None and answer.published is None
    found = answer.published
    found = _in_viet_nam(found).date() if isinstance(found, datetime) else found
    return found == sample.published.date()


def _told(words: str | None, right: bool) -> bool | None:
    return None if words is None else right


def _in_viet_nam(moment: datetime) -> datetime:
    try:
        return moment.astimezone(VIET_NAM) if moment.tzinfo else moment.replace(tzinfo=VIET_NAM)
    except OverflowError:  # the year 1 of an unset field
        return moment.replace(tzinfo=VIET_NAM)


def shares(scores: Iterable[Score]) -> dict[str, float | None]:
    """Mean of each figure over pages, None where the reader has no such field; ``wrong_time`` is a count."""
    rows = list(scores)
    means: dict[str, float | None] = {"wrong_time": sum(row.wrong_time for row in rows)}
    for name in ("body", "text", "title", "sapo", "author", "published", "day"):
        found = [getattr(row, name) for row in rows]
        means[name] = (
            None
            if all(one is None for one in found)
            else sum(one or 0.0 for one in found) / len(rows)
        )
    return means
