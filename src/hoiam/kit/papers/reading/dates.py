"""Days and deadlines as papers write them: a day without its year is not dated."""

import re
from dataclasses import dataclass
from datetime import date

from hoiam.kit.papers.reading.values import Due, Found, Span

# A digit a scan leaves unsure stands as "?": such a date is no day ("1?/10/2023"), nor is what is left of it ("?5/10/2023").
_D = r"(?<!\?)(?P<d>\d{1,2})\s*(?:[/.-]|thang)\s*(?P<m>\d{1,2})\s*(?:(?:[/.-]|,?\s*nam)\s*(?P<y>\d{4}))?(?![\d/?])"
DAY = re.compile(_D)
_DAY = rf"(?:(?P<clock>\d{{1,2}}\s*(?:gio|h|:)\s*\d{{0,2}}\s*(?:phut)?)[,\s]*)?(?:(?:cua |trong |het |vao )*(?:(?:chieu|sang|toi) )?(?:thu (?:hai|ba|tu|nam|sau|bay)[ ,]*)?(?:\(\w+ \w+\) )?ngay\s*)?(?:thu \w+,?\s*)?(?:ngay\s*)?{_D}"
# Scanned papers lose letters: "trưc ngày", "chậm nht".
_BEFORE = rf"(?P<words>(?:hoan thanh |xong )?tru(?:oc|c)\s+(?:thoi diem\s+|han\s+)?{_DAY})"
_BY = (
    rf"(?P<words>(?:(?:cham nha?t|muon nhat|khong muon hon|khong qua|tre nhat|han cuoi(?: cung)?|thoi han(?: cuoi)?(?: gui| hoan thanh| nop)?|thoi han(?: [a-z]+){{1,4}}?(?= la )|han chot|den het|den|het han vao|toi)"
    rf"(?:\s+(?:la|vao|den|het|den het|trong|truoc))*\s*:?\s*){_DAY})"
)
_ON = rf"(?P<words>(?:trong|vao|ngay trong)?\s*(?:(?:\d{{1,2}}\s*(?:gio|h|:)\s*\d{{0,2}}(?:\s*phut)?[^.;]{{0,20}})?ngay\s*){_D})"
_RHYTHM = r"(?:hang|hang|moi|dinh ky(?: hang)?)\s+(?:tuan|thang|quy|nam|6 thang|sau thang)"
_NTH = r"(?:\s+(?:cua\s+)?(?:hang|moi|cac)\s+(?:thang|quy|nam|tuan)|\s+(?:cua\s+)?thang\s+(?:dau(?: tien)?|cuoi|thu \w+)(?: cua)?(?: moi| hang)? quy|\s+(?:cua\s+)?thang (?:sau|ke tiep|tiep theo|lien ke))"
# Deadlines that name no day: kept in their own words.
_LOOSE = re.compile(
    rf"(?:(?:cham nhat|truoc|khong qua|vao|den het|dinh ky)[^.;,()]{{0,24}}ngay\s+\d{{1,2}}(?:\s*(?:/|thang)\s*\d{{1,2}})?{_NTH}(?:(?! (?:va|de|qua|gui|theo|cho|ve|den|tai|tren) )[^.;(),]){{0,40}})"
    rf"|(?:{_RHYTHM}[^.;()]{{0,30}}(?:truoc|vao|cham nhat)[^.;()]{{0,12}}(?:ngay|thu)\s+(?:\d{{1,2}}(?:\s*(?:/|thang)\s*\d{{1,2}}(?!\d|/))?|\w+)(?: (?:cua )?(?:thang|quy|tuan)(?: (?:sau|do|cuoi quy|ke tiep|tiep theo|dau quy sau))*)?)"
    r"|(?:vao (?:(?:sang|chieu|toi) )?thu \w+(?: tuan [\w ]{1,12}?)? (?:hang|moi) (?:tuan|thang|quy))"
    r"|(?:truoc \d{1,2} ?(?:gio|h)(?: ?\d{2})?[’']?(?: phut)?(?: [\w ]{1,14}?)? (?:hang|moi) (?:ngay|tuan|thang))"
    r"|(?:(?:trong|sau)?\s*(?:thoi han|vong|khong qua|toi da|cham nha?t(?: la| sau)?|muon nhat)\s+(?:khong qua\s+)?\d{1,3}\s*(?:\([^)]{1,20}\)\s*)?(?:ngay|gio|thang|tuan)(?: lam viec)?(?:,?\s*(?:(?:ke )?tu (?:ngay|khi|thoi diem|luc)|truoc (?:ngay|khi)|sau (?:ngay|khi))[^.;()]{1,80})?)"
    r"|(?:trong\s+\d{1,3}\s*(?:\([^)]{1,20}\)\s*)?(?:ngay lam viec(?!,? tu ngay \d)|(?:ngay|gio|thang)(?=,? (?:ke )?tu (?:ngay|khi|thoi diem|luc)))(?:,?\s*(?:ke )?tu (?:ngay|khi|thoi diem|luc)[^.;()]{1,80})?)"
    r"|(?:(?:cham nhat|khong qua)? ?(?:ngay )?trong ngay (?=lam viec\b|nhan\b|phat hien\b|xay ra\b)[^.;,()]{1,40})"
    r"|(?:vao thang \d{1,2}(?:/| nam )\d{4})"
    r"|(?:it nhat (?:la )?\d{1,3}\s*(?:\([^)]{1,20}\)\s*)?(?:ngay|gio|thang|tuan)(?: lam viec)? truoc (?:khi|ngay)\b[^.;(),]{1,60})"
    r"|(?:(?:hoan thanh |xong )?(?:trong|truoc|den het|den|het|cham nhat(?: la)?(?: trong)?)\s+(?:het\s+)?(?:quy\s+[ivx\d]{1,3}|(?:6|sau) thang (?:dau|cuoi) nam|thang\s+\d{1,2}|nam)\s*(?:[/,]|nam)?\s*(?:nam\s+)?\d{4})"
    r"|(?:(?:truoc|cham nhat|khong qua|vao|den het|han)[^.;,()?]{0,24}ngay (?=\S*\?|\S+ thang \S*\?|\S+ thang \S+ nam \S*\?)[\d?]{1,2}(?:[/.-]| thang )[\d?]{1,2}(?:(?:[/.-]| nam )[\d?]{4})?)"
    rf"|(?:{_RHYTHM})"
)
# "phát động tháng 3/2026": a bare month is a deadline only behind the verb of an event, "công tác tháng 3/2026" tells what a report is about.
_MONTH = re.compile(
    r"\b(?:phat dong|khai mac|be mac|trao giai|so ket|tong ket|cong bo|nghiem thu|so khao|chung khao|hoan thanh|ket thuc|to chuc (?:le|hoi nghi|hoi thao|lop|phat dong|trao giai))\b[^.;,()]{0,50}?\s(?P<month>thang \d{1,2}(?:/| nam )\d{4})\b"
)
# Another day of the same order: "trước ngày 15/6/2026 và ngày 15/12/2026".
_ALSO = re.compile(
    rf"\s*(?:,|;|va|,\s*va)\s+(?P<words>(?:truoc |cham nhat )?(?:la )?(?:ngay )?{_D})"
)
# What the words of such a deadline say of its kind; a quarter, a month or a rhythm alone says nothing.
_LOOSE_KINDS = (
    (
        "before",
        re.compile(
            r"\btruoc (?:thoi diem |het )?(?:ngay|\d|thang|quy|nam|thu)|^(?:xong |hoan thanh )?truoc\b"
        ),
    ),
    (
        "by",
        re.compile(
            r"\b(?:cham nhat|muon nhat|khong qua|toi da|thoi han|vong|den het|den)\b|^trong \d|^it nhat\b|\bhet (?:thang|quy|nam)\b|trong ngay (?:lam|nhan|phat|xay)"
        ),
    ),
    ("on", re.compile(r"\bvao (?:ngay|thu|sang|chieu|toi)\b|^dinh ky ngay\b")),
)
# "dịp nghỉ lễ (từ ngày 16 đến ngày 18/4/2016)": when something is, not when something is due.
_BRACKETED = re.compile(r"\([^()]*\btu (?:ngay )?[\d/.-]+[^()]*$")
_YEARLY = re.compile(r"\b(?:hang|moi) (?:nam|quy|thang)\b")
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

