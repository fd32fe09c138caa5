"""What stands round the body of a page nobody wrote a rule for: the sapo under the heading, the name at the end."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.news.markup import plain_text
from hoiam.kit.news.pages.rules import byline_places, sapo_places
from hoiam.kit.news.pages.titles import heading_of
from hoiam.kit.vietnamese import is_vietnamese

_SHORTEST, _LONGEST = 30, 700
_CLIMB = 4
_NAME = 60
_SENTENCE = re.compile(r"[.!?:;…]\s*$|\d{2}")


def shown_sapo(tree: LexborHTMLParser, title: str) -> str:
    """The sapo a Vietnamese page shows under its heading; an empty string when none is marked as one.

    Only the surroundings of the heading are looked at: further away such classes belong to other articles.
    """
    heading = heading_of(tree, title)
    place = heading
    for _ in range(_CLIMB):
        place = place.parent if place else None
        if place is None or place.tag in ("body", "html", "-undef"):
            break
        words = next((words for node in place.css(sapo_places()) if (words := _sapo(node))), "")
        if words:
            return words
    return _right_behind(heading) if heading else ""


def _right_behind(heading: LexborNode) -> str:
    """The sapo that follows a heading which stands in the page without a holder of its own."""
    node: LexborNode | None = heading
    for _ in range(_CLIMB):
        node = node.next if node else None
        if node is not None and node.tag != "-text" and node.css_matches(sapo_places()):
            return _sapo(node)
    return ""


def _sapo(node: LexborNode) -> str:
    words = plain_text(node.html or "")
    if not _SHORTEST <= len(words) <= _LONGEST or not is_vietnamese(words):
        return ""
    linked = sum(len(anchor.text()) for anchor in node.css("a"))
    return "" if linked * 2 > len(words) or node.css_first("h1, script") else words


def byline(tree: LexborHTMLParser) -> str:
    """The short line set to the right that ends an article: who wrote it; empty when there is none."""
    nodes = tree.css(byline_places())
    for node in reversed(nodes):
        words = plain_text(node.html or "")
        if words and len(words) <= _NAME and not _SENTENCE.search(words):
            return words
    return ""
