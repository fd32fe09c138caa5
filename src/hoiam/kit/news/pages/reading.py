"""One article page from bytes to fields: site rule, then the fast tier, then the full tier."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.news import sentences
from hoiam.kit.news.addresses import canonical_url
from hoiam.kit.news.markup import plain_text
from hoiam.kit.news.pages.authors import clean_author, without_byline
from hoiam.kit.news.pages.blocks import Block, blocks_of, without_pointers, without_stamps
from hoiam.kit.news.pages.fast import clean, fast_body
from hoiam.kit.news.pages.full import full_body
from hoiam.kit.news.pages.heads import Head, first_text, read_head
from hoiam.kit.news.pages.leads import byline, shown_sapo
from hoiam.kit.news.pages.metadata import Metadata, read_metadata
from hoiam.kit.news.pages.rules import Layout, always_dropped, captions, layouts_for
from hoiam.kit.news.pages.sapos import settle_sapo
from hoiam.kit.news.pages.texts import page_text
from hoiam.kit.news.pages.trees import drop
from hoiam.kit.news.values import Page
from hoiam.kit.vietnamese import is_vietnamese, nfc, repair
from hoiam.kit.vietnamese.language import own_letters

_ENOUGH = 250
_PLENTY = 900  # a body as long as this is not doubted
_NOTICE = 80  # a correction may be as short
_WHOLE = 0.4  # of what the fast tier reads, less is a piece
_ENDED = re.compile(r"[.!?…:;。！？।][\"”’»)\s]*$")


@dataclass(frozen=True)
class _Body:
    tier: str
    blocks: list[Block]
    layout: Layout | None = None
    sapo: str = ""

    @property
    def size(self) -> int:
        return sum(len(block.text) for block in self.blocks)


@dataclass(frozen=True)
class _Shown:
    """What the page shows of itself, read before its tree is pruned."""

    sapo: str
    byline: str


def extract(
    html: bytes | str,
    *,
    url: str = "",
    charset: str | None = None,
    quick: bool = False,
    thorough: bool = False,
    without: Collection[str] = (),
) -> Page:
    """The fields of an article page; what cannot be read is empty and named in ``problems``.

    A site rule reads the pages of its host or system. Other pages are read by the fast tier, and by the
    full one when the fast tier finds little or the page is not Vietnamese.

    Args:
        html: the page as it came.
        url: where it came from.
        charset: the charset parameter of the HTTP header.
        quick: stay with the fast tier where no site rule fits (triage).
        thorough: always ask the full tier where no site rule fits.
        without: ids of site rules that are switched off.
    """
    source = page_text(html, charset)
    if not source.html.strip():
        problems = source.problems if source.is_rubbish else (sentences.PAGE_EMPTY,)
        return Page(url=url, canonical_url=canonical_url(url), problems=problems)
    coded = source.html.encode("utf-8", "replace")
    tree = LexborHTMLParser(coded)
    metadata = read_metadata(tree)
    candidates = [one for one in layouts_for(url, coded) if one.id not in without]
    layout = next((one for one in candidates if _has_body(tree, one)), None)
    head = read_head(tree, metadata, url, layout)
    shown = _shown(tree, head, candidates)
    body = _body(tree, source.html, candidates, quick=quick, thorough=thorough)
    page = replace(
        _joined(head.page, body, metadata, shown), rules_missed=_missed(candidates, body)
    )
    return _modern(replace(page, problems=(*source.problems, *page.problems)))


def _missed(layouts: list[Layout], body: _Body) -> tuple[str, ...]:
    """The rules that should have read a text another tier found; a page without text is nobody's fault."""
    if body.layout is not None or body.size < _ENOUGH:
        return ()
    return tuple(f"{one.id}@{one.version}" for one in layouts)


def _has_body(tree: LexborHTMLParser, layout: Layout) -> bool:
    return any(tree.css_first(selector) for selector in layout.body)


def _body(
    tree: LexborHTMLParser, html: str, layouts: list[Layout], *, quick: bool, thorough: bool
) -> _Body:
    """The first tier that reads enough; where none does, the one that read most.

    The full tier reads a page laid out in a table as one big table, menu and all; the fast tier does not.
    """
    tried = []
    for layout in layouts:
        body = _by_rule(tree, layout)
        if body.size >= _PLENTY:
            return body
        tried.append(body)
    fast = _fast(LexborHTMLParser(html) if layouts else tree)
    ruled = max(tried, key=lambda body: body.size, default=_Body("site", []))
    if ruled.size >= _NOTICE and not _is_cut(ruled, fast):
        return ruled
    tried.append(fast)
    if quick:
        return max(reversed(tried), key=lambda body: body.size)
    if not thorough and fast.size >= _ENOUGH and _is_sure(fast):
        return fast
    return _fuller(html, tried)


