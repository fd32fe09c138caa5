"""The words of a piece of a page as paragraphs, with how much of each is link text."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from hoiam.kit.news.markup import plain_text

_CELLS = re.compile(r"</t[dh]>\s*<t[dh]\b[^>]*>", re.I)
_DOUBLE_BREAK = re.compile(r"(?:<br\s*/?>\s*(?:&nbsp;|\u00a0)?\s*){2,}", re.I)
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|table|tbody|thead|tr|td|th|blockquote|section|article"
    r"|header|main|aside|center|pre|hr|form|figure|address|body|html|fieldset|details)\b[^>]*>",
    re.I,
)
_ANCHOR = re.compile(r"<a\b[^>]*>(.*?)</a>", re.I | re.S)
_POINTER = re.compile(
    r"(?:>>|»|►|▶|\W{0,3}(?:(?:mời )?(?:xem|đọc) (?:thêm|tiếp|ngay)|(?:tin|bài) (?:viết )?liên quan)\s?[:»>])",
    re.I,
)
_OPENS = re.compile(r"<(h[1-6]|li)\b", re.I)


@dataclass(frozen=True)
class Block:
    """One paragraph: its words, how many characters of them are links, and the tag that opened it."""

    text: str
    linked: int = 0
    tag: str = ""

    @property
    def is_link(self) -> bool:
        """True when the paragraph is little more than a link to somewhere else."""
        return self.linked * 10 > len(self.text) * 8


def blocks_of(node: LexborNode) -> list[Block]:
    """The paragraphs of a node in reading order; a table row is one paragraph, cells set apart by "|"."""
    return blocks_in(node.html or "")


def blocks_in(html: str) -> list[Block]:
    """The paragraphs of a scrap of HTML.

    >>> [block.text for block in blocks_in("<p>Một<br><br>Hai</p><tr><td>A</td><td>B</td></tr>")]
    ['Một', 'Hai', 'A | B']
    """
    joined = _DOUBLE_BREAK.sub("<p>", _CELLS.sub(" | ", html))
    found: list[Block] = []
    end, tag = 0, ""
    for mark in _BLOCK.finditer(joined):
        _keep(found, joined[end : mark.start()], tag)
        end = mark.end()
        opened = _OPENS.match(mark[0])
        tag = opened[1].lower() if opened else ""
    _keep(found, joined[end:], tag)
    return found


def without_pointers(paragraphs: list[str]) -> list[str]:
    """The paragraphs without the lines that only point to another article.

    >>> without_pointers(["Xem thêm: Quy trình đấu giá", ">> Tin cũ", "Xem thêm hồ sơ, ông nói."])
    ['Xem thêm hồ sơ, ông nói.']
    """
    return [one for one in paragraphs if not (len(one) < 200 and _POINTER.match(one))]


def _keep(found: list[Block], piece: str, tag: str) -> None:
    if not piece or piece.isspace():
        return
    text = plain_text(piece).strip("| ")
    if text:
        linked = (
            sum(len(plain_text(words)) for words in _ANCHOR.findall(piece)) if "<a" in piece else 0
        )
        found.append(Block(text, linked, tag))
