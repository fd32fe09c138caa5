"""The shapes of dates and times in print, as regular expressions over folded text."""

import re
from typing import Final

_MONTH: Final = (
    # "9 tháng năm 2025" is nine months of 2025: May needs a second "năm" behind it.
    # "05 Th4 2026" is how a blog engine shortens the month.
    r"th\.?\s?(?:1[0-2]|0?[1-9])(?!\d)|thang\s+(?:0?[1-9]|1[0-2]|gieng|hai|ba|tu|nam(?=[\s/,.-]+nam)|sau|bay|tam|chin|muoi\s+(?:mot|hai)|muoi|chap)"
)
_EN_MONTH: Final = (
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?|may|january|february|march|april|june"
    r"|july|august|september|october|november|december"
)

# Nothing may touch a date that would make it part of a longer number, a version, an address or a
# paper's number (1/2/2020/TT-BTP); "1-5/4/2020" is a span of days, not a day.
_FREE: Final = r"(?<![\w./])(?<!\d[,-])(?<![^\w\s],)"
_END: Final = r"(?:(?=t\d\d?:\d|-\d\d?[:h]\d)|(?!\w|[./-]\d|/|-[a-z]))"
_YEAR_FIRST: Final = (
    r"(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d\d?)(?P=s1)(?P<d1>\d\d?)(?=t\d|(?!\w|/|[.-]\d))"
)
_NUMBERS: Final = r"(?P<d2>\d\d?)\s?(?P<s2>[-/.])\s?(?P<m2>\d\d?)\s?(?P=s2)\s?(?P<y2>\d{4}|\d\d)"
_WORDS: Final = rf"(?P<d3>\d\d?)[\s/,-]{{0,3}}(?P<m3>{_MONTH})(?:[\s/,.-]{{0,3}}nam\s*|[\s/,-]{{1,3}})(?P<y3>\d{{4}})"
_ENGLISH: Final = (
    rf"(?P<d4>\d\d?)(?:st|nd|rd|th)?[\s-](?P<m4>{_EN_MONTH})[\s,-]{{1,2}}(?P<y4>\d{{4}}|\d\d)"
)
_MONTH_FIRST: Final = rf"(?P<m5>{_EN_MONTH})\s(?P<d5>\d\d?)(?:st|nd|rd|th)?,?\s(?P<y5>\d{{4}})"
# Eight digits alone are any number; only a time behind them, or nothing around them, makes a date.
_COMPACT: Final = (
    r"(?P<y6>(?:19|20)\d\d)(?P<m6>[01]\d)(?P<d6>[0-3]\d)"
    r"(?:(?=t\d{4}|,?\s+\d\d?[:h]\d\d)|(?=(?P<run>\d{4}(?:\d\d(?:\d{3})?)?)(?!\d))|(?!\w))"
)
DATE: Final = re.compile(
    rf"(?=[\dadfjmnos]){_FREE}(?:(?:{_YEAR_FIRST})|(?:{_NUMBERS}|{_WORDS}|{_ENGLISH}){_END}"
    rf"|{_MONTH_FIRST}{_END}|{_COMPACT})"
)

