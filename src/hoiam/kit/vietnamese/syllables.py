"""What a Vietnamese syllable can be, so that decoders can tell a word from an accident."""

import re
from functools import lru_cache
from typing import Final

from .alphabet import NANG, SAC, split_tone
from .wordlists import read_words

_RIMES: Final = read_words("rimes.txt")
_QU_RIMES: Final = _RIMES - {rime for rime in _RIMES if rime[0] in "uư"} | {"ôc", "âu"}
_SYLLABLE: Final = re.compile(
    r"(ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdđghklmnpqrstvx]|)([aăâeêioôơuưy][a-zăâđêôơư]*)"
)
_FRONT: Final = frozenset("eêiy")


@lru_cache(maxsize=1 << 16)
def is_syllable(word: str) -> bool:
    """Whether the lower-case NFC word is spelt as a Vietnamese syllable, tone included.

    >>> is_syllable("nghiêng"), is_syllable("thuế"), is_syllable("gì"), is_syllable("đix")
    (True, True, True, False)
    """
    letters, tone = split_tone(word)
    found = _SYLLABLE.fullmatch(letters)
    if found is None:
        return False
    onset, rime = found.groups()
    if rime.endswith(("c", "ch", "p", "t")) and tone not in {0, SAC, NANG}:
        return False
    if onset == "qu":
        return rime in _QU_RIMES
    if onset == "gi" and rime in _RIMES:
        return rime[0] not in "iy"
    if letters in {"gi", "gin", "giêng", "giêt", "giêm", "giêc"}:
        return True
    return rime in _RIMES and _spelling_agrees(onset, rime)


def _spelling_agrees(onset: str, rime: str) -> bool:
    front = rime[0] in _FRONT
    if onset in {"c", "g", "ng"}:
        return not front
    if onset in {"k", "gh", "ngh"}:
        return front
    return onset not in {"q", "gi"}
