"""Bytes to text: byte-order mark, HTTP charset, declaration, and a check for valid UTF-8."""

import codecs
import re
from dataclasses import dataclass

from hoiam.kit.news import sentences
from hoiam.kit.vietnamese import is_vietnamese, nfc, repair

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_STRANGE_STARTS = tuple(mark for mark, name in _BOMS if name != "utf-8")
_XML_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_HTML_DECLARED = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.I)
# Bytes that open a letter of UTF-8.
_LEADING = bytes(range(0xC0, 0x100))
_HEAD, _SAMPLE = 4096, 40_000
_FIRST_SIGNS = frozenset(b"<{[ \t\r\n")
_SECOND_SIGNS = frozenset(range(32, 127))
_ZEROS = {
    "x000": "utf-32-le",
    "000x": "utf-32-be",
    "x0x0": "utf-16-le",
    "0x0x": "utf-16-be",
}
# Escapes in seven bits: every such text is ASCII, hence sound UTF-8, and yet not to be read so.
_ESCAPED = frozenset({"utf-7", "hz", "iso2022_jp", "iso2022_kr", "iso2022_jp_1", "iso2022_jp_2"})
# Declared for want of a better name, or not at all, by whoever writes TCVN3 or VNI.
_MAYBE_OLD = frozenset({None, "utf-8", "cp1252", "iso8859-1", "cp1258", "ascii"})
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
    if declared in _ESCAPED and data.isascii() and (text := _read(data, declared)) is not None:
        return Decoded(nfc(text), declared)
    utf8 = _read(data, "utf-8")
    if utf8 is not None:
        return Decoded(utf8, "utf-8", _mismatch(declared, utf8))
    return _decode_other(data, declared)


def claims_utf8(data: bytes, *, charset: str | None = None) -> bool:
    """Whether nothing speaks against UTF-8 before the bytes are looked at: no other mark, header or declaration."""
    if data.startswith(_STRANGE_STARTS) or _wide_without_mark(data):
        return False
    named = (_known(charset), _known(_declared(data, html=False)))
    return all(name in (None, "utf-8", "ascii") for name in named)


def _decode_other(data: bytes, declared: str | None) -> Decoded:
    """What is no UTF-8 as a whole: cut or damaged UTF-8, an old Vietnamese charset, or what was declared."""
    if _cut_in_a_letter(data) or _mostly_utf8(data):
        return Decoded(data.decode("utf-8", "replace"), "utf-8", (sentences.UNKNOWN_ENCODING,))
    if declared in _MAYBE_OLD and (old := _old_charset(data)):
        return old
    if declared and declared != "utf-8":
        text = _read(data, declared)
        if text is not None:
            return Decoded(nfc(text), declared)
    text = nfc(data.decode("cp1258", "replace"))
    if is_vietnamese(text) and "\ufffd" not in text:
        return Decoded(text, "cp1258", (_otherwise(declared, "windows-1258"),))
    return Decoded(nfc(data.decode("cp1252", "replace")), "cp1252", (sentences.UNKNOWN_ENCODING,))


def _old_charset(data: bytes) -> Decoded | None:
    """The text when its bytes are TCVN3 or VNI, which no declaration ever names; None otherwise."""
    sample = repair(data[:_SAMPLE].decode("latin-1"))
    if not any(name in step for step in sample.steps for name in ("TCVN3", "VNI")):
        return None
    whole = repair(data.decode("latin-1"))
    note = sentences.LEGACY_ENCODING.format(steps=", ".join(whole.steps))
    return Decoded(whole.text, "latin-1", (note,))


def _otherwise(declared: str | None, actual: str) -> str:
    if declared:
        return sentences.WRONG_ENCODING.format(declared=declared, actual=actual)
    return sentences.UNDECLARED_ENCODING.format(actual=actual)


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 or UTF-32 told by where the zero bytes of its first signs lie."""
    start = data[:4]
    if len(start) < 4 or 0 not in start or not set(start) - {0} <= _FIRST_SIGNS | _SECOND_SIGNS:
        return None
    return _ZEROS.get("".join("0" if byte == 0 else "x" for byte in start))


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
    good = len(data) - len(data.translate(None, _LEADING))
    return bad * 10 < good
