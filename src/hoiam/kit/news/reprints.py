"""Who published first and who printed it again: the chain of copies of one text, with time, share and credit as reasons."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.news.keys import CAPITALS
from hoiam.kit.vietnamese import VIETNAM, fold

_TAIL = 160
_SHORT_LINE = 80


@dataclass(frozen=True)
class Credit:
    """A line that names where a text comes from: the name, and its place in the text (characters)."""

    name: str
    start: int
    end: int
    is_wire: bool = False


@dataclass(frozen=True)
class Report:
    """One report of a story: ``copy_of`` and ``share`` as the folding found them, ``at`` when it was published.

    ``is_day_only`` when no hour was told: ``at`` then is the first moment of that day.
    """

    id: str
    outlet: str
    at: datetime
    text: str = ""
    copy_of: str | None = None
    share: float = 1.0
    is_time_known: bool = True
    is_day_only: bool = False


@dataclass(frozen=True)
class Reprint:
    """One later report of a chain: whom it repeats, how much of the shorter text both have, how long after, whom it credits."""

    id: str
    of: str
    share: float
    minutes: int
    credit: Credit | None = None


@dataclass(frozen=True)
class Chain:
    """One text and its copies in time order; ``first`` is the earliest known, ``credit`` what it says of its own origin."""

    first: str
    copies: tuple[Reprint, ...]
    credit: Credit | None = None


def chains(reports: Iterable[Report]) -> tuple[Chain, ...]:
    """The chains of a story, earliest first; a report nobody repeats is no chain.

    Order is by time of publication, not of collection: who was read first need not be who published first. A known time
    goes before an unknown one, a minute before a bare day that holds it; reports of the same moment stay in the order given.
    """
    kept = {report.id: report for report in reports}
    found = [_chain(group) for group in _groups(kept)]
    return tuple(sorted(found, key=lambda chain: _order(kept[chain.first])))


def firsts(reports: Iterable[Report]) -> dict[str, str]:
    """Which report of a story each copy repeats, by id, in the order of its chain; who was first is not among the keys.

    >>> eight = datetime(2026, 8, 5, 8)
    >>> read_first = Report("1", "Báo Đò Mới", eight.replace(hour=9))
    >>> firsts([read_first, Report("2", "Báo Sông Thanh", eight, copy_of="1")])
    {'1': '2'}
    """
    kept = {report.id: report for report in reports}
    return {copy.id: group[0].id for group in _groups(kept) for copy in group[1:]}


def earliest(reports: Iterable[Report]) -> Report:
    """The report that was published first, in the order of `chains`; equal times stay as given."""
    return min(reports, key=_order)


def credit_of(text: str, outlets: Sequence[str] = ()) -> Credit | None:
    """Where a text says it comes from, or None: a closing line "(Theo …)" or "Nguồn: …", or "theo" and a paper's name.

    Args:
        text: the whole report.
        outlets: names of papers that may be credited within a sentence.

    >>> credit_of("Ông Thử chưa nhận tiền.\\n\\n(Theo Báo Sông Thanh)").name
    'Báo Sông Thanh'
    """
    return _closing(text) or _within(text, outlets)


def _groups(kept: dict[str, Report]) -> list[list[Report]]:
    """The reports of one text together, earliest first; a report nobody repeats is left out."""
    groups: dict[str, list[Report]] = {}
    for report in kept.values():
        groups.setdefault(_root(report, kept), []).append(report)
    return [sorted(group, key=_order) for group in groups.values() if len(group) > 1]


def _root(report: Report, kept: dict[str, Report]) -> str:
    seen = [report.id]
    while report.copy_of in kept and report.copy_of not in seen:
        report = kept[report.copy_of]
        seen.append(report.id)
    if report.copy_of in seen:
        return min(seen[seen.index(report.copy_of) :])
    # Two copies of a text that stands elsewhere are one text here all the same.
    return report.copy_of or report.id


def _order(report: Report) -> tuple[bool, date, bool, datetime]:
    # A bare day is no proof of having been before any minute of it.
    day = report.at.astimezone(VIETNAM).date()
    return not report.is_time_known, day, report.is_day_only, report.at


def _chain(group: list[Report]) -> Chain:
    first = group[0]
    names = [report.outlet for report in group if report.outlet]
    copies = []
    for place, report in enumerate(group[1:], start=1):
        credit = credit_of(report.text, names)
        of = _credited(credit, group[:place]) or first
        minutes = int((report.at - of.at).total_seconds() // 60)
        # The share is of the pair the folding compared; the first of the chain may have been compared as the later one.
        share = report.share if report.copy_of else first.share
        copies.append(Reprint(report.id, of.id, share, max(0, minutes), credit))
    return Chain(first.id, tuple(copies), credit_of(first.text, names[1:]))


def _credited(credit: Credit | None, earlier: list[Report]) -> Report | None:
    if credit is None:
        return None
    name = fold(credit.name)
    for report in earlier:
        outlet = fold(report.outlet)
        if outlet and (outlet in name or name in outlet):
            return report
    return None


def _closing(text: str) -> Credit | None:
    stripped = text.rstrip()
    start = max(0, len(stripped) - _TAIL)
    match = _patterns()["closing"].search(stripped, start)
    if match is None or len(match[0]) > _SHORT_LINE:
        return None
    name = match["name"].strip(" .)-–")
    return _credit(name, match.start("name")) if name else None


def _within(text: str, outlets: Sequence[str]) -> Credit | None:
    names = sorted({*filter(None, outlets), *_data()["wires"]}, key=len, reverse=True)
    if not names:
        return None
    said = "|".join(map(re.escape, _data()["said"]))
    kinds, known = ("|".join(map(re.escape, some)) for some in (_data()["kinds"], names))
    match = re.search(rf"\b(?i:{said})\s+(?:(?i:{kinds})\s+)?(?P<name>{known})\b", text)
    return _credit(match["name"], match.start("name")) if match else None


def _credit(name: str, start: int) -> Credit:
    wires = {fold(wire) for wire in _data()["wires"]}
    return Credit(name, start, start + len(name), fold(name) in wires)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    words, kinds = ("|".join(map(re.escape, _data()[key])) for key in ("closing", "kinds"))
    # On a line of its own, or in brackets at the very end.
    return {
        "closing": re.compile(
            rf"(?:(?:^|\n)\s*|\()\(?(?i:{words})\s*:?\s+"
            rf"(?P<name>(?:(?i:{kinds})\s+)?[{CAPITALS}][^\n(),;:?!]{{1,40}})\)?\s*\Z"
        )
    }


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.news").joinpath("data/credits.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    return data
