"""The author of a page: a person's name, never the outlet's."""

import re

from hoiam.kit.news.addresses import host_of
from hoiam.kit.news.pages.blocks import Block
from hoiam.kit.vietnamese import fold, letters_of, nfc, squash

_LEAD = re.compile(
    r"^(?:theo|tác giả(?: bài viết)?|(?:tin|bài)(?:,| và)? ảnh|tin|bài(?: viết)?|thực hiện|ảnh|by|author|pv|phóng viên"
    r"|biên tập|bởi|viết bởi|được viết bởi|gửi bởi|người viết)\s*[:：]?\s+",
    re.I,
)
_TAIL = re.compile(
    r"\s*[|/–-]\s*(?:theo|nguồn|báo|đài|tạp chí|cổng|ttxvn)\b.*$|\s*\((?:thực hiện|ghi|tổng hợp|biên tập)\)?$"
    r"|\s*(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)?[, ]*\d{1,2}[/:.-]\d.*$",
    re.I,
)
_MAIL = re.compile(r"\S+@\S+")
_HOUSE = re.compile(
    r"\b(?:online|newspaper|toa soan|ban bien tap|bien tap vien|admin|administrator|webmaster|editor"
    r"|quan tri|cong thong tin|bao dien tu|tap chi|dai phat thanh|tong hop|btv|pv)\b"
)
_HOUSE_FIRST = re.compile(
    r"(?:báo|tạp chí|đài|cổng|trang tin|trang thông tin|ban biên tập)\s", re.I
)
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
# Two to five syllables, each with a capital: nothing else stands so at the end of an article.
_NAME = re.compile(rf"[{_UPPER}][^\W\d_]*(?:[ .][{_UPPER}][^\W\d_]*){{1,4}}")
_FEW = 2
_LONGEST = 80


def clean_author(words: str, *, outlet: str = "", url: str = "") -> str:
    """The name alone, or nothing when the words name the outlet or its desk.

    >>> clean_author("Tác giả: Lê Văn An - an@bao.example", outlet="Báo Sông Thanh")
    'Lê Văn An'
    >>> clean_author("BAO SONG THANH ONLINE", outlet="Báo Sông Thanh")
    ''
    """
    name = squash(_MAIL.sub(" ", words)).strip(" -–—|,;:()[]*.")
    if name.lower().startswith(("http://", "https://")) or len(name) > _LONGEST:
        return ""
    name = _TAIL.sub("", _LEAD.sub("", name)).strip(" -–—|,;:()[]*.")
    return "" if not name or _is_house(name, outlet, url) else name


def without_byline(blocks: list[Block], *names: str) -> tuple[list[Block], str]:
    """The paragraphs without the writer's name at their end, and that name.

    The name is one of ``names``, or a bold or short last line that reads like a Vietnamese name or pen name.

    >>> blocks = [Block("Hội nghị kết thúc."), Block("Mai Sông")]
    >>> [block.text for block in without_byline(blocks, "MAI SÔNG")[0]]
    ['Hội nghị kết thúc.']
    >>> without_byline(blocks)[1]
    'Mai Sông'
    """
    if len(blocks) < _FEW:
        return blocks, ""
    known = {letters_of(name) for name in names} - {""}
    last = blocks[-1].text
    if letters_of(last) in known:
        return blocks[:-1], last
    name = name_at_end(last)
    return (blocks[:-1], name) if name else (blocks, "")


def name_at_end(words: str) -> str:
    """The name a last line gives, or nothing when it is no name.

    >>> name_at_end("Bài: Ngô Lục Bình"), name_at_end("Tin mới nhất")
    ('Ngô Lục Bình', '')
    """
    if len(words) > _LONGEST:
        return ""
    bare = _TAIL.sub("", _LEAD.sub("", words)).strip(" ./-–()")
    return bare if _NAME.fullmatch(bare) and not _is_house(bare, "", "") else ""


def _is_house(name: str, outlet: str, url: str) -> bool:
    bare = _bare(name)
    house = _bare(outlet)
    host = _bare(host_of(url).partition(".")[0])
    if not bare or bare.isdigit():
        return True
    if house and (bare in house or house in bare):
        return True
    if len(host) > 3 and (bare == host or host in bare):
        return True
    return bool(_HOUSE.search(fold(name)) or _HOUSE_FIRST.match(nfc(name)))


def _bare(words: str) -> str:
    return letters_of(fold(words).removeprefix("bao "))
