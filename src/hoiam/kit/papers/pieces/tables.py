"""A table of a Word file as HTML: cells over several columns or rows stay so."""

from collections.abc import Callable, Iterator

from lxml import etree

from hoiam.kit.papers.pieces.values import Block, W, val

Read = Callable[[etree._Element], Iterator[Block]]
_MOST_SPAN = 60


def rows_of(table: etree._Element) -> list[list[etree._Element]]:
    """The cells of each row."""
    return [list(_children(row, "tc")) for row in _children(table, "tr")]


def grid_of(rows: list[list[etree._Element]], read: Read) -> Block:
    """The rows as one table, its first row the head; `read` gives the blocks of a cell."""
    lines, said = [], []
    for number, row in enumerate(rows):
        cells, at = [], 0
        for cell in row:
            span = _span(cell)
            if _merge(cell) != "continue":
                inner = [block for block in read(cell) if block.text]
                said += [block.text for block in inner]
                words = "<br>".join(block.html for block in inner)
                cells.append(_cell(words, span, _height(rows, number, at), is_head=number == 0))
            at += span
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return Block("table", f"<table>{''.join(lines)}</table>", "\n".join(said))


def _cell(words: str, span: int, height: int, *, is_head: bool) -> str:
    tag = "th" if is_head else "td"
    across = f' colspan="{span}"' if span > 1 else ""
    down = f' rowspan="{height}"' if height > 1 else ""
    return f"<{tag}{across}{down}>{words}</{tag}>"


def _span(cell: etree._Element) -> int:
    value = val(cell.find(f"{W}tcPr/{W}gridSpan"))
    return min(max(int(value), 1), _MOST_SPAN) if value.isdecimal() and len(value) < 4 else 1


def _merge(cell: etree._Element) -> str:
    mark = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if mark is None else mark.get(f"{W}val", "continue")


def _height(rows: list[list[etree._Element]], number: int, column: int) -> int:
    """How many rows the cell that begins at this column covers."""
    height = 1
    for row in rows[number + 1 :]:
        at = 0
        for cell in row:
            if at == column:
                break
            at += _span(cell)
        else:
            return height
        if at != column or _merge(cell) != "continue":
            return height
        height += 1
    return height


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, also inside content controls and insertions."""
    for child in parent:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _children(child, name)
