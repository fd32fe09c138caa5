"""Calendars from data: the one that ships, and the CSV or YAML an agency imports."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

import yaml

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import fold, show_date

from .calendar import SATURDAY, Calendar
from .files import read_folder

YAML_LINE = re.compile(r"(?m)^(year|days_off|swaps|- )")
OFF, WORK = "off", "work"
KINDS = {"nghi": OFF, "off": OFF, "nghi le": OFF, "lam bu": WORK, "lam viec": WORK, "work": WORK}
COLUMNS = {
    "ngay": "day",
    "day": "day",
    "loai": "kind",
    "kind": "kind",
    "ten": "name",
    "name": "name",
}
HOW_TO_WRITE = "viết ngày dạng 02/09/2026 hoặc 2026-09-02"


@dataclass(frozen=True)
class CalendarReading:
    """What could be read of an imported calendar, and a sentence for each row that could not."""

    calendar: Calendar
    errors: tuple[str, ...]


@dataclass
class _Draft:
    off: dict[date, str] = field(default_factory=dict)
    work: dict[date, str] = field(default_factory=dict)
    grades: dict[int, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, place: str, raw: object, kind: str, name: str, grade: str = "A") -> None:
        day = _day(raw)
        if day is None:
            self.errors.append(f"{place}: “{raw}” không phải là một ngày; {HOW_TO_WRITE}.")
        elif day in self.off or day in self.work:
            self.errors.append(f"{place}: ngày {show_date(day)} đã ghi ở trên; xóa một dòng.")
        elif kind == WORK and day.weekday() < SATURDAY:
            self.errors.append(
                f"{place}: {show_date(day)} vốn là ngày làm việc; ngày làm bù phải là thứ Bảy hoặc Chủ nhật."
            )
        else:
            (self.work if kind == WORK else self.off)[day] = name
            self.grades.setdefault(day.year, grade)

    def done(self) -> CalendarReading:
        calendar = Calendar(frozenset(self.off), frozenset(self.work), self.off, self.grades)
        return CalendarReading(calendar, tuple(self.errors))


@cache
def national_calendar() -> Calendar:
    """Give back the calendar that ships: public holidays and swaps of 2016–2027.

    Its files use the keys of an imported one: `days_off` (day, name), `swaps` (rest, work).

    >>> national_calendar().is_working(date(2026, 11, 24))
    False
    """
    draft = _Draft()
    for year in read_folder("calendar"):
        _take_year(draft, year)
    return draft.done().calendar


def read_calendar(text: str) -> CalendarReading:
    """Give back the calendar written in CSV (ngày, loại, tên) or YAML text.

    Kinds are "nghỉ" and "làm bù". Rows that cannot be read are left out, each with a sentence.

    >>> read_calendar("ngày,loại,tên\\n24/11/2026,nghỉ,Ngày Văn hóa Việt Nam").errors
    ()
    """
    draft = _Draft()
    if YAML_LINE.search(text):
        _take_yaml(draft, text)
    else:
        _take_csv(draft, text)
    return draft.done()


def _take_year(draft: _Draft, year: Mapping[str, Any]) -> None:
    grade = str(year.get("confidence", "A"))
    if isinstance(number := year.get("year"), int):
        draft.grades[number] = grade
    for kind, raw, name, place in _entries(year):
        draft.add(place, raw, kind, name, grade)


def _entries(year: Mapping[str, Any]) -> Iterator[tuple[str, object, str, str]]:
    for count, item in enumerate(year.get("days_off") or (), 1):
        row = item if isinstance(item, dict) else {"day": item}
        yield OFF, row.get("day"), str(row.get("name", "ngày nghỉ lễ")), f"days_off, mục {count}"
    for count, item in enumerate(year.get("swaps") or (), 1):
        row = item if isinstance(item, dict) else {}
        yield OFF, row.get("rest"), "nghỉ hoán đổi", f"swaps, mục {count}"
        yield WORK, row.get("work"), "làm bù", f"swaps, mục {count}"


def _take_yaml(draft: _Draft, text: str) -> None:
    try:
        content = yaml_of(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"gần dòng {mark.line + 1}" if mark else "có một ngày không có trong lịch"
        draft.errors.append(f"Không đọc được tệp YAML ({place}); sửa rồi nhập lại.")
        return
    for year in content if isinstance(content, list) else [content]:
        if isinstance(year, dict):
            _take_year(draft, year)
        else:
            draft.errors.append(f"“{year}” không có days_off hay swaps; xem tệp mẫu.")


def _take_csv(draft: _Draft, text: str) -> None:
    lines = text.lstrip("\ufeff").splitlines()
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = csv.reader(lines, delimiter=separator)
    header = [COLUMNS.get(fold(cell).strip(), "") for cell in next(rows, [])]
    if "day" not in header or "kind" not in header:
        draft.errors.append("Dòng 1: cần tiêu đề “ngày,loại,tên”; thêm dòng tiêu đề rồi nhập lại.")
        return
    for cells in rows:
        if any(cell.strip() for cell in cells):
            row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            _take_row(draft, f"Dòng {rows.line_num}", row)


def _take_row(draft: _Draft, place: str, row: Mapping[str, str]) -> None:
    kind = KINDS.get(fold(row.get("kind", "")))
    if kind is None:
        told = row.get("kind", "")
        draft.errors.append(f"{place}: loại “{told}” không rõ; ghi “nghỉ” hoặc “làm bù”.")
        return
    draft.add(place, row.get("day", ""), kind, row.get("name") or "ngày nghỉ lễ")


def _day(raw: object) -> date | None:
    if isinstance(raw, date):
        return raw
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(str(raw).strip(), form).date()  # noqa: DTZ007 -- a civil date
        except ValueError:
            continue
    return None
