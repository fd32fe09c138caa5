"""One normal form of Vietnamese text: NFC letters, tone marks placed the old way (hòa, thủy)."""

import re
import unicodedata
from typing import Final

from .alphabet import PARTS, put_tone
from .bytewise import COMMON, class_table, is_printed, to_bytes_roughly

_ENDS = r"(?![^\W\d_])"


def _class(letters: str, *, toned: bool) -> str:
    both = letters + letters.upper()
    return "".join(c for c, (vowel, tone) in PARTS.items() if vowel in both and bool(tone) == toned)


# hoà, khoẻ, thuỷ: the mark stands on the last letter of an open syllable. In "quý" the u belongs to
# the consonant, so the y keeps its mark.
_NEW_STYLE: Final = re.compile(
    rf"(?:[oO][{_class('ae', toned=True)}]|(?<![qQ])[uU][{_class('y', toned=True)}]){_ENDS}"
)
# tòan, hùynh, ngòai: old keyboards left the mark before a closing letter; no style allows it.
_BEFORE_CODA: Final = re.compile(
    rf"(?:[{_class('o', toned=True)}][aăeAĂE]|(?<![qQ])[{_class('u', toned=True)}][yY])"
    rf"(?=(?:n[gh]?|ch?|m|t|p|i|y|o|u|N[GH]?|CH?|M|T|P|I|Y|O|U){_ENDS})"
)
# qúy, gìa: the mark stands on a letter of the consonant.
_ON_CONSONANT: Final = re.compile(
    rf"(?<=[qQ])[{_class('u', toned=True)}][{_class('aăâeêơy', toned=False)}]"
    rf"|(?<=[gG])[{_class('i', toned=True)}][aoôơuưAOÔƠUƯ]"
)
# A quick look for texts that need none of the three; e stands for a, ă and e, capitals for toned ones.
_CLASSES: Final = class_table(
    {
        " ": "".join(char for char in COMMON if not char.isalpha()),
        "o": "oO",
        "u": "uU",
        "q": "qQ",
        "g": "gG",
        "e": _class("aăe", toned=False),
        "y": "yY",
        "E": _class("ae", toned=True),
        "Y": _class("y", toned=True),
        "O": _class("o", toned=True),
        "U": _class("u", toned=True),
        "I": _class("i", toned=True),
    },
    other="x",
)


def nfc(text: str) -> str:
    """The text in Unicode NFC, each letter one character.

    >>> len(nfc("ba\u0300"))
    2
    """
    return unicodedata.normalize("NFC", text)


def normalise(text: str) -> str:
    """The text in NFC with old-style tone placement; white space and length of the NFC text are kept.

    >>> normalise("Uỷ ban hoà giải, quý hoàn thuỷ")
    'Ủy ban hòa giải, quý hoàn thủy'
    >>> normalise("Nam \u00d0ịnh")
    'Nam Định'
    """
    text = unicodedata.normalize("NFC", text)
    if text.isascii():
        return text
    if "\u00d0" in text or "\u00f0" in text:  # the Icelandic letter some keyboards give for Đ
        text = text.replace("\u00d0", "Đ").replace("\u00f0", "đ")
    classes = to_bytes_roughly(text).translate(_CLASSES) + b" "
    if b"oE " in classes or classes.count(b"uY ") > classes.count(b"quY "):
        text = _NEW_STYLE.sub(_to_first, text)
    if _inside(classes, b"Oe") or _inside(classes, b"Uy"):
        text = _BEFORE_CODA.sub(_to_second, text)
    if b"qU" in classes or _inside(classes, b"gI"):
        text = _ON_CONSONANT.sub(_to_second, text)
    return text


def _inside(classes: bytes, pair: bytes) -> bool:
    """Whether the pair stands somewhere with a letter behind it."""
    return classes.count(pair) > classes.count(pair + b" ")


def squash(text: str) -> str:
    """The text with every run of white space made one blank, none at the ends.

    >>> squash("  Thi hành\\n án\\u00a0dân sự ")
    'Thi hành án dân sự'
    """
    # The questions before the work are much cheaper than the work.
    if "  " not in text and "\n" not in text and is_printed(text):
        return text.strip(" ")
    return " ".join(text.split())


def _to_first(found: re.Match[str]) -> str:
    pair = found.group()
    vowel, tone = PARTS[pair[1]]
    return put_tone(pair[0], tone) + vowel


def _to_second(found: re.Match[str]) -> str:
    pair = found.group()
    vowel, tone = PARTS[pair[0]]
    return vowel + put_tone(pair[1], tone)
