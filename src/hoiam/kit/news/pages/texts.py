"""The text of a page from its bytes: charset, caps, and letters of old charsets put right before anything is read."""

import re
from dataclasses import dataclass

from hoiam.kit.news import sentences
from hoiam.kit.news.encoding import Decoded, decode
from hoiam.kit.news.halves import halves_joined
from hoiam.kit.news.limits import MAX_CHARACTERS, countable_length, safe_length, within_caps
from hoiam.kit.news.markup import plain_text, squeezed
from hoiam.kit.vietnamese import repair
from hoiam.kit.vietnamese.language import own_letters

_ASCII = bytes(range(0x80))
_FEW = 12
_MARKED = re.compile("[\x80-\xff]")
_PIECE, _SHORT = 400, 3000
_ENOUGH = 12_000
_CONTROL = bytes((*range(0x09), *range(0x0E, 0x20)))
_LOOKED_AT = 4096
_RUBBISH = 0.1


@dataclass(frozen=True)
class PageText:
    """HTML ready to be parsed, and sentences about what had to be done to it."""

    html: str
    problems: tuple[str, ...] = ()
    is_rubbish: bool = False


def page_text(html: bytes | str, charset: str | None) -> PageText:
    """The HTML of a page, decoded, capped and in today's letters; ``is_rubbish`` when it is no text at all."""
    source, decoded = _decoded(html, charset)
    text, problems = decoded.text, list(decoded.problems)
    if _is_rubbish(text):
        return PageText("", (sentences.PAGE_NOT_TEXT,), is_rubbish=True)
    if source is html or "\0" in text:  # what hid the code from the first look is gone now
        text = squeezed(text.replace("\0", "").encode("utf-8", "replace")).decode()
    text, met = within_caps(halves_joined(text))
    problems.extend(met)
    eight_bit = None if decoded.encoding.startswith("utf") else source
    text, steps = _in_todays_letters(text, eight_bit)
    if steps:
        # The charset the page was first taken for is no longer news, and the same mending is told once.
        note = sentences.LEGACY_ENCODING.format(steps=", ".join(steps))
        problems = [one for one in problems if "windows-1258" not in one and one != note]
        problems.append(note)
    return PageText(text, tuple(problems))


def _decoded(html: bytes | str, charset: str | None) -> tuple[bytes, Decoded]:
    """The page without its code, as bytes and as text; code is left out before decoding wherever "<" is one byte."""
    if isinstance(html, str):
        source = squeezed(html.encode("utf-8", "replace"))
        return source, Decoded(source.decode(), "utf-8")
    source = html if b"\0" in html[:_LOOKED_AT] else squeezed(html)
    return source, decode(source, charset=charset, html=True)


def _is_rubbish(text: str) -> bool:
    """An image, an archive or another file that is no text: full of signs no page holds."""
    head = text[:_LOOKED_AT].strip("\x00")
    coded = head.encode("utf-8", "replace")
    strange = len(coded) - len(coded.translate(None, _CONTROL)) + head.count("\ufffd")
    return strange > _RUBBISH * len(head)


def _in_todays_letters(text: str, source: bytes | None) -> tuple[str, tuple[str, ...]]:
    """The text with old charsets and doubly encoded letters mended where the whole page is written so."""
    if source is not None:
        # Bytes of TCVN3 or VNI declare nothing, or windows-1258; their tables know them as Latin letters.
        latin = source[:MAX_CHARACTERS].decode("latin-1")
        latin = latin[: countable_length(latin)]
        latin = latin[: safe_length(latin, html=True)]
        if any("1258" not in step for step in repair(_sample(latin)).steps):
            mended = repair(latin)
            return mended.text, mended.steps
    if text.isascii() or not _lacks_vietnamese(text) or not repair(_sample(text)).steps:
        return text, ()
    mended = repair(text)
    return mended.text, mended.steps


def _sample(text: str) -> str:
    """Some of the page's words round marked letters: to mend a whole page in vain is dear."""
    if len(text) < _SHORT:
        return plain_text(text)
    places = [found.start() for found in _MARKED.finditer(text)]
    chosen = sorted({places[len(places) * part // 4] for part in range(4)} if places else set())
    # A piece begins with a whole word: half of one is none of any charset.
    pieces = (text[place : place + _PIECE].partition(" ")[2] for place in chosen)
    return "\n".join(plain_text(piece) for piece in pieces)


def _lacks_vietnamese(text: str) -> bool:
    """Marked Latin letters without any of the letters only Vietnamese has: another language, or an old charset."""
    start = max(0, (len(text) - _ENOUGH) // 2)
    middle = text[start : start + _ENOUGH]
    if middle.isascii():
        return False
    marked = len(middle.encode("latin-1", "ignore").translate(None, _ASCII))
    return marked > _FEW and own_letters(middle) * 8 < marked
