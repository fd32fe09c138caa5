"""Slips of the machine in words that stand together in state papers, and in the offices of signers."""

import re
from difflib import SequenceMatcher
from functools import cache

from hoiam.kit.papers.reading.cleaning import is_capitals
from hoiam.kit.papers.reading.words import listed
from hoiam.kit.vietnamese import fold

_ABOUT = re.compile(r"\W*[VW](?:\s?[/⁄]\s?[vV]?|4|v)\s+")
_CLOSE, _CLOSER = 0.8, 0.03


def mended(text: str) -> str:
    """The words with the marks they have in state papers, where the machine set others.

    >>> mended("CỤC QUẦN LÝ THỊ HÀNH ÁN DÂN SỰ"), mended("chạm nhất ngày 10/4/2026")
    ('CỤC QUẢN LÝ THI HÀNH ÁN DÂN SỰ', 'chậm nhất ngày 10/4/2026')
    """
    folded = fold(text)
    if len(folded) != len(text):
        return text
    for found in _phrases().finditer(folded):
        right = _by_letters()[found.group()]
        start, end = found.span()
        text = text[:start] + _as(text[start:end], right) + text[end:]
    return text


def about_of(text: str) -> str:
    """A line of the letterhead's left column whose opening "V/v" lost its stroke or its second letter, with it again.

    >>> about_of("V4 triển khai kế hoạch"), about_of("V⁄v đôn đốc"), about_of("Vụ Pháp chế")
    ('V/v triển khai kế hoạch', 'V/v đôn đốc', 'Vụ Pháp chế')
    """
    return _ABOUT.sub("V/v ", text)


@cache
def _by_letters() -> dict[str, str]:
    return {fold(each): each for each in listed("slips")["phrases"]}


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_by_letters(), key=len, reverse=True))})\b")


def _as(said: str, right: str) -> str:
    """The right marks on letters as large as they stand."""
    return "".join(
        two.upper() if one.isupper() else two for one, two in zip(said, right, strict=True)
    )


def office_of(text: str) -> str:
    """A line of capitals that comes closest to one office of signers, mended to it; any other line as it stands.

    >>> office_of("'TỔỐNG GỤC TRƯỞNG"), office_of("NGUYỄN VĂN AN")
    ('TỔNG CỤC TRƯỞNG', 'NGUYỄN VĂN AN')
    """
    right, words = re.match(r"((?:KT|TL|TUQ|TM|Q)\.\s*)?(.*)", text, re.S).groups()  # type: ignore[union-attr]
    said = re.sub(r"[^a-z ]", "", fold(words)).strip()
    if not is_capitals(text) or len(text) > 45 or not said:
        return text
    ranked = sorted(
        ((SequenceMatcher(None, said, fold(each)).ratio(), each) for each in listed("slips")["offices"]),
        reverse=True,
    )  # fmt: skip
    best, office = ranked[0]
    if best < _CLOSE or best - ranked[1][0] < _CLOSER:
        return text
    return f"{right or ''}{office.upper()}"
