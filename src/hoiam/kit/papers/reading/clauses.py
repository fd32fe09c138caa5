"""One demand for each deadline and each body: where a long sentence of orders parts ("làm A; gửi B trước ngày X; mỗi đơn vị làm C")."""

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import cache

from hoiam.kit.papers.reading.agreed import Demand
from hoiam.kit.papers.reading.dates import deadlines_in
from hoiam.kit.papers.reading.sheet import trimmed
from hoiam.kit.papers.reading.units import who_at
from hoiam.kit.papers.reading.values import Found
from hoiam.kit.papers.reading.words import either, pattern
from hoiam.kit.vietnamese import fold

_JOINER = re.compile(
    r"[\s;,]*(?:(?:\((?:[ivx]{1,4}|\d|[a-z])\)|dong thoi|va|sau do|cuoi cung|ngoai ra)[\s,]+)*"
)
_STEP = re.compile(r"\((?:[ivx]{1,4}|\d{1,2})\)\s")
_COMMA = re.compile(r",\s+|\sva\s")
_AHEAD = 120
# The time of what stands before, not an order of its own: "…; hoàn thành trước ngày X".
_ONLY_WHEN = re.compile(
    r"(?:hoan thanh|xong|ket thuc)\s+(?:xong |viec nay )?(?:truoc|trong|cham|vao|den|ngay)\b"
)
_CONDITION = re.compile(r"(?:truong hop|neu|khi)\b[^;.]{3,80}?(?:\bthi|,)\s+")
_RHYTHMIC = re.compile(r"(?:dinh ky|hang (?:nam|quy|thang|tuan|ngay)|moi (?:nam|quy|thang|tuan))\b")
# The issuer's own use of an answer: a deadline in it binds the issuer, not who is asked.
_PURPOSE = re.compile(
    r",? (?:de|nham|phuc vu)\s+(?:[\w ]{0,60}?)(?:tong hop|bao cao|theo doi|trinh|xem xet|cong bo|hop nhat)\b[^;.]*"
)
_HANDS_ON = re.compile(r"\b(?:bao cao|trinh|gui)\b")


@cache
def _verb_first() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{pattern('orders', 'softly').pattern})?(?:{either('verbs', 'verbs')})\b"
    )


def without_purpose(folded: str) -> str:
    """The words with the issuer's purpose blanked, one sign for one, when it hands the answer on to somebody.

    >>> without_purpose("gui so truoc 10/6/2021 de bao cao bo truoc 20/6/2021")
    'gui so truoc 10/6/2021                              '
    """
    return _PURPOSE.sub(
        lambda found: " " * len(found[0]) if _HANDS_ON.search(found[0]) else found[0], folded
    )


def parted(demand: Demand, text: str) -> list[Demand]:
    """The demands of one long order: each clause with a deadline or a body of its own; the others stay together.

    An order without a deadline, and one whose clauses have none of their own, stays whole.
    """
    words = demand.words(text)
    folded = fold(words)
    dated = deadlines_in(without_purpose(folded))
    strong = list(_strong(words, folded))
    apart = [
        pair
        for pair in itertools.pairwise(dated)
        if not any(pair[0][1] <= cut < pair[1][0] for cut in strong)
    ]
    cuts = sorted({*strong, *_between_dates(words, folded, apart)})
    if not cuts:
        return [demand]
    edges = [0, *cuts, len(words)]
    made: list[tuple[Found[str] | None, int, int, bool]] = []
    for start, end in itertools.pairwise(edges):
        before = made[-1][0] if made else demand.who
        who, begin = _own(demand, words, folded, start, end)
        is_named = who is not demand.who
        who = who if is_named else before
        is_own = (
            is_named
            or bool(start and _RHYTHMIC.match(folded, begin))
            or any(start <= each[0] < end for each in dated)
        )
        if made and not is_own and not made[-1][3]:
            made[-1] = (*made[-1][:2], end, False)
        else:
            made.append((who, begin, end, is_own))
    if len(made) < 2:
        return [demand]
    return list(_written(made, words, demand)) or [demand]


