"""The fast tier: the densest piece of running text on a page nobody wrote a rule for."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.news.pages.authors import name_at_end
from hoiam.kit.news.pages.blocks import Block, blocks_of, without_stamps
from hoiam.kit.news.pages.rules import always_dropped, captions
from hoiam.kit.news.pages.trees import drop

_JUNK = re.compile(
    r"related|relate[ds]?-|share|social|comment|sidebar|footer|breadcrumb|newsletter|promo|advert|sponsor"
    r"|caption|recommend|most-?read|popup|cookie|subscribe|toolbar|pagination|outbrain|taboola"
    r"|tin-?lien-?quan|tin-?khac|doc-?nhieu|binh-?luan|author-?(?:box|bio)|byline|navigation|menu"
    r"|paywall|link-source|copy-?link|table-of-contents|audio",
    re.I,
)
# Sure enough to outweigh a word of the body beside it: "article-related", "post__ad".
_SURE = re.compile(
    r"related|relate(?![a-z])|recommend|comments|lien-?quan|quang-?cao|binh-?luan|(?<![a-z])(?:ads?|toc)(?![a-z])",
    re.I,
)
_BODY = re.compile(r"article|content|entry|post|story|main|body|detail|noi-?dung", re.I)
_BOXES = "div, section, ul, ol, table, li[class], header, dl, article[class]"
_BOX_TAGS = frozenset({"div", "section", "ul", "ol", "table", "li", "header", "dl", "article"})
_NEVER = frozenset(
    {"nav", "footer", "aside", "figure", "figcaption", "button", "select", "noscript"}
)
_FEW, _SHORTEST_NAME = 2, 3
# Paragraphs that are weighed: the longest live page has a tenth of them.
_MOST_WEIGHED = 30_000
_STOPS = re.compile(r"[,.;:!?…]")
# Over what readers wrote: often longer than the article.
_OPINIONS = re.compile(
    r"(?:\d+ )?(?:ý kiến|bình luận|phản hồi)(?: \(\d+\)| bạn đọc|$|\s*\d)|comments?\b", re.I
)
_CLOCK = re.compile(r"\d{1,2}\s*[:hg]\s*\d{2}")
_LEAST = 25
_COUNTED = 600
_PLENTY = 30  # the score of some three paragraphs
_ENOUGH = 250
_TEXTUAL = "p, pre, blockquote"
_ANY = "p, pre, blockquote, div, td, li, section, figcaption"
_OWN_WORDS = frozenset({"div", "td", "section"})


@dataclass
class _Holder:
    node: LexborNode
    score: float = 0.0


def fast_body(tree: LexborHTMLParser) -> list[Block]:
    """The paragraphs of the article, or an empty list when no piece of text stands out."""
    root = tree.body
    if root is None:
        return []
    _drop_opinions(root)
    in_captions = _is_told_in_captions(root)
    holders = _holders(root)
    if not holders:
        return []
    best = max(holders.values(), key=lambda holder: holder.score)
    node = _widened(best, holders)
    _prune(node, in_captions=in_captions)
    return clean(blocks_of(node))


def clean(blocks: list[Block]) -> list[Block]:
    """The paragraphs without link lists and without the scraps round an article; the writer's name may end it."""
    is_live = sum(bool(_CLOCK.fullmatch(block.text)) for block in blocks) > 2
    kept = [
        block
        for block in blocks
        if not _is_scrap(block) or (is_live and _CLOCK.fullmatch(block.text))
    ]
    while kept and _is_heading(kept[-1]):
        kept.pop()
    kept = without_stamps(kept)
    if kept and blocks[-1] is not kept[-1] and name_at_end(blocks[-1].text):
        kept.append(blocks[-1])
    return kept


def _prune(node: LexborNode, *, in_captions: bool) -> None:
    """Take what is never the article's out of the piece that holds it."""
    dropped = f"{always_dropped()}, aside"
    junk = node.css(dropped if in_captions else f"{dropped}, {captions()}")
    drop(one for one in junk if one.mem_id != node.mem_id)
    paragraphs = len(node.css("p"))
    drop(
        box
        for box in node.css(_BOXES)
        if box.mem_id != node.mem_id and _is_junk(_names(box)) and not _wraps(box, paragraphs)
    )


def _wraps(box: LexborNode, paragraphs: int) -> bool:
    """A wrapper named for what stands beside the article ("page-with-sidebar") is no sidebar."""
    held = len(box.css("p"))
    return held > _FEW and held * 2 > paragraphs


def _drop_opinions(root: LexborNode) -> None:
    headings = root.css("h2, h3, h4, h5")
    opinions = (node for node in headings if _OPINIONS.match(node.text().strip()))
    boxes = (_box_opened_by(node) for node in opinions)
    drop(box for box in boxes if box is not None)


def _box_opened_by(heading: LexborNode) -> LexborNode | None:
    """The box that begins with this heading, unless it is the article's own."""
    box, before = heading.parent, heading.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    if before is not None or box is None or box.tag in ("body", "html"):
        return None
    return box if box.css_first("h1") is None else None


