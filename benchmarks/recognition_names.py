"""Real places instead of invented ones, in memory only: the register of agencies knows no invented province or district.

The team's own texts name invented places, so that no real agency is accused of what was made up. Whether the grammar reads a name
and the register finds its agency can be measured only on real names: before a text is judged, each invented place of its label is
written as a real one of the same kind, the same place always as the same, and the label with it. Nothing of this is kept.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parents[1] / "src/hoiam/kit/recognition/data"
# Provinces whose name and borders were the same before and after 01/07/2025.
LASTING: Final = (
    *("Nghệ An", "Thanh Hóa", "Quảng Ninh", "Sơn La", "Lạng Sơn"),
    *("Cao Bằng", "Lai Châu", "Điện Biên", "Hà Tĩnh"),
)
CITIES: Final = ("Hải Phòng", "Cần Thơ")
_AGENCY: Final = re.compile(
    r"(?P<head>Chi cục THADS|Cục THADS|THADS|Đội THA|Phòng THADS khu vực \d+ -)"
    r"(?: (?P<kind>tỉnh|TP\.|huyện|quận|thị xã))? (?P<name>.+)"
)
_CITY: Final = "TP."
_TEXTS: Final = ("title", "sapo", "text", "excerpt")


def with_real_names(record: dict[str, Any]) -> dict[str, Any]:
    """The record with its invented places written as real ones, in its texts and its label."""
    label = record["label"]
    text = " ".join(record.get(field) or "" for field in _TEXTS)
    places = dict(_places(label["agencies"], label["provinces"], text))
    if not places:
        return record
    longest_first = sorted(places, key=len, reverse=True)
    invented = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def real(written: str) -> str:
        return invented.sub(lambda met: places[met.group()], written)

    texts = {field: real(record[field]) for field in _TEXTS if record.get(field)}
    named = {field: [real(name) for name in label[field]] for field in ("agencies", "provinces")}
    return {**record, **texts, "label": {**label, **named}}


def _places(
    agencies: Iterable[str], provinces: Iterable[str], text: str
) -> Iterator[tuple[str, str]]:
    """Each invented place of a label with the real one that stands for it."""
    parts = [met.groupdict() for met in map(_AGENCY.fullmatch, agencies) if met]
    whole = [name.removeprefix("TP. ") for name in provinces]
    upper = {p["name"] for p in parts if p["head"] in {"Cục THADS", "THADS"}}
    upper |= {p["name"] for p in parts if p["head"].startswith("Phòng")} | set(whole)
    cities = {p["name"] for p in parts if p["kind"] == _CITY and p["name"] in upper}
    stand_ins: dict[str, str] = {}
    for name in sorted(upper - _provinces()):
        stand_ins[name] = _one_of(CITIES if name in cities else LASTING, name, text)
        yield name, stand_ins[name]
    home = next((stand_ins.get(name, name) for name in whole), None) or "Nghệ An"
    for part in parts:
        kind, name = part["kind"], part["name"]
        if name in upper or name in _named_districts():
            continue
        wanted = "thành phố" if kind == _CITY else kind
        near = [n for p, k, n in _districts() if k == wanted and p == home]
        far = [n for p, k, n in _districts() if k == wanted]
        yield name, _one_of(near, name, text) or _one_of(far, name, text)


def _one_of(names: Iterable[str], key: str, text: str) -> str:
    """One of the names, by the hash of a key, that the text does not have already; empty when there is none."""
    free = [name for name in names if name not in text and not name.isdigit()]
    return free[hashlib.sha256(key.encode()).digest()[0] % len(free)] if free else ""


@cache
def _provinces() -> frozenset[str]:
    today = {row[1] for row in _rows("provinces.csv")}
    return frozenset(today | {p for p, _, _ in _districts()} | {"Hà Tây"})


@cache
def _named_districts() -> frozenset[str]:
    return frozenset(name for _, _, name in (*_districts(), *_former()))


@cache
def _districts() -> tuple[tuple[str, str, str], ...]:
    return tuple((row[0], row[1], row[2]) for row in _rows("districts.csv"))


def _former() -> Iterator[tuple[str, str, str]]:
    for row in _rows("districts_before.csv"):
        yield row[0], row[1], row[2]


def _rows(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        given = [line for line in lines if not line.startswith("#")]
    return list(csv.reader(given))[1:]


def records(file: Path) -> Iterator[dict[str, Any]]:
    """The records of a labelled file, their invented places written as real ones."""
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield with_real_names(json.loads(line))
