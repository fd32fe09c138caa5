"""Sitemaps: index, plain and news sitemaps, read strictly and without the network."""

from lxml import etree

from hoiam.kit.news import sentences
from hoiam.kit.news.encoding import decode
from hoiam.kit.news.limits import MAX_CHARACTERS, safe_length
from hoiam.kit.news.markup import plain_text, ready_for_xml
from hoiam.kit.news.values import Sitemap, SitemapEntry
from hoiam.kit.vietnamese import read_moment

_KINDS = {"sitemapindex": "index", "urlset": "urlset"}
_HOLDERS = ("url", "sitemap")


def read_sitemap(data: bytes, *, charset: str | None = None) -> Sitemap:
    """The addresses of a sitemap with what the site says about each."""
    if not data.strip(b"\x00 \t\r\n"):
        return Sitemap(problems=(sentences.EMPTY,))
    decoded = decode(data, charset=charset)
    text = decoded.text[:MAX_CHARACTERS]
    root = _parse(ready_for_xml(text[: safe_length(text, html=False)]))
    kind = _KINDS.get(_local(root), "") if root is not None else ""
    if root is None or not kind:
        return Sitemap(problems=(*decoded.problems, sentences.NOT_A_SITEMAP))
    entries = tuple(_entry(one) for one in root.iter(etree.Element) if _local(one) in _HOLDERS)
    cut = () if "</" + _local(root) in text[-200:] else (sentences.TRUNCATED,)
    return Sitemap(kind, tuple(e for e in entries if e.link), (*decoded.problems, *cut))


def _parse(text: str) -> etree._Element | None:
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    trimmed = text.lstrip("\ufeff \t\r\n")
    if trimmed.startswith("<?xml"):
        trimmed = trimmed.partition("?>")[2].lstrip()
    try:
        return etree.fromstring(trimmed.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _entry(node: etree._Element) -> SitemapEntry:
    words: dict[str, str] = {}
    for part in node.iter(etree.Element):
        if part.text and part.text.strip():
            words.setdefault(_local(part), part.text.strip())
    published = words.get("publication_date", "")
    moment = read_moment(published) if published else None
    changed = read_moment(words["lastmod"]) if "lastmod" in words else None
    return SitemapEntry(
        link=words.get("loc", ""),
        title=plain_text(words.get("title", "")),
        outlet=plain_text(words.get("name", "")),
        published_at=moment.value if moment else None,
        published_raw=published,
        modified_at=changed.value if changed else None,
    )


def _local(node: etree._Element) -> str:
    tag = node.tag if isinstance(node.tag, str) else ""
    return tag.rpartition("}")[2].lower()
