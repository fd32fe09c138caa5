"""Building one entry from the raw words of a feed, whatever dialect they came from."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from hoiam.kit.news import sentences
from hoiam.kit.news.feeds.raw import RawEntry
from hoiam.kit.news.feeds.stamps import read_stamp
from hoiam.kit.news.markup import bare_text, decode_entities, on_one_line, plain_text
from hoiam.kit.news.values import Entry

_WEB = ("https://", "http://")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Shorter than any address with a host: looked at closely.
_SHORT = 12
Tidy = Callable[[str], str]


class Told(NamedTuple):
    """What an entry says, its tags off and its entities decoded, white space as the feed has it."""

    title: str
    summary: str
    author: str
    stamp: str


def told(raw: RawEntry) -> Told:
    """The words of an entry, not tidied yet: how much there is to tidy is asked of a whole feed at once."""
    get = raw.get
    author = get("author") or get("author2")
    return Told(
        bare_text(get("title") or get("title2") or ""),
        bare_text(get("summary") or get("content") or get("summary2") or ""),
        author_name(author) if author else "",
        get("published") or get("issued") or get("created") or get("updated") or "",
    )


def finish(raw: RawEntry, words: Told, tidy: Tidy, *, url: str) -> Entry:
    """The entry with plain text, an absolute link and an honest time.

    Args:
        raw: what the reader handed on.
        words: what `told` makes of it.
        tidy: puts a text on one line and in NFC.
        url: where the feed came from.
    """
    problems: list[str] = []
    title, summary, author, written = words
    title, stamp = tidy(title), tidy(written)
    link = raw.get("link") or ""
    if (
        not link.startswith(_WEB)
        or len(link) < _SHORT
        or "&" in link
        or not link.isprintable()
        or " " in link
    ):
        link, complaint = _absolute(link or _link_from_id(raw), raw, url)
        if complaint:
            problems.append(complaint)
    moment = read_stamp(stamp) if stamp else None
    if moment is None and "published" in raw and "issued" in raw:
        moment, stamp = _issued(raw["issued"], stamp)
    if not title:
        problems.append(sentences.NO_TITLE)
    if moment is None:
        problems.append(
            sentences.UNREAD_TIME.format(raw=stamp[:200]) if stamp else sentences.NO_TIME
        )
    identity = _identity(raw, url) or link or (raw.get("link") or "").strip()
    return Entry(identity, link, title, tidy(summary), author, moment, stamp, tuple(problems))


def author_name(lines: str) -> str:
    """The names in author elements, one a line: "toasoan@bao.example (Lê An)" gives "Lê An".

    >>> author_name("Lê An (an@bao.example)"), author_name("an@bao.example")
    ('Lê An', 'an@bao.example')
    """
    names = dict.fromkeys(_name(line) for line in lines.split("\n"))
    return ", ".join(name for name in names if name)


def first(fields: Mapping[str, object], *names: str) -> str:
    """The first of the named fields that holds words."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _name(words: str) -> str:
    text = plain_text(words) or " ".join(words.split())
    if "@" not in text:
        return text
    before, _, inside = text.rstrip(" )").partition("(")
    parts = [before, inside]
    named = [" ".join(word for word in part.split() if "@" not in word) for part in parts]
    # A mailbox in angle brackets is taken for a tag by the text reader; what is left is the name.
    return next((name.strip("<>() ") for name in named if name.strip("<>() ")), text)


def _issued(written: str, published: str) -> tuple[datetime | None, str]:
    """The second time an entry tells, where the first cannot be read; with the words that were read, else the first's."""
    stamp = on_one_line(written)
    moment = read_stamp(stamp)
    return moment, stamp if moment else published


def _identity(raw: RawEntry, url: str) -> str:
    identity = (raw.get("id") or "").strip()
    if identity.startswith("/") and not raw.get("opaque"):
        return _joined(identity, raw, url) or identity
    return identity


def _link_from_id(raw: RawEntry) -> str:
    identity = (raw.get("id") or "").strip()
    is_web = identity.lower().startswith(_WEB)
    return identity if is_web and not raw.get("opaque") else ""


def _absolute(link: str, raw: RawEntry, url: str) -> tuple[str, str]:
    address = decode_entities("".join(link.strip().splitlines()))
    if not address:
        return "", sentences.NO_LINK
    address = _joined(address, raw, url)
    if not address:
        return "", sentences.BAD_LINK.format(link=link.strip()[:200])
    return address.replace(" ", "%20"), ""


def _joined(address: str, raw: RawEntry, url: str) -> str:
    """The address resolved against the bases; empty when that gives no web address."""
    try:
        # What names a scheme of its own is resolved against nothing, or "https: //a" would become a path.
        whole = _SCHEME.match(address)
        joined = address if whole else urljoin(urljoin(url, raw.get("base") or ""), address)
        parts = urlsplit(joined)
        return joined if parts.scheme.lower() in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""
