"""The fast tier: the densest piece of running text on a page nobody wrote a rule for."""

import re
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.news.pages.blocks import Block, blocks_of
from hoiam.kit.news.pages.rules import always_dropped

_JUNK = re.compile(
    r"related|relate[ds]?-|share|social|comment|sidebar|footer|breadcrumb|newsletter|promo|advert|sponsor"
    r"|caption|recommend|most-?read|popup|cookie|subscribe|toolbar|pagination|outbrain|taboola"
    r"|tin-?lien-?quan|tin-?khac|doc-?nhieu|binh-?luan|author-?(?:box|bio)|byline|navigation|menu",
    re.I,
)
_BODY = re.compile(r"article|content|entry|post|story|main|body|detail|noi-?dung", re.I)
_STOPS = re.compile(r"[,.;:!?…]")
_LEAST = 25
_TEXTUAL = "p, pre, blockquote"


@dataclass
class _Holder:
    node: LexborNode
    score: float = 0.0


def fast_body(tree: LexborHTMLParser) -> list[Block]:
    """The paragraphs of the article, or an empty list when no piece of text stands out."""
    root = tree.body
    if root is None:
        return []
    _prune(root)
    holders = _holders(root)
    if not holders:
        return []
    best = max(holders.values(), key=lambda holder: holder.score)
    return clean(blocks_of(_widened(best, holders)))


def clean(blocks: list[Block]) -> list[Block]:
    """The paragraphs without link lists and without the scraps round an article."""
    kept = [block for block in blocks if not _is_scrap(block)]
    while kept and _is_heading(kept[-1]):
        kept.pop()
    return kept


def _prune(root: LexborNode) -> None:
    for node in root.css(always_dropped() + ", aside"):
        node.decompose()
    for node in root.css("[class], [id]"):
        if node.tag in ("body", "article", "main", "p", "form"):
            continue
        attributes = node.attributes
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if _is_junk(names):
            node.decompose()


@lru_cache(maxsize=8192)
def _is_junk(names: str) -> bool:
    return bool(_JUNK.search(names)) and not _BODY.search(names)


def _holders(root: LexborNode) -> dict[int, _Holder]:
    holders: dict[int, _Holder] = {}
    nodes = root.css(_TEXTUAL)
    if sum(len(node.text()) for node in nodes) < 10 * _LEAST:
        nodes = root.css("p, pre, blockquote, div, td, li")
    for node in nodes:
        words = node.text(deep=node.tag not in ("div", "td")).strip()
        if len(words) >= _LEAST:
            _credit(holders, node, _score(node, words))
    return holders


def _score(node: LexborNode, words: str) -> float:
    linked = sum(len(anchor.text()) for anchor in node.css("a"))
    share = min(1.0, linked / len(words))
    return (min(len(words), 600) / 100 + len(_STOPS.findall(words[:600])) / 2) * (1 - share) ** 2


def _credit(holders: dict[int, _Holder], node: LexborNode, score: float) -> None:
    own = node.tag in ("div", "td")
    parent = node if own else node.parent
    for share in (1.0, 0.6, 0.3):
        if parent is None or parent.tag in ("html", "-undef"):
            return
        holder = holders.setdefault(parent.mem_id, _Holder(parent))
        holder.score += score * share * _weight(parent)
        parent = parent.parent


def _weight(node: LexborNode) -> float:
    if node.tag in ("article", "main"):
        return 1.15
    return 0.7 if node.tag in ("body", "li", "blockquote", "ul", "aside", "header") else 1.0


def _widened(best: _Holder, holders: dict[int, _Holder]) -> LexborNode:
    # A body cut into sections: the parent gathers as much again from the other sections.
    node = best.node
    for _ in range(3):
        parent = node.parent
        if parent is None or parent.tag in ("body", "html"):
            return node
        holder = holders.get(parent.mem_id)
        if holder is None or holder.score < best.score * 0.85:
            return node
        node = parent
    return node


def _is_scrap(block: Block) -> bool:
    if block.is_link:
        return True
    return (
        len(block.text) < _LEAST and not _is_heading(block) and not _STOPS.search(block.text[-1:])
    )


def _is_heading(block: Block) -> bool:
    return block.tag.startswith("h")
