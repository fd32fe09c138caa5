"""Plain text out of scraps of markup: tags stripped, entities decoded, white space collapsed."""

import html
import re
from html.entities import html5

from hoiam.kit.vietnamese import nfc

_UNSEEN = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
_BREAKS = re.compile(
    r"</?(?:p|br|div|li|ul|ol|td|th|tr|table|h[1-6]|img|hr|figure|figcaption|blockquote|section"
    r"|article|dd|dt|dl|pre)\b[^>]*>",
    re.I,
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<![^>]*>|<\?[^>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_FOR_XML = re.compile(r"&(?P<name>[A-Za-z][A-Za-z0-9]{1,31});|&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};)")
_HIDDEN = re.compile(r"<(script|style)\b[^>]*>|<!--", re.I)
_END_OF = {"script": re.compile(r"</script", re.I), "style": re.compile(r"</style", re.I)}
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>", re.I | re.S)


def plain_text(markup: str) -> str:
    """The words a reader would see, on one line.

    >>> plain_text("<p>Thi h&agrave;nh &aacute;n</p><br/>d&#226;n s&#7921;")
    'Thi hành án dân sự'
    >>> plain_text("Lãi < 5% &amp; phí > 0")
    'Lãi < 5% & phí > 0'
    """
    text = markup
    if "<" in text:
        if "<!--" in text or "<s" in text or "<S" in text or "<template" in text:
            text = _UNSEEN.sub(" ", text)
        text = _TAG.sub("", _BREAKS.sub(" ", text))
    if "&" in text:
        text = decode_entities(text)
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", " ").replace("\ufeff", " ")
    return nfc(" ".join(text.split()))


def squeezed(page: str) -> str:
    """The page without comments and without what stands inside scripts and styles; JSON-LD is kept.

    More than half of a newspaper's page is code; every later step is that much cheaper. The elements
    themselves stay: what they load may tell which system wrote the page.

    >>> squeezed("<script src='a.js'>var b = '<p>';</script><p>Một<!-- hai --></p>")
    "<script src='a.js'></script><p>Một</p>"
    """
    kept: list[str] = []
    place = 0
    while found := _HIDDEN.search(page, place):
        name = found[1]
        if name is None:
            end = page.find("-->", found.end())
            kept.append(page[place : found.start()])
            end = end + 3 if end >= 0 else -1
        else:
            end = _end_of(name, page, found.end())
            kept.append(page[place : end if "ld+json" in found[0] and end >= 0 else found.end()])
        if end < 0:
            # Never closed: the parser decides what that hides.
            kept[-1] = page[place:]
            return "".join(kept)
        place = end
    kept.append(page[place:])
    return "".join(kept)


def _end_of(name: str, page: str, place: int) -> int:
    end = page.find(f"</{name}", place)
    if end >= 0:
        return end
    closing = _END_OF[name.lower()].search(page, place)
    return closing.start() if closing else -1


def decode_entities(text: str) -> str:
    """Entities replaced by their letters, only where a semicolon closes them.

    A bare ``&copy=1`` inside an address must stay as it is.
    """
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def ready_for_xml(text: str) -> str:
    """XML text a strict parser accepts: HTML names mapped, bare ``&`` escaped, no doctype.

    Removing the doctype removes every entity definition, so nothing can be expanded or fetched.

    >>> ready_for_xml("<t>A & B h&agrave;nh &amp; &lol9;</t>")
    '<t>A &amp; B hành &amp; &amp;lol9;</t>'
    """
    head = text[:2048]
    if "<!doctype" in head.lower() or "<!ENTITY" in text:
        text = _DOCTYPE.sub("", text, count=1)
    if "&" not in text:
        return text
    first, *sections = text.replace("&#X", "&#x").split(_CDATA)
    return _CDATA.join([_escaped(first), *map(_escaped_after_cdata, sections)])


def _escaped_after_cdata(section: str) -> str:
    """A piece that begins inside CDATA: only what follows the end of it is XML."""
    inside, end, outside = section.partition(_CDATA_END)
    return inside + end + _escaped(outside)


def _escaped(text: str) -> str:
    return _FOR_XML.sub(_mapped, text) if "&" in text else text


def _mapped(found: re.Match[str]) -> str:
    name = found["name"]
    if name is None:
        return "&amp;"
    if name in _XML_OWN:
        return found[0]
    letter = html5.get(name + ";")
    if letter is None:
        return f"&amp;{name};"
    return html.escape(letter, quote=False)
