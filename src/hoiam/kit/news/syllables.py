"""Texts as syllables: the common ground of duplicates and stories."""

import re
import zlib

_SYLLABLE = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_SHINGLE = 3


def syllables(text: str) -> list[str]:
    """The lower-case syllables and numbers of a text, marks kept.

    >>> syllables("Kê biên 1.200 m2 đất, ngày 5/4")
    ['kê', 'biên', '1.200', 'm2', 'đất', 'ngày', '5', '4']
    """
    return _SYLLABLE.findall(text.lower())


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
