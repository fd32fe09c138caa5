"""Plain text in any Vietnamese charset as paragraphs and tables."""

import codecs
import re

from hoiam.kit.papers.reading.sheet import Block, Box, Grid
from hoiam.kit.papers.reading.streams import with_tables
from hoiam.kit.vietnamese import is_vietnamese, nfc, repair

# The mark of UTF-32 opens with that of UTF-16.
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_SAMPLE = 40_000
_COLUMN = re.compile(r"[\t|]")


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text in NFC: UTF-8, UTF-16, TCVN3 (ABC), VNI, windows-1258, or what was declared; never raises.

    >>> decoded("Thi h\u00b5nh ¸n d©n sù, Céng hßa".encode("latin-1"))
    'Thi hành án dân sự, Cộng hòa'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return nfc(data[len(mark) :].decode(name, "replace"))
    if wide := _wide(data[:400]):
        return nfc(data.decode(wide, "replace"))
    try:
        text = nfc(data.decode("utf-8"))
        lost = not is_vietnamese(text[:_SAMPLE]) and repair(text[:_SAMPLE]).steps
        return repair(text).text if lost else text
    except UnicodeDecodeError:
        return _old(data, declared)


def _old(data: bytes, declared: str | None) -> str:
    """What is no sound UTF-8: a file cut or damaged, or an old charset."""
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 10 < sum(byte >= 0xC0 for byte in data):
        return nfc(text)
    sample = repair(data[:_SAMPLE].decode("latin-1"))
    if any(name in step for step in sample.steps for name in ("TCVN3", "VNI")):
        return repair(data.decode("latin-1")).text
    for name in (declared, "cp1258", "utf-16-le", "cp1252"):
        try:
            text = nfc(data.decode(name)) if name else ""
        except (UnicodeError, LookupError, ValueError):
            continue
        if is_vietnamese(text):
            return text
    return nfc(data.decode("cp1252", "replace"))


def _wide(start: bytes) -> str | None:
    """UTF-16 without its mark, told by the zero bytes of blanks and plain letters."""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if len(start) < 8 or max(even, odd) * 6 < len(start) or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def blocks_of(text: str) -> list[Block]:
    """The lines of a text file; lines of several columns parted by tabs or bars become a table."""
    blocks: list[Block] = []
    rows: list[list[str]] = []
    lines: list[str] = []
    for line in text.replace("\0", " ").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        cells = [cell.strip() for cell in _COLUMN.split(line.strip().strip("|"))]
        if len(cells) >= 3 and line.count("+") < 2:
            blocks += _streams(lines)
            lines = []
            rows.append(cells)
            continue
        blocks += _grids(rows)
        rows = []
        lines.append(
            "\t".join(cells)
            if "|" in line and len(cells) > 1
            else line
            if line.strip() == "|"
            else line.replace("|", " ")
        )
    return blocks + _grids(rows) + _streams(lines)


def _streams(lines: list[str]) -> list[Block]:
    """The lines with tables made whole, without the bars that stood between cells."""
    return [
        block for block in with_tables(lines) if not isinstance(block, str) or block.strip() != "|"
    ]


def _grids(rows: list[list[str]]) -> list[Block]:
    """One table when the lines have as many columns each, else the lines as they were."""
    rows = [row for row in rows if any(any(c.isalnum() for c in cell) for cell in row)]
    if len(rows) < 2:
        return ["    ".join(row) for row in rows]
    grid: Grid = [[Box(cell) for cell in row] for row in rows]
    return [grid]
