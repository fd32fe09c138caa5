"""What an uploaded file is, by its bytes: the name and the browser's word are not believed, and what may hurt is refused.

Refused are files of two kinds at once (a picture that is also an archive or a page), archives that unpack to too much or
out of their folder, documents with macros, and pictures of more pixels than a desk can open. Nothing is re-encoded: a piece
of evidence stays as it came.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from hoiam.core.errors import InvalidInput

MIB = 1024 * 1024
LARGEST = 50 * MIB
MOST_PIXELS = 50_000_000
MOST_PARTS, MOST_UNPACKED = 2000, 200 * MIB
_STEP = 64 * 1024

_STARTS = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"ID3": "audio/mpeg",
    b"\xff\xfb": "audio/mpeg",
    b"\xff\xf3": "audio/mpeg",
    b"OggS": "audio/ogg",
    b"fLaC": "audio/flac",
}
# Phones' pictures wear the coat of a video; few desks can open them.
_STILL_PICTURES = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
_ARCHIVE, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Word and Excel keep a file with a password in the coat of the old format.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OFFICE = {
    ".docx": (
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ".xlsx": (
        "xl/workbook.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
_KNOWN_ENDINGS = frozenset(
    {".pdf", ".png", ".jpg", ".jpeg", ".webp", ".mp3", ".m4a", ".wav", ".ogg", ".mp4", *_OFFICE}
)
_ACTIVE = ("vbaproject.bin", "vbadata.xml", "activex", "oleobject", "attachedtoolbars")
_PAGE = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<iframe")


def content_type_of(data: bytes) -> str | None:
    """The MIME type by the first bytes, or None when the kind is not taken; nothing else is looked at."""
    for start, kind in _STARTS.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"WEBP"):
        return "audio/wav" if data[8:12] == b"WAVE" else "image/webp"
    if data[4:8] == b"ftyp":
        if data[8:12] in _STILL_PICTURES:
            return None
        return "audio/mp4" if data[8:11] == b"M4A" else "video/mp4"
    return None


def admitted(data: bytes, name: str, *, office: bool = False) -> str:
    """The MIME type of a file that may be kept.

    Args:
        data: the whole file.
        name: as the person's machine calls it; only for the sentence, and the ending of Word and Excel.
        office: whether Word and Excel files are taken as well.

    Raises:
        InvalidInput: it may not; the sentence says what to do.
    """
    if len(data) > LARGEST:
        raise _refused(f"Tệp lớn hơn {LARGEST // MIB} MB. Hãy cắt đoạn cần dùng rồi tải lại.")
    if not data:
        raise _refused(f"Không nhận tệp “{name}” vì tệp trống. Hãy chọn lại tệp.")
    if data.startswith(_ARCHIVE) and office:
        return _office(data, name)
    kind = content_type_of(data)
    if kind is None:
        raise _refused(_unknown(data, name, office))
    _check_one_kind(data, name)
    if kind.startswith("image/"):
        _check_pixels(data, kind, name)
    return kind


def pixels(data: bytes, kind: str) -> tuple[int, int]:
    """Width and height as the picture's own header says.

    Raises:
        ValueError: the header is broken.
    """
    try:
        if kind == "image/png":
            return _png(data)
        return _jpeg(data) if kind == "image/jpeg" else _webp(data)
    except (struct.error, IndexError) as error:
        raise ValueError("the picture is cut short") from error


def _refused(sentence: str) -> InvalidInput:
    return InvalidInput(sentence, "file")


def _unknown(data: bytes, name: str, office: bool) -> str:
    if data.startswith(_OLD_OFFICE) and _LOCKED in data:
        return f"Tệp “{name}” có mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi tải lên."
    if data.startswith(_OLD_OFFICE):
        return f"“{name}” là tệp Word, Excel đời cũ, có thể chứa macro. Hãy lưu lại thành .docx, .xlsx hoặc PDF."
    if PurePosixPath(name.lower()).suffix in _KNOWN_ENDINGS:
        return (
            f"Không nhận tệp “{name}”: tệp hỏng, hoặc là loại khác đã bị đổi đuôi. "
            "Hãy mở tệp bằng chương trình đã tạo ra nó, lưu lại rồi tải lên."
        )
    more = ", Word (.docx), Excel (.xlsx)" if office else ""
    return (
        f"Không nhận tệp “{name}”. Chỉ nhận PDF, ảnh PNG/JPEG/WebP, âm thanh MP3/M4A/WAV/OGG, "
        f"video MP4{more}."
    )


def _check_one_kind(data: bytes, name: str) -> None:
    """A picture or recording that is an archive or a page besides was made to pass for something else."""
    edges = (data[:1024] + data[-64 * 1024 :]).lower()
    is_page = any(mark in edges for mark in _PAGE) and not data.startswith(b"%PDF-")
    if is_page or zipfile.is_zipfile(io.BytesIO(data)):
        raise _refused(
            f"“{name}” là hai loại tệp ghép làm một (có tệp nén hoặc trang web bên trong), có thể gây hại. "
            "Hãy mở tệp, lưu lại hoặc chụp màn hình rồi tải bản đó."
        )


def _check_pixels(data: bytes, kind: str, name: str) -> None:
    try:
        width, height = pixels(data, kind)
    except ValueError as error:
        raise _refused(f"Ảnh “{name}” bị hỏng hoặc chưa tải hết. Hãy lưu lại ảnh.") from error
    if width * height > MOST_PIXELS or not width * height:
        raise _refused(
            f"Ảnh “{name}” có {width} × {height} điểm ảnh, quá {MOST_PIXELS // 1_000_000} triệu. "
            "Hãy thu nhỏ ảnh rồi tải lại."
        )


def _png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR":
        raise ValueError("no header")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD8 or marker == 0x01:
            at += 1 if marker == 0xFF else 2
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    raise ValueError("no frame")


def _webp(data: bytes) -> tuple[int, int]:
    form = data[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("no frame")


def _office(data: bytes, name: str) -> str:
    main, kind = _OFFICE.get(PurePosixPath(name.lower()).suffix, ("", ""))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {part.filename.lower() for part in _sound_parts(archive, name)}
            if main not in names or "[content_types].xml" not in names:
                raise _refused(_unknown(b"", name, True))
            _check_quiet(archive, names, name)
            _check_unpacked(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:  # fmt: skip
        raise _refused(
            f"Tệp “{name}” bị hỏng hoặc có mật khẩu. Hãy lưu lại rồi tải lên."
        ) from error
    return kind


def _sound_parts(archive: zipfile.ZipFile, name: str) -> Iterator[zipfile.ZipInfo]:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _bomb(name)
    for part in parts:
        place = PurePosixPath(part.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or stat.S_ISLNK(part.external_attr >> 16):
            raise _refused(
                f"Tệp “{name}” chứa đường dẫn trỏ ra ngoài, có thể gây hại nên không nhận."
            )
        yield part


def _check_quiet(archive: zipfile.ZipFile, names: set[str], name: str) -> None:
    with archive.open("[Content_Types].xml") as part:
        types = part.read(MIB).lower()
    if b"macroenabled" in types or any(mark in each for mark in _ACTIVE for each in names):
        raise _refused(
            f"Tệp “{name}” có macro hoặc đối tượng nhúng chạy được. Hãy lưu lại không macro hoặc xuất PDF."
        )


def _check_unpacked(archive: zipfile.ZipFile, name: str) -> None:
    """Declared sizes may lie: what really comes out is counted."""
    left = MOST_UNPACKED
    for part in archive.infolist():
        with archive.open(part) as file:
            while step := file.read(_STEP):
                left -= len(step)
                if left < 0:
                    raise _bomb(name)


def _bomb(name: str) -> InvalidInput:
    return _refused(
        f"Tệp “{name}” giải nén ra quá lớn (quá {MOST_UNPACKED // MIB} MB hoặc {MOST_PARTS} phần) nên không nhận."
    )
