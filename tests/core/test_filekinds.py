"""Uploaded files by their bytes: honest ones pass, bombs, polyglots, macros and floods of pixels are refused in words."""

import io
import struct
import time
import zipfile

import pytest

from hoiam.core.errors import InvalidInput
from hoiam.core.filekinds import LARGEST, admitted, pixels

TYPES = "<Types xmlns='x'/>"
DOCX = {"[Content_Types].xml": TYPES, "word/document.xml": "<w/>"}


def png(width=800, height=600):
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIB", 13, b"IHDR", width, height, 8) + bytes(40)


def jpeg(width=800, height=600):
    frame = b"\xff\xc0" + struct.pack(">HBHH", 17, 8, height, width) + bytes(10)
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9) + frame + b"\xff\xd9"


def webp(form, head):
    return b"RIFF\x00\x00\x00\x00WEBP" + form + bytes(4) + head + bytes(20)


def archive(parts, packing=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


HONEST = {
    "scan.pdf": (b"%PDF-1.7\n...", "application/pdf"),
    "anh.png": (png(), "image/png"),
    "anh.jpg": (jpeg(), "image/jpeg"),
    "anh.webp": (webp(b"VP8X", bytes(4) + b"\x1f\x03\x00\x57\x02\x00"), "image/webp"),
    "phat.mp3": (b"ID3\x04" + bytes(50), "audio/mpeg"),
    "hinh.mp4": (bytes(4) + b"ftypisom" + bytes(50), "video/mp4"),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_taken_whatever_it_is_called(name):
    data, kind = HONEST[name]
    assert (admitted(data, name), admitted(data, "la.exe")) == (kind, kind)


@pytest.mark.parametrize("name", ["bien-ban.docx", "Bang.XLSX"])
def test_a_plain_office_file_is_taken_where_it_is_asked_for(name):
    parts = DOCX if name.endswith("docx") else {**DOCX, "xl/workbook.xml": "<x/>"}
    assert "openxmlformats" in admitted(archive(parts), name, office=True)
    with pytest.raises(InvalidInput, match="Không nhận tệp"):
        admitted(archive(parts), name)


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (png(7, 9), "image/png", (7, 9)),
        (jpeg(7, 9), "image/jpeg", (7, 9)),
        (webp(b"VP8X", bytes(4) + b"\x06\0\0\x08\0\0"), "image/webp", (7, 9)),
        (webp(b"VP8L", b"\x2f" + struct.pack("<I", 6 | 8 << 14)), "image/webp", (7, 9)),
        (webp(b"VP8 ", bytes(6) + struct.pack("<HH", 7, 9)), "image/webp", (7, 9)),
    ],
)
def test_the_size_of_a_picture_is_read_from_its_header(data, kind, size):
    assert pixels(data, kind) == size


def lying_bomb():
    """Declares ten bytes a part, unpacks to 300 MiB."""
    data = bytearray(archive({**DOCX, "word/media/a.bin": bytes(300 * 1024 * 1024)}))
    real, lie = struct.pack("<I", 300 * 1024 * 1024), struct.pack("<I", 10)
    return bytes(data.replace(real, lie))


OFFICE_TROUBLE = {
    "a bomb that says so": (archive({**DOCX, "a": bytes(201 * 1024 * 1024)}), "giải nén ra quá lớn"),
    "a bomb of parts": (archive({**DOCX, **{f"p{n}": "" for n in range(2001)}}), "giải nén ra quá lớn"),
    "a way out": (archive({**DOCX, "../../etc/passwd": "x"}), "trỏ ra ngoài"),
    "a way out for Windows": (archive({**DOCX, "..\\x": "x"}), "trỏ ra ngoài"),
    "macros": (archive({**DOCX, "word/vbaProject.bin": "x"}), "macro"),
    "macros by type": (archive({**DOCX, "[Content_Types].xml": "…macroEnabled…"}), "macro"),
    "an object that runs": (archive({**DOCX, "word/embeddings/oleObject1.bin": "x"}), "macro"),
    "another archive": (archive({"a.txt": "x"}), "Không nhận tệp"),
    "a cut archive": (archive(DOCX)[:-30], "hỏng"),
}  # fmt: skip


@pytest.mark.parametrize("case", OFFICE_TROUBLE)
def test_trouble_in_an_office_file_is_refused_quickly(case):
    data, words = OFFICE_TROUBLE[case]
    start = time.process_time()
    with pytest.raises(InvalidInput, match=words) as refusal:
        admitted(data, "bien-ban.docx", office=True)
    assert (refusal.value.field, time.process_time() - start < 5) == ("file", True)


def test_a_bomb_that_lies_about_its_size_is_stopped():
    with pytest.raises(InvalidInput, match=r"giải nén ra quá lớn|hỏng"):
        admitted(lying_bomb(), "a.docx", office=True)


TROUBLE = {
    "a flood of pixels": (png(50_000, 50_000), "triệu"),
    "a flood in JPEG": (jpeg(60_000, 60_000), "triệu"),
    "no pixels": (png(0, 5), "triệu"),
    "a cut picture": (jpeg()[:12], "hỏng"),
    "a picture that is an archive": (png() + archive({"a": "x"}), "hai loại tệp"),
    "a document that is an archive": (b"%PDF-1.7\n" + archive({"a": "x"}), "hai loại tệp"),
    "a picture that is a page": (jpeg() + b"<html><script>alert(1)</script>", "hai loại tệp"),
    "a page": (b"<html>", "Không nhận tệp"),
    "a drawing that may run": (b"<svg xmlns='x'><script/></svg>", "Không nhận tệp"),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "đời cũ"),
    "a name that lies": (b"xin chao", "đổi đuôi"),
    "a program": (b"MZ" + bytes(99), "Không nhận tệp"),
    "nothing": (b"", "trống"),
    "too much": (b"%PDF-" + bytes(LARGEST), "lớn hơn 50 MB"),
}


@pytest.mark.parametrize("case", TROUBLE)
def test_trouble_is_refused_with_what_to_do(case):
    data, words = TROUBLE[case]
    with pytest.raises(InvalidInput, match=words):
        admitted(data, "tệp.jpg", office=True)
