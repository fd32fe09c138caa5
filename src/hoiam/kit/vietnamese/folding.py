"""Text without marks for matching, letter for letter, so that a place in the copy is a place in the text."""

import re
import unicodedata
from typing import Final

from .alphabet import MARKED_LETTERS
from .bytewise import COMMON, from_bytes, to_bytes

_PLAIN_D: Final = {"đ": "d", "Đ": "D", "\u00f0": "d", "\u00d0": "D"}
_UNCACHED_FROM: Final = 0x3000
_NOT_SLUG: Final = re.compile(r"[^a-z0-9]+")
_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalnum())


def _bare(char: str) -> str:
    """The letter without its marks, one character for one."""
    if char in _PLAIN_D:
        return _PLAIN_D[char]
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() and base.isalpha() else char


def _bare_lower(char: str) -> str:
    # Folding first keeps "İ" one character long: its own lower case has two.
    lowered = _bare(char).lower()
    return lowered if len(lowered) == 1 else char


class _Table(dict[int, str]):
    """Translation of any character, computed when first met."""

    def __init__(self, lower: bool) -> None:
        super().__init__()
        self._of = _bare_lower if lower else _bare

    def __missing__(self, code: int) -> str:
        char = self._of(chr(code))
        if code < _UNCACHED_FROM:  # a hostile text must not fill the memory with rare characters
            self[code] = char
        return char


# What stands for each byte of common text: two passes in C, ten times the speed of a dict.
_BARE_LETTERS: Final = "".join(map(_bare, COMMON))
_FOLDED_LETTERS: Final = "".join(map(_bare_lower, COMMON))
_BARE_TABLE: Final = _Table(lower=False)
_MARKED: Final = re.compile(f"[{MARKED_LETTERS}]")
_FOLDED_TABLE: Final = _Table(lower=True)


def fold(text: str) -> str:
    """The text in lower case without marks, đ as d; for NFC text exactly as long as the text.

    >>> fold("Đình chỉ THI HÀNH ÁN")
    'dinh chi thi hanh an'
    """
    if text.isascii():
        return text.lower()
    return _map(text, _FOLDED_LETTERS, _FOLDED_TABLE)


def letters_of(text: str) -> str:
    """The letters and digits of the NFC text alone, folded: two headings that differ only in signs are one.

    >>> letters_of("Đấu giá – kỳ 2!")
    'daugiaky2'
    """
    return fold(text).encode("ascii", "ignore").translate(None, _NO_LETTERS).decode()


def strip_marks(text: str) -> str:
    """The text without marks, its case kept, exactly as long as the NFC text.

    >>> strip_marks("Đình chỉ THI HÀNH ÁN")
    'Dinh chi THI HANH AN'
    """
    if text.isascii():
        return text
    return _map(text, _BARE_LETTERS, _BARE_TABLE)


def has_marks(text: str) -> bool:
    """Whether some letter of the text carries a mark or is đ.

    >>> has_marks("thi hanh an"), has_marks("thi hành an")
    (False, True)
    """
    # In a Vietnamese text one of the first words tells.
    return (
        _MARKED.search(text) is not None or strip_marks(unicodedata.normalize("NFC", text)) != text
    )


def slug(text: str) -> str:
    """The text as it stands in an address: plain lower-case words joined by hyphens.

    >>> slug("Đấu giá tài sản – kỳ 2")
    'dau-gia-tai-san-ky-2'
    """
    return _NOT_SLUG.sub("-", fold(unicodedata.normalize("NFC", text))).strip("-")


def _map(text: str, letters: str, table: _Table) -> str:
    coded = to_bytes(text)
    return text.translate(table) if coded is None else from_bytes(coded, letters)
