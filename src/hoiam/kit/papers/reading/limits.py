"""What is opened at all: a file's kind by its bytes, and the bounds of archives.

The kit stands alone and may not ask `core` how uploads are guarded; these bounds are its own.
"""

import io
import zipfile
import zlib

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.refusals import NotReadable

MIB = 1024 * 1024
LARGEST = 50 * MIB  # bytes of a file
LONGEST = 2_000_000  # characters of text: eight hundred pages
MOST_LINES = 40_000
MOST_PARTS, MOST_UNPACKED = 4000, 200 * MIB
MOST_XML = 60 * MIB  # of the part that holds the words
_STEP = 64 * 1024

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ACTIVE = ("vbaproject.bin", "vbadata.xml", "activex", "attachedtoolbars")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF", b"BM\x36")
_OTHER = (b"\x7fELF", b"MZ\x90", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"ID3", b"OggS")
_PAGE = (
    b"<!doctype html",
    b"<html",
    b"<body",
    b"<head",
    b"<div",
    b"<table",
    b"<p>",
    b"<p ",
    b"<meta",
)


def kind_of(data: bytes) -> str:
    """docx, doc, pdf, picture, html or txt, by the bytes and never by the name.

    Raises:
        NotReadable: empty, too large, password-protected, or no kind of paper.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise NotReadable(refusals.EMPTY)
    if len(data) > LARGEST:
        raise NotReadable(refusals.TOO_LARGE.format(most=LARGEST // MIB))
    if data.startswith(_ZIP):
        return "docx"
    if data.startswith(b"{\\rtf"):
        return "doc"
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise NotReadable(refusals.PASSWORD)
        return "doc"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_PICTURES):
        return "picture"
    if data.startswith(_OTHER):
        raise NotReadable(refusals.NOT_A_PAPER)
    return "html" if _is_page(data) else "txt"


def _is_page(data: bytes) -> bool:
    head = data[:4096].replace(b"\0", b"").lower()
    start = head.lstrip(b"\xff\xfe\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and any(mark in head for mark in _PAGE)


def open_word(data: bytes) -> zipfile.ZipFile:
    """The archive of a Word file, looked through.

    Raises:
        NotReadable: it is damaged, no Word file, holds macros, or unpacks to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise NotReadable(refusals.DAMAGED) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotReadable(refusals.BOMB)
    names = {part.filename.lower() for part in parts}
    if any(mark in name for name in names for mark in _ACTIVE):
        raise NotReadable(refusals.MACROS)
    if any(part.flag_bits & 1 for part in parts):
        raise NotReadable(refusals.PASSWORD)
    if "word/document.xml" not in names:
        raise NotReadable(refusals.NOT_A_PAPER)
    if b"macroenabled" in part_of(archive, "[Content_Types].xml").lower():
        raise NotReadable(refusals.MACROS)
    return archive


def part_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part, b"" when there is none; declared sizes may lie, so what comes out is counted.

    Raises:
        NotReadable: the part is damaged or larger than any paper's.
    """
    real = next((each for each in archive.namelist() if each.lower() == name.lower()), None)
    if real is None:
        return b""
    out = bytearray()
    try:
        with archive.open(real) as file:
            while step := file.read(_STEP):
                out += step
                if len(out) > MOST_XML:
                    raise NotReadable(refusals.BOMB)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
    ) as error:  # fmt: skip
        if isinstance(error, NotReadable):
            raise
        raise NotReadable(refusals.DAMAGED) from error
    return bytes(out)
