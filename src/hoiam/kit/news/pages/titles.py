"""The title of a page: its heading as readers see it, without the outlet's tail."""

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.news.markup import plain_text
from hoiam.kit.news.pages.metadata import Metadata
from hoiam.kit.vietnamese import fold

_TAIL = re.compile(r"\s+[-–—|»:]\s+([^-–—|»]{2,60})$")
_HEADINGS = "h1, h2, h3, [class*='title' i], [class*='tieude' i], [class*='tieu-de' i]"
_LOOKED_AT = 12
_LETTERS = re.compile(r"[^a-z0-9]")


def find_title(
    tree: LexborHTMLParser, metadata: Metadata, selectors: Iterable[str], outlet: str
) -> str:
    """The title; an empty string when the page has none."""
    for selector in selectors:
        if words := _text_of(tree, selector):
            return words
    stated = [metadata.said("headline"), plain_text(metadata.meta("og:title", "twitter:title"))]
    stated = [without_outlet(words, outlet) for words in stated if words]
    tab = without_outlet(_text_of(tree, "title"), outlet)
    known = [words for words in [*stated, tab] if words]
    # A heading the page repeats in its metadata is the headline; a lone logo in an h1 is not.
    headings = [words for words in _headings(tree) if _bare(words) not in _bare(outlet)]
    for heading in headings:
        if any(_same(heading, words) for words in known):
            return heading
    return next((words for words in [*stated, *headings[:1], tab] if words), "")


def heading_of(tree: LexborHTMLParser, title: str) -> LexborNode | None:
    """The element that shows the title, else the first heading."""
    for node in tree.css(_HEADINGS)[:_LOOKED_AT]:
        if title and _same(plain_text(node.text(separator=" ")), title):
            return node
    return tree.css_first("h1")


def _headings(tree: LexborHTMLParser) -> list[str]:
    nodes = [*tree.css("h1")[:5], *tree.css(_HEADINGS)[:_LOOKED_AT]]
    return [words for node in nodes if (words := plain_text(node.text(separator=" ")))]


def without_outlet(title: str, outlet: str) -> str:
    """The title without " - outlet" at its end.

    >>> without_outlet("Đấu giá khu đất - Tin trong tỉnh - Báo Sông Thanh", "Báo Sông Thanh")
    'Đấu giá khu đất - Tin trong tỉnh'
    """
    tail = _TAIL.search(title)
    if tail and outlet and _bare(tail[1]) and _is_part(_bare(tail[1]), _bare(outlet)):
        return title[: tail.start()].strip()
    return title.strip()


def _text_of(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return plain_text(node.text(separator=" ")) if node else ""


def _same(heading: str, words: str) -> bool:
    return _is_part(_bare(heading), _bare(words)) and len(heading) * 2 > len(words)


def _is_part(some: str, other: str) -> bool:
    return bool(some and other) and (some in other or other in some)


def _bare(words: str) -> str:
    return _LETTERS.sub("", fold(words))
