"""Web pages as paragraphs and tables, without menus, scripts and forms."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.plain import decoded
from hoiam.kit.papers.reading.refusals import NotReadable
from hoiam.kit.papers.reading.sheet import Block, Box, Grid

_SKIPPED = frozenset({"script", "style", "nav", "aside", "form", "button", "noscript", "select", "svg", "iframe",
                      "template", "head", "title", "textarea", "object", "video", "audio", "canvas"})  # fmt: skip
_BREAKS = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header",
                     "footer", "main", "blockquote", "pre", "dt", "dd", "ul", "ol", "center", "tr", "table", "hr", "td",
                     "th", "figure", "figcaption", "body"})  # fmt: skip
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.I)
_NESTING = re.compile(
    rb"<(/?)(?:div|span|table|font|b|i|u|em|strong|center|section|article|blockquote|ul|ol|a)\b",
    re.I,
)
# The parser's time grows with the square of the attributes of one element; a picture inside the page is one long one.
_LONG_TAG, _MOST_ATTRIBUTES = re.compile(rb"<[a-zA-Z][^<>]{20000,}"), 1000
_DEEPEST = 3000
_MOST_COLUMNS, _MOST_SPAN = 60, 400
_MARK = "\x01"


def blocks_of(data: bytes) -> list[Block]:
    """The paragraphs and tables of a page in reading order; an empty list when there is no text.

    Raises:
        NotReadable: its elements are nested deeper than any page a person made.
    """
    if _depth(data) > _DEEPEST:
        raise NotReadable(refusals.TOO_DEEP)
    if any(found.group().count(b"=") > _MOST_ATTRIBUTES for found in _LONG_TAG.finditer(data)):
        raise NotReadable(refusals.ODD_PAGE)
    declared = _CHARSET.search(data[:4096])
    text = decoded(data, declared[1].decode("ascii", "replace") if declared else None)
    body = LexborHTMLParser(text.replace("\0", " ").replace(_MARK, " ")).body
    return list(_blocks(body)) if body is not None else []


def _depth(data: bytes) -> int:
    """How deep elements nest, of those that pages close; the parser's time grows with its square."""
    depth = deepest = 0
    for found in _NESTING.finditer(data):
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _blocks(node: LexborNode) -> Iterator[Block]:
    words: list[str] = []
    for part in _parts(node):
        if isinstance(part, str):
            words.append(part)
            continue
        yield from _paragraphs(words)
        words = []
        yield _grid(part)
    yield from _paragraphs(words)


def _paragraphs(words: list[str]) -> Iterator[str]:
    for paragraph in "".join(words).split(_MARK):
        if said := " ".join(paragraph.split()):
            yield said


def _parts(top: LexborNode) -> Iterator[str | LexborNode]:
    """Words, breaks, and outermost tables; walked without recursion, pages nest as deep as they like."""
    waiting: list[LexborNode | str] = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif node.tag == "-text":
            yield node.text_content or ""
        elif node.tag == "table" and node is not top and not _is_layout(node):
            yield node
        elif node.tag not in _SKIPPED and node.tag != "-comment":
            breaks = _MARK if node.tag in _BREAKS else ""
            waiting += [breaks, *reversed(list(node.iter(include_text=True))), breaks]


def _is_layout(table: LexborNode) -> bool:
    return table.css_first("table table") is not None or table.css_first("td, th") is None


def _grid(table: LexborNode) -> Grid:
    grid: Grid = []
    hanging: dict[
        int, tuple[Box, int]
    ] = {}  # column: the box that reaches down, and how many rows yet
    for row in table.css("tr"):
        boxes: list[Box] = []
        cells = [each for each in row.iter() if each.tag in ("td", "th")]
        while cells or len(boxes) in hanging:
            if (column := len(boxes)) in hanging:
                box, left = hanging.pop(column)
                boxes.append(box)
                if left > 1:
                    hanging[column] = (box, left - 1)
                continue
            cell = cells.pop(0)
            box = Box(_cell_text(cell))
            for _ in range(_number(cell, "colspan")):
                if _number(cell, "rowspan") > 1:
                    hanging[len(boxes)] = (box, _number(cell, "rowspan") - 1)
                boxes.append(box)
            if len(boxes) > _MOST_COLUMNS:
                break
        if boxes:
            grid.append(boxes[:_MOST_COLUMNS])
    return grid


def _cell_text(cell: LexborNode) -> str:
    return "\n".join(_paragraphs([part for part in _parts(cell) if isinstance(part, str)]))


def _number(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(value), _MOST_SPAN if name == "rowspan" else _MOST_COLUMNS)) if value.isdecimal() and len(value) < 4 else 1  # fmt: skip
