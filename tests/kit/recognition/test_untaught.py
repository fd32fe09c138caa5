"""Stories that no model was taught and no row was read from: floors a little under what is measured, so that a fall shows.

The cases of `cases/*wording.yaml` are taught too: they hold what must stay right, these what a reader's next article will get.
"""

from collections.abc import Sequence

import pytest

from benchmarks.recognition_unseen import CORPUS, KEPT, Text, corpus
from hoiam.kit.recognition import Judgement, recognise

SETS = {name: list(corpus(CORPUS / f"{name}.jsonl")) for name in ("kept_press", "articles_exam")}


def share(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers)


@pytest.fixture(scope="module", params=SETS)
def judged(request: pytest.FixtureRequest) -> list[tuple[Text, Judgement]]:
    """The texts of one set with what is said of them."""
    return [(text, recognise(text.document)) for text in SETS[request.param]]


def test_they_are_kept_from_teaching() -> None:
    assert set(SETS) <= set(KEPT)
    assert all(len(texts) > 80 for texts in SETS.values())


def test_what_concerns_the_system_is_found(judged: list[tuple[Text, Judgement]]) -> None:
    assert share([j.relevant for text, j in judged if text.stance is not None]) >= 0.95


def test_kind_and_stance_are_mostly_right(judged: list[tuple[Text, Judgement]]) -> None:
    found = [(text, j) for text, j in judged if text.stance is not None and j.relevant]

    assert share([text.kind == j.kind for text, j in found]) >= 0.78
    assert share([text.stance == j.stance for text, j in found]) >= 0.78
