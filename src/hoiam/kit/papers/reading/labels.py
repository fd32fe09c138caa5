"""Labels of a task's parts ("Đơn vị chủ trì:", "Sản phẩm:"), and what stands behind them."""

import itertools
import re
from dataclasses import dataclass
from functools import cache

from hoiam.kit.papers.reading.outline import mark_of
from hoiam.kit.papers.reading.sheet import Line, trimmed
from hoiam.kit.papers.reading.units import units_in
from hoiam.kit.papers.reading.values import Found
from hoiam.kit.papers.reading.words import listed
from hoiam.kit.vietnamese import fold

KINDS = ("product", "both", "lead", "does", "coordinating", "time", "budget", "content")
WORTHY = frozenset({"product", "both", "lead", "does", "coordinating"})


@dataclass
class Label:
    """A label and the places of its value in the whole text: one, or one for each line that follows it."""

    kind: str
    places: list[tuple[int, int]]
    mark: str = ""  # the sign the label's line begins with


@cache
def _names() -> str:
    words = listed("labels")
    return "|".join(f"(?P<{kind}>{words[kind]})" for kind in KINDS)


@cache
def _inline() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=[.;,(])\s*|\s[-–+•]\s*)(?:\(?[a-zđ\d][.)]\s*|\(?[ivx]{{1,4}}\)\s*)?(?:ve )?(?:{_names()})(?:\s*\([^()]{{1,60}}\))?\s*:\s*"
    )


def labels_in(line: Line) -> tuple[int, list[Label]]:
    """Where the first label of the line begins (its length when there is none), and the labels with their values."""
    mark = mark_of(line.text)
    begin = mark.end if mark else 0
    sign = mark.value if mark and mark.is_bullet else ""
    found = [each for each in _inline().finditer(line.folded[begin:]) if _stands(line, begin, each)]
    if not found:
        slip = _slipped(line, begin)
        return (begin, [Label(*slip, sign)]) if slip else (len(line.text), [])
    starts = [begin + each.start() for each in found]
    values = zip(found, [*starts[1:], len(line.text)], strict=True)
    labels = [
        Label(str(each.lastgroup), [(line.start + begin + each.end(), line.start + stop)], sign)
        for each, stop in values
    ]
    return starts[0], labels


# Labels whose letters scanned papers lose most often, without marks and blanks.
_PLAIN = {
    "product": ("sanpham", "ketqua"),
    "time": ("thoigian", "thoihan", "thoigianthuchien", "thoihanthuchien", "thoigianhoanthanh"),
    "lead": ("chutri", "donvichutri", "coquanchutri"),
    "coordinating": ("phoihop", "donviphoihop", "coquanphoihop"),
}


def _slipped(line: Line, begin: int) -> tuple[str, list[tuple[int, int]]] | None:
    """A label that opens the line with one letter lost ("Sản phm:", "Cơ quan chtrì:")."""
    colon = line.text.find(":", begin, begin + 30)
    said = "".join(line.folded[begin:colon].split()) if colon > 0 else ""
    for kind, names in _PLAIN.items():
        if any(said in _one_lost(name) for name in names):
            start = colon + 1 + len(line.text[colon + 1 :]) - len(line.text[colon + 1 :].lstrip())
            return kind, [(line.start + start, line.end)]
    return None


@cache
def _one_lost(name: str) -> frozenset[str]:
    return frozenset(name[:at] + name[at + 1 :] for at in range(1, len(name)))


def _stands(line: Line, begin: int, found: re.Match[str]) -> bool:
    """Inside a sentence only an unmistakable label counts: "(chủ trì: …)", "; thời gian: …"."""
    if found.start() == 0:
        return True
    before = line.text[begin : begin + found.start() + 1].rstrip()
    if before.endswith(",") and found.lastgroup not in ("lead", "both", "coordinating", "time"):
        return False
    return found.lastgroup != "content" or before.endswith((".", ";")) or not before


