"""Keys whose plain byte order is the order of a Vietnamese dictionary, for databases that have none."""

import re
from typing import Final
from unicodedata import decimal

from .alphabet import split_tone
from .folding import fold
from .normal import normalise

# Syllables and numbers are compared one by one; everything else only separates them.
_UNIT: Final = re.compile(r"[^\W\d_]+|\d+")
# "}" and "~" come after every letter, so ă follows az and â follows ăz.
_LETTERS: Final = str.maketrans(
    {"ă": "a}", "â": "a~", "đ": "d}", "ê": "e}", "ô": "o}", "ơ": "o~", "ư": "u}"}
)


def sort_key(text: str) -> str:
    """An ASCII key that sorts as the dictionary does: by syllable, letters before tones.

    Letters: a ă â b c d đ e ê g … o ô ơ … u ư v x y, with f j w z at their Latin places. Tones: ngang,
    huyền, hỏi, ngã, sắc, nặng. Numbers are compared by value and stand before letters.

    >>> sorted(["Ơn", "Đức", "Ăn", "Dung", "Ân", "Oanh", "An", "Ánh"], key=sort_key)
    ['An', 'Ánh', 'Ăn', 'Ân', 'Dung', 'Đức', 'Oanh', 'Ơn']
    >>> sort_key("Thi hành án 12")
    'thi0hanh1an40212'
    """
    return "".join(map(_unit_key, _UNIT.findall(normalise(text).lower())))


def person_sort_key(full_name: str) -> str:
    """The key of a person's name: the given name (the last word) first, then the words before it.

    >>> names = ["Trần Văn Ánh", "Lê Thị An", "Đỗ Bình An"]
    >>> sorted(names, key=person_sort_key)
    ['Đỗ Bình An', 'Lê Thị An', 'Trần Văn Ánh']
    """
    words = full_name.split()
    return f"{sort_key(' '.join(words[-1:]))} {sort_key(' '.join(words[:-1]))}"


def _unit_key(unit: str) -> str:
    if unit.isdecimal():
        digits = "".join(str(decimal(char)) for char in unit).lstrip("0") or "0"
        return f"{min(len(digits), 99):02d}{digits}"
    letters, tone = split_tone(unit)
    plain = "".join(char if char in "ăâđêôơư" else fold(char) for char in letters)
    coded = plain.translate(_LETTERS)
    return f"{coded.encode('ascii', 'backslashreplace').decode()}{tone}"
