"""Plain text out of scraps of markup: tags stripped, entities decoded, white space collapsed."""

import html
import re
from functools import lru_cache

from hoiam.kit.news.halves import halves_joined
from hoiam.kit.vietnamese import is_printed, nfc

_UNSEEN = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.I | re.S)
# No pattern runs past the next "<": a page of unclosed tags must not cost the square of its length.
_BREAK = (
    r"</?(?:p|br|div|li|ul|ol|td|th|tr|table|h[1-6]|img|hr|figure|figcaption|blockquote|section"
    r"|article|dd|dt|dl|pre)\b[^<>]*>"
)
_BREAKS, _SMALL_BREAKS = re.compile(_BREAK, re.I), re.compile(_BREAK)
_LEAD_TAGS = r"\s*+(?:</?(?:a|img|br|p|div|span)\b[^<>]*+>\s*+)++"
_LEAD = re.compile(_LEAD_TAGS)
# Capital tags and hidden parts are rare; without them half the work falls away.
_UNUSUAL = re.compile(r"<(?:!--|/?[A-Z]|script|style|template)")
_TAGS = r"</?[A-Za-z][^<>]*>|<![A-Za-z\[][^<>]*>|<\?[^<>]*>"
_TAG = re.compile(_TAGS)
# Between texts handled together: XML cannot hold it and no entity gives it; only a JSON feed may write it.
MARK = "\x00"
# The same three where no tag reaches over into the next text.
_JOINED_LEADS, _JOINED_BREAKS, _JOINED_TAG = (
    re.compile(pattern.replace("[^<>]", f"[^<>{MARK}]"))
    for pattern in (MARK + _LEAD_TAGS, _BREAK, _TAGS)
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LOST = "\ufffd"
_HIDDEN = re.compile(rb"<(script|style)\b[^>]*>|<!--", re.I)
# Code has few "<": going from one to the next is much faster than searching for the end tag as a word.
_STEPS = 200
# Comments and scripts of one page that are looked for; millions of them are nobody's page, and cost a second a million.
_MOST_HIDDEN = 50_000
_END_OF = {b"script": re.compile(rb"</script", re.I), b"style": re.compile(rb"</style", re.I)}


def plain_text(markup: str) -> str:
    """The words a reader would see, on one line.

    >>> plain_text("<p>Thi h&agrave;nh &aacute;n</p><br/>d&#226;n s&#7921;")
    'Thi hành án dân sự'
    >>> plain_text("Lãi < 5% &amp; phí > 0")
    'Lãi < 5% & phí > 0'
    """
    return nfc(on_one_line(bare_text(markup)))


def bare_text(markup: str) -> str:
    """The words of a scrap of markup with its white space as it stands.

    >>> bare_text("<p>Thi h&agrave;nh  &aacute;n</p>")
    'Thi hành  án '
    """
    text = markup
    if "<" in text:
        # Many papers put a linked picture before the words; one look takes it off.
        lead = _LEAD.match(text)
        text = text[lead.end() :] if lead else text
    if "<" in text:
        if _UNUSUAL.search(text):
            text = _BREAKS.sub(" ", _UNSEEN.sub("", text))
        else:
            text = _SMALL_BREAKS.sub(" ", text)
        text = _TAG.sub("", text)
    return decode_entities(text) if "&" in text else text


def bare_joined(joined: str) -> str:
    """What `bare_text` makes of each of many texts, each step done once for all of them.

    Args:
        joined: the texts with MARK between two; none holds a MARK of its own.

    >>> bare_joined("<p>Thi h&agrave;nh</p>\\x00<br/>  &aacute;n")
    'Thi hành \\x00án'
    """
    text = joined
    if "<" in text:
        text = _JOINED_LEADS.sub(MARK, MARK + text).removeprefix(MARK)
    if "<" in text:
        if _UNUSUAL.search(text):
            # What is hidden may never end: it must not hide the next text.
            return MARK.join(map(bare_text, text.split(MARK)))
        text = _JOINED_TAG.sub("", _JOINED_BREAKS.sub(" ", text))
    return decode_entities(text) if "&" in text else text


def on_one_line(text: str) -> str:
    """The text with single blanks for all white space, none at the ends.

    The questions before the work are much cheaper than the work.

    >>> on_one_line(" Kê biên\\n tài  sản "), on_one_line("a\\u200bb\\u00a0 c")
    ('Kê biên tài sản', 'a b c')
    """
    text = text.replace("\n", " ")
    if not is_printed(text) and not text.isprintable():
        text = text.replace("\u200b", " ").replace("\ufeff", " ")
        return " ".join(text.split())
    text = text.strip()  # tags in front leave blanks that are no reason to split it all
    return " ".join(text.split()) if "  " in text else text


def squeezed(page: bytes) -> bytes:
    """The page without comments and without what stands inside scripts and styles; JSON-LD is kept.

    More than half of a newspaper's page is code; every later step, decoding too, is that much cheaper. The
    elements themselves stay: what they load may tell which system wrote the page. For bytes in which "<" is
    one byte, as in every charset of the web but UTF-16 and UTF-32.

    >>> squeezed(b"<script src='a.js'>var b = '<p>';</script><p>One<!-- two --></p>")
    b"<script src='a.js'></script><p>One</p>"
    """
    kept: list[bytes] = []
    place = 0
    for _ in range(_MOST_HIDDEN):
        found = _HIDDEN.search(page, place)
        if found is None:
            break
        name = found[1]
        if name is None:
            end = page.find(b"-->", found.end())
            kept.append(page[place : found.start()])
            end = end + 3 if end >= 0 else -1
        else:
            end = _end_of(name.lower(), page, found.end())
            kept.append(page[place : end if b"ld+json" in found[0] and end >= 0 else found.end()])
        if end < 0:
            # Never closed: the parser decides what that hides.
            kept[-1] = page[place:]
            return b"".join(kept)
        place = end
    kept.append(page[place:])
    return b"".join(kept)


def _end_of(name: bytes, page: bytes, place: int) -> int:
    for _ in range(_STEPS):
        place = page.find(b"<", place)
        if place < 0:
            return -1
        if (
            page[place + 1 : place + 2] == b"/"
            and page[place + 2 : place + 2 + len(name)].lower() == name
        ):
            return place
        place += 1
    closing = _END_OF[name].search(page, place)
    return closing.start() if closing else -1


def decode_entities(text: str) -> str:
    """Entities replaced by their letters, only where a semicolon closes them.

    A bare ``&copy=1`` inside an address must stay as it is.
    """
    decoded = _ENTITY.sub(_letter, text)
    # What half a character alone becomes: rare enough to begin anew for.
    if _LOST in decoded:
        return _ENTITY.sub(_letter, halves_joined(text))
    return decoded


def _letter(found: re.Match[str]) -> str:
    return _unescaped(found[0])


# A page has few kinds of reference and may have a million of each.
@lru_cache(maxsize=4096)
def _unescaped(reference: str) -> str:
    return html.unescape(reference)
