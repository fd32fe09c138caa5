"""Obligations put together: what is asked, by when, to whom it is sent, and what follows for who is late."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from hoiam.kit.papers.reading.agreed import Demand, sentences_of
from hoiam.kit.papers.reading.clauses import parted, without_purpose
from hoiam.kit.papers.reading.dates import due_in, further_dues
from hoiam.kit.papers.reading.delivery import (
    channel_in,
    is_delivery,
    is_sanction,
    send_to_in,
    sends,
)
from hoiam.kit.papers.reading.demands import MOST, demands_of
from hoiam.kit.papers.reading.outline import mark_of
from hoiam.kit.papers.reading.sheet import Line, Places, Sheet, trimmed
from hoiam.kit.papers.reading.values import Due, Found, Obligation, Span
from hoiam.kit.vietnamese import fold

_ONLY_EXHORTS = re.compile(
    r"[\s,:]*(?:can |phai |de nghi |nghiem tuc|khan truong|kip thoi|quan tam|phoi hop|to chuc|trien khai|thuc hien|chi dao|co trach nhiem|va|quan triet|,|\s)+(?:day du |tot |co hieu qua |dung |nghiem |noi dung |cac |nhung |mot so |yeu cau |nhiem vu |noi dung |tren|nay|cong van|chi thi|van ban|thong bao|cong dien|ke hoach|chi dao|quyet dinh|neu|da neu|o|va|kip thoi|nghiem tuc|cua tong cuc|\s)*[./]*"
)
_REPORTS = re.compile(
    r"\b(?:xay dung|lap|chuan bi|hoan thien|tong hop|viet|thuc hien|co)\s+(?:\w+ ){0,3}?(?:bao cao|ho so|danh sach|ke hoach|so lieu|y kien)\b|^\W*(?:bao cao|danh gia)\b"
)


UNREAD = "Văn bản có quá nhiều yêu cầu nên chỉ đọc phần đầu. Hãy tách phần còn lại thành tệp riêng rồi đọc."
_NEAR = 40  # demands before and behind a sentence of delivery
_FEWEST_WORDS = 3  # fewer are a heading, or a button of a website: "Đánh giá"
_SENDS = re.compile(r"\b(?:gui|nop|chuyen)\b")


def obligations_of(
    sheet: Sheet,
    start: int,
    stop: int,
    *,
    mode: str,
    taken: Places,
    of_tables: Sequence[Obligation] = (),
) -> tuple[tuple[Obligation, ...], tuple[str, ...]]:
    """The obligations in order, those of report tables among them, and what a person must look at."""
    problems: list[str] = []
    demands = [
        part
        for each in demands_of(sheet.lines, start, stop, mode=mode, taken=taken)
        for part in parted(each, sheet.text)
    ]
    if len(demands) >= MOST:
        problems.append(UNREAD)
    made: list[Obligation] = []
    for demand in demands:
        words = demand.words(sheet.text)
        if (
            len(words.split()) < _FEWEST_WORDS
            or is_sanction(fold(words))
            or (_ONLY_EXHORTS.fullmatch(fold(words)) and len(words) < 130)
        ):
            continue
        told = _told(demand, sheet.text, problems)
        made += [told, *_due_again(told, sheet.text)]
    made = sorted([*made, *of_tables], key=lambda each: each.span)
    for line in sheet.lines[start:stop]:
        if len(made) > 2 * MOST:
            problems.append(UNREAD)
            break
        if taken.touch(line):
            continue
        mark = mark_of(line.text)
        for one, two in sentences_of(line, mark.end if mark else 0):
            made = _told_later(made, demands, of_tables, sheet.text, line, one, two, problems)
    return tuple(made), tuple(dict.fromkeys(problems))


def _told(demand: Demand, text: str, problems: list[str]) -> Obligation:
    words, shift = demand.words(text), demand.what.span.start
    due = _due(words, shift, problems)
    if due is None and demand.lead is not None:
        due = _due(demand.lead.of(text), demand.lead.start, problems)
    return Obligation(
        demand.who,
        demand.what,
        due,
        send_to_in(_before_purpose(words), shift),
        channel_in(words, shift) if sends(words) else None,
    )


def _due_again(told: Obligation, text: str) -> list[Obligation]:
    """The same order once more for each other day it is due on."""
    if told.due is None or told.due.words.span < told.what.span:
        return []
    words = told.what.span.of(text)
    further = further_dues(words, without_purpose(fold(words)), told.due, told.what.span.start)
    return [replace(told, due=due) for due in further]


def _before_purpose(words: str) -> str:
    """ "… gửi Sở A để báo cáo Bộ B": the answer goes to A; B is the issuer's own receiver."""
    return words[: len(without_purpose(fold(words)).rstrip())]


def _due(words: str, shift: int, problems: list[str]) -> Due | None:
    told = due_in(words, without_purpose(fold(words)), shift)
    if told and told.problem:
        problems.append(told.problem)
    return told.due if told else None


