"""Words with which a paper itself takes something back, as against reports of somebody asking it to."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from hoiam.kit.news.corrections.nearness import words_of
from hoiam.kit.news.corrections.values import data
from hoiam.kit.vietnamese import fold

_LINE = re.compile(r"[^\n]+")
_STOP = re.compile(r"[.!?;\n]")
_FARTHEST = 400  # letters before the words that are read for who asked
Span = tuple[int, int]


def headings(text: str, known: Sequence[str], *, is_title: bool = False) -> Iterator[Span]:
    """Where a heading stands: at the head of the title, or on a short line of its own."""
    wanted = re.compile("|".join(_loose(heading) for heading in known))
    for line in _LINE.finditer(fold(text)):
        found = wanted.search(line[0])
        if found is None or words_of(line[0][: found.start()]):
            continue
        if is_title or len(words_of(line[0])) <= data()["heading_words"]:
            yield line.start() + found.start(), line.start() + found.end()


def own_words(text: str) -> Iterator[Span]:
    """Where the paper says that it corrects."""
    return _said(text, "own_words")


def apologies(text: str) -> Iterator[Span]:
    """Where the paper apologises."""
    return _said(text, "apologies")


def asked_of_it(text: str) -> bool:
    """Whether the text tells of somebody who asks for a correction or an apology."""
    folded = fold(text)
    found = [*_pattern("own_words").finditer(folded), *_pattern("apologies").finditer(folded)]
    found += re.finditer(r"\b(?:cai chinh|dinh chinh|xin loi)\b", folded)
    return any(_is_asked(folded, each.start()) for each in found)


def _said(text: str, part: str) -> Iterator[Span]:
    folded = fold(text)
    for found in _pattern(part).finditer(folded):
        if not _is_asked(folded, found.start()):
            yield found.span()


def _is_asked(folded: str, at: int) -> bool:
    """Whether the words at this place are asked of the paper, or denied, by what stands before them."""
    before = _STOP.split(folded[max(0, at - _FARTHEST) : at])[-1]
    if re.search(rf",\s*(?:{_any('speakers')})\b", before):
        return False
    words = [word.text for word in words_of(before)]
    near = " ".join(words[-data()["denied_within"] :])
    if re.search(rf"\b(?:{_any('denied')})\b", near):
        return True
    far = " ".join(words[-data()["asked_within"] :])
    asked = re.finditer(rf"\b(?:{_any('asked')})\b", far)
    leads = rf"\b(?:{_any('following')})(?: \w+)?\s*$"
    return any(not re.search(leads, far[: found.start()]) for found in asked)


@cache
def _pattern(part: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(part)})\b")


@cache
def _any(part: str) -> str:
    longest = sorted(data()[part], key=len, reverse=True)
    return "|".join(_loose(words) for words in longest)


def _loose(words: str) -> str:
    """The words with any spaces, commas and quotes between them."""
    return r"\W+".join(re.escape(word) for word in re.findall(r"\w+", fold(words)))
