"""The words inside one element: plain, with markup in it, or packed as an Atom type says."""

import base64
import binascii
import html

from lxml import etree

_PLAIN = frozenset({"text", "text/plain", "plain"})
_WRITTEN = frozenset({"html", "xhtml", "text", ""})


def words(node: etree._Element) -> str:
    """The text of an element; markup inside it comes back as markup."""
    if len(node) == 0:
        return node.text or ""
    inner = etree.tostring(node, encoding="unicode", with_tail=False)
    return inner[inner.find(">") + 1 : inner.rfind("<")]


def atom_words(node: etree._Element) -> str:
    """The text of an Atom construct as markup, whatever its type: text, html, xhtml or base64."""
    kind = node.get("type", "").lower()
    if not kind and node.get("mode") is None:
        return words(node)
    if node.get("mode", "").lower() == "base64" or _is_packed(kind):
        return _unpacked(node.text or "")
    text = words(node)
    if kind in _PLAIN and len(node) == 0 and "<" in text and "</" not in text:
        return html.escape(text, quote=False)  # "Lãi <5% một năm" is no tag
    if kind.endswith("html") and len(node) > 0:
        return _bare(text)
    return text


def _is_packed(kind: str) -> bool:
    """RFC 4287 §4.1.3.3: what is neither text nor XML travels as base64."""
    return (
        bool(kind)
        and kind not in _WRITTEN
        and not kind.startswith("text/")
        and "xml" not in kind
        and "/" in kind
    )


def _unpacked(packed: str) -> str:
    try:
        return base64.b64decode("".join(packed.split()), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return packed


def _bare(text: str) -> str:
    """Markup escaped once more inside an xhtml wrapper, as some blog engines write it, opened."""
    return (
        html.unescape(text)
        if "&lt;/" in text and text.count("&lt;") > text.count("<") - 2
        else text
    )