# "vào ngày …", "trong ngày …" sets a day by itself, unless what stands before is over.
_SET = re.compile(r"(?:ngay trong|trong|vao)\s+(?:\d{1,2}\s*(?:gio|h|:)[^.;]{0,20}?)?ngay\b")
_PAST = re.compile(r"\b(?:da|duoc) (?!giao|phan cong)\w+[^.;]{0,60}$")


def due_in(text: str, folded: str, shift: int = 0, *, loose: bool = True) -> Told | None:
    """The deadline these words state, None for none.

    Args:
        text: one clause or sentence.
        folded: the same without marks.
        shift: where it stands in the whole text.
        loose: whether deadlines without a day (a quarter, a rhythm, a number of days) are wanted.
    """
    exact = [
        (kind, found)
        for kind, shape in _EXACT
        for found in shape.finditer(folded)
        if _is_date(found)
        and not _tells_time(folded, found)
        and "trực" not in text[slice(*found.span("words"))].lower()
    ]
    # A whole day before one without a year, the first told before the later.
    exact.sort(key=lambda each: (not each[1]["y"], each[1].start("words")))
    said = _loose(folded) if loose else []
    without = next(
        (each for each in said if loose_kind(folded[slice(*each)].strip())),
        said[0] if said else None,
    )
    if exact and not (without and not exact[0][1]["y"] and _covers(without, exact[0][1])):
        kind, found = exact[0]
        return _told(text, found, kind, shift)
    if without:
        start, end = without
        return Told(Due(_words(text, start, end, shift), None, loose_kind(folded[start:end])))
    return _on(text, folded, shift)


