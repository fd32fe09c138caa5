"""The register as its pages show it: people by role, names through time, the columns of an import."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from hoiam.agencies.actions.agency_file import COLUMNS, REQUIRED
from hoiam.agencies.models import Agency, Post, Succession
from hoiam.agencies.states import Level, Role
from hoiam.kit.vietnamese import show_date


@dataclass(frozen=True)
class Holders:
    """The posts of one role at one agency."""

    agency: Agency
    role: str
    posts: tuple[Post, ...]


def by_role(posts: list[Post]) -> list[Holders]:
    """Posts grouped by agency, then by role in the order of the list of roles."""
    order = {role: place for place, role in enumerate(Role.values)}
    ranked = sorted(
        posts, key=lambda p: (p.agency.level, p.agency.sort_key, p.agency_id, order[p.role])
    )
    return [
        Holders(members[0].agency, members[0].get_role_display(), tuple(members))
        for _, group in groupby(ranked, key=lambda p: (p.agency_id, p.role))
        if (members := list(group))
    ]


@dataclass(frozen=True)
class Era:
    """One other name of the office's line: which, when it held, and from when it was followed."""

    agency: Agency
    lasted: str
    note: str


def lasted(agency: Agency) -> str:
    """From when to when a name held, in words."""
    start, end = agency.valid_from, agency.valid_to
    if start and end:
        return f"{show_date(start)} – {show_date(end)}"
    if end:
        return f"đến {show_date(end)}"
    return f"từ {show_date(start)}" if start else "đến nay"


def eras(steps: list[Succession], side: str) -> tuple[list[Era], list[Era]]:
    """The other names of a line: those of provinces and the centre, and those of offices below."""
    found = [
        Era(getattr(step, side), lasted(getattr(step, side)), _note(step.since, step.uncertain))
        for step in steps
    ]
    below = {Level.DISTRICT, Level.REGION}
    return (
        [era for era in found if era.agency.level not in below],
        [era for era in found if era.agency.level in below],
    )


def _note(since: date, uncertain: bool) -> str:
    words = f"kế thừa từ {show_date(since)}"
    return f"{words}, chưa rõ Phòng" if uncertain else words


@dataclass(frozen=True)
class ColumnHelp:
    """One column of an import: its name, what goes in, whether it may stay empty."""

    name: str
    words: str
    required: bool
    example: str


_COLUMNS = {
    "code": ("Mã: chữ không dấu, chữ số, gạch nối. Mã đã có thì dòng được cập nhật.", "phong-kv-1-thanh-giang"),
    "name": ("Tên ngắn; chữ THADS được viết đủ trên văn bản.", "Phòng THADS khu vực 1 - Thanh Giang"),
    "level": ("Cấp: centre, province, region, district; hoặc Trung ương, Tỉnh, Khu vực, Huyện.", "region"),
    "province": ("Tỉnh, thành phố thời đó.", "Thanh Giang"),
    "parent": ("Mã cơ quan cấp trên; bắt buộc với Phòng khu vực.", "thads-thanh-giang"),
    "valid_from": ("Có hiệu lực từ ngày, dd/mm/yyyy.", "01/07/2025"),
    "valid_to": ("Hết hiệu lực sau ngày, dd/mm/yyyy; bỏ trống nếu còn hiệu lực.", ""),
    "predecessors": ("Mã các cơ quan tiền thân, cách nhau bằng dấu chấm phẩy.", ""),
    "districts": ("Địa bàn: huyện cũ, xã; cách nhau bằng dấu chấm phẩy.", "Sông Thanh; Đò Mới"),
}  # fmt: skip


def import_columns() -> list[ColumnHelp]:
    """What each column of the list means, in the file's order."""
    return [ColumnHelp(name, *_help(name)) for name in COLUMNS]


def _help(name: str) -> tuple[str, bool, str]:
    words, example = _COLUMNS[name]
    return words, name in REQUIRED, example


def example_csv() -> bytes:
    """A list to start from, as Excel opens it with its marks whole."""
    text = io.StringIO()
    writer = csv.writer(text)
    columns = import_columns()
    writer.writerow([column.name for column in columns])
    writer.writerow([column.example for column in columns])
    return text.getvalue().encode("utf-8-sig")
