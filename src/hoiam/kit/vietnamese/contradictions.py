"""What two statements on one matter say differently: numbers, days, hours, sums, yes against no; each with both places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .normal import nfc
from .numbers import read_number

_SENTENCE: Final = re.compile(r"[^.!?;\n]+(?:[.,:/]\d[^.!?;\n]*)*")
_WORD: Final = re.compile(r"[^\W\d_]+")
_NUMBER: Final = r"\d+(?:[.,]\d+)*"
_PATTERNS: Final = (
    ("day", re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\b(?!/)")),
    ("day", re.compile(r"\bngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?", re.I)),
    ("hour", re.compile(r"\b(\d{1,2})(?::|h|g)(\d{2})\b()")),
    ("hour", re.compile(r"\b(\d{1,2}) giờ(?: (\d{1,2})(?: phút)?)?\b()", re.I)),
    ("sum", re.compile(rf"\b({_NUMBER}) ?(nghìn|ngàn|triệu|tỷ|tỉ)? ?(đồng|đô la|USD|VND)\b", re.I)),
    ("sum", re.compile(rf"\b({_NUMBER}) (triệu|tỷ|tỉ)\b()", re.I)),
    ("share", re.compile(rf"\b({_NUMBER}) ?(%|phần trăm)()", re.I)),
    ("count", re.compile(rf"\b({_NUMBER}) ([^\W\d_]{{2,12}})()", re.I)),
)
_TIMES: Final = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
# A number of a document or a clause is a name, not a quantity.
_NAMES: Final = re.compile(
    r"(?:điều|khoản|điểm|mục|số|quý|tháng|năm|ngày|khu vực|phòng|nghị định|thông tư)\s$", re.I
)
_NEGATIONS: Final = ("không", "chưa", "chẳng", "bác bỏ", "phủ nhận")
# "không chỉ", "không những" add, they do not deny.
_NO_DENIAL: Final = re.compile(r"không (?:chỉ|những|ngừng|gian)\b")
_STOP: Final = frozenset(
    [
        "và",
        "của",
        "có",
        "là",
        "đã",
        "đang",
        "sẽ",
        "các",
        "những",
        "một",
        "cho",
        "với",
        "trong",
        "ngoài",
        "tại",
        "từ",
        "đến",
        "được",
        "bị",
        "về",
        "theo",
        "này",
        "đó",
        "khi",
        "thì",
        "mà",
        "ở",
        "do",
        "để",
        "cũng",
        "vẫn",
        "còn",
        "rất",
        "lúc",
        "vào",
        "ra",
        "lên",
        "xuống",
        "như",
        "hay",
        "hoặc",
        "nên",
        "phải",
        "chúng",
        "tôi",
        "ông",
        "bà",
        "anh",
        "chị",
        "cơ",
        "quan",
        "ngày",
        "giờ",
        "tháng",
        "năm",
        "không",
        "chưa",
        "chẳng",
    ]
)
_KINDS: Final = {
    "day": "ngày",
    "hour": "giờ",
    "sum": "số tiền",
    "share": "tỷ lệ",
    "count": "số lượng",
}
# How much two sentences must share before they are taken to speak of one thing.
_ALIKE, _LEAST, _ALIKE_FOR_DENIAL, _LEAST_FOR_DENIAL = 0.5, 2, 0.6, 3


@dataclass(frozen=True)
class Said:
    """A place in one statement."""

    start: int
    end: int
    text: str

    @property
    def as_spans(self) -> list[dict[str, int]]:
        """Give back the place as a list of one span, for whoever marks it."""
        return [{"start": self.start, "end": self.end}]


@dataclass(frozen=True)
class Contradiction:
    """Two places that do not agree: the kind of thing, a sentence that says so, and both places."""

    kind: str
    why: str
    left: Said
    right: Said


@dataclass(frozen=True)
class _Fact:
    kind: str
    unit: str
    value: tuple[float | None, ...]
    said: Said


@dataclass(frozen=True)
class _Sentence:
    said: Said
    words: frozenset[str]
    denies: bool
    facts: tuple[_Fact, ...]


def contradictions(left: str, right: str) -> tuple[Contradiction, ...]:
    """Give back where two statements (NFC text) seem to differ, in the order of the first.

    Only sentences that share their content words are set against each other. It is an aid for a person who reads both
    before publication: it may raise a false alarm, and what is said in other words it does not see.

    >>> found = contradictions("Cưỡng chế bắt đầu lúc 07:15.", "Việc cưỡng chế bắt đầu lúc 05:30.")
    >>> [(each.kind, each.left.text, each.right.text) for each in found]
    [('hour', '07:15', '05:30')]
    """
    ours, theirs = _sentences(nfc(left)), _sentences(nfc(right))
    found: list[Contradiction] = []
    for one in ours:
        for other in theirs:
            shared = one.words & other.words
            share = len(shared) / max(1, min(len(one.words), len(other.words)))
            if share >= _ALIKE and len(shared) >= _LEAST:
                found += _differing(one, other)
            if (
                one.denies != other.denies
                and share >= _ALIKE_FOR_DENIAL
                and len(shared) >= _LEAST_FOR_DENIAL
            ):
                why = "Một lời khẳng định, lời kia phủ định cùng một việc."
                found.append(Contradiction("denial", why, one.said, other.said))
    return tuple(found)


def _differing(one: _Sentence, other: _Sentence) -> Iterator[Contradiction]:
    for fact in one.facts:
        alike = [f for f in other.facts if (f.kind, f.unit) == (fact.kind, fact.unit)]
        if not alike or any(_same(fact, f) for f in alike):
            continue
        odd = [f for f in alike if not any(_same(f, g) for g in one.facts if g.kind == f.kind)]
        if odd:
            what = _KINDS[fact.kind]
            why = f"Khác nhau về {what}: “{fact.said.text}” và “{odd[0].said.text}”."
            yield Contradiction(fact.kind, why, fact.said, odd[0].said)


def _same(one: _Fact, other: _Fact) -> bool:
    """Equal values; a part left out (a year) agrees with any."""
    return all(
        a is None or b is None or a == b for a, b in zip(one.value, other.value, strict=True)
    )


def _sentences(text: str) -> list[_Sentence]:
    return [
        _Sentence(
            Said(found.start(), found.end(), found[0].strip()),
            frozenset(w for w in (x.lower() for x in _WORD.findall(found[0])) if w not in _STOP),
            _denies(found[0].lower()),
            tuple(_facts(found[0], found.start())),
        )
        for found in _SENTENCE.finditer(text)
        if found[0].strip()
    ]


def _denies(sentence: str) -> bool:
    rest = _NO_DENIAL.sub(" ", sentence)
    said = sum(len(re.findall(rf"(?<!\w){word}(?!\w)", rest)) for word in _NEGATIONS)
    return said % 2 == 1


def _facts(sentence: str, offset: int) -> Iterator[_Fact]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(sentence):
            start, end = found.span()
            if any(start < stop and begin < end for begin, stop in taken):
                continue
            if kind == "count" and (_NAMES.search(sentence[:start]) or found[2].lower() in _STOP):
                continue
            fact = _fact(kind, found, Said(offset + start, offset + end, found[0]))
            if fact is not None:
                taken.append((start, end))
                yield fact


def _fact(kind: str, found: re.Match[str], said: Said) -> _Fact | None:
    if kind in ("day", "hour"):
        parts = [int(part) if part else None for part in found.groups()]
        if kind == "hour":
            return _Fact(kind, "", (float(parts[0] or 0), float(parts[1] or 0)), said)
        return _Fact(kind, "", tuple(None if p is None else float(p) for p in parts), said)
    number = read_number(found[1])
    if number is None:
        return None
    value, unit = float(number), (found[2] or "").lower()
    if kind == "sum":
        return _Fact(kind, "", (value * _TIMES.get(unit, 1),), said)
    return _Fact(kind, unit if kind == "count" else "", (value,), said)
