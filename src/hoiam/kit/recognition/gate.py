"""The cheap first gate: whether a text is worth reading at all."""

from functools import cache
from typing import Final

from hoiam.kit.vietnamese import fold, nfc, normalise, strip_marks

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
    "cưỡng chế giao",
    "bản án dân sự",
    "theo bản án",
    "không chấp hành án",
    "người thắng kiện",
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
    if not text.isascii():
        low = nfc(text).lower()
        if _marked().any_in(low):
            return True
        # Spaces of other kinds and line ends inside a name are rare: worth a second look only then.
        if "\n" not in low and "\u00a0" not in low and "  " not in low:
            return bool(_is_plain(low)) and _folded().any_in(fold(low))
        return _marked().any_in(" ".join(normalise(low).split()))
    return _folded().any_in(" ".join(text.lower().split()))


def _is_plain(low: str) -> bool:
    return strip_marks(low) == low
