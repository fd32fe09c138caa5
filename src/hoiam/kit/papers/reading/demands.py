"""What a paper asks of whom (yêu cầu): orders in running text, lists under a body's name, articles of execution."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from hoiam.kit.papers.reading.agreed import Demand, agreed_in, sentences_of
from hoiam.kit.papers.reading.cleaning import is_capitals
from hoiam.kit.papers.reading.dates import deadlines_in
from hoiam.kit.papers.reading.delivery import is_delivery, is_sanction
from hoiam.kit.papers.reading.labels import labels_in
from hoiam.kit.papers.reading.outline import ARTICLE, PART, SECTION, mark_of
from hoiam.kit.papers.reading.sheet import Line, Places, trimmed
from hoiam.kit.papers.reading.units import begins_with_unit, first_verb, who_at
from hoiam.kit.papers.reading.values import Found, Span
from hoiam.kit.papers.reading.words import CAPITAL, either, pattern
from hoiam.kit.vietnamese import fold

LETTER, PLAN, NEWS = "letter", "plan", "news"
# Behind a clause of time or condition: a name with a capital, or "các …"; a word alone before a comma goes on with a list.
_CLAUSE_OVER = re.compile(
    rf"(?=các\s|những\s|mỗi\s|(?:[{CAPITAL}]|đơn vị\s|cơ quan\s|hai bên)(?!\w*(?: \w+)?,))"
)
_IS_OVER = re.compile(r"\bda (?!neu|dang|giao|de ra|duoc giao)|\bdang (?!tai|ky|bai|bo|tin)")
_PERIOD = re.compile(r"\btu (?:ngay |\d)[^.;]{1,40}?\b(?:den|toi)\b[^.;,]{1,40}")
# A name with such a word behind it tells what its owner does, or does not.
_TELLS = re.compile(r"\b(?:khong|da|chua|dang|vua)$")
# "Phân công cán bộ, người phát ngôn …" is itself what the body above has to do.
_APPOINTS = re.compile(
    r"(?:phan cong|giao(?: nhiem vu)?(?: cho)?) (?:\d+ )?(?:nguoi|can bo|cong chuc|vien chuc|lanh dao)\b(?! dung dau)"
)
# What a conclusion notes or praises asks nothing of anybody.
_NOTES = re.compile(
    r"\W*(?:ghi nhan|bieu duong|danh gia cao|hoan nghenh|co ban (?:thong nhat|nhat tri|dong y)|(?:thong nhat|nhat tri|dong y) (?:voi|ve|noi dung|chu truong|theo))\b"
)
_NO_LEVEL = 99
_SHORT = 140
MOST = 1500  # demands: no paper has more


@dataclass
class _State:
    mode: str
    general: Found[str] | None = None  # whom the paper as a whole speaks to
    heading: Found[str] | None = None  # whom the lines under a heading speak to
    level: int = _NO_LEVEL  # of that heading
    orders: bool = False  # inside a section or list of orders
    chapter: bool = False  # the chapter is one of orders: its articles are too
    is_chapter: bool = False  # the last line was the bare number of a chapter
    below: int = _NO_LEVEL  # lines deeper than this only tell the contents of an order


@dataclass(frozen=True)
class _Said:
    """One sentence: its place in the line, of whom it asks, where the asking begins, and whether it asks in so many words."""

    start: int
    end: int
    who: Found[str] | None
    begin: int
    asks: bool


def demands_of(
    lines: Sequence[Line], start: int, stop: int, *, mode: str, taken: Places
) -> list[Demand]:
    """What is asked, in order.

    Args:
        lines: paragraphs of the paper.
        start: the line its body begins at.
        stop: the line its signature begins at.
        mode: LETTER when every item of a list asks something (công văn, chỉ thị), PLAN when only sections of
            execution do, NEWS when only plain demands count.
        taken: places of tasks, which are not told twice.
    """
    state, found = _State(mode), list[Demand]()
    for at in range(start, stop):
        line = lines[at]
        if taken.touch(line):
            continue
        if len(found) >= MOST:
            break
        found += _of_line(state, line, lines[at + 1] if at + 1 < stop else None)
    return found


def _of_line(state: _State, line: Line, below: Line | None) -> list[Demand]:
    mark = mark_of(line.text)
    begin, level = (mark.end, mark.level) if mark else (0, _NO_LEVEL)
    _enter(state, line, level, has_mark=mark is not None)
    if state.mode != LETTER and _is_labelled(line, begin):
        return []
    if mark is not None and level > state.below:
        return []
    state.below = _NO_LEVEL
    has_items = _has_items(line, level, below)
    if heading := _heading(state, line, begin, level, has_items):
        below_mark = mark_of(below.text) if below and mark is None else None
        state.heading, state.level = heading, below_mark.level - 1 if below_mark else level
        return []
    if (led := _leads_in(state, line)) is not None:
        return led
    if clauses := agreed_in(line):
        return clauses
    if mark is not None and has_items and _only_heads(line, begin):
        return []
    found = _merged(state, line, begin, level)
    if found and line.text.rstrip().endswith(":") and has_items:
        state.below = level if mark is not None else state.below
    return found


def _is_labelled(line: Line, begin: int) -> bool:
    """Whether the line tells parts of a task; "Xây dựng A. Thời hạn: trước ngày X" is an order with its time."""
    first, labels = labels_in(line)
    return bool(labels) and not (first > begin + 20 and all(each.kind == "time" for each in labels))


def _only_heads(line: Line, begin: int) -> bool:
    """A short heading over other lines ("1. Công tác chỉ đạo", "II. Về công tác tháng 9:") asks nothing by itself."""
    said = line.text.rstrip()
    if len(line.text) >= _SHORT or said.endswith((".", ";")):
        return False
    if said.endswith(":"):
        return line.folded.startswith("ve ", begin)
    return not _said(line, begin, len(line.text)).asks


def _enter(state: _State, line: Line, level: int, *, has_mark: bool) -> None:
    """What a new section, article or number changes."""
    is_section = (has_mark and level <= ARTICLE) or (is_capitals(line.text) and len(line.text) > 8)
    if is_section:
        is_of_orders = bool(pattern("orders", "sections").search(line.folded[:160]))
        if level <= SECTION:
            state.chapter = is_of_orders and level == PART
        elif state.is_chapter and not has_mark:
            state.chapter = is_of_orders
        state.is_chapter = level == PART
        state.orders = is_of_orders or state.chapter or (state.mode == LETTER and state.orders)
        state.heading, state.level, state.below = None, _NO_LEVEL, _NO_LEVEL
    elif has_mark and state.heading is not None and level <= state.level:
        state.heading, state.level = None, _NO_LEVEL
    if (
        has_mark
        and level > ARTICLE
        and len(line.text) < _SHORT
        and pattern("orders", "sections").search(line.folded)
    ):
        state.orders = True


def _has_items(line: Line, level: int, below: Line | None) -> bool:
    """Whether the next line is of a deeper level: this one is then a heading of it."""
    if below is None:
        return False
    mark = mark_of(below.text)
    if level == _NO_LEVEL:
        return line.text.rstrip().endswith(":")
    return mark is None or mark.level > level


def _heading(
    state: _State, line: Line, begin: int, level: int, has_items: bool
) -> Found[str] | None:
    """A body's name over the list of what it has to do: "1. Sở Tư pháp", "2. Đối với Cục trưởng …:"."""
    opened = pattern("orders", "heads").match(line.folded, begin)
    start = opened.end() if opened else begin
    if not begins_with_unit(line.text[start:]) or (level <= SECTION and not opened):
        return None
    name = line.text[start:].rstrip()
    verb = first_verb(line.text, line.folded, start)
    if name.endswith(":") and has_items:
        if verb and pattern("orders", "asks").search(line.folded, start, verb.start()):
            return None  # "Sở A đ nghị Phòng B thực hiện:", a letter lost: it asks B
        is_told = verb is not None and pattern("orders", "duties").match(line.folded, verb.start())
        ends = pattern("orders", "told").search(line.folded.rstrip(), start)
        if verb is None or is_told or ends:
            return trimmed(line.text, start, verb.start() if verb else len(line.text), line.start)
        return None
    is_name = len(name) < _SHORT and verb is None and has_items and not name.endswith(("/.", ";"))
    if is_name and (level < _NO_LEVEL or state.orders):
        return trimmed(line.text, start, len(line.text), line.start)
    return None


