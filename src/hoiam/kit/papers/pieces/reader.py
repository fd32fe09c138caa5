"""The reader: bytes of a Word file in, a piece for the press out."""

import re
from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from hoiam.kit.papers.pieces.runs import paragraph_of
from hoiam.kit.papers.pieces.tables import grid_of, rows_of
from hoiam.kit.papers.pieces.values import (
    DEEPEST,
    GONE,
    A,
    Block,
    Book,
    V,
    W,
    WordPicture,
    WordPiece,
    val,
)
from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.limits import open_word, part_of
from hoiam.kit.papers.reading.numbering import Numbering
from hoiam.kit.papers.reading.refusals import NotReadable

_CAPTION = re.compile(r"(?:ảnh|hình)(?:\s+\d+)?\s*[:.]", re.IGNORECASE)
_LONGEST_TITLE = 220


def read_piece(data: bytes) -> WordPiece:
    """The piece a Word file holds.

    The title is the paragraph styled so, else a first line that is a heading or wholly bold; the opening is the wholly bold
    paragraph under it. Where neither stands both are empty and nothing is guessed.

    Raises:
        NotReadable: no sound Word file, one with macros, or one that unpacks to too much.
    """
    with open_word(data) as archive:
        body = _tree(part_of(archive, "word/document.xml")).find(f"{W}body")
        book = _book(archive)
        blocks = list(_blocks(body, book, 0)) if body is not None else []
    blocks = [block for block in _captioned(blocks, book) if block.text or block.picture >= 0]
    if not blocks:
        raise NotReadable(refusals.NO_LETTERS)
    title, lead, blocks = _opening(blocks)
    return WordPiece(title, lead, tuple(_written(blocks)), tuple(book.pictures), tuple(book.problems))  # fmt: skip


def _tree(xml: bytes) -> etree._Element:
    # No outside entities, none inside either: a billion laughs stays one.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotReadable(refusals.DAMAGED) from error


def _maybe(archive: ZipFile, name: str) -> etree._Element | None:
    """A part the piece can be read without."""
    try:
        xml = part_of(archive, name)
        return _tree(xml) if xml else None
    except NotReadable:
        return None


def _book(archive: ZipFile) -> Book:
    relations = _maybe(archive, "word/_rels/document.xml.rels")
    inside: dict[str, str] = {}
    outside: dict[str, str] = {}
    for row in relations if relations is not None else ():
        kept = outside if row.get("TargetMode") == "External" else inside
        kept[row.get("Id", "")] = row.get("Target", "")
    styles = _maybe(archive, "word/styles.xml")
    names = {
        each.get(f"{W}styleId", ""): val(each.find(f"{W}name")).lower()
        for each in (styles.iter(f"{W}style") if styles is not None else ())
    }
    numbering = Numbering.of(_maybe(archive, "word/numbering.xml"), styles)
    return Book(archive, inside, outside, names, numbering)


def _blocks(parent: etree._Element, book: Book, depth: int) -> Iterator[Block]:
    for child in parent if depth < DEEPEST else ():
        if child.tag == f"{W}p":
            found, boxes = paragraph_of(child, book)
            yield from found
            for box in boxes:
                yield from _blocks(box, book, depth + 1)
        elif child.tag == f"{W}tbl":
            yield from _table(child, book, depth)
        elif child.tag not in GONE and isinstance(child.tag, str):
            yield from _blocks(child, book, depth + 1)  # content controls, insertions


def _table(table: etree._Element, book: Book, depth: int) -> Iterator[Block]:
    """The table; one that holds a picture or has a single column only sets things below each other."""
    rows = rows_of(table)
    shows = next(table.iter(f"{A}blip", f"{V}imagedata"), None) is not None
    if shows or max((len(row) for row in rows), default=0) < 2:
        for row in rows:
            for cell in row:
                yield from _blocks(cell, book, depth + 1)
    else:
        yield grid_of(rows, lambda cell: _blocks(cell, book, depth + 1))


def _captioned(blocks: list[Block], book: Book) -> list[Block]:
    """The blocks without the words under pictures, which go to their picture."""
    kept: list[Block] = []
    last = -1
    for block in blocks:
        is_caption = block.kind == "caption" or (block.kind == "p" and _CAPTION.match(block.text))
        if last >= 0 and block.text and is_caption and not book.pictures[last].caption:
            seen = book.pictures[last]
            book.pictures[last] = WordPicture(seen.name, seen.data, seen.alt, block.text)
            continue
        if block.picture >= 0 or block.text:
            last = block.picture
        kept.append(block)
    return kept


def _opening(blocks: list[Block]) -> tuple[str, str, list[Block]]:
    title = lead = ""
    first = blocks[0]
    is_titled = first.kind == "title" or (
        first.kind in {"h2", "p"}
        and (first.kind == "h2" or first.is_bold)
        and len(first.text) <= _LONGEST_TITLE
        and len(blocks) > 1
    )
    if is_titled:
        title, blocks = " ".join(first.text.split()), blocks[1:]
    if title and blocks and (blocks[0].kind == "subtitle" or (blocks[0].kind == "p" and blocks[0].is_bold)):  # fmt: skip
        lead, blocks = blocks[0].text, blocks[1:]
    return title, lead, blocks


def _written(blocks: list[Block]) -> Iterator[str | int]:
    items: list[Block] = []
    for block in blocks:
        if items and block.kind != items[0].kind:
            yield _list(items)
            items = []
        if block.kind in {"ul", "ol"}:
            items.append(block)
        elif block.picture >= 0:
            yield block.picture
        elif block.kind == "table":
            yield block.html
        else:
            tag = block.kind if block.kind in {"h2", "h3", "h4"} else "p"
            yield f"<{tag}>{block.html}</{tag}>"
    if items:
        yield _list(items)


def _list(items: list[Block]) -> str:
    start = f' start="{items[0].start}"' if items[0].start > 1 else ""
    lines = "".join(f"<li>{item.html}</li>" for item in items)
    return f"<{items[0].kind}{start}>{lines}</{items[0].kind}>"
