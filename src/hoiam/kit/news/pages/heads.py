"""What stands over an article: title, outlet, author, section and times, each with where it was read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.news import sentences
from hoiam.kit.news.addresses import absolute, canonical_url, host_of
from hoiam.kit.news.markup import plain_text
from hoiam.kit.news.pages.authors import clean_author
from hoiam.kit.news.pages.metadata import Metadata
from hoiam.kit.news.pages.rules import Layout, author_places
from hoiam.kit.news.pages.times import modified, published
from hoiam.kit.news.pages.titles import find_title
from hoiam.kit.news.values import Page

_HOME = frozenset({"trang chủ", "home", "trang nhất", "tin tức", "thông báo"})
_MOST = 12


@dataclass(frozen=True)
class Head:
    """The fields over the body, and the element that shows the title."""

    page: Page
    heading: LexborNode | None


def read_head(tree: LexborHTMLParser, metadata: Metadata, url: str, layout: Layout | None) -> Head:
    """Everything but sapo and body, read before the tree is pruned."""
    outlet = metadata.meta("og:site_name") or metadata.said("publisher")
    outlet = plain_text(outlet) or (layout.outlet if layout else "") or host_of(url)
    title = find_title(tree, metadata, layout.title if layout else (), outlet)
    when = published(tree, metadata, url, layout.published if layout else (), title.heading)
    changed = modified(metadata)
    author, author_from = _author(tree, metadata, layout, outlet, url)
    section, section_from = _section(tree, metadata, layout)
    page = Page(
        url=url,
        canonical_url=_canonical(metadata, url),
        title=title.words,
        author=author,
        author_from=author_from,
        outlet=outlet,
        published_at=when.at,
        published_from=when.source,
        published_precision=when.precision,
        modified_at=changed.at,
        modified_from=changed.source,
        section=section,
        section_from=section_from,
        problems=((() if title.words else (sentences.PAGE_NO_TITLE,)) + when.problems),
    )
    return Head(page, title.heading)


def first_text(tree: LexborHTMLParser, selectors: Iterable[str]) -> str:
    """The words of the first selector that gives any."""
    for selector in selectors:
        node = tree.css_first(selector)
        words = plain_text(node.text(separator=" ")) if node else ""
        if words:
            return words
    return ""


def _canonical(metadata: Metadata, url: str) -> str:
    stated = metadata.canonical or metadata.meta("og:url")
    address = absolute(stated, url) or url
    # Some systems point every page's canonical link at the front page.
    if url and address.rstrip("/").count("/") <= 2 < url.rstrip("/").count("/"):
        address = url
    return canonical_url(address)


def _author(
    tree: LexborHTMLParser, metadata: Metadata, layout: Layout | None, outlet: str, url: str
) -> tuple[str, str | None]:
    for source, words in _author_words(tree, metadata, layout):
        if words and (name := clean_author(words, outlet=outlet, url=url)):
            return name, source
    return "", None


def _author_words(
    tree: LexborHTMLParser, metadata: Metadata, layout: Layout | None
) -> Iterator[tuple[str, str]]:
    for selector in layout.author if layout else ():
        yield "rule", first_text(tree, (selector,))
    yield "json-ld", metadata.said("author", "creator")
    yield "meta", metadata.meta("author", "article:author", "dc.creator", "dc.author")
    for node in tree.css(author_places())[:_MOST]:
        yield "page", plain_text(node.text(separator=" "))


def _section(
    tree: LexborHTMLParser, metadata: Metadata, layout: Layout | None
) -> tuple[str, str | None]:
    if stated := metadata.said("articleSection"):
        return plain_text(stated), "json-ld"
    if stated := metadata.meta("article:section", "articlesection"):
        return plain_text(stated), "meta"
    crumbs = (
        plain_text(node.text())
        for one in (layout.section if layout else ())
        for node in tree.css(one)
    )
    crumb = next((one for one in crumbs if one and one.lower() not in _HOME), "")
    return crumb, "rule" if crumb else None
