"""Quality on the labelled articles, which stay outside the project."""

import json
import os
from pathlib import Path

import pytest

from hoiam.kit.recognition import Document, recognise

SHARED = Path(os.environ.get("HOIAM_SHARED", Path(__file__).parents[3] / "../shared"))
LABELLED = SHARED / "data/press/labelled-dev.jsonl"


@pytest.mark.skipif(not LABELLED.exists(), reason="bộ bài đã gán nhãn không có ở đây")
def test_the_labelled_articles_are_judged_well_enough() -> None:
    records = [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]
    right = {"yes": 0, "no": 0}
    wrong = {"yes": 0, "no": 0}
    for record in records:
        label = record["label"]
        judged = recognise(Document(title=record["title"], text=record["excerpt"]))
        if not label["border"]:
            same = judged.relevant == (label["relevant"] == "yes")
            (right if same else wrong)[label["relevant"]] += 1

    assert right["yes"] / (right["yes"] + wrong["no"]) >= 0.95
    assert right["yes"] / (right["yes"] + wrong["yes"]) >= 0.95
