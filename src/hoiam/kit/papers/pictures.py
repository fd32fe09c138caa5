"""Charts as PNG pictures, drawn without any library: numbered horizontal bars with their figures.

Letters are left to the document: each bar carries the number of its row in the table or list beside it, so that the
picture needs no font and reads the same on every machine.
"""

import struct
import zlib
from collections.abc import Sequence
from decimal import Decimal

from hoiam.kit.vietnamese import show_number

WIDTH, ROW, GAP = 1600, 52, 12
_LEFT, _RIGHT, _DOT = 110, 260, 4
_WHITE, _BAR, _INK, _LINE = range(4)
_PALETTE = bytes.fromhex("ffffff2f5d8a1a1a1ac8ced6")
# 5 × 7 dots, a number a row, the highest bit on the left.
_DIGITS = {
    "0": (14, 17, 19, 21, 25, 17, 14), "1": (4, 12, 4, 4, 4, 4, 14), "2": (14, 17, 1, 2, 4, 8, 31),
    "3": (31, 2, 4, 2, 1, 17, 14), "4": (2, 6, 10, 18, 31, 2, 2), "5": (31, 16, 30, 1, 1, 17, 14),
    "6": (6, 8, 16, 30, 17, 17, 14), "7": (31, 1, 2, 4, 8, 8, 8), "8": (14, 17, 17, 14, 17, 17, 14),
    "9": (14, 17, 17, 15, 1, 2, 12), ".": (0, 0, 0, 0, 0, 12, 12), ",": (0, 0, 0, 0, 12, 4, 8),
    "-": (0, 0, 0, 31, 0, 0, 0),
}  # fmt: skip


def bar_chart(values: Sequence[Decimal | int]) -> bytes:
    """A PNG of one bar a value, top to bottom, numbered from 1; a value below zero has no bar.

    >>> bar_chart([3, 1])[:8] == b"\\x89PNG\\r\\n\\x1a\\n"
    True
    """
    top = max([Decimal(1), *(Decimal(value) for value in values)])
    height = max(1, len(values)) * (ROW + GAP) + GAP
    dots = [bytearray(WIDTH) for _ in range(height)]
    _box(dots, _LEFT - 6, 0, 3, height, _LINE)
    room = WIDTH - _LEFT - _RIGHT
    for place, value in enumerate(values):
        up = GAP + place * (ROW + GAP)
        length = max(0, int(Decimal(value) / top * room))
        _box(dots, _LEFT, up, length, ROW, _BAR)
        number = str(place + 1)
        _write(dots, number, _LEFT - 20 - _length(number), up + 12)
        _write(dots, show_number(Decimal(value)), _LEFT + length + 16, up + 12)
    return _png(dots)


def _length(text: str) -> int:
    return len(text) * 6 * _DOT


def _box(dots: list[bytearray], left: int, up: int, width: int, height: int, ink: int) -> None:
    left, right = max(0, left), min(WIDTH, left + width)
    for row in dots[up : up + height]:
        row[left:right] = bytes([ink]) * max(0, right - left)


def _write(dots: list[bytearray], text: str, left: int, up: int) -> None:
    for at, letter in enumerate(text):
        for down, bits in enumerate(_DIGITS.get(letter, ())):
            for across in range(5):
                if bits & (16 >> across):
                    x = left + (at * 6 + across) * _DOT
                    _box(dots, x, up + down * _DOT, _DOT, _DOT, _INK)


def _png(dots: list[bytearray]) -> bytes:
    head = struct.pack(">IIBBBBB", WIDTH, len(dots), 8, 3, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in dots), 9)
    parts = ((b"IHDR", head), (b"PLTE", _PALETTE), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
