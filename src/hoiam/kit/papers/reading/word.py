"""Word files (.docx) as paragraphs and tables: the final text, with the numbers Word itself counts."""

import re
from collections.abc import Iterator

from lxml import etree

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.limits import open_word, part_of
from hoiam.kit.papers.reading.numbering import Numbering
from hoiam.kit.papers.reading.refusals import NotReadable
from hoiam.kit.papers.reading.sheet import Block, Box, Grid
from hoiam.kit.vietnamese import fold

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_P, _TBL, _R = f"{_W}p", f"{_W}tbl", f"{_W}r"
# What was deleted or moved away is not part of the final text; a fallback repeats what stands beside it.
_GONE = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr")}
    | {f"{_MC}Fallback"}
)
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": " "}  # fmt: skip
_MOST_COLUMNS = 60
MOST_TAGS = 1_500_000  # opening and closing, of one part: a paper of a thousand pages has fewer
_DEEPEST = 40  # tables in tables
_PAGE_NUMBER = re.compile(r"[\s\d/.|–-]*|(?:trang|page)\s*\d*\s*(?:/\s*\d*)?", re.I)


def blocks_of(data: bytes) -> list[Block]:
    """The paragraphs and tables of a Word file in reading order.

    Raises:
        NotReadable: no sound Word file.
    """
    with open_word(data) as archive:
        body = _tree(part_of(archive, "word/document.xml"))
        numbering = Numbering.of(
            _maybe(part_of(archive, "word/numbering.xml")),
            _maybe(part_of(archive, "word/styles.xml")),
        )
        blocks = list(_blocks(body.find(f"{_W}body"), numbering, 0)) if body is not None else []
        if not _has_state_title(blocks):
            headers = sorted(n for n in archive.namelist() if re.match(r"word/header\d*\.xml$", n))
            blocks = _from_headers([part_of(archive, name) for name in headers[:6]]) + blocks
    return blocks


def _tree(xml: bytes) -> etree._Element:
    _refuse_crowded(xml)
    try:
        return etree.fromstring(xml, _parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable(refusals.DAMAGED) from error


def _maybe(xml: bytes) -> etree._Element | None:
    """A part the paper can be read without."""
    _refuse_crowded(xml)
    try:
        return etree.fromstring(xml, _parser()) if xml else None
    except (etree.XMLSyntaxError, ValueError):
        return None


def _refuse_crowded(xml: bytes) -> None:
    """Nothing for a part of as many elements as papers have: each takes twenty times its bytes once it is a tree."""
    if xml.count(b"<") > MOST_TAGS or xml.count(b'="') + xml.count(b"='") > MOST_TAGS:
        raise NotReadable(refusals.BOMB)


def _parser() -> etree.XMLParser:
    # No outside entities, none inside either: a billion laughs stays one.
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)  # fmt: skip


def _has_state_title(blocks: list[Block]) -> bool:
    said = fold("\n".join(_words_of(block) for block in blocks[:12]))
    return "chu nghia viet nam" in said or "kinh gui" in said


def _words_of(block: Block) -> str:
    return block if isinstance(block, str) else "\n".join(box.text for row in block for box in row)


def _from_headers(parts: list[bytes]) -> list[Block]:
    """The letterhead when it stands in the page header; a running head says nothing about a paper."""
    for part in parts:
        tree = _maybe(part)
        found = list(_blocks(tree, Numbering.of(None, None), 0)) if tree is not None else []
        if _has_state_title(found):
            return found
    return []


def _blocks(parent: etree._Element | None, numbering: Numbering, depth: int) -> Iterator[Block]:
    for child in parent if parent is not None else ():
        if child.tag == _P:
            yield from _paragraph(child, numbering, depth)
        elif child.tag == _TBL:
            if depth < _DEEPEST:
                yield _grid(child, numbering, depth + 1)
        elif child.tag not in _GONE and isinstance(child.tag, str) and depth < 4 * _DEEPEST:
            yield from _blocks(child, numbering, depth + 1)  # content controls, insertions


def _paragraph(paragraph: etree._Element, numbering: Numbering, depth: int) -> Iterator[Block]:
    text, boxes = _text(paragraph)
    label = numbering.next(paragraph) if text.strip() else ""
    yield f"{label} {text}" if label else text
    for box in boxes:
        if depth < _DEEPEST:
            yield from _blocks(box, numbering, depth + 1)


def _text(paragraph: etree._Element) -> tuple[str, list[etree._Element]]:
    """The final words of a paragraph, and the text boxes anchored in it."""
    parts: list[str] = []
    boxes: list[etree._Element] = []
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag in _GONE:
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _SIGNS:
            parts.append(_SIGNS[node.tag])
        elif node.tag == f"{_W}txbxContent":
            boxes.append(node)
        else:
            waiting.extend(reversed(node))
    return "".join(parts), boxes


def _grid(table: etree._Element, numbering: Numbering, depth: int) -> Grid:
    """Rows of boxes on one raster: a cell over several columns or rows is the same box in each place."""
    grid: Grid = []
    for row in _children(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        boxes: list[Box] = [
            Box("") for _ in range(_number(row.find(f"{_W}trPr/{_W}gridBefore"), 0))
        ]
        for cell in _children(row, "tc"):
            above = grid[-1][len(boxes)] if grid and len(boxes) < len(grid[-1]) else None
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            continues = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            box = above if continues and above is not None else Box(_cell(cell, numbering, depth))
            span = _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            boxes += [box] * min(max(span, 1), _MOST_COLUMNS)
        if boxes:
            grid.append(boxes[:_MOST_COLUMNS])
    return grid


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, also inside content controls and insertions."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _children(child, name)


def _number(node: etree._Element | None, otherwise: int) -> int:
    value = node.get(f"{_W}val", "") if node is not None else ""
    return min(int(value), _MOST_COLUMNS) if value.isdecimal() and len(value) < 4 else otherwise


def _cell(cell: etree._Element, numbering: Numbering, depth: int) -> str:
    return "\n".join(_words_of(block) for block in _blocks(cell, numbering, depth)).strip()
