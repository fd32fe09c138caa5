"""Periodic duties on both sides of 01/7/2026: whom they bind, which period, by when, law told from default."""

from datetime import date

import pytest

from hoiam.kit.rulebook import BADGE, duties_on


def told(level, day):
    return {owed.rule: (owed.first, owed.last, owed.due.date()) for owed in duties_on(level, day)}


def test_the_centre_after_july_2026():
    assert told("centre", date(2026, 11, 28)) == {
        "PN-04": (date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 30)),
        "PN-05": (date(2026, 10, 1), date(2026, 12, 31), date(2026, 12, 31)),
        "PN-06": (date(2025, 12, 20), date(2026, 12, 19), date(2026, 12, 19)),
    }


def test_a_province_after_july_2026_has_defaults_told_as_such():
    found = {owed.rule: owed for owed in duties_on("province", date(2026, 11, 28))}

    assert set(found) == {"PN-06", "MD-76", "MD-77"}
    assert {rule: owed.badge for rule, owed in found.items()} == {
        "PN-06": "",
        "MD-76": BADGE,
        "MD-77": BADGE,
    }


def test_the_forty_five_days_run_to_the_next_working_day():
    assert told("province", date(2026, 7, 1))["PN-07"] == (
        date(2026, 7, 1), date(2026, 8, 17), date(2026, 8, 17),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("level", "day", "rules"),
    [
        ("province", date(2017, 4, 3), {"HB-03h"}),
        ("province", date(2017, 6, 30), {"HB-03h"}),
        ("province", date(2018, 1, 5), set()),
        ("province", date(2026, 6, 30), set()),
        ("centre", date(2026, 6, 30), set()),
        ("region", date(2026, 11, 28), set()),
    ],
)
def test_before_july_2026_and_below_the_province(level, day, rules):
    assert set(told(level, day)) == rules


def test_the_first_ten_days_of_a_quarter_under_the_old_rule():
    assert told("province", date(2017, 4, 3))["HB-03h"] == (
        date(2017, 4, 1), date(2017, 6, 30), date(2017, 4, 10),
    )  # fmt: skip
