"""Deadline lights: the 3×3 matrix with its words, from YAML."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.rulebook import Light, WrongValue, light
from hoiam.kit.vietnamese import VIETNAM

CASES = yaml_of((Path(__file__).parent / "cases" / "lights.yaml").read_text(encoding="utf-8"))
DUE = "2026-07-10T23:59:59"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM) if text else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_light_and_words(case):
    found = light(
        at(case.get("due", DUE)),
        at(case["now"]),
        case["state"],
        unit=case.get("unit", "calendar_day"),
        start=at(case.get("start")),
        done_at=at(case.get("done_at")),
        paused_at=at(case.get("paused_at")),
        paused_for=timedelta(days=case.get("paused_days", 0)),
    )

    assert found == Light(case["time"], case["state"], case["words"])


def test_every_cell_of_the_matrix_has_a_case():
    cells = {(case["time"], case["state"]) for case in CASES}

    assert cells >= {(t, s) for t in ("ok", "due", "late") for s in ("wait", "run", "done")}


def test_unknown_state_is_refused():
    with pytest.raises(WrongValue) as refused:
        light(at(DUE), at(DUE), "asleep")

    assert str(refused.value) == (
        "Trạng thái “asleep” không có; dùng một trong: wait, run, done, pause."
    )