def loose_kind(folded: str) -> str | None:
    """What the words of a deadline without a day say of its kind.

    >>> loose_kind("cham nhat 05 ngay lam viec ke tu ngay nhan"), loose_kind("truoc ngay 15 hang thang"), loose_kind("trong quy iii/2024")
    ('by', 'before', None)
    """
    numbered = re.match(
        r"(?:trong |sau )?(?:thoi han|vong|cham nha?t|khong qua|toi da|muon nhat)[^.;]{0,14}?\d",
        folded,
    )
    if numbered:  # "chậm nhất 05 ngày trước ngày …": the number of days is the deadline
        return "by"
    return next((kind for kind, shape in _LOOSE_KINDS if shape.search(folded)), None)


def deadlines_in(folded: str) -> list[tuple[int, int]]:
    """Places of all deadlines in the words, without marks, in order; a rhythm alone is none."""
    exact = [
        (found.start("words"), found.end())
        for _, shape in _EXACT
        for found in shape.finditer(folded)
        if _is_date(found) and not _tells_time(folded, found)
    ]
    loose = [each for each in _loose(folded) if re.search(r"\d|\bquy [ivx]", folded[slice(*each)])]
    plain = [
        each.span() for each in _PLAIN.finditer(folded) if _SET.match(each["words"]) and each["y"]
    ]
    found = list[tuple[int, int]]()
    for one, two in sorted([*exact, *loose, *plain], key=lambda each: (each[0], -each[1])):
        if not found or one >= found[-1][1]:
            found.append((one, two))
    return found


def further_dues(text: str, folded: str, first: Due, shift: int = 0) -> list[Due]:
    """The other whole days an order is due on, behind the first: each is a deadline of its own.

    >>> from hoiam.kit.vietnamese import fold
    >>> words = "Gửi báo cáo trước ngày 15/6/2026 và ngày 15/12/2026"
    >>> [due.day.isoformat() for due in further_dues(words, fold(words), due_in(words, fold(words)).due)]
    ['2026-12-15']
    """
    if first.day is None:
        return []
    at, found = first.words.span.end - shift, list[Due]()
    while also := _ALSO.match(folded, at):
        told = _told(text, also, first.kind or "by", shift)
        at = also.end()
        if told.due.day is not None:
            found.append(told.due)
    for one, two in deadlines_in(folded):
        told_later = due_in(text[one:two], folded[one:two], one + shift, loose=False)
        if one >= at and told_later is not None and told_later.due.day is not None:
            found.append(told_later.due)
    return found


def _loose(folded: str) -> list[tuple[int, int]]:
    """Places of the deadlines without a day, in order."""
    found = [each.span() for each in _LOOSE.finditer(folded)]
    found += [each.span("month") for each in _MONTH.finditer(folded)]
    return sorted((two - len(folded[one:two].lstrip()), two) for one, two in found)


def _covers(without: tuple[int, int], found: re.Match[str]) -> bool:
    """ "trước ngày 10 tháng 10 hằng năm": the day without a year is part of a rhythm."""
    return without[0] < found.end() and found.start() < without[1]


def _tells_time(folded: str, found: re.Match[str]) -> bool:
    """ "từ ngày A đến ngày B" of what is counted or reported is a period, unless it ends "đến hết"."""
    if not re.match(r"(?:den|toi)\b(?! het)", found["words"]):
        return False
    before = folded[max(0, found.start() - 60) : found.start()]
    if _BRACKETED.search(before):
        return True
    return bool(
        re.search(
            r"(?:so lieu|tinh tu|tinh den|ky bao cao|thoi ky|giai doan|du lieu)\b[^.;]*$", before
        )
    )


def _is_date(found: re.Match[str]) -> bool:
    return 1 <= int(found["d"]) <= 31 and 1 <= int(found["m"]) <= 12


def _told(text: str, found: re.Match[str], kind: str, shift: int) -> Told:
    words = _words(text, found.start("words"), found.end(), shift)
    day = day_of(found)
    if day is None:
        is_sure = bool(found["y"]) or _YEARLY.search(found.string)
        problem = None if is_sure else _YEARLESS.format(words=words.value)
        return Told(Due(words, None, kind), problem)
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
        is_set = _SET.match(found["words"]) and not _PAST.search(before)
        if cited or not _is_date(found) or not found["y"]:
            continue
        if not is_set and not _FUTURE.search(before[-60:]):
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
