"""Matched words shown as they stand in a text: escaped HTML with <mark>, and short excerpts around them.

The text comes from the open web and the spans from a recogniser that may be older than the text:
nothing here trusts either. Every character is escaped, a span outside the text is cut or dropped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

WHO_KINDS = frozenset({"who", "agency"})
"""Kinds shown as *who*; every other kind is shown as *what happened*."""

LONGEST_WORD = 40
"""Characters an excerpt may grow to reach the end of a word; beyond it the text is not made of words."""

LEAD = 60
"""Characters of context an excerpt keeps before its first matched word."""


@dataclass(frozen=True, order=True)
class Mark:
    """One matched stretch of a text: characters `start` up to but not including `end`."""

    start: int
    end: int
    is_who: bool = False


def read_marks(spans: Iterable[Any] | None, length: int) -> list[Mark]:
    """The spans that lie in a text of that length, in order, cut to it.

    A span is `(start, end)`, `(start, end, kind)`, or anything with those names as keys or attributes.
    """
    marks = []
    for span in spans or ():
        start, end, kind = _parts(span)
        if not isinstance(start, int) or not isinstance(end, int):
            continue
        start, end = max(0, start), min(length, end)
        if start < end:
            marks.append(Mark(start, end, kind in WHO_KINDS))
    return sorted(marks)


def _parts(span: Any) -> tuple[Any, Any, Any]:
    if isinstance(span, dict):
        return span.get("start"), span.get("end"), span.get("kind")
    if isinstance(span, list | tuple):
        return (*span, None, None, None)[:3]
    return getattr(span, "start", None), getattr(span, "end", None), getattr(span, "kind", None)


def marked_html(
    text: str, marks: Iterable[Mark], begin: int = 0, end: int | None = None
) -> SafeString:
    """`text[begin:end]` as escaped HTML with its marks; where two overlap, *who* is shown."""
    stop = len(text) if end is None else end
    pieces = _pieces(list(marks), begin, stop)
    return mark_safe("".join(_piece_html(text[a:b], state) for a, b, state in pieces))


def _pieces(marks: list[Mark], begin: int, stop: int) -> Iterator[tuple[int, int, str]]:
    edges = {begin, stop}
    edges.update(e for m in marks for e in (m.start, m.end) if begin < e < stop)
    cuts = sorted(edges)
    states = [(a, b, _state(marks, a)) for a, b in pairwise(cuts)]
    for state, run in groupby(states, key=lambda piece: piece[2]):
        parts = list(run)
        yield parts[0][0], parts[-1][1], state


def _state(marks: list[Mark], at: int) -> str:
    covering = [mark.is_who for mark in marks if mark.start <= at < mark.end]
    if not covering:
        return ""
    return "who" if any(covering) else "what"


def _piece_html(text: str, state: str) -> SafeString:
    if state == "who":
        return format_html('<mark class="ha-who">{}</mark>', str(text))
    if state == "what":
        return format_html("<mark>{}</mark>", str(text))
    return conditional_escape(str(text))


def paragraphs_html(text: str, marks: Iterable[Mark]) -> SafeString:
    """The whole text as paragraphs (a blank line parts them), each escaped and marked."""
    kept, begin = list(marks), 0
    shown = []
    for block in text.split("\n\n"):
        if block.strip():
            shown.append(
                format_html("<p>{}</p>", marked_html(text, kept, begin, begin + len(block)))
            )
        begin += len(block) + 2
    return mark_safe("".join(shown))


def excerpt_html(text: str, spans: Iterable[Any] | None, width: int = 200) -> SafeString:
    """The stretch of about `width` characters that shows most of what was matched.

    Words stay whole; … stands only where the text goes on beyond the excerpt.
    """
    flat = text.replace("\n", " ").replace("\t", " ")
    marks = read_marks(spans, len(flat))
    begin, end = excerpt_window(flat, marks, width)
    before = "…" if flat[:begin].strip() else ""
    after = "…" if flat[end:].strip() else ""
    return format_html("{}{}{}", before, marked_html(flat, marks, begin, end), after)


def excerpt_window(text: str, marks: list[Mark], width: int) -> tuple[int, int]:
    """Where the best excerpt begins and ends: both kinds of match first, then most of them."""
    if len(text) <= width:
        return _trim(text, 0, len(text))
    first, last = _best_group(marks, width)
    lead = min(LEAD, max(0, (width - (last - first)) // 2))
    begin = max(0, min(first - lead, len(text) - width))
    end = min(len(text), max(begin + width, last))
    return _trim(text, _word_start(text, begin, first), _word_end(text, end, last))


def _best_group(marks: list[Mark], width: int) -> tuple[int, int]:
    best, best_score = (0, 0), (0, 0, 0)
    for lead in marks:
        group = [m for m in marks if m.start >= lead.start and m.end <= lead.start + width]
        if not group:
            group = [Mark(lead.start, min(lead.end, lead.start + width), lead.is_who)]
        score = (len({m.is_who for m in group}), len(group), -lead.start)
        if best_score == (0, 0, 0) or score > best_score:
            best, best_score = (lead.start, max(m.end for m in group)), score
    return best


def _word_start(text: str, begin: int, first: int) -> int:
    if begin == 0 or text[begin - 1].isspace():
        return begin
    later = text.find(" ", begin, max(first, begin))
    if later >= 0:
        return later + 1
    earlier = text.rfind(" ", max(0, begin - LONGEST_WORD), begin)
    return earlier + 1 if earlier >= 0 else max(0, begin - LONGEST_WORD)


def _word_end(text: str, end: int, last: int) -> int:
    if end == len(text) or text[end].isspace():
        return end
    earlier = text.rfind(" ", last, end)
    if earlier >= 0:
        return earlier
    later = text.find(" ", end, end + LONGEST_WORD)
    return later if later >= 0 else min(len(text), end + LONGEST_WORD)


def _trim(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end
