"""The cleaned text of a paper with its lines and task tables: what all fields are read from."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hoiam.kit.papers.reading.values import Found, Span
from hoiam.kit.vietnamese import fold


@dataclass(eq=False)
class Box:
    """One cell of a table as a file gives it; merged places share one box."""

    text: str


Grid = list[list[Box]]
Block = str | Grid


@dataclass(frozen=True)
class Line:
    """One paragraph: its place in the text, its words, and the same words without marks."""

    start: int
    text: str
    folded: str

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return Span(self.start, self.end)

    def found(self, start: int, end: int) -> Found[str] | None:
        """The words between two places of this line, without blanks and closing signs; None when nothing is left."""
        return trimmed(self.text, start, end, self.start)


@dataclass(frozen=True)
class Table:
    """A table kept as rows of cells; merged places share one cell."""

    rows: tuple[tuple[Line, ...], ...]

    @property
    def span(self) -> Span:
        """From the first cell to the last."""
        cells = [cell for row in self.rows for cell in row]
        return Span(min(cell.start for cell in cells), max(cell.end for cell in cells))


@dataclass(frozen=True)
class Sheet:
    """The text, its paragraphs in order, and its task tables."""

    text: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]


class Places:
    """Stretches of the text, asked whether a line touches one of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[list[int]] = []
        for span in sorted(spans):
            if merged and span.start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], span.end)
            else:
                merged.append([span.start, span.end])
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def touch(self, line: Line) -> bool:
        """Whether some of the line lies inside."""
        at = bisect_left(self._starts, line.end) - 1
        return at >= 0 and self._ends[at] > line.start


@dataclass
class _Writer:
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def put(self, text: str, after: str) -> Line:
        line = Line(self.length, text, fold(text))
        self.parts += [text, after]
        self.length += len(text) + len(after)
        return line


def lay_out(blocks: Iterable[str | Grid]) -> Sheet:
    """The sheet of paragraphs and kept tables; cells of a row are parted by a tab, rows by a line end."""
    writer, lines, tables = _Writer(), list[Line](), list[Table]()
    for block in blocks:
        if isinstance(block, str):
            lines.append(writer.put(block, "\n"))
        else:
            tables.append(_table(block, writer))
    return Sheet("".join(writer.parts), tuple(lines), tuple(tables))


def _table(grid: Sequence[Sequence[Box]], writer: _Writer) -> Table:
    written: dict[int, Line] = {}
    rows = []
    for row in grid:
        for box in row:
            if id(box) not in written:
                written[id(box)] = writer.put(box.text, "\t")
        writer.put("", "\n")
        rows.append(tuple(written[id(box)] for box in row))
    return Table(tuple(rows))


_CLOSING = " \t\n\r.,;:/\u00a0"
_OPENING = " \t\n\r.,;:-–—•+*\u00a0"


def trimmed(
    text: str, start: int, end: int, shift: int = 0, *, opening: str = _OPENING
) -> Found[str] | None:
    """The words text[start:end] without blanks and signs at both ends; an ellipsis or a closing bracket stays."""
    while start < end and text[start] in opening:
        start += 1
    while end > start and text[end - 1] in _CLOSING:
        if text[start:end].endswith(("...", "…")):
            break
        end -= 1
    while end > start and (
        text[end - 1] == "(" or (text[end - 1].isspace() and text[start:end].rstrip().endswith("("))
    ):
        end -= 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if not any(char.isalnum() for char in text[start:end]):
        return None
    return Found(" ".join(text[start:end].split()), Span(start + shift, end + shift))
