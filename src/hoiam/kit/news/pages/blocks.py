"""The words of a piece of a page as paragraphs, with how much of each is link text."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from hoiam.kit.news.markup import plain_text

_CELLS = re.compile(r"</t[dh]>\s*<t[dh]\b[^>]*>", re.I)
# A small cell is one piece of its row, whatever paragraphs stand in it; a big one is a column of the page.
_CELL = re.compile(r"(<t[dh]\b[^>]*>)((?:(?!</?t[dh]\b|<table\b).){1,400}?)(</t[dh]>)", re.I | re.S)
_IN_CELL = re.compile(r"</?(?:p|div|br)\b[^>]*>", re.I)
_ONE_BREAK = r"<br\s*/?>\s*(?:&nbsp;|\u00a0)?\s*"
# The first break stands outside the group: from "<" to "<" the engine leaps, into a group it would creep.
_DOUBLE_BREAK = re.compile(rf"{_ONE_BREAK}(?:{_ONE_BREAK})+", re.I)
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
_CREDIT = re.compile(r"(?:^|[.(\s–-])\(?(?:Ảnh|Đồ họa)\s?:\s?[^.:]{2,40}\)?\.?$")
_STRESSED = re.compile(
    r"\s*(?:<span[^>]*>\s*)?<(strong|b|em|i)\b[^>]*>(?:(?!</\1>).)*</\1>\s*(?:</span>)?\s*",
    re.I | re.S,
)
_STAMP = re.compile(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|ngày \d{1,2} tháng \d{1,2} năm", re.I
)
_STAMP_OPENS = re.compile(
    r"\W*(?:thứ|chủ nhật|ngày|(?:được )?đăng|cập nhật|thời gian|phát sóng|xuất bản|t[2-7]\b|cn\b|\d)",
    re.I,
)
_STAMP_CLOCK = re.compile(r"\d\s?(?:[:hg]|giờ)\s?\d{2}|\d\s?(?:AM|PM|SA|CH)\b")
_STAMP_LINE, _BEFORE_TEXT = 70, 4
_SENTENCE_ENDS = (".", "?", "!", "…", ":", ";")
_OPENS = re.compile(r"<(h[1-6]|li|blockquote)\b", re.I)


@dataclass(frozen=True)
class Block:
    """One paragraph: its words, how many characters of them are links, the tag that opened it, and its stress."""

    text: str
    linked: int = 0
    tag: str = ""
    stressed: bool = False  # the whole of it is bold or italic

    @property
    def is_link(self) -> bool:
        """True when the paragraph is little more than a link to somewhere else."""
        return self.linked * 10 > len(self.text) * 8


def blocks_of(node: LexborNode) -> list[Block]:
    """The paragraphs of a node in reading order; a table row is one paragraph, cells set apart by "|"."""
    return blocks_in(node.html or "")


def blocks_in(html: str) -> list[Block]:
    """The paragraphs of a scrap of HTML.

    >>> [block.text for block in blocks_in("<p>Một<br><br>Hai</p><tr><td><p>A</p></td><td>B</td></tr>")]
    ['Một', 'Hai', 'A | B']
    """
    if "<td" in html or "<th" in html:
        html = _CELL.sub(lambda cell: cell[1] + _IN_CELL.sub(" ", cell[2]) + cell[3], html)
        html = _CELLS.sub(" | ", html)
    joined = _DOUBLE_BREAK.sub("<p>", html)
    found: list[Block] = []
    end, tag = 0, ""
    for mark in _BLOCK.finditer(joined):
        piece = joined[end : mark.start()]
        _keep(found, piece, tag)
        end = mark.end()
        opened = _OPENS.match(mark[0])
        # The first paragraph of a quotation is still the quotation.
        goes_on = tag == "blockquote" and not piece.strip() and mark[0][1] != "/"
        tag = opened[1].lower() if opened else (tag if goes_on else "")
    _keep(found, joined[end:], tag)
    return found


def without_pointers(blocks: list[Block]) -> list[Block]:
    """The paragraphs without the lines that only point to another article or name who took a picture.

    >>> lines = ["Xem thêm: Quy trình đấu giá", ">> Tin cũ", "Xem thêm hồ sơ, ông nói."]
    >>> [block.text for block in without_pointers([Block(line) for line in lines])]
    ['Xem thêm hồ sơ, ông nói.']
    """
    return [
        one
        for one in blocks
        if not (len(one.text) < 200 and (_POINTER.match(one.text) or _CREDIT.search(one.text)))
    ]


def without_stamps(blocks: list[Block]) -> list[Block]:
    """The paragraphs without the line before the text that tells when it was posted.

    >>> [block.text for block in without_stamps([Block("Ngày 05/04/2026 | 17:35"), Block("Ngày 05/04/2026, tòa tuyên án.")])]
    ['Ngày 05/04/2026, tòa tuyên án.']
    """
    first = [one for one in blocks[:_BEFORE_TEXT] if not _is_stamp(one.text)]
    return first + blocks[_BEFORE_TEXT:]


def _is_stamp(text: str) -> bool:
    """A date line, not a short sentence or heading with a date in it."""
    if len(text) >= _STAMP_LINE or text.endswith(_SENTENCE_ENDS) or not _STAMP.search(text):
        return False
    return bool(_STAMP_OPENS.match(text) or _STAMP_CLOCK.search(text))


def _keep(found: list[Block], piece: str, tag: str) -> None:
    if not piece or piece.isspace():
        return
    text = plain_text(piece).strip("| ")
    if text:
        linked = (
            sum(len(plain_text(words)) for words in _ANCHOR.findall(piece)) if "<a" in piece else 0
        )
        found.append(Block(text, linked, tag, bool(_STRESSED.fullmatch(piece))))
