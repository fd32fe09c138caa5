"""The title of a page: its heading as readers see it, without the outlet's tail."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.news.markup import plain_text
from hoiam.kit.news.pages.metadata import Metadata
from hoiam.kit.vietnamese import letters_of

_TAIL = re.compile(r"\s+[-–—|»:]\s+([^-–—|»]{2,60})$")
_TAGGED = "h1, h2, h3"
_HEADINGS = "[class*='title' i], [class*='tieude' i], [class*='tieu-de' i], [class*='header' i]"
_LOOKED_AT = 12
# A heading with a date line in it was never closed.
_DATED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}.*\d{1,2}[:h]\d{2}")


@dataclass(frozen=True)
class Title:
    """The words of the title and the element that shows them."""

    words: str = ""
    heading: LexborNode | None = None


def find_title(
    tree: LexborHTMLParser, metadata: Metadata, selectors: Iterable[str], outlet: str
) -> Title:
    """The title; without words when the page has none."""
    for selector in selectors:
        node = tree.css_first(selector)
        if node and (words := plain_text(node.text(separator=" "))):
            return Title(words, node)
    stated = [metadata.said("headline"), plain_text(metadata.meta("og:title", "twitter:title"))]
    stated = [without_outlet(words, outlet) for words in stated if words]
    tab = without_outlet(_text_of(tree, "title"), outlet)
    known = [words for words in [*stated, tab] if words]
    # A heading the page repeats in its metadata is the headline; a lone logo in an h1 is not.
    first = Title()
    for node, words in _headings(tree):
        same = next((one for one in known if _same(words, one)), "")
        if same:
            return Title(same if _DATED.search(words) and not _DATED.search(same) else words, node)
        if not first.words and letters_of(words) not in letters_of(outlet):
            first = Title(words, node)
    words = next((one for one in [*stated, first.words, tab] if one), "")
    return Title(words, first.heading or tree.css_first("h1"))


def _headings(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, str]]:
    for selector, most in (("h1", 5), (_TAGGED, _LOOKED_AT), (_HEADINGS, _LOOKED_AT)):
        for node in tree.css(selector)[:most]:
            if words := plain_text(node.text(separator=" ")):
                yield node, words


def without_outlet(title: str, outlet: str) -> str:
    """The title without " - outlet" at its end.

    >>> without_outlet("Đấu giá khu đất - Tin trong tỉnh - Báo Sông Thanh", "Báo Sông Thanh")
    'Đấu giá khu đất - Tin trong tỉnh'
    """
    tail = _TAIL.search(title)
    if (
        tail
        and outlet
        and letters_of(tail[1])
        and _is_part(letters_of(tail[1]), letters_of(outlet))
    ):
        return title[: tail.start()].strip()
    return title.strip()


def _text_of(tree: LexborHTMLParser, selector: str) -> str:
    node = tree.css_first(selector)
    return plain_text(node.text(separator=" ")) if node else ""


def _same(heading: str, words: str) -> bool:
    return len(heading) * 2 > len(words) and _is_part(letters_of(heading), letters_of(words))


def _is_part(some: str, other: str) -> bool:
    return bool(some and other) and (some in other or other in some)