_CLOCK: Final = (
    r"(?P<h>\d\d?)(?:(?::|\s:\s)(?P<mi>\d\d)(?::(?P<se>\d\d)(?:[.,]\d{1,9})?)?(?![\d:])"
    r"|\s?(?:h|g|gio)\s?(?P<mj>\d\d?)(?:\s?(?:phut|p|'))?(?!\w|[/.]\d|-\d)"
    r"|\s?(?:h|g|gio)(?:\s?(?P<half>ruoi))?(?!\w))"
)
_PERIOD: Final = r"(?:\s?(?P<ap>sa|ch|am|pm|a\.m\.?|p\.m\.?|sang|trua|chieu|toi|dem)(?!\w))?"
_ZONE: Final = (
    r"(?:\s?[(\[]?\s?(?:(?P<zn>gmt|utc|ut|z|ict|est|edt|cst|cdt|mst|mdt|pst|pdt)(?!\w)\s?)?"
    r"(?P<zo>[+-]\d{1,2}(?::?\d\d)?(?!\d))?(?:(?<=\d)[)\]])?)?"
)
_TIME: Final = _CLOCK + _PERIOD + _ZONE
_AT: Final = r"(?:(?:vao\s+)?(?:luc|hoi)\s?:?\s?|at\s)?"
# "20.10.2025, 07.15": full stops in the time too, when nothing follows that would make it a number.
_STOPS: Final = _TIME.replace(r"(?::|\s:\s)", r"(?::|\s:\s|(?<=\d\d)\.(?=\d\d\s*\Z))")
AFTER: Final = re.compile(rf"(?:t(?=\d)|[\s|,(\[/;:·•–—-]{{0,5}}){_AT}(?<!\d){_STOPS}")
_WEEKDAY: Final = r"(?:th[u?]\s+[\w?]+|chu\s+nhat|t[2-7]|cn)"
# "Điểm tin 18h", "Xem nhanh 12h" are names of programmes; "14h-16h ngày …" is a span of time.
BEFORE: Final = re.compile(
    rf"(?<![\w.:/,])(?<!tin\s)(?<!nhanh\s)(?<![\dh][-–])(?<![\dh]\s[-–]\s){_TIME}[)\]]?[\s|,/;·•–—-]{{0,5}}"
    rf"(?P<tie>(?:cua\s+)?(?:ngay\s+)?(?:{_WEEKDAY}[\s,.(–-]{{0,4}})?(?:ngay\s*)?(?:mung\s*)?)\Z"
)
RUN: Final = re.compile(r"(?P<h>\d\d)(?P<mi>\d\d)(?P<se>\d\d)?(?:\d{3})?(?!\d)" + _ZONE)
CLOCK_ALONE: Final = re.compile(rf"\s*{_AT}{_TIME}[)\]]?\s*")
# "ngày 5/4/26", "thứ Sáu, 5/4/26": a word before it makes a two-digit year part of a date.
DAY_WORD: Final = re.compile(rf"(?:ngay|{_WEEKDAY})[\s,.:(–-]*\Z")

# "chiều 6/9/2023 lúc 2 giờ": the part of the day stands before the date.
PART_BEFORE: Final = re.compile(r"(?<!\w)(sang|trua|chieu|toi|dem)[\s,]{1,2}(?:ngay\s+)?\Z")

_COUNT: Final = r"\d{1,4}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|nua"
_UNIT: Final = r"giay|phut|gio|tieng|ngay|tuan|thang|nam|h|p"
RELATIVE: Final = re.compile(
    rf"(?<!\w)(?:(?P<n>{_COUNT})\s?(?P<u>{_UNIT})(?:\s(?:dong ho|ruoi))?\s(?:truoc|qua)(?!\w)"
    r"(?!\s+(?:khi|do|ngay|thoi|luc|\d))"
    rf"|cach\s+(?:day|nay)\s+(?P<n2>{_COUNT})\s?(?P<u2>{_UNIT})(?!\w)"
    r"|(?:hom|(?P<part>sang|trua|chieu|toi|dem))\s+(?P<day>nay|qua|kia)(?!\w)|(?P<now>vua\s+(?:xong|moi)|moi\s+day)(?!\w))"
)
# How far in front of a date its time may begin, in characters.
BEFORE_REACH: Final = 48
# What is almost a date, to say what it lacks.
NO_YEAR: Final = re.compile(rf"{_FREE}\d\d?\s?(?:[/-]\s?\d\d?|{_MONTH}){_END}")
NO_DAY: Final = re.compile(
    rf"(?<![\w/])(?:{_MONTH}[\s/,]*(?:nam\s*)?|(?:0?[1-9]|1[0-2])/)\d{{4}}(?![\d/])"
)
