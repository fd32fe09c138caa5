"""The strict reader: RSS 0.9x-2.0, RDF and Atom through lxml, no network, no entities."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from hoiam.kit.news.addresses import absolute
from hoiam.kit.news.feeds.entries import RawEntry

_ROOTS = {"rss": "rss", "rdf": "rdf", "feed": "atom", "channel": "rss"}
_OTHER_SPACES = ("mrss", "media", "itunes", "podcast", "georss", "geo/", "threading", "slash")
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_FIELDS = {
    "title": "title",
    "description": "summary",
    "summary": "summary",
    "content": "content",
    "encoded": "content",
    "pubdate": "published",
    "published": "published",
    "issued": "published",
    "created": "published",
    "date": "published",
    "updated": "updated",
    "modified": "updated",
    "creator": "author",
    "guid": "id",
    "id": "id",
}
_ITEM = re.compile(r"<(?:[\w.-]+:)?(item|entry)\b[^>]*?(/?)>", re.I)
_OPENINGS = ("<item>", "<item ", "<entry>", "<entry ")
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.S)
_NOISE = frozenset({"ERR_UNDECLARED_ENTITY", "WAR_UNDECLARED_ENTITY", "NS_ERR_UNDEFINED_NAMESPACE"})


@dataclass
class RawFeed:
    """What a reader found: entries still in the feed's words."""

    kind: str = ""
    title: str = ""
    entries: list[RawEntry] = field(default_factory=list)
    broken: bool = False
    root: str = ""


def read_xml(text: str) -> RawFeed:
    """The feed as the strict reader sees it; ``broken`` when the syntax had to be repaired."""
    parser = _parser()
    root = _parse(text, parser)
    if root is None:
        return RawFeed(broken=True)
    name = _local(str(root.tag))
    feed = RawFeed(kind=_ROOTS.get(name, ""), root=name)
    feed.broken = any(error.type_name not in _NOISE for error in parser.error_log)
    if feed.kind:
        _walk(root, feed)
    return feed


def read_pieces(text: str) -> RawFeed:
    """The feed read item by item, so that a broken item spoils only itself."""
    starts = [found.start() for found in _ITEM.finditer(_hide_cdata(text))]
    if not starts:
        return RawFeed(broken=True)
    opening = _namespaces(text[: starts[0]])
    feed = read_xml(text[: starts[0]])
    feed.broken = True
    feed.kind = feed.kind or ("atom" if "<entry" in text[starts[0] : starts[0] + 40] else "rss")
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = f"<{opening}>{text[start:end]}"
        root = _parse(piece, _parser())
        item = (
            next((one for one in root.iter() if _is_item(one)), None) if root is not None else None
        )
        if item is not None:
            feed.entries.append(_entry(item, feed.kind, ""))
    return feed


def count_items(text: str, *, expected: int = -1) -> int:
    """How many items the document opens outside CDATA; fast when it is what was expected."""
    if expected == sum(map(text.count, _OPENINGS)):
        return expected
    return len(_ITEM.findall(_hide_cdata(text)))


def _hide_cdata(text: str) -> str:
    if "<![CDATA[" not in text:
        return text
    return _CDATA.sub(lambda found: " " * len(found[0]), text)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _parse(text: str, parser: etree.XMLParser) -> etree._Element | None:
    data = _undeclared(text).encode("utf-8", "replace").translate(None, _CONTROLS)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def _undeclared(text: str) -> str:
    # The text is decoded already: the declaration's encoding would only mislead the parser.
    trimmed = text.lstrip()
    if trimmed.startswith("<?xml"):
        end = trimmed.find("?>")
        return trimmed[end + 2 :].lstrip() if end != -1 else trimmed
    return trimmed


def _namespaces(head: str) -> str:
    declared = re.findall(r"""xmlns:[\w.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')""", head)
    return " ".join(["hoiam-piece", *dict.fromkeys(declared)])


def _walk(root: etree._Element, feed: RawFeed) -> None:
    base = root.get(_BASE, "")
    items = list(root.iter("{*}item", "{*}entry")) or [n for n in root.iter() if _is_item(n)]
    feed.entries = [_entry(node, feed.kind, base) for node in items]
    titles = (_words(node) for node in root.iter("{*}title") if _is_head(node, root))
    feed.title = next(titles, "")


def _is_head(node: etree._Element, root: etree._Element) -> bool:
    parent = node.getparent()
    return parent is root or (parent is not None and _local(str(parent.tag)) == "channel")


def _is_item(node: etree._Element) -> bool:
    return isinstance(node.tag, str) and _local(str(node.tag)) in ("item", "entry")


def _entry(node: etree._Element, kind: str, base: str) -> RawEntry:
    raw = RawEntry(base=absolute(node.get(_BASE, ""), base))
    for child in node:
        if not isinstance(child.tag, str):
            continue
        name = _field(child.tag)
        if name == "link":
            _take_link(raw, child)
        elif name == "author":
            raw.author = raw.author or _author(child)
        elif name:
            _take(raw, name, child)
    raw.link = raw.link or node.get(_ABOUT, "")
    return raw


def _take(raw: RawEntry, name: str, child: etree._Element) -> None:
    if not getattr(raw, name):
        setattr(raw, name, _words(child))
        if name == "id":
            raw.id_is_link = child.get("isPermaLink", "").lower() != "false"


def _take_link(raw: RawEntry, child: etree._Element) -> None:
    address = child.get("href") or (child.text or "").strip()
    relation = child.get("rel", "alternate")
    if address and relation == "alternate" and not raw.link:
        raw.link = absolute(address, child.get(_BASE, "")) or address


def _author(node: etree._Element) -> str:
    for child in node:
        if isinstance(child.tag, str) and _local(str(child.tag)) == "name":
            return _words(child)
    return _words(node)


def _words(node: etree._Element) -> str:
    if len(node) == 0:
        return node.text or ""
    inner = etree.tostring(node, encoding="unicode", with_tail=False)
    return inner[inner.find(">") + 1 : inner.rfind("<")]


@lru_cache(maxsize=512)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


@lru_cache(maxsize=512)
def _field(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    space, name = space[1:].lower(), name.lower()
    prefix, _, bare = name.rpartition(":")
    if any(other in space or other in prefix for other in _OTHER_SPACES):
        return ""
    if bare in ("link", "author"):
        return bare
    return _FIELDS.get(bare, "")
