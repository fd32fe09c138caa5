"""The strict reader: RSS 0.9x-2.0, RDF, Atom and CDF through lxml, no network, no entities."""

from collections.abc import Callable, Iterator

from lxml import etree

from hoiam.kit.news.addresses import absolute
from hoiam.kit.news.feeds.constructs import atom_words, words
from hoiam.kit.news.feeds.names import (
    ABOUT,
    AUTHOR,
    AUTHOR2,
    BASE,
    GROUP,
    IDENTITY,
    LINK,
    Slots,
    local_name,
    space_of,
)
from hoiam.kit.news.feeds.raw import RawEntry, RawFeed

# libxml2's own cap on nesting, without its "huge" switch; what lies deeper ends the reading.
MAX_XML_DEPTH = 256
_KINDS = {"rss": "rss", "rdf": "rdf", "feed": "atom", "channel": "rss"}
_ITEMS = ("item", "entry")
_SPECIAL = frozenset({LINK, AUTHOR, AUTHOR2, IDENTITY, GROUP})
# Without attributes these two are mere words.
_ADDRESSES = frozenset({LINK, IDENTITY})
# Of several times of one kind the last is the one meant, as feedparser has it.
_LAST = frozenset({"published", "issued", "created", "updated"})
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
_NOISE = frozenset({"ERR_UNDECLARED_ENTITY", "WAR_UNDECLARED_ENTITY", "NS_ERR_UNDEFINED_NAMESPACE"})
_DEEP = "ERR_RESOURCE_LIMIT"
# How the words of an element are told: None for its bare text, which is all RSS needs.
Words = Callable[[etree._Element], str] | None


def read_xml(text: str) -> RawFeed:
    """The feed as the strict reader sees it; ``broken`` when the syntax had to be repaired."""
    data = undeclared(text).encode("utf-8", "replace")
    try:
        return _read(etree.fromstring(data, _parser(recover=False)))
    except etree.XMLSyntaxError:
        return _read_broken(data.translate(None, _CONTROLS))


def read_quickly(data: bytes) -> RawFeed | None:
    """The feed in sound UTF-8 XML, straight from its bytes; None when it is not sound."""
    try:
        return _read(etree.fromstring(data, _parser(recover=False, encoding="utf-8")))
    except etree.XMLSyntaxError:
        return None


def parse_piece(text: str) -> etree._Element | None:
    """The tree of a scrap of XML, repaired where it is broken; None when nothing is left of it."""
    data = text.encode("utf-8", "replace").translate(None, _CONTROLS)
    try:
        return etree.fromstring(data, _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def read_item(node: etree._Element, kind: str) -> RawEntry:
    """One item that stands outside its feed."""
    return _entry(node, Slots(space_of(str(node.tag))), atom_words if kind == "atom" else None, "")


def undeclared(text: str) -> str:
    """The text without its XML declaration: it is decoded already, the declaration would only mislead."""
    trimmed = text.lstrip("\ufeff \t\r\n")
    if trimmed.startswith("<?xml"):
        end = trimmed.find("?>")
        return trimmed[end + 2 :].lstrip() if end != -1 else trimmed
    return trimmed


def is_item(node: etree._Element) -> bool:
    """Whether the element is an item or an entry, in whatever case."""
    return local_name(node.tag) in _ITEMS


def _parser(*, recover: bool, encoding: str | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding,
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _read_broken(data: bytes) -> RawFeed:
    parser = _parser(recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    feed = _read(root) if root is not None else RawFeed()
    errors = {error.type_name for error in parser.error_log}
    feed.broken = root is None or bool(errors - _NOISE)
    feed.deep = _DEEP in errors
    return feed


def _read(root: etree._Element) -> RawFeed:
    name = local_name(root.tag)
    feed = RawFeed(kind=_KINDS.get(name, ""), root=name)
    if not feed.kind:
        return feed
    told = atom_words if feed.kind == "atom" else None
    base, slots, seen = root.get(BASE, ""), Slots(""), ""
    for node in _nodes(root):
        if node.tag != seen:
            if not is_item(node):
                if not feed.title and local_name(node.tag) == "title":
                    feed.title = (told or words)(node)
                continue
            seen = str(node.tag)
            slots = Slots(space_of(seen))
        feed.entries.append(_entry(node, slots, told, base))
    return feed


def _nodes(root: etree._Element) -> Iterator[etree._Element]:
    """The children of the root and of its channels, and items that lie deeper than they should."""
    for node in root:
        name = local_name(node.tag)
        if name == "channel":
            yield from _children(node)
            continue
        yield node
        if name not in _ITEMS and len(node):
            yield from filter(is_item, node.iter())


def _children(channel: etree._Element) -> Iterator[etree._Element]:
    known = None
    for child in channel:
        yield child
        if child.tag == known or len(child) == 0:
            continue
        if is_item(child):
            known = child.tag
        else:
            yield from filter(is_item, child.iter())


def _entry(node: etree._Element, slots: Slots, told: Words, base: str) -> RawEntry:
    raw: RawEntry = {}
    _fill(raw, node, slots, told)
    if node.keys():
        _take_attributes(raw, node)
        base = absolute(node.get(BASE, ""), base)
    if base:
        raw["base"] = base
    return raw


def _fill(raw: RawEntry, node: etree._Element, slots: Slots, told: Words) -> None:
    for child in node:
        slot = slots[child.tag]
        if slot in _SPECIAL:
            # What is asked of an element costs as much as all the rest here: the commonest first, and once.
            if slot == IDENTITY and not len(child):
                _take_identity(raw, child)
                continue
            if slot not in _ADDRESSES or child.keys():
                _take(raw, slot, child, slots, told)
                continue
        if slot and (slot not in raw or slot in _LAST):
            # Without markup inside, the words are the text itself: most elements, so the check stands here.
            if told is not None:
                text: str | None = told(child)
            else:
                text = words(child) if len(child) else child.text
            if text and not text.isspace():
                raw[slot] = text


def _take(raw: RawEntry, slot: str, child: etree._Element, slots: Slots, told: Words) -> None:
    """An element that is more than its words."""
    if slot == LINK:
        _take_link(raw, child)
    elif slot == GROUP:
        _fill(raw, child, slots, told)
    elif slot == IDENTITY:
        _take_identity(raw, child)
    else:
        name = _person(child)
        before = raw.get(slot)
        if name:
            raw[slot] = f"{before}\n{name}" if before else name


def _take_identity(raw: RawEntry, child: etree._Element) -> None:
    identity = child.text
    if identity and "id" not in raw and not identity.isspace():
        raw["id"] = identity
        if child.get("isPermaLink", "").lower() == "false":
            raw["opaque"] = "1"


def _take_link(raw: RawEntry, child: etree._Element) -> None:
    if "link" in raw:
        return
    address = child.get("href") or (child.text or "").strip()
    if address and child.get("rel", "alternate") == "alternate":
        base = child.get(BASE)
        raw["link"] = (absolute(address, base) or address) if base else address


def _person(node: etree._Element) -> str:
    for child in node:
        if local_name(child.tag) == "name":
            return words(child).strip()
    return words(node).strip()


def _take_attributes(raw: RawEntry, node: etree._Element) -> None:
    """What stands on the item itself: the address of RDF, address and time of CDF."""
    about = node.get(ABOUT)
    if about:
        raw.setdefault("id", about)
        raw.setdefault("link", about)
    address, changed = node.get("HREF") or node.get("href"), node.get("LASTMOD")
    if address:
        raw.setdefault("link", address)
    if changed:
        raw.setdefault("updated", changed)