def value_of(text: str, label: Label) -> Found[str] | None:
    """The label's value as one stretch of words, None when it is empty."""
    start, end = label.places[0][0], label.places[-1][1]
    found = trimmed(text, start, end)
    return _balanced(found, text) if found else None


def _balanced(found: Found[str], text: str) -> Found[str]:
    """Without the closing bracket whose opening one stands before the label."""
    value = found.value
    if value.endswith(")") and value.count(")") > value.count("("):
        return trimmed(text, found.span.start, found.span.end - 1) or found
    return found


def units_of(text: str, label: Label) -> tuple[Found[str], ...]:
    """The bodies a label names."""
    units = [each for start, end in label.places for each in units_in(text[start:end], start)]
    return tuple(_balanced(each, text) for each in units if each.value.lower() not in _NOBODY)


_NOBODY = frozenset({"không", "không có", "không có đơn vị phối hợp", "-", "nt", "như trên"})
_STEP = re.compile(r"\((?:[ivx]{1,5}|\d{1,2}|[a-zđ])\)\s")
_BULLET = re.compile(r"(?:^|\n|\s)[-–+•]\s|\n")
_PREDICATE = re.compile(r"\b(?:duoc|bao dam|dam bao)\b")


def products_of(text: str, label: Label) -> tuple[Found[str], ...]:
    """The products a label names, each by itself."""
    return tuple(
        each for start, end in label.places for each in products_in(text[start:end], start)
    )


def products_in(text: str, shift: int = 0) -> tuple[Found[str], ...]:
    """The products of a list, each with its place; parts that share one predicate are one product.

    >>> [each.value for each in products_in("(i) Kế hoạch; (ii) Báo cáo kết quả.")]
    ['Kế hoạch', 'Báo cáo kết quả']
    """
    steps = [found.start() for found in _STEP.finditer(text) if _opens_step(text, found.start())]
    if len(steps) > 1:
        parts = list(
            zip(
                [*([0] if text[: steps[0]].strip() else []), *steps],
                [*steps[0 if text[: steps[0]].strip() else 1 :], len(text)],
                strict=True,
            )
        )
        found = [trimmed(text, _after_step(text, one), two, shift) for one, two in parts]
    elif len(items := _items(text)) > 1:
        found = [trimmed(text, one, two, shift) for one, two in items]
    else:
        found = [trimmed(text, one, two, shift) for one, two in _semicolons(text)]
    return tuple(_balanced_in(each, text, shift) for each in found if each is not None)


def _balanced_in(found: Found[str], text: str, shift: int) -> Found[str]:
    if found.value.endswith(")") and found.value.count(")") > found.value.count("("):
        return trimmed(text, found.span.start - shift, found.span.end - shift - 1, shift) or found
    return found


def _opens_step(text: str, at: int) -> bool:
    return not text[:at].strip() or text[:at].rstrip()[-1] in ";:.,"


def _after_step(text: str, at: int) -> int:
    found = _STEP.match(text, at)
    return found.end() if found else at


def _items(text: str) -> list[tuple[int, int]]:
    """Lines of their own, "- …" each."""
    cuts = [
        found.start()
        for found in _BULLET.finditer(text)
        if found.start() == 0 or "\n" in found.group()
    ]
    edges = sorted({0, *cuts, len(text)})
    return [
        (one, two) for one, two in itertools.pairwise(edges) if text[one:two].strip(" -–+•\n.;,")
    ]


def _semicolons(text: str) -> list[tuple[int, int]]:
    places, depth = [], 0
    for at, char in enumerate(text):
        depth += (char in "(“") - (char in ")”")
        if char == ";" and depth <= 0 and text[at + 1 :].strip():
            places.append(at)
    edges = [-1, *places, len(text)]
    parts = [(one + 1, two) for one, two in itertools.pairwise(edges)]
    # "Công chức …; cộng tác viên … được bồi dưỡng": one predicate for all of them.
    if (
        len(parts) > 1
        and _PREDICATE.search(fold(text[slice(*parts[-1])]))
        and not any(_PREDICATE.search(fold(text[one:two])) for one, two in parts[:-1])
    ):
        return [(0, len(text))]
    return parts
