"""Relevance, agencies, stance, kind and severity of texts written for the tests."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.recognition import Document, Judgement, Register, recognise

CASES = Path(__file__).parent / "cases"


def cases(*names: str) -> list[dict[str, Any]]:
    return [row for name in names for row in yaml_of((CASES / f"{name}.yaml").read_text("utf-8"))]


RELEVANT = cases("judgements", "press_wording")
NOT_RELEVANT = cases("not_relevant", "near_wording")


def judged(case: dict[str, Any], register: Register) -> Judgement:
    return recognise(
        Document(title=case["title"], text=case["text"], published_on=case.get("day")),
        register=register,
        today=date(2026, 8, 1),
    )


@pytest.mark.parametrize("case", RELEVANT, ids=[case["label"] for case in RELEVANT])
def test_what_concerns_the_system(case: dict[str, Any], with_thanh_giang: Register) -> None:
    found = judged(case, with_thanh_giang)

    got = {"relevant": found.relevant, "stance": found.stance, "kind": found.kind}
    got |= {"severity": found.severity, "agencies": [agency.name for agency in found.agencies]}
    wanted = {key: case[key] for key in got if key in case} | {"relevant": True}
    assert {key: got[key] for key in wanted} == wanted


@pytest.mark.parametrize("case", NOT_RELEVANT, ids=[case["label"] for case in NOT_RELEVANT])
def test_what_only_looks_alike(case: dict[str, Any], with_thanh_giang: Register) -> None:
    found = judged(case, with_thanh_giang)

    assert (found.relevant, found.kind, found.severity) == (False, case["kind"], 0)
    assert (found.agencies, found.provinces, found.stance) == ((), (), None)


def test_every_reason_is_cut_from_the_field_it_names(with_thanh_giang: Register) -> None:
    for case in (*RELEVANT, *NOT_RELEVANT):
        fields = {"title": case["title"], "sapo": "", "text": case["text"]}
        for reason in judged(case, with_thanh_giang).reasons:
            assert fields[reason.span.field][reason.span.start : reason.span.end] == reason.text


def test_a_relevant_text_has_reasons_that_add_up_to_the_threshold(
    with_thanh_giang: Register,
) -> None:
    for case in RELEVANT:
        found = judged(case, with_thanh_giang)
        assert sum(reason.weight for reason in found.reasons) >= 5


def test_the_cases_are_enough() -> None:
    assert len(RELEVANT) + len(NOT_RELEVANT) >= 60
