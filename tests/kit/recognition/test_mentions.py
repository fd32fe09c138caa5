"""Names of agencies as the press writes them, each to its canonical name."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.recognition import Document, FoundAgency, register
from hoiam.kit.recognition.grammar import mentions
from hoiam.kit.recognition.resolver import resolve
from hoiam.kit.recognition.source import sources_of

CASES = Path(__file__).parent / "cases"
GROUPS = yaml_of((CASES / "mentions.yaml").read_text("utf-8"))
NAMED = [case for group in GROUPS for case in group["cases"]]
NOT_NAMED = yaml_of((CASES / "not_agencies.yaml").read_text("utf-8"))


def agencies_in(case: dict[str, Any]) -> tuple[FoundAgency, ...]:
    document = Document(
        text=case["text"],
        outlet=case.get("outlet", ""),
        home_province=case.get("home"),
        published_on=case.get("day"),
    )
    sources = sources_of(document)
    found = [m for source in sources for m in mentions(source, register().gazetteer)]
    return resolve(found, sources, document, register(), date(2026, 8, 1))


@pytest.mark.parametrize("case", NAMED, ids=[case["text"][:60] for case in NAMED])
def test_each_way_of_naming_leads_to_the_canonical_name(case: dict[str, Any]) -> None:
    found = agencies_in(case)

    assert [agency.name for agency in found] == case["agencies"]
    for key in ("province", "today"):
        if key in case:
            assert getattr(found[0], key) == case[key]


def test_a_predecessor_and_its_successor_answer_with_one_agency_today() -> None:
    text = "Năm 2007, Đội THA huyện Củ Chi thụ lý. Chi cục THADS huyện Củ Chi họp."
    old, new = agencies_in({"text": text, "day": date(2014, 5, 1)})

    assert (old.code, new.code) == ("doi-tha-cu-chi-ho-chi-minh", "chi-cuc-cu-chi-ho-chi-minh")
    assert old.today_code == new.today_code == "thads-ho-chi-minh"


@pytest.mark.parametrize("case", NOT_NAMED, ids=[case["text"][:60] for case in NOT_NAMED])
def test_look_alikes_name_nobody(case: dict[str, Any]) -> None:
    assert agencies_in(case) == ()


def test_an_ambiguous_district_stays_unsure() -> None:
    (agency,) = agencies_in({"text": "Chi cục THADS huyện Châu Thành họp."})

    assert (agency.code, agency.today, agency.confidence) == (None, None, 0.3)


def test_the_cases_are_enough() -> None:
    assert len(NAMED) + len(NOT_NAMED) >= 120
