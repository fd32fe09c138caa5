"""Common text as one byte a letter: whole-text questions then run in C, tens of times faster."""

import codecs
from typing import Final

from .alphabet import MARKED_LETTERS

# Signs that newspapers print beside the letters; with them almost every text is common text.
_SIGNS: Final = "\u00a0\u200b“”‘’–—…•°²·«»"
COMMON: Final = "\0\t\n\r" + "".join(map(chr, range(32, 127))) + MARKED_LETTERS + _SIGNS
_TO_BYTES: Final = codecs.charmap_build(COMMON)


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


def class_table(classes: dict[str, str], other: str) -> bytes:
    """A table for bytes.translate that names the class of each common character.

    Args:
        classes: the characters of each class, by the one-character name of the class.
        other: the name for all the rest.
    """
    of = {char: name for name, chars in classes.items() for char in chars}
    table = "".join(of.get(char, other) for char in COMMON).ljust(256, other)
    return table.encode("ascii")
