"""Whether a statement stands in a text, told again more or less: its words close together, its numbers all there."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from hoiam.kit.news.syllables import hashed, shingles, syllables
from hoiam.kit.vietnamese import fold

_WORD = re.compile(r"[^\W_]+(?:[.,/]\d+)*")
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?;](?=\d)[^.!?;\n]+)*")
_LEAST_TELLING = 0.5


@dataclass(frozen=True)
class Word:
    """One folded word with its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Near:
    """The best place of a statement: which share of it stands between ``start`` and ``end``."""

    share: float
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The folded words of an NFC text with their places.

    >>> [word.text for word in words_of("Đã trả 1.200 đồng")]
    ['da', 'tra', '1.200', 'dong']
    """
    return [Word(found[0], *found.span()) for found in _WORD.finditer(fold(text))]


def statements(text: str) -> tuple[str, ...]:
    """The sentences of a text that say something, in order.

    >>> statements("Đã giao tiền. Không còn nợ!")
    ('Đã giao tiền', 'Không còn nợ')
    """
    found = (piece.strip() for piece in _SENTENCE.findall(text))
    return tuple(piece for piece in found if len(words_of(piece)) > 1)


def nearest(statement: str, words: list[Word], *, loose: float, unlike: str = "") -> Near | None:
    """The place where most of a statement stands close together; None when its numbers or its own words are not there.

    Args:
        statement: what is looked for.
        words: of the text, in order.
        loose: "close together" is within so many times its length.
        unlike: its opposite; at least half of the words that tell the two apart must stand there.
    """
    wanted = words_of(statement)
    pairs = {(a.text, b.text) for a, b in pairwise(wanted)}
    if not pairs:
        return None
    best = _best(pairs, words, max(len(wanted) + 2, int(len(wanted) * loose)))
    if best is None:
        return None
    there = {word.text for word in words if best.start <= word.start < best.end}
    own = {word.text for word in wanted}
    telling = own - {word.text for word in words_of(unlike)} if unlike else set()
    numbers = {text for text in own if text[0].isdigit()}
    if not numbers <= there or len(telling & there) < len(telling) * _LEAST_TELLING:
        return None
    return best


def _best(pairs: set[tuple[str, str]], words: list[Word], width: int) -> Near | None:
    """A window slid over the text once; the share counts each pair once."""
    seen: Counter[tuple[str, str]] = Counter()
    hits: list[tuple[int, tuple[str, str]]] = []
    best: Near | None = None
    first = 0
    for at, pair in enumerate((a.text, b.text) for a, b in pairwise(words)):
        if pair not in pairs:
            continue
        hits.append((at, pair))
        seen[pair] += 1
        while hits[first][0] < at + 2 - width:
            seen[hits[first][1]] -= 1
            seen += Counter()
            first += 1
        share = len(seen) / len(pairs)
        if best is None or share > best.share:
            # A little around it belongs to the same telling: numbers and negations stand at its edge.
            left, right = max(0, hits[first][0] - 2), min(len(words) - 1, at + 3)
            best = Near(share, words[left].start, words[right].end)
    return best


def carried_share(ours: str, theirs: Iterable[str]) -> float:
    """Which share of our runs of three words stands in their text, 0–1."""
    wanted = set(hashed(shingles(syllables(fold(ours)))))
    there = set(hashed(shingles(syllables(fold("\n".join(theirs))))))
    return len(wanted & there) / max(1, len(wanted))
