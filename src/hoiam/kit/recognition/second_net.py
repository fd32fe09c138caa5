"""The second net: how much a text resembles those officials took up, without the words recognition looks for.

The model is plain data (terms with two numbers each), so reading it runs no code of others and scoring needs no library.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from hoiam.kit.vietnamese import strip_marks

from .gate import WORDS
from .source import OFFICE_T, Source, sources_of
from .values import Document, Reason

FORMAT: Final = "second-net/1"
_MOST_WORDS: Final = 6
_GATE: Final = "|".join(map(re.escape, sorted(WORDS, key=len, reverse=True)))
# What recognition looks for is blanked with its tail: the net must learn the matter, not the word.
_BLANKED: Final = (
    rf"(?:{_GATE}|{OFFICE_T}ha|thi hành)(?: (?:án|bản án|phán quyết))?(?: (?:dân sự|hành chính))?"
)
_MARKED: Final = re.compile(_BLANKED)
_FOLDED: Final = re.compile(strip_marks(_BLANKED))
_SYLLABLE: Final = re.compile(r"[^\W_]+")
_PART: Final = re.compile(r"[^\n.,;:!?\"“”()\[\]–…]+")


@dataclass(frozen=True)
class Term:
    """One or two syllables of a text, and where they stand in the copy of their source."""

    text: str
    source: Source
    start: int
    end: int


def terms_of(document: Document) -> Iterator[Term]:
    """The terms of a document: single syllables and pairs that no sign parts; figures are all `0`."""
    for source in sources_of(document):
        low = (_FOLDED if source.is_folded else _MARKED).sub(_blank, source.low)
        for part in _PART.finditer(low):
            yield from _terms(source, low, part.start(), part.end())


def _blank(found: re.Match[str]) -> str:
    return "\n" * len(found.group())


def _terms(source: Source, low: str, start: int, end: int) -> Iterator[Term]:
    before: re.Match[str] | None = None
    for found in _SYLLABLE.finditer(low, start, end):
        yield Term(_said(found), source, found.start(), found.end())
        if before is not None:
            pair = f"{_said(before)} {_said(found)}"
            yield Term(pair, source, before.start(), found.end())
        before = found


def _said(found: re.Match[str]) -> str:
    return "0" if found.group().isdigit() else found.group()


@dataclass(frozen=True)
class Opinion:
    """How much a text resembles what officials took up (0..1), and the words that spoke most for it."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SecondNet:
    """Terms with how rare they are and what they weigh; `intercept` is what a text without any weighs."""

    terms: Mapping[str, tuple[float, float]]
    intercept: float

    def opinion(self, document: Document) -> Opinion:
        """What the net says of a document; it may only put it before a person, never drop it."""
        met: dict[str, Term] = {}
        counts: Counter[str] = Counter()
        for term in terms_of(document):
            if term.text in self.terms:
                counts[term.text] += 1
                met.setdefault(term.text, term)
        rarity = {t: (1 + math.log(n)) * self.terms[t][0] for t, n in counts.items()}
        length = math.sqrt(sum(value * value for value in rarity.values())) or 1.0
        spoke = {t: value / length * self.terms[t][1] for t, value in rarity.items()}
        score = 1 / (1 + math.exp(-max(-60.0, min(60.0, self.intercept + sum(spoke.values())))))
        return Opinion(score, _reasons(spoke, met))

    def as_json(self) -> dict[str, Any]:
        """The net as plain values, figures rounded."""
        terms = {t: [round(rare, 4), round(weight, 4)] for t, (rare, weight) in self.terms.items()}
        return {"format": FORMAT, "intercept": round(self.intercept, 6), "terms": terms}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "SecondNet":
        """The net from what `as_json` gave.

        Raises:
            ValueError: it is of another format.
        """
        if kept.get("format") != FORMAT:
            raise ValueError("Lưới thứ hai này lưu theo định dạng khác. Hãy huấn luyện lại.")
        terms = {str(t): (float(a), float(b)) for t, (a, b) in kept["terms"].items()}
        return cls(terms, float(kept["intercept"]))


def _reasons(spoke: Mapping[str, float], met: Mapping[str, Term]) -> tuple[Reason, ...]:
    """The heaviest terms as reasons; a syllable inside a pair already told is not told again."""
    told: list[Reason] = []
    for text in sorted(spoke, key=lambda t: (-spoke[t], t)):
        if spoke[text] <= 0 or len(told) == _MOST_WORDS:
            break
        term = met[text]
        span = term.source.span(term.start, term.end)
        overlaps = any(
            r.span.field == span.field and r.span.start < span.end and span.start < r.span.end
            for r in told
        )
        if not overlaps:
            told.append(
                Reason("luoi-thu-hai", span, term.source.words(span), round(spoke[text], 2))
            )
    return tuple(told)
