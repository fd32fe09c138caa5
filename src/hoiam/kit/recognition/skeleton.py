"""The skeleton of a field: its words in order, with everybody who plays a role written as one sign.

"Chi cục THADS huyện Bến Sông, tỉnh Thanh Giang chậm giao nhà" becomes "<A> chậm giao nhà": what a rule says of
an agency holds however long its name is and whatever stands in brackets behind it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from hoiam.kit.vietnamese import strip_marks

from .grammar import Mention
from .rules import Role, role_letter, role_sign
from .source import Source

AGENCY: Final = role_sign("A")
OFFICER: Final = role_sign("O")
_SIGNS: Final = frozenset(role_sign(letter) for letter in "AOIUT")
# Other bodies that "cơ quan này" may mean.
_OTHERS: Final = frozenset(
    {"tòa", "tand", "viện", "sở", "bộ", "ngân", "công", "toa", "vien", "so", "bo"}
)
_REFERRALS: Final = frozenset({"cơ quan này", "đơn vị này", "co quan nay", "don vi nay"})
_HEAD_OF: Final = re.compile(r"(?:(?:tổng |chi )?cục |đội )?trưởng ")
_HEAD_OF_FOLDED: Final = re.compile(strip_marks(_HEAD_OF.pattern))
_TOKEN: Final = re.compile(r"(?:[^\s.,;:?!()\[\]{}\"“”'‘’«»…/*–—-]|(?<=\d)[.,/:-](?=\d))+|[,;:?!]")
_BREAK: Final = "\n"
_MARKS: Final = frozenset({_BREAK, *",;:?!"})
Span = tuple[int, int, str]
# A text without full stops is one sentence; nothing further away belongs to a phrase.
_LONGEST: Final = 1500
_KINDS: Final = (
    ("huyện",),
    ("quận",),
    ("tỉnh",),
    ("thị", "xã"),
    ("thành", "phố"),
    ("tp",),
    ("tx",),
    ("h",),
    ("q",),
)
_KINDS_FOLDED: Final = tuple(tuple(strip_marks(word) for word in kind) for kind in _KINDS)


@dataclass(frozen=True)
class Token:
    """A word, a sign of a role or a break between sentences, with its place in the copies of the source."""

    word: str
    start: int
    end: int


@dataclass(frozen=True)
class Skeleton:
    """The tokens of one field, joined by single spaces; sentences are parted by line ends."""

    source: Source
    tokens: tuple[Token, ...]

    @cached_property
    def text(self) -> str:
        """The text that rules are matched on."""
        return " ".join(token.word for token in self.tokens)

    @cached_property
    def _begins(self) -> Sequence[int]:
        begins, here = [], 0
        for token in self.tokens:
            begins.append(here)
            here += len(token.word) + 1
        return begins

    @cached_property
    def opening(self) -> int:
        """Where the opening of the field ends in `text`, at the end of a sentence; a title is all opening."""
        if self.source.field != "text":
            return len(self.text)
        inside = [i for i, t in enumerate(self.tokens) if t.start < self.source.lead_end]
        return self.sentence(self._begins[inside[-1]])[1] if inside else 0

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the copies of the source that a place in `text` stands for."""
        first = bisect_right(self._begins, start) - 1
        last = max(first, bisect_left(self._begins, end) - 1)
        return self.tokens[first].start, self.tokens[last].end

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence around a place of `text`, in places of `text`; of an endless one the stretch around it."""
        nearest, furthest = max(0, place - _LONGEST), min(len(self.text), place + _LONGEST)
        start = self.text.rfind(_BREAK, nearest, place)
        end = self.text.find(_BREAK, place, furthest)
        return nearest if start < 0 else start + 1, furthest if end < 0 else end

    def with_role(self, role: Role) -> "Skeleton":
        """The skeleton with everybody who plays this role written as its sign."""
        pattern = role.pattern(self.source)
        spans = [
            (
                bisect_right(self._begins, met.start()) - 1,
                bisect_left(self._begins, met.end()) - 1,
                role.sign,
            )
            for met in pattern.finditer(self.text)
        ]
        return self.written(spans)

    def written(self, spans: Iterable[Span]) -> "Skeleton":
        """The skeleton with each span of tokens, first to last, written as its sign."""
        wanted = list(spans)
        return Skeleton(self.source, tuple(_merged(self.tokens, wanted))) if wanted else self

    def with_referrals(self) -> "Skeleton":
        """The skeleton with "cơ quan này", said of an enforcement agency, written as its sign."""
        spans, last = [], ""
        for here, token in enumerate(self.tokens):
            words = " ".join(word.word for word in self.tokens[here : here + 3])
            if token.word in _SIGNS or token.word in _OTHERS:
                last = token.word
            elif words in _REFERRALS and last in (AGENCY, OFFICER):
                spans.append((here, here + 2, AGENCY))
        return self.written(spans)


def skeleton_of(source: Source, named: Iterable[Mention], roles: Iterable[Role]) -> Skeleton:
    """The skeleton of a field; `named` are the agencies the grammar found in it."""
    tokens = tuple(_tokens(source))
    made = Skeleton(source, tuple(_merged(tokens, _agencies(tokens, source, named))))
    for role in roles:
        made = made.with_role(role)
    return made.with_referrals()


def _tokens(source: Source) -> Iterator[Token]:
    for number, (start, end) in enumerate(source.sentences):
        if number:
            yield Token(_BREAK, start, start)
        for met in _TOKEN.finditer(source.low, start, end):
            yield Token(met.group(), met.start(), met.end())


def _agencies(tokens: Sequence[Token], source: Source, named: Iterable[Mention]) -> Iterator[Span]:
    starts = [token.start for token in tokens]
    reached = -1
    for mention in named:
        if mention.head == "military":
            continue
        first = max(bisect_right(starts, mention.start) - 1, reached + 1)
        last = bisect_left(starts, mention.end) - 1
        if first <= last:
            reached = _tail(tokens, last, source)
            yield first, reached, OFFICER if _is_head(source, mention) else AGENCY


def _is_head(source: Source, mention: Mention) -> bool:
    """Whether the words name the head of the agency, not the agency: "Cục trưởng THADS tỉnh"."""
    head = _HEAD_OF_FOLDED if source.is_folded else _HEAD_OF
    return head.match(source.low, mention.start) is not None


def _tail(tokens: Sequence[Token], last: int, source: Source) -> int:
    """The last token of the place that goes on behind an agency: "Bến Sông", ", tỉnh Thanh Giang"."""
    while True:
        here = last + 1
        if here < len(tokens) and tokens[here].word == ",":
            here += 1
            if _kind_at(tokens, here, source) == here:
                return last
        named = _kind_at(tokens, here, source)
        if named >= len(tokens) or not is_name(tokens[named], source):
            return last
        last = named


def _kind_at(tokens: Sequence[Token], here: int, source: Source) -> int:
    """The place behind a kind of place ("thị xã"), or the same place when none stands there."""
    for kind in _KINDS_FOLDED if source.is_folded else _KINDS:
        if tuple(token.word for token in tokens[here : here + len(kind)]) == kind:
            return here + len(kind)
    return here


def is_name(token: Token, source: Source) -> bool:
    """Whether a word is written like a name: with a capital, in a text that is not all capitals."""
    if token.word in _MARKS or role_letter(token.word):
        return False
    first = source.work[token.start]
    return (first.isupper() or first.isdigit()) and not source.is_shouted


def _merged(tokens: Sequence[Token], spans: Iterable[Span]) -> Iterator[Token]:
    here = 0
    for first, last, sign in spans:
        if first < here:
            continue
        yield from tokens[here:first]
        yield Token(sign, tokens[first].start, tokens[last].end)
        here = last + 1
    yield from tokens[here:]
