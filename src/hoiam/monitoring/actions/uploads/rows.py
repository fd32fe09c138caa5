"""One row of an uploaded file: what it tells, or one sentence for each cell that cannot be used."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.crypto import salted_hmac

from hoiam.kit.vietnamese import VIETNAM, fold, nfc, read_moment, squash
from hoiam.monitoring.actions.uploads.columns import limits
from hoiam.monitoring.actions.uploads.tables import TableRow

EMPTY_CELL = "Ô trống. Nếu tệp có ô gộp, hãy bỏ gộp và điền đủ từng dòng."
NOT_ADDRESS = "Không phải địa chỉ web; địa chỉ bắt đầu bằng https:// hoặc http://."
LONG_ADDRESS = "Địa chỉ dài quá 1.000 ký tự. Hãy dùng địa chỉ ngắn của bài."
SERIAL = (
    "Đây là số của Excel, không phải ngày giờ. Định dạng cột thành dd/mm/yyyy hh:mm rồi lưu lại."
)
UNREAD_TIME = "Không đọc được thời điểm. Viết như 05/04/2026 14:05."
FUTURE = "Thời điểm ở phía trước. Kiểm tra lại ngày, tháng."
SURPLUS = "Dòng có nhiều ô hơn số cột. Ô có dấu phẩy phải đặt trong ngoặc kép."
LONG_CELL = "Ô dài quá {most} ký tự. Hãy rút gọn."
_SERIAL = re.compile(r"[1-9]\d{4}(?:[.,]\d+)?")


@dataclass(frozen=True)
class RowFault:
    """One cell that cannot be used: the row's number, the column's heading, what stands there, what to do."""

    line: int
    column: str
    said: str
    sentence: str

    def as_json(self) -> dict[str, object]:
        """For the import's page; `said` is shortened."""
        return asdict(self) | {"said": self.said[:80]}


@dataclass(frozen=True)
class _Cells:
    """A row seen through the chosen columns; collects faults as cells are read."""

    row: TableRow
    columns: Mapping[str, str]
    faults: list[RowFault]

    def text(self, name: str, *, required: bool = False) -> str:
        said = self.row.cells.get(self.columns.get(name, ""), "")
        most = limits()["cell"]
        if required and not said:
            self.fault(name, said, EMPTY_CELL)
        if len(said) > most:
            self.fault(name, said, LONG_CELL.format(most=f"{most:,}".replace(",", ".")))
        return nfc(said)

    def address(self, name: str) -> str:
        said = self.text(name, required=True)
        if said and not _is_web(said):
            self.fault(name, said, NOT_ADDRESS)
        elif len(said) > 1000:
            self.fault(name, said, LONG_ADDRESS)
        return said

    def moment(self, name: str, now: datetime) -> datetime | None:
        said = self.text(name)
        if not said:
            return None
        if _SERIAL.fullmatch(said):
            self.fault(name, said, SERIAL)
            return None
        found = _moment(said)
        if found is None:
            self.fault(name, said, UNREAD_TIME)
        elif found > now:
            self.fault(name, said, FUTURE)
        return found

    def fault(self, name: str, said: str, sentence: str) -> None:
        self.faults.append(RowFault(self.row.number, self.columns.get(name, name), said, sentence))


def vendor_row(
    row: TableRow, columns: Mapping[str, str], now: datetime
) -> tuple[dict[str, str], list[RowFault]]:
    """One report of a listening vendor's list; names of people who wrote on social networks are not read at all."""
    cells = _opened(row, columns)
    title, address = squash(cells.text("title", required=True)), cells.address("link")
    published = cells.moment("published", now)
    ready = {
        "title": title,
        "url": address,
        "sapo": cells.text("text"),
        "outlet": squash(cells.text("outlet"))[:200],
        "published": published.isoformat() if published else "",
        "raw": squash(cells.text("published"))[:120],
    }
    return ready, cells.faults


def comment_row(
    row: TableRow, columns: Mapping[str, str], now: datetime, *, source_id: int
) -> tuple[dict[str, str], list[RowFault]]:
    """One comment; its writer's name is replaced by a code here, at the door, and goes nowhere else."""
    cells = _opened(row, columns)
    text, post = cells.text("text", required=True), cells.address("post")
    at = cells.moment("published", now)
    name = row.cells.get(columns.get("author", ""), "")
    ready = {
        "text": text,
        "post": post,
        "pseudonym": pseudonym(name, source_id=source_id, post=post),
        "at": at.isoformat() if at else "",
        "raw": squash(cells.text("published"))[:120],
    }
    # Cells that slipped beyond the headings may hold the name: they are told, not shown.
    return ready, [replace(fault, said="") if not fault.column else fault for fault in cells.faults]


def pseudonym(name: str, *, source_id: int, post: str) -> str:
    """A code for one writer under one post, or "" without a name.

    Salted with this house's secret and the post: the same person has another code under another post, so nobody can be
    followed from post to post, and no list of names can be tried against it from outside.
    """
    folded = fold(nfc(squash(name)))
    if not folded:
        return ""
    salt = f"hoiam.comment:{source_id}:{post}"
    return salted_hmac(salt, folded, algorithm="sha256").hexdigest()[:12]


def _opened(row: TableRow, columns: Mapping[str, str]) -> _Cells:
    cells = _Cells(row, columns, [])
    if row.surplus:
        cells.faults.append(RowFault(row.number, "", row.surplus, SURPLUS))
    return cells


def _is_web(said: str) -> bool:
    try:
        parts = urlsplit(said)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _moment(said: str) -> datetime | None:
    """The moment written; what names no zone is Viet Nam's clock, and 05/04 is the fifth of April."""
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        found = read_moment(said)
        return found.value if found else None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
