"""The Vietnamese letters: vowels with their six tones, and the way between a letter and its parts."""

import unicodedata
from typing import Final

VOWELS: Final = "aăâeêioôơuưy"
# Dictionary order of the tones: ngang, huyền, hỏi, ngã, sắc, nặng.
TONE_MARKS: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
NO_TONE, HUYEN, HOI, NGA, SAC, NANG = range(6)


def _toned(letter: str, tone: int) -> str:
    return unicodedata.normalize("NFC", letter + TONE_MARKS[tone])


# Every vowel of both cases with its tone: "ề" -> ("ê", HUYEN).
PARTS: Final[dict[str, tuple[str, int]]] = {
    _toned(vowel, tone): (vowel, tone) for vowel in VOWELS + VOWELS.upper() for tone in range(6)
}
TONED: Final[dict[tuple[str, int], str]] = {parts: letter for letter, parts in PARTS.items()}
# The 134 letters that plain ASCII lacks, both cases.
MARKED_LETTERS: Final = "".join(
    sorted({letter for letter in PARTS if not letter.isascii()} | set("đĐ"))
)


def split_tone(text: str) -> tuple[str, int]:
    """The text without tone marks, and the first tone it carried.

    >>> split_tone("hoàn")
    ('hoan', 1)
    >>> split_tone("đường")
    ('đương', 1)
    """
    found = NO_TONE
    letters = []
    for char in text:
        letter, tone = PARTS.get(char, (char, NO_TONE))
        letters.append(letter)
        found = found or tone
    return "".join(letters), found


def put_tone(letter: str, tone: int) -> str:
    """The vowel with that tone; any other letter comes back unchanged.

    >>> put_tone("ê", SAC)
    'ế'
    """
    return TONED.get((letter, tone), letter)