def _leads_in(state: _State, line: Line) -> list[Demand] | None:
    """What a line asks that leads to a list: nothing by itself ("… thực hiện như sau:"), or a report of the contents listed.

    None for a line that leads to no list.
    """
    said = line.folded.rstrip(" .")
    if not (line.text.rstrip().endswith(":") or pattern("orders", "as_follows").search(said)):
        return None
    last = list(sentences_of(line))[-1][0]
    asked = _asked(line, last, len(line.text))
    if asked is None and not pattern("orders", "leads").search(line.folded[last:]):
        return None
    if asked is not None:
        state.general, state.heading, state.level = asked[0] or state.general, None, _NO_LEVEL
        if pattern("orders", "reports").match(line.folded, asked[1]) and (
            what := trimmed(line.text, asked[1], len(line.text), line.start)
        ):
            state.below = -1
            return [Demand(asked[0], what)]
    state.orders = state.orders or state.mode != NEWS
    return []


def _asked(line: Line, start: int, end: int) -> tuple[Found[str] | None, int] | None:
    """Of whom the sentence asks in so many words ("yêu cầu các đơn vị …"), and where what is asked begins."""
    for found in pattern("orders", "asks").finditer(line.folded, start, end):
        if _APPOINTS.match(line.folded, found.start()):
            continue
        timed = pattern("orders", "timed").match(line.folded, found.end())
        start = timed.end() if timed else found.end()
        if not begins_with_unit(line.text[start:]):
            continue
        named = who_at(line.text[:end], line.folded[:end], start)
        if (
            named is not None and "“" not in line.text[start:named]
        ):  # what another paper asked is only quoted
            return trimmed(line.text, start, named, line.start), found.end() if timed else named
    return None


