"""Which element of which vocabulary fills which slot of an entry."""

from functools import lru_cache
from typing import Final

DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1"
ABOUT: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
# Slots whose elements are read in a way of their own.
LINK, AUTHOR, AUTHOR2, IDENTITY, GROUP = "link", "author", "author2", "id", "group"

# RSS 0.9x-2.0, RSS 1.0, Atom 0.3 and 1.0 and CDF in one table: their names never clash.
_OWN: Final = {
    "title": "title",
    "description": "summary",
    "summary": "summary",
    "abstract": "summary",
    "content": "content",
    "encoded": "content",
    "fullitem": "content",
    "body": "content",
    "pubdate": "published",
    "published": "published",
    "issued": "issued",
    "date": "issued",
    "created": "created",
    "updated": "updated",
    "modified": "updated",
    "lastmod": "updated",
    "author": AUTHOR,
    "creator": AUTHOR,
    "guid": IDENTITY,
    "id": IDENTITY,
    "link": LINK,
}
_DUBLIN: Final = {
    "title": "title2",
    "description": "summary2",
    "creator": AUTHOR,
    "author": AUTHOR,
    "date": "issued",
}
_TERMS: Final = {
    "title": "title2",
    "abstract": "summary2",
    "description": "summary2",
    "creator": AUTHOR,
    "issued": "issued",
    "created": "created",
    "modified": "updated",
}
_ATOM_ELSEWHERE: Final = {
    "title": "title2",
    "summary": "summary2",
    "content": "content",
    "published": "published",
    "updated": "updated",
    "author": AUTHOR2,
    "link": LINK,
}
_MEDIA: Final = {"title": "title2", "description": "summary2", "group": GROUP, "content": GROUP}
_PODCAST: Final = {"title": "title2", "summary": "summary2", "author": AUTHOR2}
_WEB_PAGE: Final = {"body": "content", "div": "content"}
_TABLES: Final = {
    "own": _OWN,
    "dc": _DUBLIN,
    "dcterms": _TERMS,
    "atom": _ATOM_ELSEWHERE,
    "content": {"encoded": "content"},
    "media": _MEDIA,
    "itunes": _PODCAST,
    "xhtml": _WEB_PAGE,
}
_SPACES: Final = {
    "": "own",
    "http://purl.org/rss/1.0": "own",
    "http://my.netscape.com/rdf/simple/0.9": "own",
    "http://channel.netscape.com/rdf/simple/0.9": "own",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": "own",
    "http://backend.userland.com/rss2": "own",
    "http://backend.userland.com/rss": "own",
    "http://blogs.law.harvard.edu/tech/rss": "own",
    "http://purl.org/net/rss1.1": "own",
    DUBLIN_CORE: "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/rss/1.0/modules/dcterms": "dcterms",
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns": "atom",
    "http://search.yahoo.com/mrss": "media",
    "http://tools.search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
}


class Slots(dict[object, str]):
    """Slot of each tag inside items of one namespace, learned as tags are met; "" for what says nothing.

    An element of a vocabulary nobody knows never fills a slot, however familiar its local name.

    >>> Slots("")["title"], Slots("")["{http://purl.org/dc/elements/1.1/}date"], Slots("")["{urn:x}title"]
    ('title', 'issued', '')
    """

    def __init__(self, own: str) -> None:
        super().__init__()
        self.own = own

    def __missing__(self, tag: object) -> str:
        slot = _slot(tag, self.own) if isinstance(tag, str) else ""
        self[tag] = slot
        return slot


def local_name(tag: object) -> str:
    """The name of a tag without namespace or prefix, in small letters; "" for what is no element."""
    return _last_part(tag) if isinstance(tag, str) else ""


# A feed has few names, and each is asked for many times; a million tags that name nothing took 2 s.
@lru_cache(maxsize=256)
def _last_part(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def space_of(tag: str) -> str:
    """The namespace of a tag."""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _slot(tag: str, own: str) -> str:
    space = space_of(tag)
    # A prefix nobody declared stays in the name; what it usually stands for is known.
    prefix, _, name = tag.rpartition("}")[2].lower().rpartition(":")
    if prefix:
        table = prefix if prefix != "own" else ""
    elif space == own:
        table = "own"
    else:
        table = _SPACES.get(space.lower().rstrip("/#"), "")
    return _TABLES.get(table, {}).get(name, "")
