"""Rules: the YAML answers every row of the domain's table; validity, links, defaults."""

import csv
import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from hoiam.kit.rulebook import (
    BADGE,
    Source,
    UnknownName,
    default,
    default_number,
    defaults,
    rule,
    rules,
    working_sessions,
)

SHARED = Path(os.environ.get("HOIAM_SHARED", Path(__file__).parents[3] / ".." / "shared"))
TABLE = SHARED / "domain" / "rules.csv"


def test_every_row_of_the_table_is_answered_alike():
    if not TABLE.exists():
        pytest.skip("bảng rules.csv của miền không có ở đây; đặt HOIAM_SHARED để so")
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert {row["id"]: row_of(row["id"], row["valid_from"]) for row in rows} == {
        row["id"]: {name: row[name] for name in ROW} for row in rows
    }
    assert len(rows) >= 53


ROW = ("number", "unit", "direction", "source", "valid_from", "valid_to", "confidence", "group")


def row_of(rule_id, day):
    version = rule(rule_id).at(date.fromisoformat(day))
    number = version.yearly_date or ("" if version.number is None else str(version.number))
    return {
        "number": number,
        "unit": version.unit or "",
        "direction": version.direction,
        "source": version.source,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else "",
        "confidence": version.confidence,
        "group": version.group,
    }


@pytest.mark.parametrize("known", rules(), ids=lambda known: known.id)
def test_rule_has_source_title_and_one_version_a_day(known):
    for version in known.versions:
        assert all(source.document for source in version.sources)
        assert version.title and version.event and version.actor and version.duty
        last = version.valid_to or version.valid_from + timedelta(days=400)
        for day in (version.valid_from, last):
            assert sum(other.binds_on(day) for other in known.versions) == 1
        assert version.valid_to is None or version.valid_from <= version.valid_to


@pytest.mark.parametrize("known", rules(), ids=lambda known: known.id)
def test_relatives_name_each_other_and_meet_without_a_gap(known):
    for earlier in (rule(name) for name in known.follows):
        assert known.id in earlier.precedes
        assert earlier.versions[-1].valid_to + timedelta(days=1) == known.versions[0].valid_from


def test_links_are_those_of_the_domain():
    links = {known.id: known.precedes for known in rules() if known.precedes}

    assert links == {
        "CC-01h": ("CC-01",),
        "CC-02h": ("CC-02",),
        "CC-03h": ("CC-03",),
        "CC-04h": ("CC-04",),
        "CC-05h": ("CC-05",),
        "DT-02h": ("DT-02",),
        "DT-07h": ("DT-07",),
        "DT-08h": ("DT-08",),
        "HB-01h": ("HB-01",),
        "PH-01h": ("PH-01",),
        "PH-02h": ("PH-02",),
        "PN-02h": ("PN-01", "PN-02"),
        "TC-01h": ("TC-01",),
        "TC-02h": ("TC-02",),
        "TC-03h": ("TC-03",),
        "TC-04h": ("TC-04",),
        "TL-01h": ("TL-01",),
        "TL-02h": ("TL-02", "TL-03"),
        "TL-05h": ("TL-05",),
        "TL-06h": ("TL-06",),
        "TL-07h": ("TL-07",),
    }


def test_only_grades_a_and_b_are_law():
    graded = {(v.grade, v.is_law, v.badge) for known in rules() for v in known.versions}

    assert graded == {("A", True, None), ("B", True, None), ("U", False, BADGE)}


def test_rule_to_be_rechecked_carries_the_badge_from_the_change_of_law():
    before = rule("DT-01").at(date(2026, 6, 30))
    after = rule("DT-01").at(date(2026, 7, 1))

    assert (before.is_law, before.badge) == (True, None)
    assert (after.is_law, after.badge) == (False, BADGE)


def test_rule_is_found_however_it_is_typed():
    assert rule(" pn-02H ").id == "PN-02h"
    assert rule("pn-01").id == "PN-01"


def test_source_reads_as_people_write_it():
    assert str(Source("NĐ 244/2026", "")) == "NĐ 244/2026"


def test_every_default_carries_the_badge_and_a_reason():
    ids = [item.id for item in defaults()]
    assert ids == sorted(set(ids), key=lambda one: int(one.removeprefix("MD-")))
    assert all(re.fullmatch(r"MD-\d{2,3}", one) for one in ids)
    assert {item.badge for item in defaults()} == {BADGE}
    assert all(item.why and item.title for item in defaults())


def test_defaults_with_a_clock_are_rules_that_are_no_law():
    clocks = {item.id: (item.value, item.unit) for item in defaults() if item.clock}

    assert {name: clocks[name] for name in clocks if name < "MD-50"} == {
        "MD-01": (4, "working_hour"),
        "MD-02": (1, "working_day"),
        "MD-03": (3, "working_day"),
        "MD-04": (12, "hour"),
        "MD-05": (5, "working_day"),
        "MD-06": (7, "calendar_day"),
    }
    assert {rule(name).versions[0].is_law for name in clocks} == {False}


def test_working_sessions_are_morning_and_afternoon():
    told = [(f"{begin:%H:%M}", f"{end:%H:%M}") for begin, end in working_sessions()]

    assert told == [("07:30", "11:30"), ("13:00", "17:00")]


def test_unknown_default_is_refused():
    with pytest.raises(UnknownName) as refused:
        default("MD-99")

    assert str(refused.value) == "Không có giá trị mặc định “MD-99”; các mã đi từ MD-01."


def test_default_that_is_no_number_is_refused():
    with pytest.raises(UnknownName) as refused:
        default_number("MD-12")

    assert str(refused.value) == "Giá trị mặc định MD-12 không phải là một con số."
