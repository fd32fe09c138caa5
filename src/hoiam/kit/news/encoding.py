"""Bytes to text: byte-order mark, HTTP charset, declaration, and a check for valid UTF-8."""

import codecs
import re
from dataclasses import dataclass

from hoiam.kit.news import sentences
from hoiam.kit.vietnamese import nfc

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_XML_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_HTML_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_HEAD = 4096
# Declared by servers out of habit; no answer about Vietnamese text.
_ALIASES = {"utf8": "utf-8", "unicode": "utf-8", "x-sjis": "shift_jis", "utf-16": "utf-16-le"}


@dataclass(frozen=True)
class Decoded:
    """Text and the encoding it was read by."""

    text: str
    encoding: str
    problems: tuple[str, ...] = ()


def decode(data: bytes, *, charset: str | None = None, html: bool = False) -> Decoded:
    """The text of a document, read by the first encoding that proves right.

    Args:
        data: the bytes as they came.
        charset: the charset parameter of the HTTP header.
        html: look for ``<meta charset>`` instead of the XML declaration.

    >>> decode("Thi hành án".encode(), charset="iso-8859-1").text
    'Thi hành án'
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name)
    if wide := _wide_without_mark(data):
        return Decoded(data.decode(wide, "replace"), wide)
    declared = _known(charset) or _known(_declared(data, html=html))
    utf8 = _read(data, "utf-8")
    if utf8 is not None:
        return Decoded(utf8, "utf-8", _mismatch(declared, utf8))
    return _decode_other(data, declared)


def _decode_other(data: bytes, declared: str | None) -> Decoded:
    if _cut_in_a_letter(data) or (declared == "utf-8" and _mostly_utf8(data)):
        return Decoded(data.decode("utf-8", "replace"), "utf-8", (sentences.UNKNOWN_ENCODING,))
    if declared and declared != "utf-8":
        text = _read(data, declared)
        if text is not None:
            return Decoded(nfc(text), declared)
    text = _read(data, "cp1258")
    if text is not None:
        claimed = declared or "utf-8"
        note = sentences.WRONG_ENCODING.format(declared=claimed, actual="windows-1258")
        return Decoded(nfc(text), "cp1258", (note,))
    return Decoded(data.decode("utf-8", "replace"), "utf-8", (sentences.UNKNOWN_ENCODING,))


def _wide_without_mark(data: bytes) -> str | None:
    if data[:4] == b"<\x00?\x00" or data[:4] == b"<\x00r\x00":
        return "utf-16-le"
    if data[:4] == b"\x00<\x00?" or data[:4] == b"\x00<\x00r":
        return "utf-16-be"
    return None


def _declared(data: bytes, *, html: bool) -> str | None:
    found = (_HTML_DECLARED if html else _XML_DECLARED).search(data[:_HEAD])
    return found[1].decode("ascii", "replace") if found else None


def _known(name: str | None) -> str | None:
    if not name:
        return None
    cleaned = name.strip().strip("\"'").lower()
    try:
        return codecs.lookup(_ALIASES.get(cleaned, cleaned)).name
    except LookupError:
        return None


def _read(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _mismatch(declared: str | None, text: str) -> tuple[str, ...]:
    # Plain ASCII reads the same either way; only a real difference is worth a sentence.
    if declared in (None, "utf-8", "ascii") or text.isascii():
        return ()
    return (sentences.WRONG_ENCODING.format(declared=declared, actual="utf-8"),)


def _cut_in_a_letter(data: bytes) -> bool:
    return any(_read(data[:-cut], "utf-8") is not None for cut in (1, 2, 3) if len(data) > cut)


def _mostly_utf8(data: bytes) -> bool:
    bad = data.decode("utf-8", "replace").count("\ufffd")
    good = sum(byte >= 0xC0 for byte in data)
    return bad * 10 < good
