"""What a Word file gives for the press, and what is carried while it is read."""

from dataclasses import dataclass, field
from typing import Final
from zipfile import ZipFile

from lxml import etree

from hoiam.kit.papers.reading.numbering import Numbering

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V: Final = "{urn:schemas-microsoft-com:vml}"
DEEPEST: Final = 40  # boxes in boxes, tables in tables
# What was deleted or moved away is not part of the final text; a fallback repeats what stands beside it.
GONE: Final = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)


@dataclass(frozen=True)
class WordPicture:
    """A picture as it lies in the file, with the words Word keeps beside it."""

    name: str
    data: bytes
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True)
class WordPiece:
    """What was read; a whole number in `parts` is the place of the picture with this number in `pictures`.

    Attributes:
        parts: HTML blocks (not yet cleaned) and places of pictures, in reading order.
        problems: sentences on what was left out.
    """

    title: str
    lead: str
    parts: tuple[str | int, ...]
    pictures: tuple[WordPicture, ...]
    problems: tuple[str, ...] = ()


@dataclass
class Block:
    """One block on the way: its kind says how it is written."""

    kind: str
    html: str = ""
    text: str = ""
    is_bold: bool = False
    start: int = 1
    picture: int = -1


@dataclass
class Book:
    """The parts of the file a block needs: links and pictures by their keys, names of styles, counted lists."""

    archive: ZipFile
    targets: dict[str, str]
    outside: dict[str, str]
    styles: dict[str, str]
    numbering: Numbering
    pictures: list[WordPicture] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def val(node: etree._Element | None) -> str:
    """The value a property of Word carries."""
    return node.get(f"{W}val", "") if node is not None else ""
