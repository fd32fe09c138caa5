"""Text in a lost charset: repaired where that is certain, flagged where letters are gone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .bytewise import class_table, to_bytes
from .charsets import from_tcvn3, from_vni, from_windows_1258
from .language import ENOUGH, OWN_LETTERS, is_vietnamese, own_letters
from .mojibake import looks_doubly_encoded, undo_double_utf8
from .normal import nfc
from .syllables import is_syllable

UNREADABLE: Final = "không đọc được bảng mã"
DOUBLE_UTF8: Final = "UTF-8 mã hóa nhiều lần → Unicode"
_TCVN3: Final = "TCVN3 (ABC) → Unicode"
_DECODERS: Final[dict[str, Callable[[str], str]]] = {
    _TCVN3: from_tcvn3,
    "VNI → Unicode": from_vni,
    "windows-1258 → Unicode": from_windows_1258,
}
_WORD: Final = re.compile("[A-Za-z\u00a1-\u00ff]+")
_SMALL: Final = re.compile("[a-z]")
_CAPITAL: Final = re.compile("[A-Z]")
_HORNED_O: Final = re.compile("[ơờởỡớợ]")
_MOSTLY: Final = 0.8
_HALF: Final = 0.5
# "C?ng hòa", "Th? sáu": a letter gone inside a word, or a word that has lost its vowel.
_QUESTION_MARK: Final = re.compile(
    r"(?<![\w/.?=&%-])([^\W\d_]+)\?([^\W\d_A-ZĐ?]\w*)?(?![\w/.?=&%-])"
)
_ONSETS: Final = frozenset(["ng", "ngh", "nh", "ch", "gh", "kh", "ph", "th", "tr"])
_LOST: Final = re.compile("[\ufffd\x80-\x84\x86-\x9f]")
# A quick look for sound Vietnamese: 1 for its own letters, s for what may be half of a letter encoded twice.
_SOUND: Final = class_table({"1": OWN_LETTERS, "s": "ÃÂÌ?»", "\n": "\n"}, other="0")


@dataclass(frozen=True)
class Repair:
    """What became of a text.

    Attributes:
        text: NFC text, repaired as far as possible.
        steps: what was done, in order, in words.
        problem: why the text still cannot be trusted; None when it can.
    """

    text: str
    steps: tuple[str, ...] = ()
    problem: str | None = None


def repair(text: str) -> Repair:
    """The text as it was meant, with what was done to it and what could not be mended.

    Bias: proper Vietnamese, English, French and German come back untouched; a garbled stretch too
    short to be sure of is left alone.

    >>> repair("Thi hµnh ¸n d©n sù")
    Repair(text='Thi hành án dân sự', steps=('TCVN3 (ABC) → Unicode',), problem=None)
    >>> repair("Thi h\ufffdnh án").problem
    'không đọc được bảng mã'
    """
    text = nfc(text)
    if _is_sound(text):
        return Repair(text)
    steps: list[str] = []
    undone = undo_double_utf8(text)
    if undone != text:
        text, steps = nfc(undone), [DOUBLE_UTF8]
    garbled = text
    if not text.isascii():
        text, charsets = _from_old_charset(text)
        steps += charsets
    damaged = _is_damaged(text) or (_TCVN3 in steps and _lost_soft_hyphens(garbled, text))
    return Repair(text, tuple(steps), UNREADABLE if damaged else None)


def _is_sound(text: str) -> bool:
    """Whether every line of a text is plainly Vietnamese and no sign of a fault stands in it: most texts, at a tenth of the price."""
    coded = to_bytes(text)
    if coded is None:
        return False  # letters of old charsets, control signs and lost letters are not common
    classes = coded.translate(_SOUND)
    return b"s" not in classes and all(
        line.count(b"1") > ENOUGH * len(line) for line in classes.split(b"\n") if line
    )


def _is_damaged(text: str) -> bool:
    asked = "?" in text and any(map(_ate_a_letter, _QUESTION_MARK.finditer(text)))
    return bool(asked or _LOST.search(text) or looks_doubly_encoded(text))


def _ate_a_letter(found: re.Match[str]) -> bool:
    """Whether the question mark stands for a letter, and is not a question without a blank behind."""
    left, right = found[1].lower(), (found[2] or "").lower()
    if not right:
        return left in _ONSETS
    return not (is_syllable(left) and is_syllable(right))


def _lost_soft_hyphens(garbled: str, text: str) -> bool:
    """Whether cleaners took TCVN3's ư, a soft hyphen: "nước" is then "nớc", and "người" looks right."""
    words = re.findall(r"[^\W\d_]{2,8}", text.lower())
    return "\u00ad" not in garbled and any(
        not is_syllable(word) and _lacks_u(word) for word in words
    )


def _lacks_u(word: str) -> bool:
    return is_syllable(_HORNED_O.sub(r"ư\g<0>", word, count=1))


def _from_old_charset(text: str) -> tuple[str, list[str]]:
    """The text decoded as a whole, else line by line: old documents are pasted into new ones."""
    if not is_vietnamese(text) and (name := _charset(text)):
        return _decode(text, name), [name]
    if "\n" not in text:
        return text, []
    lines, used = [], []
    for line in text.split("\n"):
        name = None if line.isascii() or is_vietnamese(line) else _charset(line)
        lines.append(_decode(line, name) if name else line)
        used += [name] if name and name not in used else []
    return "\n".join(lines), used


def _charset(text: str) -> str | None:
    """The old charset whose decoding turns the marked words into Vietnamese syllables."""
    words = _WORD.findall(text)
    marked = {word for word in words if not word.isascii()}
    plain = {word for word in words if word.isascii()}
    unclear = {word for word in marked if not is_syllable(word.lower())}
    if len(unclear) < _HALF * len(marked) or not unclear:
        return None
    name, gained = max(
        ((name, _gained(unclear, decode)) for name, decode in _DECODERS.items()),
        key=lambda pair: pair[1],
    )
    sure = gained > 1 or (all(is_syllable(word.lower()) for word in plain) and len(plain) > 0)
    return name if gained >= _MOSTLY * len(unclear) and sure else None


def _gained(words: set[str], decode: Callable[[str], str]) -> int:
    decoded = [nfc(decode(word)).lower() for word in words]
    return sum(is_syllable(word) or _lacks_u(word) for word in decoded)


def _decode(text: str, name: str) -> str:
    return "\n".join(_decode_line(line, _DECODERS[name]) for line in text.split("\n"))


def _decode_line(line: str, decode: Callable[[str], str]) -> str:
    in_capitals = len(_CAPITAL.findall(line)) > len(_SMALL.findall(line))

    def one(found: re.Match[str]) -> str:
        word = found.group()
        if word.isascii() or own_letters(word):
            return word
        decoded = nfc(decode(word))
        # TCVN3 has no capital vowels with tones: a font drew them, so the case is in the neighbours.
        capital = not _SMALL.search(word) and (in_capitals or len(_CAPITAL.findall(word)) > 1)
        return decoded.upper() if capital else decoded

    return _WORD.sub(one, line)