def _is_told_in_captions(root: LexborNode) -> bool:
    """A photo story: its words stand under the pictures, and hardly any elsewhere."""
    told = sum(len(node.text()) for node in root.css("figcaption"))
    if told < _ENOUGH:
        return False
    elsewhere = sum(len(node.text()) for node in root.css("p") if not _in_figure(node))
    return elsewhere < 3 * _ENOUGH and elsewhere < told


def _in_figure(node: LexborNode) -> bool:
    parent = node.parent
    return parent is not None and parent.tag in ("figcaption", "figure")


def _names(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


@lru_cache(maxsize=8192)
def _is_junk(names: str) -> bool:
    if len(names) < _SHORTEST_NAME:
        return False
    if _SURE.search(names):
        return True
    return bool(_JUNK.search(names)) and not _BODY.search(names)


def _holders(root: LexborNode) -> dict[int, _Holder]:
    holders = _credited(root, _TEXTUAL)
    if max((one.score for one in holders.values()), default=0.0) >= _PLENTY:
        return holders
    return _credited(root, _ANY)


def _credited(root: LexborNode, selector: str) -> dict[int, _Holder]:
    holders: dict[int, _Holder] = {}
    for node in _outside_junk(root.css(selector)[:_MOST_WEIGHED]):
        words = node.text(deep=node.tag not in _OWN_WORDS).strip()
        if len(words) >= _LEAST:
            _credit(holders, node, _score(node, words))
    return holders


def _outside_junk(nodes: list[LexborNode]) -> list[LexborNode]:
    """The nodes that stand in no menu, sidebar, comment or box of related articles."""
    known: dict[int, tuple[int, ...]] = {}
    chains = [_junk_above(node, known) for node in nodes]
    held = Counter(box for chain in chains for box in chain)
    # A wrapper named for what stands beside the article holds the article, too.
    wrappers = {box for box, count in held.items() if count > _FEW and count * 2 > len(nodes)}
    return [node for node, chain in zip(nodes, chains, strict=True) if not set(chain) - wrappers]


def _junk_above(node: LexborNode, known: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    """The junk boxes round a node, itself among them; what is known of a box is asked once."""
    path: list[LexborNode] = []
    above: LexborNode | None = node
    while above is not None and above.mem_id not in known and above.tag not in ("html", "-undef"):
        path.append(above)
        above = above.parent
    chain = known.get(above.mem_id, ()) if above is not None else ()
    for box in reversed(path):
        tag = box.tag
        if tag in _NEVER or (tag in _BOX_TAGS and _is_junk(_names(box))):
            chain = (*chain, box.mem_id)
        known[box.mem_id] = chain
    return chain


def _score(node: LexborNode, words: str) -> float:
    linked = sum(len(anchor.text()) for anchor in node.css("a"))
    share = min(1.0, linked / len(words))
    counted = words if node.tag in _OWN_WORDS else words[:_COUNTED]
    return (len(counted) / 100 + len(_STOPS.findall(counted)) / 2) * (1 - share) ** 2


def _credit(holders: dict[int, _Holder], node: LexborNode, score: float) -> None:
    # Words that stand bare in a box speak for the box that holds all such boxes, too.
    parent = node if node.tag in ("td",) or _is_lone(node) else node.parent
    for share in (1.0, 0.6, 0.3):
        if parent is None or parent.tag in ("html", "-undef"):
            return
        holder = holders.setdefault(parent.mem_id, _Holder(parent))
        holder.score += score * share * _weight(parent)
        parent = parent.parent


def _is_lone(node: LexborNode) -> bool:
    return node.tag in _OWN_WORDS and node.css_first("br, b, i, p") is not None


def _weight(node: LexborNode) -> float:
    if node.tag in ("article", "main"):
        return 1.15
    return 0.7 if node.tag in ("body", "li", "blockquote", "ul", "aside", "header") else 1.0


def _widened(best: _Holder, holders: dict[int, _Holder]) -> LexborNode:
    """The node of the best score, or what holds it among boxes of its kind."""
    node = _among_its_kind(best.node)
    for _ in range(3):
        parent = node.parent
        if parent is None or parent.tag in ("body", "html"):
            return node
        holder = holders.get(parent.mem_id)
        # A body cut into sections: the parent gathers as much again from the other sections.
        if holder is None or holder.score < best.score * 0.85:
            return node
        node = parent
    return node


def _among_its_kind(node: LexborNode) -> LexborNode:
    """What holds a row of boxes of one kind, when the best is one of them: the entries of a live page."""
    box = node
    for _ in range(2):
        parent = box.parent
        names = box.attributes.get("class")
        if parent is None or parent.tag in ("body", "html") or not names:
            return node
        kind = [one for one in _children(parent) if one.attributes.get("class") == names]
        if len(kind) > 2 and sum(len(one.text()) for one in kind) > 2 * len(box.text()):
            return parent
        box = parent
    return node


def _children(node: LexborNode) -> list[LexborNode]:
    return [one for one in node.iter() if one.tag not in ("script", "style")]


def _is_scrap(block: Block) -> bool:
    if block.is_link:
        return True
    return (
        len(block.text) < _LEAST
        and not _is_heading(block)
        and not _STOPS.search(block.text[-1:])
        and " | " not in block.text
    )


def _is_heading(block: Block) -> bool:
    return block.tag.startswith("h")
