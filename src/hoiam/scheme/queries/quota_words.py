"""Quotas (chỉ tiêu bài) in the words of a paper: a count of pieces, each how long, on which channel; nothing made up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hoiam.kit.vietnamese import fold, nfc
from hoiam.scheme.states import QuotaPeriod

ANY_CHANNEL = "Mọi kênh"
_PERIODS = {
    "tuan": QuotaPeriod.WEEK, "thang": QuotaPeriod.MONTH, "quy": QuotaPeriod.QUARTER, "nam": QuotaPeriod.YEAR,
}  # fmt: skip
_EACH = r"(?P<period>tuan|thang|quy|nam)\b(?! \d)"
# "01 bài", "02 tin, bài", "03 (ba) tin/bài"; pieces of a contest and lessons are no quota.
_PIECES = re.compile(
    r"(?<![\d/.,])(?P<count>\d{1,4})\s*(?:\([^()]{1,20}\)\s*)?"
    r"(?P<unit>(?:tin(?:\s*[,/]\s*|\s+va\s+|\s+)bai|bai|tin|tac pham|phong su|video clip|video|clip)"
    r"(?: (?:viet|bao|truyen thong|tuyen truyen)(?!\w))*)(?! (?:thi|du thi|hoc|tap|giang|nhan|lien|tuc)\b)(?!\w)"
)
# What is allowed at most, or was done already, is not owed.
_NOT_OWED = re.compile(
    r"\b(?:toi da|khong qua|khong vuot qua|da (?:dang|viet|phat|co|duoc))\b[^.;]{0,40}$"
)
_BEHIND = re.compile(
    rf"[^.;:]{{0,60}}?(?:/\s*|\b(?:moi|hang|mot|theo|trong) )(?:(?:co quan|don vi|chi cuc|phong|nguoi)\s*/\s*)?{_EACH}"
)
_BEFORE = re.compile(rf"\b(?:moi|hang|theo|dinh ky) {_EACH}[^.;]*$")
_CHANNEL = re.compile(
    r"\btren (?P<on>(?:cac )?(?:trang|cong|bao|tap chi|song|dai|mang|fanpage|zalo|ban tin|chuyen muc|chuyen trang|he thong)\b"
    r"(?: (?!moi\b|hang\b|it\b|trong\b|truoc\b|theo\b|va\b|de\b|nham\b|ve\b)[^\s.,;:()/]+){0,9})"
)


@dataclass(frozen=True)
class Owed:
    """How many pieces are owed, as the words say it."""

    count: int
    unit_word: str
    period: str
    channel: str

    def __str__(self) -> str:
        each = "" if self.period == QuotaPeriod.WHOLE else f" mỗi {QuotaPeriod(self.period).label}"
        where = "" if self.channel == ANY_CHANNEL else f" trên {self.channel}"
        return f"{self.count:02d} {self.unit_word}{each}{where}"


def quotas_in(words: str, time: str = "", channel: str = "") -> list[Owed]:
    """The quotas these words set, in order; an empty list where they set none.

    Args:
        words: what is asked, or a product of a task.
        time: the words of its time, where the quota itself names no period.
        channel: where it is published, where the quota itself does not say.

    >>> [str(owed) for owed in quotas_in("Mỗi cơ quan viết ít nhất 02 tin, bài/tháng trên Trang thông tin điện tử")]
    ['02 tin, bài mỗi tháng trên Trang thông tin điện tử']
    """
    text = nfc(" ".join(words.split()))
    folded = fold(text)
    if len(folded) != len(text):
        return []
    return list(dict.fromkeys(_found(text, folded, time, channel)))


def _found(text: str, folded: str, time: str, channel: str) -> Iterator[Owed]:
    places = list(_PIECES.finditer(folded))
    for at, found in enumerate(places):
        if not int(found["count"]) or _NOT_OWED.search(folded[: found.start()]):
            continue
        end = places[at + 1].start() if at + 1 < len(places) else len(folded)
        behind, before = folded[found.end() : end], folded[: found.start()]
        each = _BEHIND.match(behind) or _BEFORE.search(before) or _BEFORE.search(f"{fold(time)} ")
        on = _CHANNEL.search(folded, found.end(), end)
        yield Owed(
            count=int(found["count"]),
            unit_word=" ".join(text[slice(*found.span("unit"))].split()).lower()[:30],
            period=str(_PERIODS[each["period"]] if each else QuotaPeriod.WHOLE),
            channel=(text[slice(*on.span("on"))] if on else channel or ANY_CHANNEL)[:200],
        )
