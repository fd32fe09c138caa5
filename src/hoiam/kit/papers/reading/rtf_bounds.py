"""Bounds of RTF files: LibreOffice, which opens them, works for minutes on what no paper holds."""

import re

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.refusals import NotReadable

OPENS = b"{\\rtf"
MOST_GROUPS, MOST_DEPTH = 200_000, 200
MOST_BREAKS = 60_000  # paragraphs, cells and rows: eight hundred pages hold thirty thousand
_BRACE = re.compile(rb"(?<!\\)[{}]")
_BREAK = re.compile(rb"\\(?:par|cell|row|line|page|sect)(?![a-z])")
_BINARY = re.compile(rb"\\bin(\d{1,12})")


def refuse_endless(data: bytes) -> None:
    """Nothing for an RTF file of ordinary size and shape.

    Raises:
        NotReadable: it holds more, or is nested deeper, than any paper; or tells of bytes it does not have.
    """
    if any(int(found[1]) > len(data) - found.end() for found in _BINARY.finditer(data)):
        raise NotReadable(refusals.DAMAGED)
    if max(data.count(b"{"), data.count(b"}")) > MOST_GROUPS or _is_deep(data):
        raise NotReadable(refusals.ENDLESS_RTF)
    if sum(1 for _ in _BREAK.finditer(data)) > MOST_BREAKS:
        raise NotReadable(refusals.ENDLESS_RTF)


def _is_deep(data: bytes) -> bool:
    depth = 0
    for found in _BRACE.finditer(data):
        depth += 1 if found.group() == b"{" else -1
        if depth > MOST_DEPTH:
            return True
    return False
