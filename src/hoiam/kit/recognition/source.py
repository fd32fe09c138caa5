"""A field of a document prepared for matching, every place in it known in the text as given."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from hoiam.kit.vietnamese import normalise, strip_marks

from .values import Document, Span

# "THA" (the office) and "tha" (to release) must stay apart in a lower-case copy.
OFFICE_T: Final = "\ue000"
_OFFICE: Final = re.compile(r"(?<![^\W_])(C{0,2})(T)(HA)(?![^\W_])")
_HEADS_THA: Final = re.compile(r"(?:CỤC|ĐỘI|PHÒNG|QUAN|CUC|DOI|PHONG)\s*$")
_SENTENCE_END: Final = re.compile(
    r"(?<![\s.]\w)(?<![Tt][Pp])(?<![Tt][Xx])(?<!Th[Ss])(?<!TS)[.!?…]+[\"”’)]*\s+(?=[\"“‘(]?[A-ZÀ-ỸĐ])|\n\s*"
)
_LEAD: Final = 500
# Some papers write i for y; the patterns know one spelling. The letters stay as many.
_WITH_I: Final = re.compile(r"(?<![^\W_])(?:lí|kỉ)(?![^\W_])")
_WITH_Y: Final = {"lí": "lý", "kỉ": "kỷ"}


@dataclass(frozen=True)
class Source:
    """One field: as given, and as a lower-case copy `low` with the office's THA marked.

    `work` is the normal form with case; `work` and `low` have the same length. When the whole
    document has no marks, `is_folded` says that only patterns without marks may match. `again` letters
    at the beginning only repeat the title, as pages stored whole do.
    """

    field: str
    given: str
    is_folded: bool = False
    again: int = 0

    @cached_property
    def work(self) -> str:
        """The text in normal form, its case kept."""
        return normalise(self.given)

    @cached_property
    def low(self) -> str:
        """The lower-case copy that patterns are matched on."""
        marked = _OFFICE.sub(self._mark_office, self.work)
        low = marked.lower()
        if len(low) != len(marked):  # a few foreign capitals have two lower-case letters
            low = "".join(c.lower() if len(c.lower()) == 1 else c for c in marked)
        low = _WITH_I.sub(lambda word: _WITH_Y[word[0]], low)
        return strip_marks(low) if self.is_folded else low

    @cached_property
    def _offsets(self) -> Sequence[int]:
        """Where each letter of `work` begins in the text as given, and one place more for the end."""
        if unicodedata.is_normalized("NFC", self.given):
            return range(len(self.given) + 1)
        found: list[int] = []
        start = 0
        for end in _cluster_ends(self.given):
            size = len(unicodedata.normalize("NFC", self.given[start:end]))
            found.extend([start] * size)
            start = end
        return (*found, len(self.given))

    def span(self, start: int, end: int) -> Span:
        """The place in the text as given of a place in the copies."""
        return Span(self.field, self._offsets[start], self._offsets[end])

    def words(self, span: Span) -> str:
        """The words as given at a place."""
        return self.given[span.start : span.end]

    @cached_property
    def is_shouted(self) -> bool:
        """Whether the field is written in capitals."""
        letters = [c for c in self.work if c.isalpha()]
        return bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """The sentences as places in the copies."""
        found, start = [], 0
        for end in _SENTENCE_END.finditer(self.work):
            if end.start() > start:
                found.append((start, end.end()))
                start = end.end()
        if start < len(self.work):
            found.append((start, len(self.work)))
        return tuple(found)

    def sentence_at(self, place: int) -> tuple[int, int]:
        """The sentence a place stands in."""
        ends = [end for _, end in self.sentences]
        index = min(bisect_right(ends, place), len(ends) - 1)
        return self.sentences[index]

    @cached_property
    def lead_end(self) -> int:
        """Where the opening ends that weighs like a sapo; 0 for a field that is not the text."""
        return min(_LEAD, len(self.work)) if self.field == "text" else 0

    @cached_property
    def sapo_end(self) -> int:
        """Where the sapo ends that stands in the text below a repeated title; 0 when there is none."""
        if not self.again:
            return 0
        end = self.work.find("\n", self.again + 1)
        return end if 0 < end <= self.again + _LEAD else 0

    def _mark_office(self, found: re.Match[str]) -> str:
        # In a line of capitals THA may be "tha"; there only an office word before it decides.
        if self.is_shouted and not _HEADS_THA.search(self.work, 0, found.start()):
            return found.group()
        return f"{found[1]}{OFFICE_T}{found[3]}"


def sources_of(document: Document) -> tuple[Source, ...]:
    """The filled fields of a document, ready for matching, in reading order."""
    fields = [(name, text) for name, text in document.fields() if text]
    whole = " ".join(text for _, text in fields)
    is_folded = not whole.isascii() and strip_marks(normalise(whole)) == normalise(whole)
    is_folded = is_folded or whole.isascii()
    title = document.title.strip()
    return tuple(
        Source(name, text, is_folded, len(title) if _repeats(name, text, title) else 0)
        for name, text in fields
    )


def _repeats(name: str, text: str, title: str) -> bool:
    return name == "text" and bool(title) and text.startswith(f"{title}\n")


def _cluster_ends(text: str) -> list[int]:
    """The ends of stretches that compose on their own: before each letter that starts anew."""
    ends = [
        i
        for i in range(1, len(text))
        if not unicodedata.combining(text[i]) and not "\u1160" <= text[i] <= "\u11ff"
    ]
    return [*ends, len(text)] if text else []
