"""The numbered order of a paper: parts, sections, numbers, letters and bullets, with the number each carries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from hoiam.kit.papers.reading.sheet import Line

PART, SECTION, ARTICLE, NUMBER, LETTER, PAREN, DASH, PLUS = 0, 1, 2, 3, 8, 9, 10, 11
_SHAPES = (
    (
        PART,
        re.compile(
            r"(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC)\s+(?:thứ\s+|THỨ\s+)?(?P<v>[\wĐđ]+)\s*[.:)]?\s*"
        ),
    ),
    (ARTICLE, re.compile(r"(?:Điều|ĐIỀU)\s+(?P<v>\d{1,3}[a-zđ]?)\s*[.:)]?\s*")),
    (SECTION, re.compile(r"(?P<v>[IVX]{1,6})\s*(?:[.):–-]+|/(?=\s))\s*(?=\S)")),
    (PART, re.compile(r"(?P<v>[A-HĐ])\s*[.)/]\s+(?=\S)")),
    (
        NUMBER,
        re.compile(
            r"(?P<v>\d{1,2}(?:\.\d{1,2}){1,4})\s*[.):/-]?\s+(?=\S)|(?P<w>\d{1,2}(?:\.\d{1,2}){1,4})[.)](?=\D)"
        ),
    ),
    (NUMBER, re.compile(r"(?P<v>\d{1,2})\s*(?:[.):]|/(?!\d))-?\s*(?=\D)")),
    (NUMBER, re.compile(r"(?P<v>\d{1,2})-\s+(?=\D)")),
    # "Thứ nhất, …", "Một là, …"; "Thứ hai, ngày 5" is a day of the week.
    (
        NUMBER,
        re.compile(
            r"(?P<v>Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy|Tám|Chín|Mười) là)\s*[,:]\s*(?!ngày|\d)(?=\S)"
        ),
    ),
    (
        LETTER,
        re.compile(r"(?P<v>[a-zđ]\d?(?:\.\d{1,2})*)\s*[.)/]\s+(?=\S)|(?P<w>[a-zđ]\d?)\)(?=\S)"),
    ),
    (PAREN, re.compile(r"\((?P<v>\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*(?=\S)")),
    (DASH, re.compile(r"(?P<v>[-–—•▪*●])\s*(?=\S)")),
    (PLUS, re.compile(r"(?P<v>[+○])\s*(?=\S)")),
)


@dataclass(frozen=True)
class Mark:
    """What numbers a line: its level, its value, and where the words behind it begin."""

    level: int
    value: str
    end: int

    @property
    def is_bullet(self) -> bool:
        """Whether it is a dash or a plus, which number nothing."""
        return self.level >= DASH


@lru_cache(maxsize=8192)
def mark_of(text: str) -> Mark | None:
    """The mark a paragraph begins with, None for running text.

    >>> mark_of("2.1.1. Thực hiện"), mark_of("a) Tham mưu").value, mark_of("01 bài mỗi cơ quan")
    (Mark(level=5, value='2.1.1', end=7), 'a', None)
    """
    for level, shape in _SHAPES:
        found = shape.match(text)
        if found is None:
            continue
        value = found["v"] or found.groupdict().get("w") or ""
        deeper = value.count(".") if level == NUMBER else 0
        return Mark(level + deeper, value, found.end())
    return None


@dataclass(frozen=True)
class Node:
    """A numbered line: its place among the lines, its mark, its full number, and the numbered line above it."""

    at: int
    mark: Mark
    ref: str
    parent: int | None  # index among the nodes

    @property
    def level(self) -> int:
        """Depth: a smaller one stands above."""
        return self.mark.level


def outline_of(lines: Sequence[Line], start: int = 0) -> list[Node]:
    """The numbered lines (bullets are not numbered) in order, each under the one it belongs to."""
    nodes: list[Node] = []
    open_nodes: list[int] = []
    for at in range(start, len(lines)):
        mark = mark_of(lines[at].text)
        if mark is None or mark.is_bullet:
            continue
        while open_nodes and nodes[open_nodes[-1]].level >= mark.level:
            open_nodes.pop()
        parent = open_nodes[-1] if open_nodes else None
        nodes.append(Node(at, mark, _ref(nodes, parent, mark), parent))
        open_nodes.append(len(nodes) - 1)
    return nodes


def _ref(nodes: Sequence[Node], parent: int | None, mark: Mark) -> str:
    """2.1.1 + a → 2.1.1.a; a number stands for itself; in articles Điều 3 + 1 → Điều 3.1."""
    if mark.level == ARTICLE:
        return f"Điều {mark.value}"
    above = nodes[parent] if parent is not None else None
    if above is None or mark.level <= SECTION:
        return mark.value
    if mark.level < LETTER:
        in_article = (
            above.ref.startswith("Điều") and above.level < mark.level and "." not in mark.value
        )
        return f"{above.ref}.{mark.value}" if in_article else mark.value
    return mark.value if above.level <= PART else f"{above.ref}.{mark.value}"


def path_of(nodes: Sequence[Node], index: int) -> list[Node]:
    """The node and those above it, the nearest first."""
    path, at = [], index if index >= 0 else None
    while at is not None:
        path.append(nodes[at])
        at = nodes[at].parent
    return path
