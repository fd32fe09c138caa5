"""Day or month first: one date that can only be month first puts all its neighbours in doubt."""

import re

from hoiam.kit.news import sentences
from hoiam.kit.news.values import Entry

_NUMBERS = re.compile(r"(?<!\d)(\d\d?)([/.-])(\d\d?)\2\d{4}(?!\d)")
_MONTHS = 12


def without_swapped(entries: list[Entry]) -> tuple[list[Entry], str]:
    """The entries, and a sentence when the feed writes months before days.

    Times are read day first, as Vietnamese is written. A feed with a time like "04/14/2026" is written by a machine set to American
    English: then "04/05/2026" beside it was surely read wrong, so it becomes unread rather than stay a guess.
    """
    proof = next((one.published_raw for one in entries if _is_month_first(one)), "")
    if not proof:
        return entries, ""
    sentence = sentences.MONTH_FIRST.format(raw=proof[:60])
    return [_unread(one) if _is_doubtful(one) else one for one in entries], sentence


def _is_month_first(entry: Entry) -> bool:
    if entry.published_at is not None or not entry.published_raw:
        return False
    found = _NUMBERS.search(entry.published_raw)
    return found is not None and 0 < int(found[1]) <= _MONTHS < int(found[3]) <= 31


def _is_doubtful(entry: Entry) -> bool:
    found = _NUMBERS.search(entry.published_raw) if entry.published_at is not None else None
    # Equal numbers are the same day either way.
    return found is not None and found[1].lstrip("0") != found[3].lstrip("0")


def _unread(entry: Entry) -> Entry:
    note = sentences.UNREAD_TIME.format(raw=entry.published_raw[:200])
    return entry._replace(published_at=None, problems=(*entry.problems, note))
