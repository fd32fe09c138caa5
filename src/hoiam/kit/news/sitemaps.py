"""Sitemaps: index, plain and news sitemaps, packed or not, read strictly and without the network."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import etree

from hoiam.kit.news import sentences
from hoiam.kit.news.encoding import Decoded, decode
from hoiam.kit.news.feeds.bounds import bounded, is_nothing
from hoiam.kit.news.feeds.names import local_name, space_of
from hoiam.kit.news.feeds.stamps import read_stamp
from hoiam.kit.news.feeds.xml import parse_piece, undeclared
from hoiam.kit.news.markup import on_one_line, plain_text
from hoiam.kit.news.unpacking import unpacked
from hoiam.kit.news.values import Sitemap, SitemapEntry
from hoiam.kit.news.wellformed import ready_for_xml

MAX_CHARACTERS = 64_000_000
_KINDS = {"sitemapindex": "index", "urlset": "urlset"}
_HOLDERS = ("url", "sitemap")
_OPENING = re.compile(r"<(?:\w{1,20}:)?(?:url|sitemap)\b", re.I)
_TAILS = ("rl", "temap")
_OTHERS = ("sitemap-image", "sitemap-video", "xhtml")


def read_sitemap(data: bytes, *, charset: str | None = None, url: str = "") -> Sitemap:
    """The addresses of a sitemap with what the site says about each.

    Args:
        data: the bytes as they came; gzip is taken off, layer by layer.
        charset: the charset parameter of the HTTP header.
        url: where they came from; relative addresses are resolved against it.

    A plain list of addresses, one a line, is a sitemap too. What has no web address is counted in ``lost``.
    """
    packed = unpacked(data)
    if not packed.data.strip(b"\x00 \t\r\n"):
        return Sitemap(problems=(*packed.problems, sentences.EMPTY))
    decoded = decode(packed.data, charset=charset)
    problems = [*packed.problems, *decoded.problems]
    if len(decoded.text) > MAX_CHARACTERS:
        problems.append(sentences.TOO_BIG.format(limit=MAX_CHARACTERS // 1_000_000))
    if decoded.text.lstrip("\ufeff \t\r\n").lower().startswith(("http://", "https://")):
        return _finished("urlset", _listed(decoded.text), problems)
    return _read_xml(decoded, url, problems)


def _read_xml(decoded: Decoded, url: str, problems: list[str]) -> Sitemap:
    if is_nothing(decoded.text):
        return Sitemap(problems=(*problems, sentences.NOT_A_SITEMAP))
    part = bounded(decoded.text[:MAX_CHARACTERS], _OPENING, _TAILS)
    if part.why:
        problems.append(part.why)
    text = part.text
    ready = undeclared(ready_for_xml(text.encode("utf-8", "replace")).decode())
    root = parse_piece(ready)
    kind = _KINDS.get(local_name(root.tag), "") if root is not None else ""
    if root is None or not kind:
        return Sitemap(problems=(*problems, sentences.NOT_A_SITEMAP))
    if not part.why and "</" + local_name(root.tag) not in text[-200:].lower():
        problems.append(sentences.TRUNCATED)
    entries = [_entry(node, url) for node in root.iter() if local_name(node.tag) in _HOLDERS]
    return _finished(kind, entries, problems, part.over)


def _listed(text: str) -> list[SitemapEntry]:
    lines = [line.strip() for line in text.splitlines()]
    return [SitemapEntry(_absolute(line, "")) for line in lines if line]


def _finished(
    kind: str, entries: list[SitemapEntry], problems: list[str], over: int = 0
) -> Sitemap:
    kept = tuple(entry for entry in entries if entry.link)
    lost = len(entries) - len(kept) + over
    if lost:
        problems.append(sentences.LOST_ADDRESSES.format(count=lost))
    return Sitemap(kind, kept, tuple(dict.fromkeys(problems)), lost)


def _entry(node: etree._Element, url: str) -> SitemapEntry:
    words: dict[str, str] = {}
    for name, text in _told(node):
        words.setdefault(name, text)
    published = on_one_line(words.get("publication_date", ""))
    changed = on_one_line(words.get("lastmod", ""))
    return SitemapEntry(
        link=_absolute(words.get("loc", ""), url),
        title=plain_text(words.get("title", "")),
        outlet=plain_text(words.get("name", "")),
        published_at=read_stamp(published) if published else None,
        published_raw=published,
        modified_at=read_stamp(changed) if changed else None,
    )


def _told(node: etree._Element) -> Iterator[tuple[str, str]]:
    """Names and words of the elements; the titles and addresses of pictures and films are not the article's."""
    for part in node:
        if not isinstance(part.tag, str) or any(other in space_of(part.tag) for other in _OTHERS):
            continue
        name = local_name(part.tag)
        if name in ("news", "publication"):
            yield from _told(part)
        elif part.text and part.text.strip():
            yield name, part.text.strip()


def _absolute(address: str, url: str) -> str:
    try:
        joined = urljoin(url, address) if address else ""
        parts = urlsplit(joined)
        whole = parts.scheme in ("http", "https") and parts.hostname
        return joined.replace(" ", "%20") if whole else ""
    except ValueError:
        return ""
