"""What stands round the body of a page nobody wrote a rule for: the sapo under the heading, the name at the end."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.news.markup import plain_text
from hoiam.kit.news.pages.rules import byline_places, sapo_places
from hoiam.kit.vietnamese import is_vietnamese

_SHORTEST, _LONGEST = 30, 700
_FULL_SENTENCE = 60
_GAP = 300
_CLIMB = 4
_NEIGHBOURS = 5
_NAME = 60
_SENTENCE = re.compile(r"[.!?:;…]\s*$|\d{2}")
_ENDED = re.compile(r"[.!?…”\"’)]\s*$")
# One element that holds these is a piece of the page, not a sapo.
_PIECES = "p p, p + p, div, ul, table, section, article, h1, h2, img, script"
_SAPO_TAGS = ("p", "div", "h2", "h3", "h4", "h5", "blockquote", "strong", "b", "em")


def shown_sapo(heading: LexborNode | None) -> str:
    """The sapo a Vietnamese page shows under its heading; an empty string when none stands out.

    Only the surroundings of the heading are looked at: further away such classes belong to other articles.
    """
    place = heading
    for _ in range(_CLIMB):
        place = place.parent if place else None
        if place is None or place.tag in ("body", "html", "-undef"):
            break
        words = next((words for node in place.css(sapo_places()) if (words := _sapo(node))), "")
        if words and _is_close(words, place, heading):
            return words
    return _right_behind(heading) if heading else ""


def _is_close(words: str, place: LexborNode, heading: LexborNode | None) -> bool:
    """Whether hardly anything stands between heading and sapo: further down it belongs to another article."""
    text = plain_text(place.html or "")
    title = plain_text(heading.html or "") if heading else ""
    start, end = text.find(title), text.find(words)
    return start < 0 or end < 0 or end - start - len(title) < _GAP


def _right_behind(heading: LexborNode) -> str:
    """The paragraph between the heading and the box of the text, or one marked as sapo beside the heading."""
    place: LexborNode | None = heading
    for _ in range(_CLIMB):
        if place is None or place.tag in ("body", "html"):
            return ""
        after = list(_after(place))
        for number, node in enumerate(after):
            words = _sapo(node) if _may_be_sapo(node) else ""
            if words and (node.css_matches(sapo_places()) or _stands_apart(words, after, number)):
                return words
        if any(len(node.text()) > _LONGEST for node in after):
            return ""
        place = place.parent
    return ""


def _stands_apart(words: str, after: list[LexborNode], number: int) -> bool:
    """A full sentence with the box of the text behind it, or set otherwise than the paragraphs behind it."""
    node = after[number]
    rest = after[number + 1 :]
    if len(words) < _FULL_SENTENCE or not _ENDED.search(words):
        return False
    if node.tag in ("h2", "h3", "h4"):
        return True
    alike = [one for one in rest if one.tag == node.tag and _class(one) == _class(node)]
    box = any(one.tag in ("div", "section", "article") for one in rest)
    # The others in the row share a class, and this one has its own.
    row = [_class(one) for one in rest if one.tag == node.tag]
    set_apart = bool(_class(node)) and len(row) > 1 and len(set(row)) == 1
    return not alike and (box or set_apart)


def _class(node: LexborNode) -> str:
    return node.attributes.get("class") or ""


def _after(node: LexborNode) -> Iterator[LexborNode]:
    one = node.next
    most = _NEIGHBOURS
    while one is not None and most:
        if one.is_element_node:
            most -= 1
            yield one
        one = one.next


def _may_be_sapo(node: LexborNode) -> bool:
    return node.tag in _SAPO_TAGS and node.css_first(_PIECES) in (None, node)


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
