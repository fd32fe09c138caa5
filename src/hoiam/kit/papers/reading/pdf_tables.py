"""Tables of a PDF page from the lines drawn round their cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pdfminer.layout import LTChar, LTCurve, LTLine, LTPage, LTRect

from hoiam.kit.papers.reading.sheet import Box, Grid
from hoiam.kit.vietnamese import nfc

_NEAR = 3.0  # points: lines so close are one line
_THIN = 2.5
_MOST_LINES = 4000
_MOST_CELLS, _MOST_TABLES = 3000, 30  # of a page: more are a drawing, or a file made to be slow
_OPENS = re.compile(r"(?:[-–+•*]|\(?(?:[a-zđ]|\d{1,2})[.)])\s")


@dataclass(frozen=True)
class _Rule:
    """A drawn line: its place, and from where to where it runs."""

    at: float
    low: float
    high: float


@dataclass
class Raster:
    """A table's columns and rows, the rules between its cells, and the letters found in it."""

    xs: list[float]
    ys: list[float]  # from top to bottom
    across: list[_Rule]
    down: list[_Rule]
    letters: dict[tuple[int, int], list[LTChar]] = field(default_factory=dict)

    @property
    def top(self) -> float:
        """Height of its upper edge."""
        return self.ys[0]

    def holds(self, char: LTChar) -> bool:
        """Whether the letter stands inside the table."""
        x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[-1] <= y <= self.ys[0]

    def take(self, char: LTChar) -> None:
        """Put the letter into its cell."""
        x, y = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
        column = sum(1 for edge in self.xs[1:-1] if x > edge)
        row = sum(1 for edge in self.ys[1:-1] if y < edge)
        self.letters.setdefault((row, column), []).append(char)

    def grid(self) -> Grid:
        """Rows of boxes; cells without a rule between them are one box."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        boxes: dict[tuple[int, int], list[LTChar]] = {}
        for row in range(len(self.ys) - 1):
            for column in range(len(self.xs) - 1):
                place = self._owner(owner, row, column)
                owner[row, column] = place
                boxes.setdefault(place, []).extend(self.letters.get((row, column), []))
        made = {place: Box(_text(chars)) for place, chars in boxes.items()}
        return [
            [made[owner[row, column]] for column in range(len(self.xs) - 1)]
            for row in range(len(self.ys) - 1)
        ]

    def _owner(
        self, owner: dict[tuple[int, int], tuple[int, int]], row: int, column: int
    ) -> tuple[int, int]:
        x = (self.xs[column] + self.xs[column + 1]) / 2
        y = (self.ys[row] + self.ys[row + 1]) / 2
        if column and not _is_ruled(self.down, self.xs[column], y):
            return owner[row, column - 1]
        if row and not _is_ruled(self.across, self.ys[row], x):
            return owner[row - 1, column]
        return row, column


def _is_ruled(rules: list[_Rule], at: float, where: float) -> bool:
    return any(
        abs(rule.at - at) <= _NEAR and rule.low - 1 <= where <= rule.high + 1 for rule in rules
    )


def rasters_of(page: LTPage) -> list[Raster]:
    """The ruled tables of a page, from top to bottom; a frame round one text is no table."""
    across, down = _rules(page)
    if len(across) + len(down) > _MOST_LINES:
        return []
    made = []
    for rows, columns in _groups(across, down):
        xs, ys = _merged([rule.at for rule in columns]), _merged([rule.at for rule in rows])
        if len(xs) >= 3 and len(ys) >= 3 and len(xs) * len(ys) <= _MOST_CELLS:
            made.append(Raster(xs, ys[::-1], rows, columns))
    return sorted(made, key=lambda raster: -raster.top) if len(made) <= _MOST_TABLES else []


def _rules(page: LTPage) -> tuple[list[_Rule], list[_Rule]]:
    across: list[_Rule] = []
    down: list[_Rule] = []
    for node in _drawn(page):
        width, height = node.x1 - node.x0, node.y1 - node.y0
        if height <= _THIN and width > 8:
            across.append(_Rule((node.y0 + node.y1) / 2, node.x0, node.x1))
        elif width <= _THIN and height > 4:
            down.append(_Rule((node.x0 + node.x1) / 2, node.y0, node.y1))
        elif isinstance(node, LTRect) and width > 8 and height > 4 and width < page.width * 0.98:
            across += [_Rule(node.y0, node.x0, node.x1), _Rule(node.y1, node.x0, node.x1)]
            down += [_Rule(node.x0, node.y0, node.y1), _Rule(node.x1, node.y0, node.y1)]
    return across, down


def _drawn(page: LTPage) -> Iterator[LTCurve]:
    for node in page:
        if isinstance(node, LTLine | LTRect | LTCurve):
            yield node


def _groups(across: list[_Rule], down: list[_Rule]) -> Iterator[tuple[list[_Rule], list[_Rule]]]:
    """Rules that touch one another: one group a table."""
    left_rows, left_columns = set(range(len(across))), set(range(len(down)))
    while left_rows:
        rows, columns = {left_rows.pop()}, set[int]()
        grown = True
        while grown:
            more = {c for c in left_columns if any(_cross(across[r], down[c]) for r in rows)}
            columns |= more
            left_columns -= more
            further = {r for r in left_rows if any(_cross(across[r], down[c]) for c in more)}
            rows |= further
            left_rows -= further
            grown = bool(further)
        yield [across[r] for r in sorted(rows)], [down[c] for c in sorted(columns)]


def _cross(row: _Rule, column: _Rule) -> bool:
    return (
        row.low - _NEAR <= column.at <= row.high + _NEAR
        and column.low - _NEAR <= row.at <= column.high + _NEAR
    )


def _merged(places: list[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _NEAR:
            kept.append(place)
    return kept


def _text(chars: list[LTChar]) -> str:
    """The words of a cell; lines are joined unless a new item or sentence opens."""
    lines: list[list[LTChar]] = []
    for char in sorted(chars, key=lambda each: (-each.y0, each.x0)):
        if lines and abs(lines[-1][0].y0 - char.y0) < max(char.height, 4) / 2:
            lines[-1].append(char)
        else:
            lines.append([char])
    said = ""
    for line in lines:
        words = " ".join(_spaced(sorted(line, key=lambda each: each.x0)).split())
        breaks = "\n" if _OPENS.match(words) or said.endswith((".", ";", ":")) else " "
        said = f"{said}{breaks}{words}" if said and words else said or words
    return nfc(said)


def _spaced(line: list[LTChar]) -> str:
    out, before = "", None
    for char in line:
        if before is not None and char.x0 - before.x1 > 0.2 * char.size:
            out += " "
        out, before = out + char.get_text(), char
    return out
