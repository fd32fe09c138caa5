"""What tells one event from another: names of people and places, offices, sums of money, numbers and codes."""

import re
from functools import lru_cache
from importlib.resources import files

from hoiam.kit.lists import yaml_of
from hoiam.kit.news.syllables import without_dateline

CAPITALS = "".join(
    letter
    for letter in map(chr, [*range(0x41, 0x5B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)])
    if letter.isupper()
)
_WORD = rf"[{CAPITALS}][\w-]*"
_NAME = re.compile(rf"\b{_WORD}(?:[ \t]+{_WORD}){{0,5}}")
_BEGINNING = frozenset('.!?…:\n"“‘-–—')
_CODE = re.compile(r"\b(?=\w*\d)\w+(?:[.,/-]\w+)*|\b[A-ZĐ]{2,}\b")
_MONEY = re.compile(
    r"\b(\d[\d.,]*)\s*(nghìn|ngàn|triệu|tỷ|tỉ)?(?:\s+(?:nghìn|ngàn|triệu|tỷ|tỉ))?\s*(đồng|usd|euro|đô la|vnđ|vnd)\b"
    r"|\b(\d[\d.,]*)\s*(triệu|tỷ|tỉ)\b",
    re.I,
)
_SCALE = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_CURRENCY = {"usd": "USD", "đô la": "USD", "euro": "euro"}
_OFFICE = re.compile(
    rf"(?i:\b(?:thads|thi hành án dân sự|thi hành án)\s+"
    rf"(tỉnh|huyện|quận|thành phố|tp\.?|thị xã|khu vực))\s*(\d+|{_WORD}(?:\s+{_WORD}){{0,3}})"
)


def names_of(title: str, sapo: str, text: str = "") -> frozenset[str]:
    """Names of people, places and offices, codes and numbers, lower-case; sums of money in one spelling.

    >>> sorted(names_of("Kê biên nhà bà Lê Thị Sen", "", "Lô 27 tại huyện Tân Sông trị giá 1.500 triệu đồng"))
    ['1,5 tỷ đồng', '1.500', '27', 'lê thị sen', 'tân sông']
    """
    # The name of the paper before the first dash tells of the paper, not of the event.
    whole = "\n".join(without_dateline(part) for part in (title, sapo, text))
    found = {_bare(run[0]) for run in _NAME.finditer(whole) if _is_name(run, whole)}
    found |= {_flat(code) for code in _CODE.findall(whole) if len(code) > 1}
    found |= {
        f"thads {_flat(kind).rstrip('.')} {_flat(place)}" for kind, place in _OFFICE.findall(whole)
    }
    return frozenset(found | sums_of(whole))


def _bare(name: str) -> str:
    """The name without the "Ông", "Bà" that a sentence begins with."""
    first, _, rest = _flat(name).partition(" ")
    return rest if rest and first in _before_names() else f"{first} {rest}".rstrip()


@lru_cache(maxsize=1)
def _before_names() -> frozenset[str]:
    source = files("hoiam.kit.news").joinpath("data/common.yaml").read_text("utf-8")
    return frozenset(yaml_of(source)["before_names"].split())


def _is_name(run: re.Match[str], whole: str) -> bool:
    """Two capitalised words are; one is when no sentence begins with it."""
    if " " in run[0] or "\t" in run[0]:
        return True
    before = whole[: run.start()].rstrip(" ")
    return bool(before) and before[-1] not in _BEGINNING


def sums_of(text: str) -> frozenset[str]:
    """The sums of money in a text, each in one spelling, whatever the paper wrote.

    >>> sorted(sums_of("nợ 1.500 triệu đồng, tức 1,5 tỉ đồng; thiệt hại 20 tỷ USD"))
    ['1,5 tỷ đồng', '20 tỷ USD']
    """
    found = set()
    for match in _MONEY.finditer(text):
        number = _number(match[1] or match[4])
        scale = _SCALE.get((match[2] or match[5] or "").lower(), 1)
        unit = _CURRENCY.get((match[3] or "đồng").lower(), "đồng")
        if number and number * scale >= 10**4:
            found.add(_worded(number * scale, unit))
    return frozenset(found)


def _number(text: str) -> float:
    # A dot before three digits parts thousands; a comma, or any other dot, the fraction.
    plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", text.rstrip(".,")).replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return 0.0


def _worded(amount: float, unit: str) -> str:
    for word, size in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 10**3)):
        if amount >= size:
            number = f"{amount / size:.3f}".rstrip("0").rstrip(".").replace(".", ",")
            return f"{number} {word} {unit}"
    return f"{amount:.0f} {unit}"


def telling(name: str) -> float:
    """How much of a name a string is, 0–1: a full name or a sum much, a lone word or number less.

    >>> telling("lê thị sen"), telling("1,5 tỷ đồng"), telling("sen"), telling("27")
    (1.0, 1.0, 0.5, 0.25)
    """
    if " " in name:
        return 1.0
    return 0.25 if len(name) < 3 and name.isdigit() else 0.5


def _flat(name: str) -> str:
    return " ".join(name.lower().split())
