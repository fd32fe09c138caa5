"""The cheap first gate: whether a text is worth reading at all."""

from functools import cache
from typing import Final

from hoiam.kit.vietnamese import fold, has_marks, nfc, squash, strip_marks

from .matcher import PlainMatcher, matcher

# Wide on purpose: a missed item is worse than one read in vain.
WORDS: Final = (
    "thi hành án",
    "thi hành dân sự",
    "thi hành bản án",
    "thi hành phán quyết",
    "thi hành được",
    "thi hành dán",
    "thi hành ánh",
    "thads",
    "t.h.a.d.s",
    "thahc",
    "tha ds",
    "tha dân sự",
    "tha tỉnh",
    "tha huyện",
    "tha tp",
    "tha quận",
    "cục tha",
    "quan tha",
    "đội tha",
    "phòng tha",
    "cán bộ tha",
    "chấp hành viên",
    "thừa hành viên",
    "kê biên",
    "phát mãi",
    "án hành chính",
    "cưỡng chế",
    "bản án dân sự",
    "theo bản án",
    "không chấp hành án",
    "theo phán quyết",
    "thắng kiện",
    "bàn giao căn nhà",
)


@cache
def _marked() -> PlainMatcher:
    return matcher(WORDS)


@cache
def _folded() -> PlainMatcher:
    return matcher(tuple(strip_marks(word) for word in WORDS))


def is_candidate(text: str) -> bool:
    """Whether a text has a word that enforcement of judgments is written with; wide, never narrow.

    >>> is_candidate("Cục THADS tỉnh tổ chức hội nghị"), is_candidate("Giá vàng hôm nay")
    (True, False)
    """
    if text.isascii():
        return _folded().any_in(" ".join(text.lower().split()))
    # No word of the gate has a tone that keyboards place in two ways; only the Icelandic letter stands for đ.
    low = squash(_joined(nfc(text).lower().replace("\u00f0", "đ")))
    if _marked().any_in(low):
        return True
    # Quotation marks and dashes are no marks of Vietnamese: who writes without any still prints them.
    return not has_marks(low) and _folded().any_in(fold(low))


def _joined(text: str) -> str:
    """The text with its line ends, single or double, made blanks: the parts of a report come so."""
    return text.replace("\n", " ").replace("  ", " ")
