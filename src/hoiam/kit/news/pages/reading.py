"""One article page from bytes to fields: site rule, then the fast tier, then the full tier."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser

from hoiam.kit.news import sentences
from hoiam.kit.news.addresses import absolute, canonical_url, host_of
from hoiam.kit.news.encoding import decode
from hoiam.kit.news.limits import MAX_CHARACTERS, MAX_DEPTH, safe_length
from hoiam.kit.news.markup import plain_text
from hoiam.kit.news.pages.authors import clean_author, without_byline
from hoiam.kit.news.pages.blocks import blocks_of, without_pointers
from hoiam.kit.news.pages.fast import clean, fast_body
from hoiam.kit.news.pages.full import full_body
from hoiam.kit.news.pages.leads import byline, shown_sapo
from hoiam.kit.news.pages.metadata import Metadata, read_metadata
from hoiam.kit.news.pages.rules import Layout, always_dropped, layouts_for
from hoiam.kit.news.pages.sapos import settle_sapo
from hoiam.kit.news.pages.times import modified, published
from hoiam.kit.news.pages.titles import find_title
from hoiam.kit.news.values import Page
from hoiam.kit.vietnamese import nfc, repair

_ENOUGH = 250


@dataclass(frozen=True)
class _Body:
    tier: str
    paragraphs: list[str]
    layout: Layout | None = None
    sapo: str = ""

    @property
    def size(self) -> int:
        return sum(map(len, self.paragraphs))


@dataclass(frozen=True)
class _Shown:
    """What the page shows of itself, read before its tree is pruned."""

    sapo: str
    byline: str


def extract(
    html: bytes | str, *, url: str = "", charset: str | None = None, quick: bool = False
) -> Page:
    """The fields of an article page; what cannot be read is empty and named in ``problems``.

    Args:
        html: the page as it came.
        url: where it came from.
        charset: the charset parameter of the HTTP header.
        quick: stay with the fast tier where no site rule fits (triage); otherwise the full tier reads
            such pages.
    """
    text, problems = _text(html, charset)
    if not text.strip():
        return Page(url=url, canonical_url=canonical_url(url), problems=(sentences.PAGE_EMPTY,))
    tree = LexborHTMLParser(text)
    metadata = read_metadata(tree)
    candidates = layouts_for(url, text)
    page = _heading(tree, metadata, url, candidates)
    shown = _shown(tree, page, candidates)
    body = _body(tree, text, candidates, quick=quick)
    page = _joined(page, body, metadata, shown)
    return _modern(replace(page, problems=(*problems, *page.problems)))


def _text(html: bytes | str, charset: str | None) -> tuple[str, list[str]]:
    problems: list[str] = []
    if isinstance(html, bytes):
        decoded = decode(html, charset=charset, html=True)
        html, problems = decoded.text, list(decoded.problems)
    text = html.replace("\x00", "")
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        problems.append(sentences.TOO_BIG.format(limit=MAX_CHARACTERS // 1_000_000))
    safe = safe_length(text, html=True)
    if safe < len(text):
        problems.append(sentences.TOO_DEEP.format(limit=MAX_DEPTH))
    return text[:safe], problems


def _heading(tree: LexborHTMLParser, metadata: Metadata, url: str, layouts: list[Layout]) -> Page:
    """Everything but sapo and body, read before the tree is pruned."""
    layout = next((one for one in layouts if _has_body(tree, one)), None)
    outlet = metadata.meta("og:site_name") or metadata.said("publisher")
    outlet = plain_text(outlet) or (layout.outlet if layout else "") or host_of(url)
    title = find_title(tree, metadata, layout.title if layout else (), outlet)
    when = published(tree, metadata, url, layout.published if layout else (), title)
    return Page(
        url=url,
        canonical_url=_canonical(metadata, url),
        title=title,
        author=_author(tree, metadata, layout, outlet, url),
        outlet=outlet,
        published_at=when.at,
        published_from=when.source,
        modified_at=modified(metadata),
        section=_section(tree, metadata, layout),
        problems=((() if title else (sentences.PAGE_NO_TITLE,)) + when.problems),
    )


def _has_body(tree: LexborHTMLParser, layout: Layout) -> bool:
    return any(tree.css_first(selector) for selector in layout.body)


def _canonical(metadata: Metadata, url: str) -> str:
    stated = metadata.canonical or metadata.meta("og:url")
    address = absolute(stated, url) or url
    # Some systems point every page's canonical link at the front page.
    if url and address.rstrip("/").count("/") <= 2 < url.rstrip("/").count("/"):
        address = url
    return canonical_url(address)


def _author(
    tree: LexborHTMLParser, metadata: Metadata, layout: Layout | None, outlet: str, url: str
) -> str:
    words = [_first_text(tree, (one,)) for one in (layout.author if layout else ())]
    words.append(metadata.said("author", "creator"))
    words.append(metadata.meta("author", "article:author", "dc.creator", "dc.author"))
    words.append(
        _first_text(tree, ("[itemprop='author']", "[rel='author']", ".author-name", ".author"))
    )
    names = (clean_author(one, outlet=outlet, url=url) for one in words if one)
    return next((name for name in names if name), "")


def _section(tree: LexborHTMLParser, metadata: Metadata, layout: Layout | None) -> str:
    stated = metadata.said("articleSection") or metadata.meta("article:section")
    if stated:
        return plain_text(stated)
    crumbs = [
        plain_text(node.text())
        for one in (layout.section if layout else ())
        for node in tree.css(one)
    ]
    return next((crumb for crumb in crumbs if crumb and crumb.lower() not in _HOME), "")


_HOME = frozenset({"trang chủ", "home", "trang nhất", "tin tức"})


def _first_text(tree: LexborHTMLParser, selectors: Iterable[str]) -> str:
    for selector in selectors:
        node = tree.css_first(selector)
        words = plain_text(node.text(separator=" ")) if node else ""
        if words:
            return words
    return ""


def _body(tree: LexborHTMLParser, text: str, layouts: list[Layout], *, quick: bool) -> _Body:
    """The first tier that reads enough; where none does, the one that read most.

    The full tier reads a page laid out in a table as one big table, menu and all; the fast tier does not.
    """
    tried = []
    for layout in layouts:
        body = _by_rule(tree, layout)
        if body.size >= _ENOUGH:
            return body
        tried.append(body)
    if quick:
        tried.append(_fast(LexborHTMLParser(text) if layouts else tree))
        if tried[-1].size >= _ENOUGH:
            return tried[-1]
    full = _Body("full", without_pointers(full_body(text)))
    laid_out = any(one.startswith("|") for one in full.paragraphs)
    if (full.size < _ENOUGH or laid_out) and not quick:
        fast = _fast(LexborHTMLParser(text) if layouts else tree)
        if laid_out and fast.size >= _ENOUGH:
            return fast
        tried.append(fast)
    return max([full, *tried], key=lambda body: body.size)


def _by_rule(tree: LexborHTMLParser, layout: Layout) -> _Body:
    sapo = _first_text(tree, layout.sapo)
    for selector in layout.body:
        node = tree.css_first(selector)
        if node is None:
            continue
        for junk in node.css(f"{always_dropped()}, {layout.drop}"):
            junk.decompose()
        paragraphs = [block.text for block in blocks_of(node) if not block.is_link]
        paragraphs = without_pointers(paragraphs)
        if paragraphs:
            return _Body("site", paragraphs, layout, sapo)
    return _Body("site", [], layout, sapo)


def _fast(tree: LexborHTMLParser) -> _Body:
    return _Body("fast", without_pointers([block.text for block in clean(fast_body(tree))]))


def _shown(tree: LexborHTMLParser, page: Page, layouts: list[Layout]) -> _Shown:
    # Where a rule reads the sapo, nothing has to be looked for.
    is_known = any(tree.css_first(selector) for layout in layouts for selector in layout.sapo)
    return _Shown("" if is_known else shown_sapo(tree, page.title), byline(tree))


def _joined(page: Page, body: _Body, metadata: Metadata, shown: _Shown) -> Page:
    stated = metadata.meta("og:description", "description", "twitter:description")
    stated = plain_text(stated) or metadata.said("description")
    author = page.author or clean_author(shown.byline, outlet=page.outlet, url=page.url)
    written = without_byline(body.paragraphs, page.author, shown.byline)
    sapo, paragraphs = settle_sapo(body.sapo, stated, written, title=page.title, shown=shown.sapo)
    return replace(
        page,
        sapo=sapo,
        author=author,
        body="\n\n".join(paragraphs),
        tier=body.tier,
        problems=page.problems if paragraphs else (*page.problems, sentences.PAGE_NO_BODY),
    )


def _modern(page: Page) -> Page:
    page = replace(page, title=nfc(page.title), sapo=nfc(page.sapo), body=nfc(page.body))
    mended = repair(page.body)
    if not mended.steps:
        return page
    note = sentences.LEGACY_ENCODING.format(steps=", ".join(mended.steps))
    return replace(
        page,
        title=repair(page.title).text,
        sapo=repair(page.sapo).text,
        body=mended.text,
        problems=(*page.problems, note),
    )
