"""An urgent matter is seen though the role stands in one sentence and what happened in another."""

from pathlib import Path
from typing import Any

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.recognition import Document, recognise

FOLDER = Path(__file__).parent / "cases"
READ = [
    yaml_of((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    for name in ("across_sentences", "urgent_wording", "urgent_press")
]
CASES = {key: [case for cases in READ for case in cases[key]] for key in ("urgent", "calm")}


def document(case: dict[str, Any]) -> Document:
    return Document(title=case["title"], sapo=case.get("sapo", ""), text=case.get("text", ""))


@pytest.mark.parametrize("case", CASES["urgent"], ids=lambda case: case["title"][:40])
def test_an_urgent_matter_told_in_several_sentences(case: dict[str, Any]) -> None:
    item = document(case)
    found = recognise(item)

    assert found.severity == 3
    told = [reason for reason in found.reasons if reason.rule == case["rule"]]
    assert told
    fields = {"title": item.title, "sapo": item.sapo, "text": item.text}
    for reason in told:
        assert fields[reason.span.field][reason.span.start : reason.span.end] == reason.text


@pytest.mark.parametrize("case", CASES["calm"], ids=lambda case: case["title"][:40])
def test_denials_figures_of_speech_and_drills_do_not_alarm(case: dict[str, Any]) -> None:
    found = recognise(document(case))

    assert found.relevant
    assert found.severity < 3
