"""Common text as one byte a letter: whole-text questions then run in C, tens of times faster."""

import codecs
import re
from typing import Final

from .alphabet import MARKED_LETTERS

# Signs that newspapers print beside the letters; with them almost every text is common text.
_SIGNS: Final = "\u00a0\u200b“”‘’–—…•°²·«»"
COMMON: Final = "\0\t\n\r" + "".join(map(chr, range(32, 127))) + MARKED_LETTERS + _SIGNS
_TO_BYTES: Final = codecs.charmap_build(COMMON)

# Places of what is seen on paper, and of the line end.
_PRINTED: Final = bytes(
    place for place, sign in enumerate(COMMON) if sign == "\n" or sign.isprintable()
)
# The same without what marks a line end or, in a rough reading, a sign that is not common.
_PRINTED_IN_LINES: Final = bytes(place for place in _PRINTED if COMMON[place] not in "\n?")
_LINE_END: Final = bytes([COMMON.index("\n")])
_WORD: Final = re.compile(r"[^\W_]+")
_BLANK: Final = bytes([COMMON.index(" ")])
# Words in lower case; what stands between them as the byte that `bytes.split` knows, which is no letter's place.
_SMALL_WORDS: Final = bytes(
    COMMON.index(sign.lower()) if sign.isalnum() else ord(" ") for sign in COMMON
).ljust(256)


def to_bytes(text: str) -> bytes | None:
    """One byte for each character, its place in COMMON; None when some character is not common.

    >>> len(to_bytes("đấu giá")), to_bytes("価")
    (7, None)
    """
    try:
        return codecs.charmap_encode(text, "strict", _TO_BYTES)[0]
    except UnicodeEncodeError:
        return None


def to_bytes_roughly(text: str) -> bytes:
    """One byte for each character, a question mark for those that are not common."""
    return codecs.charmap_encode(text, "replace", _TO_BYTES)[0]


def from_bytes(coded: bytes, alphabet: str) -> str:
    """The text in which each byte is the character at its place in the alphabet.

    >>> from_bytes(to_bytes("đấu giá"), COMMON)
    'đấu giá'
    """
    return codecs.charmap_decode(coded, "strict", alphabet)[0]


def is_printed(text: str) -> bool:
    """Whether a text holds nothing but common letters, signs, blanks and line ends; False says only: look closer.

    Five times cheaper than str.isprintable, which asks letter by letter.

    >>> is_printed("Kê biên\\ntài sản"), is_printed("tài\u00a0sản"), is_printed("価")
    (True, False, False)
    """
    coded = to_bytes(text)
    return coded is not None and not coded.translate(None, _PRINTED)


def strange_lines(text: str) -> list[int]:
    """The numbers, from 0, of the lines of which `is_printed` is not true; one question for the whole text.

    >>> strange_lines("Kê biên?\\ntài\u00a0sản\\n価")
    [1, 2]
    """
    coded = to_bytes_roughly(text.replace("?", "."))
    strange = coded.translate(None, _PRINTED_IN_LINES).split(_LINE_END)
    return [number for number, signs in enumerate(strange) if signs]


def small_words(text: str, longest: int) -> str:
    """The words of a text in lower case on one line, a blank between two; of a longer word only its beginning.

    >>> small_words("Số 37/2023/QĐ-TTg, tại 価_1", 3)
    'số 37 202 qđ ttg tại 価 1'
    """
    coded = to_bytes(text)
    if coded is None:
        return " ".join([word[:longest] for word in _WORD.findall(text.lower())])
    words = coded.translate(_SMALL_WORDS).split()
    if max(map(len, words), default=0) > longest:
        words = [word[:longest] for word in words]
    return from_bytes(_BLANK.join(words), COMMON)


def class_table(classes: dict[str, str], other: str) -> bytes:
    """A table for bytes.translate that names the class of each common character.

    Args:
        classes: the characters of each class, by the one-character name of the class.
        other: the name for all the rest.
    """
    of = {char: name for name, chars in classes.items() for char in chars}
    table = "".join(of.get(char, other) for char in COMMON).ljust(256, other)
    return table.encode("ascii")
