"""Cases a lawyer can read: every rule of the rulebook, on both sides of 01/7/2026, over Tết, swaps, month ends, 24/11."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.rulebook import compute, defaults, rule, rules
from hoiam.kit.vietnamese import VIETNAM, show_date

CASES = yaml_of((Path(__file__).parent / "cases" / "for_lawyers.yaml").read_text(encoding="utf-8"))
OLD, NEW = date(2026, 6, 30), date(2026, 7, 1)
EVERY = [*(known.id for known in rules()), *(one.id for one in defaults() if one.clock)]


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} {case['start']}")
def test_the_answer_is_the_laws_with_its_source(case):
    found = compute(case["rule"], at(case["start"]), values=case.get("values"))

    assert found.due == (at(case["due"]) if case["due"] else None)
    assert found.source == case["source"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['rule']} {case['start']}")
def test_the_answer_in_words_says_the_same(case):
    assert case["situation"].endswith(".") and case["question"].endswith("?")
    if case["due"] is None:
        assert "không nêu con số" in case["answer"] or "không phải thời hạn" in case["answer"]
        return
    due = at(case["due"])
    assert show_date(due.date()) in case["answer"]
    whole_day = case["due"].endswith("23:59:59")
    assert case["answer"].startswith("Hết " if whole_day else f"{due:%H:%M} ")


@pytest.mark.parametrize("rule_id", EVERY)
def test_every_rule_has_a_case_on_each_side_it_binds(rule_id):
    days = [at(case["start"]).date() for case in CASES if case["rule"] == rule_id]
    versions = rule(rule_id).versions

    assert days
    if any(v.binds_on(OLD) for v in versions):
        assert any(day <= OLD for day in days)
    if any(v.binds_on(NEW) for v in versions):
        assert any(day >= NEW for day in days)


def test_the_hard_days_are_all_there():
    about = Counter(tag for case in CASES for tag in case.get("about", ()))

    assert about.keys() == {"generation", "tet", "swap", "month_end", "culture_day"}
    assert min(about.values()) >= 5