def _told_later(
    made: list[Obligation],
    demands: Sequence[Demand],
    of_tables: Sequence[Obligation],
    text: str,
    line: Line,
    one: int,
    two: int,
    problems: list[str],
) -> list[Obligation]:
    """Add a sanction or a delivery told in a sentence of its own to what it speaks of."""
    said, begin = line.folded[one:two].lstrip(" 0123456789.)-+"), line.start + one
    if is_sanction(said):
        sanction = trimmed(line.text, one, two, line.start)
        about = _about(made, begin, line)
        return [
            replace(each, sanction=sanction) if index in about and sanction else each
            for index, each in enumerate(made)
        ]
    if not is_delivery(said):
        return made
    # A delivery speaks of what stands near: a paper of thousands of items is not looked through at each.
    first = max(0, bisect_left(made, begin, key=lambda each: each.span.start) - _NEAR)
    near = made[first : first + 2 * _NEAR]
    told = _delivered(near, demands, of_tables, text, line, (one, two), problems)
    return [*made[:first], *told, *made[first + len(near) :]]


def _delivered(
    made: list[Obligation],
    demands: Sequence[Demand],
    of_tables: Sequence[Obligation],
    text: str,
    line: Line,
    place: tuple[int, int],
    problems: list[str],
) -> list[Obligation]:
    """What stands near with where, when and how it is sent; a demand of its own where that speaks of nothing there."""
    one, two = place
    words, begin = line.text[one:two], line.start + one
    if any(each.span.start <= begin + 3 < each.span.end for each in made):
        return made
    due = _due(words, begin, problems) or _due(line.text[one:], begin, problems)
    send_to, channel = send_to_in(words, begin), channel_in(words, begin)
    if due is None and send_to is None and channel is None:
        return made
    about = _reports_meant(made, begin, text, of_tables, has_due=due is not None)
    if about:
        return [
            replace(
                told,
                due=due or told.due,
                send_to=told.send_to if due is None and told.send_to else send_to or told.send_to,
                channel=channel or told.channel,
            )
            if i in about
            else told
            for i, told in enumerate(made)
        ]
    what = trimmed(line.text, one, two, line.start)
    if what is None:
        return made
    new = Obligation(_general(demands), what, due, send_to, channel)
    return sorted([*made, new], key=lambda each: each.span)


def _reports_meant(
    made: Sequence[Obligation],
    begin: int,
    text: str,
    of_tables: Sequence[Obligation],
    *,
    has_due: bool,
) -> set[int]:
    """Which reports a sentence of delivery speaks of: with a day the last one without, else the last and those of its line or table."""
    before = [i for i in range(len(made) - 1, -1, -1) if made[i].span.start < begin]
    reports = [i for i in before if _REPORTS.search(fold(made[i].what.value))]
    # "Hồ sơ gửi qua …" after an order to send something: the same thing.
    reports = reports or [i for i in before if _SENDS.search(fold(made[i].what.value))]
    if not has_due:  # only where and how: it goes with the last report, and those of its line
        last = made[reports[0]].span.start if reports else 0
        rows = {each.span for each in of_tables}
        if reports and made[reports[0]].span in rows:
            return {i for i in reports if made[i].span in rows}
        return {i for i in reports if "\n" not in text[made[i].span.start : last]}
    return set([i for i in reports if _is_open(made[i])][:1])


def _is_open(told: Obligation) -> bool:
    """Whether no deadline is told yet; "kết quả trong quý I" is what a report is about."""
    return told.due is None or (told.due.day is None and told.due.kind is None)


def _about(made: Sequence[Obligation], begin: int, line: Line) -> set[int]:
    """What a sanction speaks of: what its own item asks, else reports and what has a day, else what was asked before."""
    own = {i for i, each in enumerate(made) if line.start <= each.span.start <= begin}
    if own and mark_of(line.text) is not None:
        return {i for i in own if made[i].due is not None} or own
    about = {
        i
        for i, each in enumerate(made)
        if (each.due is not None and each.due.day)
        or re.search(r"\b(?:xay dung|gui|lap|tong hop) bao cao", fold(each.what.value))
    }
    return about or {
        max((i for i, each in enumerate(made) if each.span.start <= begin), default=-1)
    }


def _general(demands: Sequence[Demand]) -> Found[str] | None:
    return next((each.who for each in demands if each.who is not None), None)


def asked_of_all(
    told: Sequence[Obligation], addressees: Sequence[Found[str]], text: str
) -> tuple[Obligation, ...]:
    """Orders that name nobody ("Cục đề nghị: 1. …") are asked of those the paper is addressed to."""
    if not addressees:
        return tuple(told)
    span = Span(addressees[0].span.start, addressees[-1].span.end)
    who = Found(" ".join(span.of(text).split()), span)
    return tuple(replace(each, who=each.who or who) for each in told)


_COMES = re.compile(r"(?:toi|den|tham) du\b|dung\b|\bdu (?:hop|hoi nghi|le)\b")


def invitation_of(lines: Sequence[Line], invited: Sequence[Found[str]]) -> Obligation | None:
    """The coming an invitation asks for, on the day of its "Thời gian:" line; None when it names no day."""
    when = next((line for line in lines if line.folded.startswith("thoi gian")), None)
    told = due_in(when.text, when.folded, when.start, loose=False) if when else None
    if when is None or told is None or told.due.day is None:
        return None
    to = next((line for line in lines if _COMES.search(line.folded)), when)
    what = trimmed(to.text, 0, len(to.text), to.start)
    return Obligation(invited[0] if invited else None, what, told.due) if what else None
