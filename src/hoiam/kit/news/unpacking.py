"""Bytes that a server packed with gzip and said nothing about: unpacked within a bound, layer by layer."""

import zlib
from dataclasses import dataclass

from hoiam.kit.news import sentences

LARGEST = 64 * 1024 * 1024
_MAGIC = b"\x1f\x8b"
_LAYERS = 3
_STEP = 64 * 1024
_GZIP_WINDOW = 31


@dataclass(frozen=True)
class Unpacked:
    """The bytes as they were meant, and what was wrong with the packing."""

    data: bytes
    problems: tuple[str, ...] = ()


def unpacked(data: bytes, *, largest: int = LARGEST) -> Unpacked:
    """The bytes without their gzip layers, at most `largest` of them; others come back as they are.

    A packed file that is cut short or damaged gives what could be unpacked, with a sentence.

    >>> import gzip
    >>> unpacked(gzip.compress(gzip.compress(b"<rss/>"))).data
    b'<rss/>'
    """
    problems: list[str] = []
    for _ in range(_LAYERS):
        if not data.startswith(_MAGIC):
            break
        data, problem = _inflated(data, largest)
        if problem:
            problems.append(problem)
    return Unpacked(data, tuple(dict.fromkeys(problems)))


def _inflated(packed: bytes, largest: int) -> tuple[bytes, str]:
    """One layer, member after member."""
    out: list[bytes] = []
    size, rest = 0, packed
    while rest.startswith(_MAGIC):
        inflater = zlib.decompressobj(_GZIP_WINDOW)
        for start in range(0, len(rest), _STEP):
            try:
                piece = inflater.decompress(rest[start : start + _STEP], largest - size + 1)
            except zlib.error:
                return b"".join(out), sentences.TRUNCATED
            out.append(piece)
            size += len(piece)
            if size > largest:
                return b"".join(out)[:largest], _too_big(largest)
            if inflater.eof:
                break
        if not inflater.eof:
            return b"".join(out), sentences.TRUNCATED
        rest = inflater.unused_data + rest[start + _STEP :]
    return b"".join(out), ""


def _too_big(largest: int) -> str:
    return sentences.TOO_BIG.format(limit=largest // 1024**2)
