"""The author of a page: a person's name, never the outlet's."""

import re

from hoiam.kit.news.addresses import host_of
from hoiam.kit.vietnamese import fold, squash

_LEAD = re.compile(
    r"^(?:theo|tác giả|bài(?: và ảnh)?|thực hiện|tin,? ảnh|ảnh|by|author|pv|phóng viên)\s*[:：]?\s+",
    re.I,
)
_TAIL = re.compile(r"\s*[|/–-]\s*(?:theo|nguồn)\b.*$", re.I)
_MAIL = re.compile(r"\S+@\S+")
_HOUSE = re.compile(
    r"\b(?:online|newspaper|toa soan|ban bien tap|bien tap vien|admin|administrator|webmaster|editor"
    r"|quan tri|cong thong tin|bao dien tu|tap chi|dai phat thanh|tong hop|btv|pv)\b"
)
_LETTERS = re.compile(r"[^a-z0-9]")
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


def without_byline(paragraphs: list[str], *names: str) -> list[str]:
    """The paragraphs without the writer's name at their end.

    >>> without_byline(["Hội nghị kết thúc.", "Mai Sông"], "MAI SÔNG", "")
    ['Hội nghị kết thúc.']
    """
    known = {_LETTERS.sub("", fold(name)) for name in names} - {""}
    if paragraphs and _LETTERS.sub("", fold(paragraphs[-1])) in known:
        return paragraphs[:-1]
    return paragraphs


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
    return bool(_HOUSE.search(fold(name)))


def _bare(words: str) -> str:
    folded = fold(words).replace("bao ", "", 1) if fold(words).startswith("bao ") else fold(words)
    return _LETTERS.sub("", folded)
