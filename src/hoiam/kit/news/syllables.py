"""Texts as syllables: the common ground of duplicates and stories."""

import re
import zlib

_SYLLABLE = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SHINGLE = 3
_DATELINE = re.compile(
    r"^\s*(?:\([\w.\s]{2,20}\)\s*[-–—:]?\s*|[\w.]{2,20}(?:\s[\w.]{1,12})?\s?[-–—]\s+)"
)


def syllables(text: str) -> list[str]:
    """The lower-case syllables and numbers of a text, marks kept.

    >>> syllables("Kê biên 1.200 m2 đất, ngày 5/4")
    ['kê', 'biên', '1.200', 'm2', 'đất', 'ngày', '5', '4']
    """
    return _SYLLABLE.findall(text.lower())


def syllable_spans(text: str) -> list[tuple[int, int]]:
    """Where each syllable stands in the text, in characters.

    >>> syllable_spans("Kê biên")
    [(0, 2), (3, 7)]
    """
    return [match.span() for match in _SYLLABLE.finditer(text.lower())]


def without_dateline(text: str) -> str:
    """The text without the paper's mark or the place before its first dash.

    >>> without_dateline("(BST) - Sáng nay"), without_dateline("Thanh Giang - Sáng nay")
    ('Sáng nay', 'Sáng nay')
    """
    return _DATELINE.sub("", text, count=1)


def shingles(words: list[str]) -> list[str]:
    """Runs of three syllables, the unit in which two texts are compared.

    >>> shingles(["thi", "hành", "án", "dân"])
    ['thi hành án', 'hành án dân']
    """
    if len(words) < _SHINGLE:
        return [" ".join(words)] if words else []
    return [f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)]


def hashed(runs: list[str]) -> list[int]:
    """32-bit hashes of shingles, small enough to keep a month of them; same on every machine."""
    return [zlib.crc32(run.encode()) for run in runs]


def numbers(words: list[str]) -> frozenset[str]:
    """The numbers among the syllables."""
    return frozenset(word for word in words if word[0].isdigit())
