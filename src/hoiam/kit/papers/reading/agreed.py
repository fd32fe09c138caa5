"""A demand, the sentences demands stand in, and what two sides agree on ("Theo đó, hai bên phối hợp A; B; C")."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hoiam.kit.papers.reading.delivery import is_sanction
from hoiam.kit.papers.reading.sheet import Line, trimmed
from hoiam.kit.papers.reading.values import Found, Span
from hoiam.kit.papers.reading.words import CAPITAL, pattern

_SENTENCE_END = re.compile(
    rf"(?<=[^\s.]{{2}}\.)\s+(?=[{CAPITAL}“(])|(?<=[)”]\.)\s+(?=[{CAPITAL}“(])"
)


@dataclass(frozen=True)
class Demand:
    """One thing asked: of whom (None where the paper does not say), and the words with their place."""

    who: Found[str] | None
    what: Found[str]
    lead: Span | None = (
        None  # what stands before the body's name: "Trước ngày 05 hằng tháng, các đơn vị …"
    )

    def words(self, text: str) -> str:
        """The words as they stand in the text."""
        return self.what.span.of(text)


def sentences_of(line: Line, start: int = 0) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph as places in it; a sentence in brackets or quotes is no end."""
    begin = start
    for found in _SENTENCE_END.finditer(line.text, start):
        before = line.text[begin : found.start()]
        if before.count("(") > before.count(")") or before.count("“") > before.count("”"):
            continue
        yield from _without_threat(line, begin, found.start())
        begin = found.end()
    if begin < len(line.text):
        yield from _without_threat(line, begin, len(line.text))


def _without_threat(line: Line, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """ "Mỗi đơn vị viết 02 bài; đơn vị không có bài bị trừ điểm": the order and what follows for who fails."""
    # What a part says the whole says as well: most sentences are done with one look.
    signs = (
        re.finditer(r";\s+", line.text[begin:end]) if is_sanction(line.folded[begin:end]) else ()
    )
    for sign in signs:
        at, after = begin + sign.start(), begin + sign.end()
        if is_sanction(line.folded[after:end]) and not is_sanction(line.folded[begin:at]):
            yield from ((begin, at), (after, end))
            return
    yield begin, end


def agreed_in(line: Line) -> list[Demand]:
    """ "Theo đó, hai bên phối hợp A; B; C": each clause of an agreement, with what the next sentence adds."""
    found: list[Demand] = []
    who: Found[str] | None = None
    for one, two in sentences_of(line):
        opened = pattern("orders", "sides").match(line.folded, one)
        added = pattern("orders", "adds").match(line.folded, one) if who else None
        if opened:
            start, end = opened.span("who")
            who, begin = (
                Found(line.text[start:end], Span(line.start + start, line.start + end)),
                opened.start("what"),
            )
        elif added:
            begin = added.end()
        else:
            who = None
            continue
        edges = [
            begin - 1,
            *(begin + each.start() for each in re.finditer(";", line.text[begin:two])),
            two,
        ]
        parts = (
            trimmed(line.text, start + 1, end, line.start)
            for start, end in itertools.pairwise(edges)
        )
        found += [Demand(who, what) for what in parts if what is not None]
    return found