def _is_cut(ruled: _Body, fast: _Body) -> bool:
    """Whether a rule reads a small part of what the fast tier reads: the paper changed its boxes."""
    if ruled.size >= _WHOLE * fast.size:
        return False
    first = ruled.blocks[0].text
    return any(block.text == first for block in fast.blocks)


def _is_sure(body: _Body) -> bool:
    return len(body.blocks) > 1 and is_vietnamese(" ".join(one.text for one in body.blocks[:3]))


def _fuller(html: str, tried: list[_Body]) -> _Body:
    fast = tried[-1]
    lines = full_body(html)
    full = _Body("full", without_pointers([Block(line) for line in lines]))
    if any(line.startswith("|") for line in lines) and fast.size >= _ENOUGH:
        return fast
    if _is_list_of_links(full, html):
        return max(tried, key=lambda body: body.size)
    if full.size >= _ENOUGH:
        return full
    return max([full, *tried], key=lambda body: body.size)


def _is_list_of_links(body: _Body, html: str) -> bool:
    """The headlines of other articles are no body, however many: a video page is read so."""
    told = sum(len(one.text) for one in body.blocks if _ENDED.search(one.text))
    if told * 2 > body.size:
        return False
    links = {plain_text(anchor.text()) for anchor in LexborHTMLParser(html).css("a")}
    return sum(len(one.text) for one in body.blocks if one.text in links) * 3 > body.size


def _by_rule(tree: LexborHTMLParser, layout: Layout) -> _Body:
    sapo = first_text(tree, layout.sapo)
    for selector in layout.body:
        node = tree.css_first(selector)
        if node is None:
            continue
        drop(node.css(f"{always_dropped()}, {layout.drop}"))
        blocks = _without_captions(node, layout)
        if blocks:
            return _Body("site", blocks, layout, sapo)
    return _Body("site", [], layout, sapo)


def _without_captions(node: LexborNode, layout: Layout) -> list[Block]:
    """The paragraphs without the words under pictures, unless the page is told in those."""
    under = node.css(f"{captions()}, {layout.caption}" if layout.caption else captions())
    if sum(len(one.text()) for one in under) * 2 < len(node.text()):
        drop(under)
    return _paragraphs(node)


def _paragraphs(node: LexborNode) -> list[Block]:
    written = without_pointers([block for block in blocks_of(node) if not block.is_link])
    return without_stamps(written)


def _fast(tree: LexborHTMLParser) -> _Body:
    return _Body("fast", without_pointers(clean(fast_body(tree))))


def _shown(tree: LexborHTMLParser, head: Head, layouts: list[Layout]) -> _Shown:
    # Sapos are a Vietnamese habit, and where a rule reads it nothing has to be looked for.
    if not is_vietnamese(head.page.title):
        return _Shown("", "")
    is_known = any(tree.css_first(selector) for layout in layouts for selector in layout.sapo)
    return _Shown("" if is_known else shown_sapo(head.heading), byline(tree))


def _joined(page: Page, body: _Body, metadata: Metadata, shown: _Shown) -> Page:
    stated = metadata.meta("og:description", "description", "twitter:description")
    stated = plain_text(stated) or metadata.said("description")
    if not page.author and (name := clean_author(shown.byline, outlet=page.outlet, url=page.url)):
        page = replace(page, author=name, author_from="page")
    blocks, ending = without_byline(body.blocks, page.author, shown.byline)
    if not page.author and ending:
        page = replace(page, author=ending, author_from="page")
    sapo, paragraphs = settle_sapo(body.sapo, stated, blocks, title=page.title, shown=shown.sapo)
    rule = f"{body.layout.id}@{body.layout.version}" if body.layout else ""
    return replace(
        page,
        sapo=sapo,
        body="\n\n".join(paragraphs),
        tier=body.tier,
        rule=rule,
        problems=page.problems if paragraphs else (*page.problems, sentences.PAGE_NO_BODY),
    )


def _modern(page: Page) -> Page:
    page = replace(page, title=nfc(page.title), sapo=nfc(page.sapo), body=nfc(page.body))
    if not own_letters(page.body):
        return page  # wholly in another charset: mended before it was parsed
    mended = repair(page.body)
    if not mended.steps:
        return page
    # One pasted piece in an old charset on a page that is otherwise sound.
    note = sentences.LEGACY_ENCODING.format(steps=", ".join(mended.steps))
    return replace(
        page,
        title=repair(page.title).text,
        sapo=repair(page.sapo).text,
        body=mended.text,
        problems=(*page.problems, note),
    )