def _merged(state: _State, line: Line, begin: int, level: int) -> list[Demand]:
    """What the line asks; sentences to the same body are one demand, unless each has a day of its own."""
    found: list[Demand] = []
    for one, two in sentences_of(line, begin):
        folded = line.folded[one:two]
        is_item = level < _NO_LEVEL and one == begin
        if is_sanction(folded):
            continue
        if (
            is_delivery(folded)
            and not _is_told_to_report(state, folded, is_item=is_item or one == begin)
            and not _said(line, one, two).who
        ):
            continue
        said = _said(line, one, two, is_item=is_item)
        if not _counts(state, line, said, level, goes_on=bool(found)):
            continue
        who = said.who or state.heading or state.general
        what = trimmed(line.text, said.begin, two, line.start)
        if what is None:
            continue
        if found and said.who is None and not _both_dated(line, found[-1], what):
            whole = trimmed(line.text, found[-1].what.span.start - line.start, two, line.start)
            found[-1] = Demand(found[-1].who, whole or found[-1].what)
        else:
            named = said.who.span.start - line.start if said.who else one
            lead = Span(line.start + one, line.start + named) if one < named < said.begin else None
            found.append(Demand(who, what, lead))
    return found


def _is_told_to_report(state: _State, folded: str, *, is_item: bool) -> bool:
    """ "Báo cáo kết quả … gửi Sở A trước ngày X" as an item or under a body's name is an order, not the address of another."""
    return (
        is_item
        and (state.heading is not None or state.orders)
        and bool(pattern("orders", "reports_on").match(folded))
    )


def _both_dated(line: Line, before: Demand, what: Found[str]) -> bool:
    dated = pattern("orders", "dated")
    one, two = before.what.span, what.span
    return bool(
        dated.search(line.folded[one.start - line.start : one.end - line.start])
        and dated.search(line.folded[two.start - line.start : two.end - line.start])
    )


