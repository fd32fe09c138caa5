"""The words of a text and of a query, the same for both engines.

Text is cut into words here and not by the engines, so "37/2023/QĐ-TTg" or "2862a" means the same in both, and no
character of a query ever reaches an engine's own syntax.
"""

import re
from dataclasses import dataclass

from hoiam.kit.vietnamese import fold, has_marks, normalise, small_words

_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
_LONGEST_WORD = 100
_MOST_WORDS = 24
_LONGEST_TEXT = 400_000


@dataclass(frozen=True)
class Term:
    """Words that must stand next to each other (one word, most often)."""

    words: tuple[str, ...]
    """Lower case, with the marks as typed."""
    exact: bool = False
    """A quoted phrase typed with marks: only text with the same marks will do."""
    prefix: bool = False
    """The last word may go on ("cưỡng ch*")."""

    def folded(self) -> tuple[str, ...]:
        """The words without marks."""
        return tuple(fold(word) for word in self.words)


def line_of(text: str) -> str:
    """The words of a text with a blank between two: NFC, lower case, marks kept, tone marks in their usual place."""
    return small_words(normalise(text[:_LONGEST_TEXT]), _LONGEST_WORD)


def words_of(text: str) -> list[str]:
    """The same words one by one."""
    return line_of(text).split()


def spans_of(text: str) -> list[tuple[int, int, str]]:
    """Each word of an NFC text with where it stands: (start, end, word in lower case)."""
    return [(m.start(), m.end(), normalise(m[0]).lower()) for m in _WORD.finditer(text)]


def terms_of(query: str) -> tuple[Term, ...]:
    """What a typed query asks for; whatever is typed, never an error, at most nothing."""
    terms: list[Term] = []
    for quoted, plain in _PART.findall(query[:1000]):
        terms.extend(_phrase(quoted) if quoted else _plain(plain))
    return tuple(terms[:_MOST_WORDS])


def is_marked(terms: tuple[Term, ...]) -> bool:
    """Whether marks were typed outside quotes, so that text with the same marks should come first."""
    return any(has_marks(word) for term in terms if not term.exact for word in term.words)


def _phrase(text: str) -> list[Term]:
    words = tuple(words_of(text)[:_MOST_WORDS])
    return [Term(words, exact=has_marks(text))] if words else []


def _plain(text: str) -> list[Term]:
    # "37/2023/QĐ-TTg" is one thing to the reader: its words must stand together.
    words = tuple(words_of(text)[:_MOST_WORDS])
    prefix = text.endswith("*") and bool(words) and len(words[-1]) > 1
    return [Term(words, prefix=prefix)] if words else []
