"""What a person typed or pasted as the text of a piece, made safe; letters of old fonts found and put right."""

import re
from dataclasses import dataclass
from html import escape

from hoiam.core.markup import clean, plain
from hoiam.kit.vietnamese import nfc, repair, squash
from hoiam.newsroom.models import Section

_MARKED = re.compile(
    r"</?(?:p|div|br|h[1-6]|ul|ol|li|table|b|strong|i|em|u|span|font|a|img|figure|blockquote|html|body)\b[^>]*>",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"<(/?)(?:div|section|article)\b[^>]*>", re.IGNORECASE)
# Word says in comments what only Word reads; its list signs stand between them.
_WORD_ONLY = re.compile(
    r"<!--\[if.*?<!\[endif\]-->|<!\[if[^>]*>.*?<!\[endif\]>|<!--.*?-->", re.DOTALL
)
_TAG = re.compile(r"(<[^>]*>)")


@dataclass(frozen=True)
class Text:
    """What a writer typed; `body` is plain paragraphs or HTML as it was pasted."""

    title: str = ""
    lead: str = ""
    body: str = ""
    theme: int | None = None
    section: Section | None = None
    byline: str = ""
    other_names: str = ""
    note: str = ""


def body_of(typed: str) -> str:
    """The safe HTML of what was typed: lines become paragraphs, pasted HTML is cleaned."""
    text = nfc(typed).replace("\r\n", "\n").strip()
    if not _MARKED.search(text):
        lines = (squash(line) for line in text.split("\n"))
        return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
    return clean(_BLOCK.sub(r"<\1p>", _WORD_ONLY.sub("", text)))


def old_font_of(*texts: str) -> str:
    """What the repair would do to these texts ("TCVN3 (ABC) → Unicode"); nothing when they are in order."""
    return ", ".join(repair("\n".join(plain(text) for text in texts)).steps)


def in_unicode(html: str) -> str:
    """The text with letters of old fonts put right; tags and what is in order stay."""
    parts = _TAG.split(html)
    words = [squash_inside(part) for part in parts[::2]]
    mended = repair("\n".join(words)).text.split("\n")
    if len(mended) != len(words):
        return html
    parts[::2] = mended
    return "".join(parts)


def squash_inside(text: str) -> str:
    """The text in one line, blanks at its ends kept: words on both sides of a tag stay apart."""
    return text.replace("\n", " ")