def _acts_itself(line: Line, one: int, two: int) -> bool:
    """ "Công an tỉnh rà soát, đề nghị các đơn vị …": the body that opens an item is the one who is asked."""
    named = who_at(line.text[:two], line.folded[:two], one)
    return named is not None and not pattern("orders", "asks").match(line.folded, named)


def _said(line: Line, one: int, two: int, *, is_item: bool = False) -> _Said:
    """One sentence read: asked in so many words, or opened by a body's name, also behind a clause of time or condition."""
    asked = _asked(line, one, two)
    if asked is not None and not (is_item and _acts_itself(line, one, two)):
        return _Said(one, two, asked[0], asked[1], True)
    if owner := pattern("orders", "owner").match(line.folded, one, two):
        start, end = owner.span("who")
        if begins_with_unit(line.text[start:]):
            return _Said(one, two, trimmed(line.text, start, end, line.start), one, True)
    appoints = _APPOINTS.match(line.folded, one)
    headed = None if appoints else pattern("orders", "heads").match(line.folded, one)
    is_headed = headed is not None and begins_with_unit(line.text[headed.end() :])
    starts = [headed.end() if headed and is_headed else one]
    if pattern("orders", "clauses").match(line.folded, one) and not is_headed:
        commas = [found.end() for found in re.compile(r",\s+").finditer(line.text, one, two)]
        starts += [at for at in commas if _CLAUSE_OVER.match(line.text, at)]
        # "Hằng năm, trước ngày 15/12 hai bên tổ chức …": no comma behind the day.
        over = (one + end for _, end in deadlines_in(line.folded[one:two]))
        starts += [at + 1 for at in over if line.text[at : at + 1] == " "]
    for start in starts:
        named = who_at(line.text[:two], line.folded[:two], start)
        if named is not None:
            return _Said(one, two, trimmed(line.text, start, named, line.start), named, False)
    return _Said(one, two, None, one, False)


def _counts(state: _State, line: Line, said: _Said, level: int, *, goes_on: bool) -> bool:
    folded = line.folded[said.start : said.end]
    if said.asks:
        return True
    if (
        state.heading is None
        and pattern("orders", "in_force").search(folded)
        and "chiu trach nhiem" not in folded
    ):
        return False
    is_item = level < _NO_LEVEL
    if state.mode == NEWS:
        return state.heading is not None and is_item
    if _NOTES.match(line.folded, said.begin):
        return False
    if pattern("orders", "reported").match(line.folded, said.begin) or _only_tells(said, is_item):
        return False
    must = bool(pattern("orders", "obliges").search(line.folded, said.begin, said.end))
    difficulty = bool(pattern("orders", "difficulties").search(folded))
    if said.who is not None:
        return (
            must
            or state.orders
            or state.heading is not None
            or (difficulty and state.mode == LETTER)
            or (bool(deadlines_in(_PERIOD.sub(_blank, folded))) and not _IS_OVER.search(folded))
        )
    if state.heading is not None or goes_on:
        return True
    if state.mode == LETTER and pattern("orders", "asks_all").match(folded):
        return bool(deadlines_in(folded))
    if difficulty:
        return state.orders or state.mode == LETTER
    if state.orders and state.mode == LETTER:
        return is_item or _is_imperative(folded)
    return state.orders and is_item and _is_imperative(folded) and must


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _only_tells(said: _Said, is_item: bool) -> bool:
    """ "Cục không tổng hợp báo cáo gửi chậm", "Tổng cục sẽ lấy kết quả …": what the issuer does itself."""
    name = fold(said.who.value) if said.who else ""
    return bool(_TELLS.search(name)) or (name.endswith(" se") and not is_item)


def _is_imperative(said: str) -> bool:
    """Whether the words begin with the verb of an order."""
    return bool(_verb_first().match(said))


@cache
def _verb_first() -> re.Pattern[str]:
    return re.compile(rf"[\s:,–-]*(?:{either('verbs', 'verbs')})\b")
