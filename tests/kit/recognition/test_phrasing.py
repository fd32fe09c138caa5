"""How an item is worded: what it adds to the rows, and that it never silences people's changes."""

import json

import pytest

from hoiam.kit.recognition import Document, Lexicon, phrasing, recognise
from hoiam.kit.recognition.phrasing import Phrase, Phrasing, phrases_of_sources, written
from hoiam.kit.recognition.source import sources_of

STORY = Document(
    title="Chín cuốn lịch treo tường",
    sapo="Bà cụ đánh dấu mỗi lần lên cơ quan thi hành án dân sự bằng một vòng tròn đỏ.",
    text="Tiền đã có người nộp từ lâu, nhưng Chi cục THADS huyện Bến Sông bảo cụ phải chờ xin ý kiến. "
    "Cụ gửi năm lá đơn, chưa lá nào được trả lời bằng văn bản.",
)


def keys(text: str) -> list[str]:
    return [phrase.key for phrase in phrases_of_sources(sources_of(Document(title=text)))]


def test_phrases_end_at_signs_and_figures_are_all_one() -> None:
    found = keys("Thu 38 tỉ, còn nợ")

    assert {"thu 0", "^thu 0", "0 tỉ", "còn nợ"} <= set(found)
    assert "tỉ còn" not in found
    assert not any(key.count(" ") > 1 for key in found)


def test_a_model_survives_its_file() -> None:
    model = Phrasing.of(["a", "b"], [0.1, -0.1], {"kê biên": (0.5, -0.5), "và": (0.001, 0.0)})
    kept = json.loads(written({"kind": model}))

    assert kept["models"]["kind"]["weights"] == {"kê biên": "50 -50"}
    assert Phrasing.from_json(kept["models"]["kind"]) == model


def test_a_handful_of_words_says_less_than_a_whole_text() -> None:
    weights = {f"chữ{n}": (1.0, -1.0) for n in range(100)}
    model = Phrasing.of(["a", "b"], [0.0, 0.0], weights)
    (source,) = sources_of(Document(title="x"))

    few, many = (
        model.says(Phrase(key, source, 0, 1) for key in list(weights)[:size]).points["a"]
        for size in (4, 100)
    )

    assert 0 < few < many / 10


def test_the_wording_gives_reasons_cut_from_the_text() -> None:
    told = [reason for reason in recognise(STORY).reasons if reason.rule == phrasing.RULE]

    assert told
    fields = {"title": STORY.title, "sapo": STORY.sapo, "text": STORY.text}
    for reason in told:
        assert fields[reason.span.field][reason.span.start : reason.span.end] == reason.text
        assert " " in reason.text


def test_judging_twice_says_the_same() -> None:
    assert recognise(STORY) == recognise(STORY)


@pytest.mark.parametrize("stance", ["positive", "negative"])
def test_what_officials_add_outweighs_the_wording(stance: str) -> None:
    row = {
        "table": "evidence",
        "id": "cua-can-bo",
        "patterns": ["vòng tròn đỏ"],
        "weight": 6,
        "votes": {stance: 1},
    }

    assert recognise(STORY, lexicon=Lexicon.load().edited([row], version="t")).stance == stance


def test_the_delivered_lexicon_counts_as_unchanged() -> None:
    given = Lexicon.load()
    edited = given.with_weights({given.rows[-1]["id"]: 9.0})

    assert given.changed("evidence") == ((), ())
    assert [len(part) for part in edited.changed(given.rows[-1]["table"])] == [1, 1]
