"""Days and deadlines as papers write them: a day without its year is not dated."""

import re
from dataclasses import dataclass
from datetime import date

from hoiam.kit.papers.reading.values import Due, Found, Span

_D = r"(?P<d>\d{1,2})\s*(?:[/.-]|thang)\s*(?P<m>\d{1,2})\s*(?:(?:[/.-]|,?\s*nam)\s*(?P<y>\d{4}))?(?![\d/])"
DAY = re.compile(_D)
_DAY = rf"(?:(?P<clock>\d{{1,2}}\s*(?:gio|h|:)\s*\d{{0,2}}\s*(?:phut)?)[,\s]*)?(?:(?:cua |trong |het |vao )*(?:(?:chieu|sang|toi) )?(?:thu (?:hai|ba|tu|nam|sau|bay)[ ,]*)?(?:\(\w+ \w+\) )?ngay\s*)?(?:thu \w+,?\s*)?(?:ngay\s*)?{_D}"
_BEFORE = rf"(?P<words>(?:hoan thanh |xong )?truoc\s+(?:thoi diem\s+|han\s+)?{_DAY})"
_BY = (
    rf"(?P<words>(?:(?:cham nhat|muon nhat|khong muon hon|khong qua|tre nhat|han cuoi(?: cung)?|thoi han(?: cuoi)?(?: gui| hoan thanh| nop)?|han chot|den het|den|het han vao|toi)"
    rf"(?:\s+(?:la|vao|den|het|den het|trong|truoc))*\s*:?\s*){_DAY})"
)
_ON = rf"(?P<words>(?:trong|vao|ngay trong)?\s*(?:(?:\d{{1,2}}\s*(?:gio|h|:)\s*\d{{0,2}}(?:\s*phut)?[^.;]{{0,20}})?ngay\s*){_D})"
_RHYTHM = r"(?:hang|hang|moi|dinh ky(?: hang)?)\s+(?:tuan|thang|quy|nam|6 thang|sau thang)"
# Deadlines that name no day: kept in their own words.
_LOOSE = re.compile(
    r"(?:(?:cham nhat|truoc|khong qua)[^.;,()]{0,24}ngay\s+\d{1,2}\s+(?:cua\s+)?(?:hang|moi|cac)\s+(?:thang|quy|nam|tuan)[^.;()]{0,40})"
    rf"|(?:{_RHYTHM}[^.;()]{{0,30}}(?:truoc|vao|cham nhat)[^.;()]{{0,12}}(?:ngay|thu)\s+(?:\d{{1,2}}|\w+)(?: (?:cua )?(?:thang|quy|tuan)(?: (?:sau|do|cuoi quy|ke tiep|tiep theo|dau quy sau))*)?)"
    r"|(?:(?:trong|sau)?\s*(?:thoi han|vong|khong qua|toi da|cham nhat(?: la| sau)?)\s+(?:khong qua\s+)?\d{1,3}\s*(?:\([^)]{1,20}\)\s*)?(?:ngay|gio|thang|tuan)(?: lam viec)?(?:,?\s*(?:ke )?tu (?:ngay|khi|thoi diem|luc)[^.;()]{1,80})?)"
    r"|(?:(?:hoan thanh |xong )?(?:trong|truoc|den het|den|het|chậm nhất|cham nhat(?: la)?(?: trong)?)\s+(?:het\s+)?(?:quy\s+[ivx\d]{1,3}|(?:6|sau) thang (?:dau|cuoi) nam|thang\s+\d{1,2}|nam)\s*(?:[/,]|nam)?\s*(?:nam\s+)?\d{4})"
    rf"|(?:{_RHYTHM})"
)
_YEARLESS = "Hạn “{words}” không ghi năm nên chưa thành ngày; hãy điền năm."


@dataclass(frozen=True)
class Told:
    """A deadline and what a person must look at."""

    due: Due
    problem: str | None = None


def day_of(found: re.Match[str]) -> date | None:
    """The civil day of a match of `DAY`; None without a year or when no calendar has it."""
    if not found["y"]:
        return None
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


_EXACT = tuple((kind, re.compile(shape)) for kind, shape in (("before", _BEFORE), ("by", _BY)))
_PLAIN = re.compile(_ON)
_FUTURE = re.compile(
    r"(?:gui|bao cao|hoan thanh|nop|trinh|thuc hien|tham du|hop|to chuc|co mat|dien ra|khai mac|thoi gian)\b"
)


def due_in(text: str, folded: str, shift: int = 0, *, loose: bool = True) -> Told | None:
    """The deadline these words state, None for none.

    Args:
        text: one clause or sentence.
        folded: the same without marks.
        shift: where it stands in the whole text.
        loose: whether deadlines without a day (a quarter, a rhythm, a number of days) are wanted.
    """
    for kind, shape in _EXACT:
        for found in shape.finditer(folded):
            if _is_date(found):
                return _told(text, found, kind, shift)
    if loose and (without := _LOOSE.search(folded)):
        start, end = (
            without.start() + len(without.group()) - len(without.group().lstrip()),
            without.end(),
        )
        return Told(Due(_words(text, start, end, shift)))
    return _on(text, folded, shift)


def _is_date(found: re.Match[str]) -> bool:
    return 1 <= int(found["d"]) <= 31 and 1 <= int(found["m"]) <= 12


def _told(text: str, found: re.Match[str], kind: str, shift: int) -> Told:
    words = _words(text, found.start("words"), found.end(), shift)
    day = day_of(found)
    if day is None:
        return Told(Due(words), _YEARLESS.format(words=words.value) if not found["y"] else None)
    # "trước 17 giờ ngày 15": the day itself is still the last one.
    has_clock = bool(found.groupdict().get("clock"))
    return Told(Due(words, day, "by" if kind == "before" and has_clock else kind))


def _on(text: str, folded: str, shift: int) -> Told | None:
    """A plain day, only where the sentence is about doing something that day, not about a paper's date."""
    for found in _PLAIN.finditer(folded):
        before = folded[: found.start()]
        cited = re.search(
            r"(?:so|/)\s*[\w./-]+[\w-]*\s*$|\bso \S+ ?,?\s*$|[-/][a-z]+\s*,?\s*$", before[-60:]
        )
        if cited or not _is_date(found) or not found["y"] or not _FUTURE.search(before[-60:]):
            continue
        if re.search(r"\b(?:tu|ke tu|tinh tu|den)\s*$", before) or "tu ngay" in found["words"]:
            continue
        return _told(text, found, "on", shift)
    return None


def _words(text: str, start: int, end: int, shift: int) -> Found[str]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1] in " ,;":
        end -= 1
    return Found(" ".join(text[start:end].split()), Span(start + shift, end + shift))
