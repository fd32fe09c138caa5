"""Listing pages without a feed: read by a rule of selectors, and a proposal of such a rule."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from hoiam.kit.lists import yaml_of
from hoiam.kit.news import sentences
from hoiam.kit.news.addresses import absolute, host_of, url_key
from hoiam.kit.news.discovery import tree_and_caps, tree_of
from hoiam.kit.news.moments import is_same_day
from hoiam.kit.news.values import Entry, Feed
from hoiam.kit.vietnamese import nfc, read_moment, squash

BAD_SELECTOR = "Bộ chọn “{selector}” viết không đúng; hãy sửa quy tắc trang của nguồn."
RULE_MISSES = (
    "Quy tắc trang không còn khớp: không thấy khối tin nào theo “{selector}”. Có thể trang đã đổi "
    "giao diện; hãy mở nguồn, bấm Sửa nguồn và đề xuất lại quy tắc."
)
NO_LINKS = (
    "Có {count} khối tin nhưng không khối nào có liên kết theo quy tắc; hãy sửa quy tắc trang."
)


@dataclass(frozen=True)
class ListingRule:
    """CSS selectors: the repeating block, and inside each block its link, title and time; all but the first may stay empty."""

    item: str
    link: str = ""
    title: str = ""
    time: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "ListingRule":
        """The rule a row of data holds; what is missing stays empty."""
        return cls(**{one.name: str(data.get(one.name) or "") for one in fields(cls)})

    def as_json(self) -> dict[str, str]:
        """For keeping."""
        return asdict(self)


@dataclass(frozen=True)
class ListingGuess:
    """A proposed rule, how many blocks it finds and the first titles, so that a person can judge it."""

    rule: ListingRule
    count: int
    titles: tuple[str, ...]


def read_listing(
    html: bytes, rule: ListingRule, *, url: str = "", charset: str | None = None
) -> Feed:
    """The entries of a listing page by its rule; blocks without a link are counted as lost, never guessed.

    Args:
        html: the page as it came.
        rule: the selectors.
        url: where it came from; relative links are resolved against it.
        charset: the charset parameter of the HTTP header.
    """
    if not html.strip():
        return Feed(problems=(sentences.EMPTY,))
    try:
        tree, met = tree_and_caps(html, charset)
        blocks = tree.css(rule.item)
        entries = [entry for block in blocks if (entry := _entry(block, rule, url))]
    except (SelectolaxError, ValueError):
        return Feed(
            problems=(BAD_SELECTOR.format(selector=getattr(rule, bad_selector(rule) or "item")),),
            kind="listing",
        )
    if not blocks:
        return Feed(problems=(*met, RULE_MISSES.format(selector=rule.item)), kind="listing")
    lost = len(blocks) - len(entries)
    problems = (*met, *([] if entries else [NO_LINKS.format(count=len(blocks))]))
    once = {url_key(entry.link): entry for entry in reversed(entries)}
    ordered = dict.fromkeys(url_key(entry.link) for entry in entries)
    return Feed(tuple(once[key] for key in ordered), problems=problems, lost=lost, kind="listing")


def guess_rule(html: bytes, *, url: str = "", charset: str | None = None) -> ListingGuess | None:
    """The likeliest rule for a page: the block of one shape that repeats with the most words in its links.

    None when nothing repeats often enough: a person then writes the selectors.
    """
    tree = tree_of(html, charset)
    groups: dict[str, dict[str, tuple[LexborNode, LexborNode]]] = defaultdict(dict)
    for anchor in tree.css("a[href]")[: _data()["most_links"]]:
        if len(_title(anchor)) < _data()["least_title"] or _inside(anchor, _ignored()):
            continue
        address = absolute(anchor.attributes.get("href") or "", url)
        if host_of(address) != host_of(url):
            continue
        for block in _holders(anchor):
            groups[_shape(block)].setdefault(url_key(address), (block, anchor))
    # Of shapes that hold the same items the outer one wins: the time stands beside the title, not in it.
    best = max(groups.items(), key=_worth, default=None)
    if best is None or len(best[1]) < _data()["least_blocks"]:
        return None
    return _guess(best[0], list(best[1].values()), tree)


def _guess(
    shape: str, found: list[tuple[LexborNode, LexborNode]], tree: LexborHTMLParser
) -> ListingGuess:
    link = _common([_way(block, anchor) for block, anchor in found])
    rule = ListingRule(item=shape, link=link, time=_time_place([block for block, _ in found]))
    titles = tuple(_title(anchor) for _, anchor in found[:5])
    return ListingGuess(rule, len(tree.css(shape)), titles)


def _worth(group: tuple[str, dict[str, tuple[LexborNode, LexborNode]]]) -> tuple[int, int, int]:
    shape, found = group
    # A block that holds one item each; a box that holds the whole list repeats once.
    blocks = {block.mem_id for block, _ in found.values()}
    words = sum(len(_title(anchor)) for _, anchor in found.values())
    alone = len(blocks) == len(found) and "." in shape
    return (len(blocks) if alone else 0, words, _depth(next(iter(found.values()))))


def _depth(pair: tuple[LexborNode, LexborNode]) -> int:
    """How many steps lie between a block and its link."""
    block, node = pair
    steps = 0
    while node.parent is not None and node.mem_id != block.mem_id:
        node, steps = node.parent, steps + 1
    return steps


def _holders(anchor: LexborNode) -> list[LexborNode]:
    """The nodes round a link that may be its block, from the nearest outwards."""
    holders: list[LexborNode] = []
    node = anchor.parent
    while node is not None and node.tag not in {"body", "html"} and len(holders) < 4:
        if node.tag in {"article", "li", "div", "section", "tr", "dd", "h2", "h3", "h4"}:
            holders.append(node)
        node = node.parent
    return holders


def _shape(node: LexborNode) -> str:
    """Tag and plain class names as a selector: names with odd letters would need escaping."""
    names = (node.attributes.get("class") or "").split()
    plain = [name for name in names if name.replace("-", "").replace("_", "").isalnum()]
    plain = [name for name in plain if not any(letter.isdigit() for letter in name)]
    return str(node.tag) + "".join(f".{name}" for name in sorted(plain)[:3])


def _way(block: LexborNode, anchor: LexborNode) -> str:
    steps, node = ["a"], anchor.parent
    while node is not None and node.mem_id != block.mem_id:
        if node.tag in {"h1", "h2", "h3", "h4"}:
            steps.insert(0, node.tag)
        node = node.parent
    return " ".join(steps)


def _common(ways: list[str]) -> str:
    return max(set(ways), key=lambda way: (ways.count(way), way))


def _time_place(blocks: list[LexborNode]) -> str:
    for selector in _data()["time_selectors"]:
        read = [b for b in blocks if any(_moment(node) for node in b.css(selector))]
        if 2 * len(read) > len(blocks):
            return str(selector)
    return ""


def _entry(block: LexborNode, rule: ListingRule, url: str) -> Entry | None:
    anchor = block if block.tag == "a" and not rule.link else _first(block, rule.link or "a[href]")
    link = absolute(anchor.attributes.get("href") or "", url) if anchor is not None else ""
    if anchor is None or not link.startswith(("https://", "http://")):
        return None
    named = _first(block, rule.title) if rule.title else anchor
    title = _title(named) if named is not None else ""
    title = title or _title(anchor)
    stamp = _first(block, rule.time) if rule.time else None
    moment = _moment(stamp) if stamp is not None else None
    raw = squash(nfc(stamp.text())) if stamp is not None else ""
    problems = [] if title else [sentences.NO_TITLE]
    if raw and moment is None:
        problems.append(sentences.UNREAD_TIME.format(raw=raw))
    return Entry(
        id=link,
        link=link.partition("#")[0],
        title=title,
        published_at=moment,
        published_raw=raw,
        problems=tuple(problems),
    )


def _title(node: LexborNode) -> str:
    return squash(nfc(node.attributes.get("title") or node.text(separator=" ")))


def _moment(node: LexborNode) -> datetime | None:
    """The time a node tells: the machine's before the reader's, but a bare day only where no hour of it is written."""
    day: datetime | None = None
    for words in (node.attributes.get("datetime") or "", node.text(separator=" ")):
        found = read_moment(words) if words.strip() else None
        if found is None or (day is not None and not is_same_day(day, found.value)):
            continue
        if found.has_time:
            return found.value
        day = day or found.value
    return day


def _first(block: LexborNode, selector: str) -> LexborNode | None:
    return block.css_first(selector)


def _inside(node: LexborNode, tags: frozenset[str]) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in tags:
            return True
        above = above.parent
    return False


def bad_selector(rule: ListingRule) -> str:
    """The name of the first field whose selector cannot be read; empty when all can.

    >>> bad_selector(ListingRule("li")), bad_selector(ListingRule("li", time="[["))
    ('', 'time')
    """
    probe = LexborHTMLParser("<p>x</p>")
    for name, selector in rule.as_json().items():
        try:
            probe.css(selector) if selector else None
        except (SelectolaxError, ValueError):
            return name
    return ""


@lru_cache(maxsize=1)
def _ignored() -> frozenset[str]:
    return frozenset(part.strip() for part in _data()["ignored"].split(","))


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.news").joinpath("data/listings.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    return data
