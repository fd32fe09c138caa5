"""The second net: what it reads, what it says for a text, and teaching it."""

import math

import pytest

from hoiam.kit.recognition import Document, Lexicon
from hoiam.kit.recognition.second_net import SecondNet, terms_of
from hoiam.kit.recognition.second_net_training import (
    Example,
    can_learn,
    measure,
    positives,
    prior_documents,
    split_by_time,
    train,
)

NET = SecondNet({"giao nhà": (2.0, 3.0), "con": (1.0, 1.0), "giá": (1.0, -2.0)}, -1.0)


def words(title: str) -> list[str]:
    return [term.text for term in terms_of(Document(title=title))]


def test_terms_are_syllables_and_pairs_no_sign_parts() -> None:
    assert words("Giao nhà, trả 30 tỷ") == [
        "giao",
        "nhà",
        "giao nhà",
        "trả",
        "0",
        "trả 0",
        "tỷ",
        "0 tỷ",
    ]


@pytest.mark.parametrize(
    "title",
    ["Thi hành án dân sự", "THADS", "thi hành xong", "Cục THA", "thi hanh an dan su"],
)
def test_the_words_recognition_looks_for_are_blanked(title: str) -> None:
    assert {"thi", "án", "tha", "thads", "dân", "sự", "dan", "su"} & set(words(title)) == set()


def test_the_opinion_is_what_the_formula_says_with_its_words() -> None:
    found = NET.opinion(Document(title="Giao nhà cho con"))

    length = math.sqrt(2.0**2 + 1.0**2)
    total = -1.0 + (2.0 / length) * 3.0 + (1.0 / length) * 1.0
    assert found.score == pytest.approx(1 / (1 + math.exp(-total)))
    assert [(r.text, r.span.start, r.span.end) for r in found.reasons] == [
        ("Giao nhà", 0, 8),
        ("con", 13, 16),
    ]


def test_a_text_without_known_words_weighs_the_intercept_and_says_nothing() -> None:
    found = NET.opinion(Document(title="Mưa ở thượng nguồn"))

    assert found.score == pytest.approx(1 / (1 + math.e))
    assert found.reasons == ()


def test_a_net_survives_its_way_through_json_and_refuses_another_format() -> None:
    assert SecondNet.from_json(NET.as_json()) == NET
    with pytest.raises(ValueError, match="huấn luyện lại"):
        SecondNet.from_json({"format": "pickle"})


def example(text: str, is_positive: bool) -> Example:
    return Example(Document(title=text), is_positive)


LESSON = [
    example(f"{text} lần {n}", yes)
    for n in range(6)
    for text, yes in (
        ("Giao nhà cho người trúng đấu giá", True),
        ("Chợ nổi đông khách mùa nước", False),
        ("Đội bóng thắng trận mở màn", False),
    )
]


def test_the_later_examples_are_kept_apart() -> None:
    earlier, later = split_by_time(LESSON)

    assert [*earlier, *later] == LESSON
    assert (positives(earlier), positives(later)) == (4, 2)


@pytest.mark.skipif(not can_learn(), reason="the optional set `learn` is not installed")
def test_what_was_taught_is_found_again_and_measured() -> None:
    earlier, later = split_by_time(LESSON)
    net = train(earlier)

    found = measure(net, later)

    assert (found.items, found.positives, found.recall, found.precision) == (6, 2, 1.0, 1.0)
    assert (
        " ".join(r.text for r in net.opinion(Document(title="Mai giao nhà")).reasons) == "giao nhà"
    )
    assert SecondNet.from_json(net.as_json()).opinion(later[0].document).score == pytest.approx(
        net.opinion(later[0].document).score, abs=1e-3
    )


def test_the_prior_is_what_the_lexicon_looks_for_without_the_words_recognition_finds() -> None:
    row = {"table": "relevance", "id": "a", "patterns": ["(?:giao nhà|thi hành án)", "trái chủ"]}
    near = {"table": "near", "id": "b", "patterns": ["hải quan"]}

    (found,) = prior_documents(Lexicon.from_rows([row, near], version="1"))

    assert [term.text for term in terms_of(found) if " " in term.text] == ["giao nhà", "trái chủ"]


@pytest.mark.skipif(not can_learn(), reason="the optional set `learn` is not installed")
def test_the_prior_speaks_for_a_matter_nobody_decided_on() -> None:
    unseen = Document(title="Trái chủ chờ tiền")
    prior = [Document(title="trái chủ"), Document(title="trái chủ chờ")]

    without, with_prior = (train(LESSON, given).opinion(unseen).score for given in ((), prior))

    assert without < 0.5 < with_prior


@pytest.mark.skipif(not can_learn(), reason="the optional set `learn` is not installed")
def test_one_kind_of_example_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="Cần cả tin"):
        train([example("Giao nhà", True)])


def test_recall_counts_only_the_first_ones() -> None:
    later = [example("giá", True), example("con", False), example("giao nhà", False)]

    found = measure(NET, later, at=2)

    assert (found.recall, found.precision) == (0.0, pytest.approx(1 / 3))
