"""Streams of a PDF that unpack to more than any page's words, found before its reader unpacks them whole."""

import re
import zlib

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.limits import MIB
from hoiam.kit.papers.reading.refusals import NotReadable

MOST_OF_ONE, MOST_OF_ALL = (
    12 * MIB,
    48 * MIB,
)  # pictures left out: the reader of words never unpacks them
_STEP = MIB
_DICTIONARY = 2000  # bytes before a stream in which its dictionary stands
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl\b)")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")


def refuse_bombs(data: bytes) -> None:
    """Nothing for a PDF of ordinary size.

    Raises:
        NotReadable: one stream, or all of them, would unpack to too much.
    """
    whole = 0
    for found in _STREAM.finditer(data):
        said = data[max(0, found.start() - _DICTIONARY) : found.start()].rpartition(b" obj")[2]
        filters = len(_FLATE.findall(said))
        if filters == 0 or _PICTURE.search(said):
            continue
        whole += _unpacked(data, found.end(), filters)
        if whole > MOST_OF_ALL:
            raise NotReadable(refusals.BOMB)


def _unpacked(data: bytes, start: int, filters: int) -> int:
    """How many bytes the stream at this place gives, kept nowhere; 0 for what is no such stream."""
    first, count = zlib.decompressobj(), 0
    later = zlib.decompressobj() if filters > 1 else None
    rest: bytes = data[start : start + _STEP]
    at = start + len(rest)
    try:
        while rest and not first.eof:
            out = first.decompress(rest, _STEP)
            count += len(out) if later is None else len(later.decompress(out, MOST_OF_ONE + 1))
            if count > MOST_OF_ONE:
                raise NotReadable(refusals.BOMB)
            rest = first.unconsumed_tail
            if not rest:
                rest = data[at : at + _STEP]
                at += len(rest)
    except zlib.error:
        return count
    return count