def _written(
    parts: list[tuple[Found[str] | None, int, int, bool]], words: str, demand: Demand
) -> Iterator[Demand]:
    for at, (who, begin, end, _) in enumerate(parts):
        if (what := trimmed(words, begin, end, demand.what.span.start)) is not None:
            yield Demand(who, what, None if at else demand.lead)


def _own(
    demand: Demand, words: str, folded: str, start: int, end: int
) -> tuple[Found[str] | None, int]:
    """Whom a clause speaks to, and where what it asks begins."""
    joined = _JOINER.match(folded, start, end) if start else None
    begin = joined.end() if joined else start
    shift = demand.what.span.start
    if start == 0:
        return demand.who, begin
    if owner := pattern("orders", "owner").match(folded, begin, end):
        return trimmed(words, *owner.span("who"), shift), begin
    named = who_at(words[:end], folded[:end], begin)
    if named is not None and (who := trimmed(words, begin, named, shift)) is not None:
        return who, named
    return demand.who, begin


def _strong(words: str, folded: str) -> Iterator[int]:
    """Signs ";" and steps "(i)", "(ii)" behind which another order begins."""
    steps = list(_STEP.finditer(folded))
    if len(steps) > 1 and _orders(words, folded, steps[0].end()):
        yield from (step.start() for step in steps[1:] if _orders(words, folded, step.end()))
    for sign in re.finditer(";", folded):
        if not _is_inside(words, sign.start()) and _orders(words, folded, sign.end()):
            yield sign.start()


def _between_dates(
    words: str, folded: str, pairs: Iterable[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[int]:
    """ "sơ kết trong quý I/2026 và tổng kết trước ngày X": the comma or "và" between two deadlines before a verb."""
    for (_, one), (two, _) in pairs:
        for sign in _COMMA.finditer(folded, one, two):
            rest = folded[
                sign.end() : sign.end() + _AHEAD
            ]  # by itself: the verb is no part of a name
            is_order = _verb_first().match(rest) and not any(
                shape.match(rest) for shape in (_RHYTHMIC, _ONLY_WHEN)
            )
            if is_order and not _is_inside(words, sign.start()):
                yield sign.start()
                break
        else:
            yield from _between_things(words, folded, one, two)


_NO_THING = re.compile(
    r"(?:trong do|rieng|cu the|bao gom|gom|doi voi|so lieu|tinh|ke|tu|den|toi|truoc|cham|vao|hoac|ngay|thoi|de|nham|neu|cac noi dung|kem)\b"
)


def _between_things(words: str, folded: str, one: int, two: int) -> Iterator[int]:
    """ "báo cáo quý trước ngày A, báo cáo năm trước ngày B": right behind a deadline, what the next one is of."""
    sign = re.compile(r"\s*(?:[,;]|,?\sva)\s+").match(folded, one, two)
    if sign is None or _is_inside(words, sign.start()):
        return
    rest = folded[sign.end() : two].strip()
    if len(rest.split()) >= 2 and not re.search(r"[,;(]", rest) and not _NO_THING.match(rest):
        yield sign.start()


def _orders(words: str, folded: str, at: int) -> bool:
    """Whether an order begins here: a verb, or a body's name with its verb."""
    joined = _JOINER.match(folded, at)
    begin = joined.end() if joined else at
    if _ONLY_WHEN.match(folded, begin):
        return False
    if condition := _CONDITION.match(folded, begin):
        begin = condition.end()
    rest = folded[begin : begin + _AHEAD]
    if any(
        shape.match(rest)
        for shape in (_verb_first(), pattern("orders", "delivered"), pattern("orders", "owner"))
    ):
        return True
    stop = re.compile(r"[;.]\s").search(folded, begin)
    end = stop.start() if stop else len(words)
    return who_at(words[:end], folded[:end], begin) is not None


def _is_inside(words: str, at: int) -> bool:
    before = words[:at]
    return before.count("(") > before.count(")") or before.count("“") > before.count("”")
