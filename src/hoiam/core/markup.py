"""Safe HTML of articles: what people wrote or pasted, reduced to paragraphs, headings, lists, tables, links and our own pictures.

Styles, classes, scripts, frames and pictures of other houses are dropped, their text is kept. A picture stands in a text as
`<img src="/anh/<sha-256>.jpg" alt="…">`, and only so: no page of ours asks another house for anything.
"""

import re

import nh3

_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "em", "b", "i", "u", "sub", "sup", "blockquote"),
    *("ul", "ol", "li", "a", "figure", "figcaption", "img"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
_SILENT = {"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "title"}
_PICTURE = re.compile(r"/anh/[0-9a-f]{64}(-\d{2,4})?\.(jpg|png|webp)")
_BROKEN_PICTURE = re.compile(r"<img(?![^>]*\bsrc=)[^>]*>")
_EMPTY = re.compile(r"<(p|h[234]|strong|em|b|i|u|figure|blockquote)>(?:\s|&nbsp;|<br>)*</\1>")
_SCHEMES = {"http", "https", "mailto", "tel"}


def _only_ours(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src" and not _PICTURE.fullmatch(value):
        return None
    if attribute in {"width", "height", "colspan", "rowspan", "start"} and not value.isdecimal():
        return None
    return value


def clean(html: str) -> str:
    """The text with only what an article may hold; clean text stays as it is.

    Headings begin at h2: the page's own title is the h1.
    """
    lower = re.sub(r"<(/?)h1\b[^>]*>", r"<\1h2>", html, flags=re.IGNORECASE)
    safe = nh3.clean(
        lower,
        tags=_TAGS,
        clean_content_tags=_SILENT,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_ours,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    safe = _BROKEN_PICTURE.sub("", safe)
    while safe != (fewer := _EMPTY.sub("", safe)):
        safe = fewer
    return safe.strip()


def plain(html: str) -> str:
    """The words alone, one line a block: for search, counts and the text parts of letters."""
    lines = re.sub(r"</(p|h[1-6]|li|tr|blockquote|figcaption|caption)>|<br>", "\n", html)
    lines = re.sub(r"</t[dh]>", " ", lines)
    words = nh3.clean(lines, tags=set(), clean_content_tags=_SILENT)
    for sign, letter in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        words = words.replace(sign, letter)
    return "\n".join(line for raw in words.split("\n") if (line := " ".join(raw.split())))
