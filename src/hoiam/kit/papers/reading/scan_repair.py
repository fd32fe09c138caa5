"""Slips of the machine in words that stand together in state papers, and in the offices of signers."""

import re
from difflib import SequenceMatcher
from functools import cache

from hoiam.kit.papers.reading.cleaning import is_capitals
from hoiam.kit.papers.reading.units import begins_with_body
from hoiam.kit.papers.reading.words import listed
from hoiam.kit.vietnamese import fold

_ABOUT = re.compile(r"\W*[VW](?:\s?[/⁄]\s?[vV]?|4|v)\s+")
_RIGHT = re.compile(r"((?:KT|TL|TUQ|TM|Q)\.\s*)?(.*)", re.S)
_NEAR = {"offices": 0.8, "bodies": 0.9}
_CLOSER = 0.03
_OFFICE_WORDS = (2, 3, 4)
_PROVINCE = re.compile(r"^T[IÍÌĨỊ]NH(?= )")  # opens the second line of a body's name


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
    """A line of capitals that comes closest to one office of signers, with a body behind it or none, mended to it.

    Any other line as it stands.

    >>> office_of("'TỔỐNG GỤC TRƯỞNG"), office_of("NGUYỄN VĂN AN")
    ('TỔNG CỤC TRƯỞNG', 'NGUYỄN VĂN AN')
    """
    right, words = _RIGHT.match(text).groups()  # type: ignore[union-attr]
    if not is_capitals(text):
        return text
    if office := _closest(words, "offices"):
        return f"{right or ''}{office.upper()}"
    for count in _OFFICE_WORDS:
        head, body = " ".join(words.split()[:count]), " ".join(words.split()[count:])
        if body and begins_with_body(body) and (office := _closest(head, "offices")):
            return f"{right or ''}{office.upper()} {body}"
    return text


def is_office(text: str) -> bool:
    """Whether a line of capitals names an office of signers, or opens with the right they sign in."""
    right, words = _RIGHT.match(text).groups()  # type: ignore[union-attr]
    return is_capitals(text) and (bool(right) or _closest(words, "offices") is not None)


def body_of(text: str) -> str:
    """A line of capitals that comes closest to one body that heads letters, mended to it; any other line as it stands.

    >>> body_of("SỞ TƯ PHÁAP"), body_of("SỞ TÀI CHÍNH"), body_of("BỘ TƯPHÁP_")
    ('SỞ TƯ PHÁP', 'SỞ TÀI CHÍNH', 'BỘ TƯ PHÁP')
    """
    if not is_capitals(text):
        return text
    body = _closest(text, "bodies")
    return body.upper() if body else _PROVINCE.sub("TỈNH", text)


def _closest(words: str, among: str) -> str | None:
    """The one of a list these words come closest to, and clearly closer than to any other; None when none is near."""
    said = re.sub(r"[^a-z ]", "", fold(words)).strip()
    if not said or len(said) > 45:
        return None
    ranked = sorted(
        ((SequenceMatcher(None, said, fold(each)).ratio(), each) for each in listed("slips")[among]),
        reverse=True,
    )  # fmt: skip
    best, name = ranked[0]
    return None if best < _NEAR[among] or best - ranked[1][0] < _CLOSER else name
