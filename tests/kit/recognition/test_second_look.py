"""An item the rows nearly found is looked at again by its wording; what they found is never pushed down."""

from pathlib import Path
from typing import Any

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.recognition import Document, Lexicon, recognise
from hoiam.kit.recognition.second_look import RULE

CASES = yaml_of((Path(__file__).parent / "cases" / "second_look.yaml").read_text(encoding="utf-8"))


def document(case: dict[str, Any]) -> Document:
    return Document(title=case["title"], sapo=case.get("sapo", ""), text=case.get("text", ""))


def without() -> Lexicon:
    given = Lexicon.load()
    settings = {key: value for key, value in given.settings.items() if key != "second_look"}
    return Lexicon.from_rows(given.rows, version="t", words=given.words, settings=settings)


@pytest.mark.parametrize("case", CASES["lifted"], ids=lambda case: case["title"][:40])
def test_an_item_nearly_found_is_lifted_with_reasons_cut_from_it(case: dict[str, Any]) -> None:
    item = document(case)
    found = recognise(item)

    assert not recognise(item, lexicon=without()).relevant
    assert found.relevant
    told = [reason for reason in found.reasons if reason.rule == RULE]
    assert told
    fields = {"title": item.title, "sapo": item.sapo, "text": item.text}
    for reason in told:
        assert reason.weight > 0
        assert fields[reason.span.field][reason.span.start : reason.span.end] == reason.text


@pytest.mark.parametrize("case", CASES["left"], ids=lambda case: case["title"][:40])
def test_a_lookalike_is_left_where_it_was(case: dict[str, Any]) -> None:
    assert recognise(document(case)) == recognise(document(case), lexicon=without())
    assert not recognise(document(case)).relevant


@pytest.mark.parametrize("case", CASES["found"], ids=lambda case: case["title"][:40])
def test_what_the_rows_find_is_never_touched(case: dict[str, Any]) -> None:
    found = recognise(document(case))

    assert found == recognise(document(case), lexicon=without())
    assert found.relevant


def test_what_officials_make_lighter_is_not_lifted_again() -> None:
    item = document(CASES["lifted"][0])
    lighter = Lexicon.load().edited([{"id": "thi-hanh-an", "weight": 0.7}], version="t")
    heavier = Lexicon.load().edited([{"id": "thi-hanh-an", "weight": 0.9}], version="t")

    assert not recognise(item, lexicon=lighter).relevant
    assert recognise(item, lexicon=heavier).relevant


def test_an_item_far_below_the_threshold_is_not_looked_at() -> None:
    item = Document(title="Đoàn cưỡng chế đến sớm", sapo="Chủ nhà mời cả đoàn uống trà.")

    assert not any(reason.rule == RULE for reason in recognise(item).reasons)
