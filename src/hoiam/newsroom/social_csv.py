"""Comments and messages from a file a platform or a person exported: read row by row, every fault named with its line."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import fold, read_moment, show_number, squash
from hoiam.newsroom.connectors import Comment

MOST_ROWS = 2000
MOST_BYTES = 2 * 1024 * 1024
LONGEST_FIELD = 8000
COLUMNS = {
    "noi dung": "text",
    "nguoi viet": "author",
    "thoi diem": "at",
    "duong dan": "permalink",
    "ma": "platform_id",
    "loai": "kind",
}
KINDS = {"": "comment", "binh luan": "comment", "tin nhan": "direct"}
HEADS = "Nội dung, Người viết, Thời điểm, Đường dẫn, Mã, Loại"


@dataclass(frozen=True)
class Fault:
    """What is wrong in one line, and what to do."""

    line: int
    column: str
    said: str
    sentence: str


@dataclass(frozen=True)
class ReadFile:
    """The rows that can be used and the faults of those that cannot."""

    rows: tuple[Comment, ...]
    faults: tuple[Fault, ...]


def read_comments_file(data: bytes, *, now: datetime) -> ReadFile:
    """The rows of a CSV file with a line of headings.

    Args:
        data: UTF-8 or UTF-16 text; comma, semicolon or tab between columns.
        now: nobody wrote later than this.

    Raises:
        InvalidInput: too large, not to be read as text, without the column of the words, or without a row.
    """
    lines = list(_lines(_decoded(data)))
    if not lines:
        raise InvalidInput("Tệp trống. Chọn tệp khác.", "file")
    names = [COLUMNS.get(fold(squash(head)).lower(), "") for head in lines[0][1]]
    if "text" not in names:
        raise InvalidInput(f"Dòng đầu chưa có cột “Nội dung”. Các cột đọc được: {HEADS}.", "file")
    if len(lines) == 1:
        raise InvalidInput("Tệp chỉ có dòng đầu, chưa có dòng nào để nhập.", "file")
    if len(lines) > MOST_ROWS + 1:
        raise InvalidInput(f"Tệp có hơn {show_number(MOST_ROWS)} dòng. Chia thành nhiều tệp.", "file")  # fmt: skip
    rows: dict[str, Comment] = {}
    faults: list[Fault] = []
    for number, cells in lines[1:]:
        told = {name: squash(cell) if name != "text" else cell.strip() for name, cell in zip(names, cells, strict=False) if name}  # fmt: skip
        found = _row(number, told, now)
        if isinstance(found, Fault):
            faults.append(found)
        elif found.platform_id in rows:
            faults.append(Fault(number, "Mã", told.get("platform_id", ""), "Dòng này trùng một dòng ở trên. Bỏ một dòng."))  # fmt: skip
        else:
            rows[found.platform_id] = found
    return ReadFile(tuple(rows.values()), tuple(faults))


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise InvalidInput("Tệp lớn hơn 2 MB. Chia thành nhiều tệp.", "file")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InvalidInput("Không đọc được chữ trong tệp. Lưu lại bằng “CSV UTF-8” rồi tải lên.", "file") from error  # fmt: skip
    if "\0" in text:
        raise InvalidInput("Đây không phải tệp CSV. Lưu lại bằng “CSV UTF-8” rồi tải lên.", "file")
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise InvalidInput(f"Dòng {reader.line_num} của tệp bị hỏng. Mở bằng bảng tính, lưu lại rồi tải lên.", "file") from error  # fmt: skip


def _row(number: int, told: Mapping[str, str], now: datetime) -> Comment | Fault:
    text, at = told.get("text", ""), told.get("at", "")
    if not text:
        return Fault(number, "Nội dung", "", "Ô này trống. Ghi nội dung hoặc bỏ dòng.")
    if len(text) > LONGEST_FIELD:
        return Fault(number, "Nội dung", text[:40] + "…", "Nội dung dài quá 8.000 ký tự. Cắt ngắn.")
    kind = KINDS.get(fold(told.get("kind", "")).lower())
    if kind is None:
        return Fault(number, "Loại", told["kind"], "Ghi “Bình luận” hoặc “Tin nhắn”, hoặc để trống.")  # fmt: skip
    link = told.get("permalink", "")
    if link and not link.startswith(("https://", "http://")):
        return Fault(number, "Đường dẫn", link[:60], "Đường dẫn phải bắt đầu bằng https://. Sửa hoặc để trống.")  # fmt: skip
    read = read_moment(at, now) if at else None
    if at and (read is None or not read.has_time):
        return Fault(number, "Thời điểm", at[:40], "Không đọc được. Viết như 05/04/2026 14:05.")
    if read is not None and read.value > now:
        return Fault(number, "Thời điểm", at[:40], "Thời điểm này chưa tới. Kiểm tra lại ngày.")
    moment = read.value if read is not None else None
    return Comment(
        platform_id=told.get("platform_id", "")[:120] or _made_id(text, at, link),
        kind=kind,
        text=text,
        author=told.get("author", ""),
        under="",
        permalink=link,
        written_at=moment,
    )


def _made_id(text: str, at: str, link: str) -> str:
    """A code for a row without one: of its words, hour and address, and not of who wrote it."""
    return "csv-" + hashlib.sha256(f"{text}|{at}|{link}".encode()).hexdigest()[:32]
