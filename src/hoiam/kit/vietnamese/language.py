"""Whether a text is Vietnamese, from its letters alone."""

from typing import Final

from .alphabet import MARKED_LETTERS
from .bytewise import class_table, to_bytes_roughly
from .normal import nfc

# Letters that no other language of the press shares.
OWN_LETTERS: Final = "".join(c for c in MARKED_LETTERS if c > "\u00ff" and c not in "ĩĨũŨ")
_OWN: Final = class_table({"1": OWN_LETTERS}, other="0")
ENOUGH: Final = 0.02
"""The share of its own letters from which on a text is Vietnamese."""


def own_letters(text: str) -> int:
    """How many letters of the NFC text only Vietnamese has.

    >>> own_letters("Đấu giá")
    2
    """
    return to_bytes_roughly(text).translate(_OWN).count(b"1")


def is_vietnamese(text: str) -> bool:
    """Whether the text is Vietnamese written with its marks; text without marks is not recognised.

    >>> is_vietnamese("Đấu giá tài sản"), is_vietnamese("Dau gia tai san"), is_vietnamese("Le café")
    (True, False, False)
    """
    text = nfc(text)
    return not text.isascii() and own_letters(text) > ENOUGH * len(text)
