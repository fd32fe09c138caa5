"""The lexicon as officials change it: phrases of their own, weights, rows switched off; and how patterns are read out."""

import pytest

from hoiam.kit.recognition import Change, Document, Lexicon, recognise
from hoiam.kit.recognition.editing import (
    ADD,
    OFF,
    WEIGHT,
    digest,
    edited,
    group_of,
    groups,
    lost_changes,
    own_id,
    pattern_of,
    points_of,
    read_phrases,
)
from hoiam.kit.recognition.wording import phrases_of

NAMES = {"tha": "thi hành án", "g": "…", "<A>": "cơ quan thi hành án"}


def add(*phrases: str, group: str = "positive", weight: float | None = None) -> Change:
    return Change(own_id(group, phrases), ADD, group, phrases, weight, "thử")


def relevant(text: str, *changes: Change) -> bool:
    return recognise(Document(title=text), lexicon=edited(changes, version="t")).relevant


def test_a_phrase_of_officials_opens_the_gate_with_and_without_marks() -> None:
    change = add("thợ săn nợ … bến sông", weight=6)

    found = [
        relevant(text, change)
        for text in (
            "Thợ săn nợ kéo tới bến sông",
            "tho san no keo toi ben song",
            "Thợ săn nợ nghỉ phép",
            "Bến sông đông khách",
        )
    ]

    assert found == [True, True, False, False]
    assert relevant("Thợ săn nợ kéo tới bến sông") is False


def test_a_phrase_of_officials_is_read_before_the_delivered_rows() -> None:
    change = add("thi hành án dân sự kiểu mẫu", weight=4)
    found = recognise(
        Document(title="Mô hình thi hành án dân sự kiểu mẫu"), lexicon=edited([change], version="t")
    )

    assert found.reasons[0].rule == change.id
    assert found.reasons[0].text == "thi hành án dân sự kiểu mẫu"


def test_the_longer_phrase_of_officials_is_read_first() -> None:
    changes = [add("bến sông", weight=1), add("thợ săn nợ ở bến sông", weight=6)]

    for order in (changes, changes[::-1]):
        found = recognise(
            Document(title="Thợ săn nợ ở bến sông"), lexicon=edited(order, version="t")
        )
        told = [reason.rule for reason in found.reasons if reason.rule != "loi-van"]
        assert told == [changes[1].id]


def test_a_negative_phrase_hides_the_words_inside_it() -> None:
    title = "Trò chơi thi hành án dân sự ra mắt người hâm mộ"

    assert relevant(title) is True
    assert relevant(title, add("trò chơi thi hành án dân sự", group="negative", weight=-1)) is False


def test_rows_are_weighed_anew_and_switched_off() -> None:
    title = "Thi hành án dân sự họp mặt"
    off = Change("thi-hanh-an-dan-su", OFF, why="thử")
    light = Change("thi-hanh-an-dan-su", WEIGHT, weight=0.1, why="thử")

    assert [relevant(title), relevant(title, off), relevant(title, light)] == [True, False, False]


def test_stance_kind_and_severity_take_phrases() -> None:
    text = Document(title="Thi hành án dân sự Thanh Giang: chuyện con đò chở nợ, dân nói lạnh lùng")
    changes = [
        add("chuyện con đò", group="evidence:guong_tot", weight=9),
        add("lạnh lùng", group="evidence:negative", weight=9),
        add("con đò chở nợ", group="severity:3"),
    ]

    plain = recognise(text)
    found = recognise(text, lexicon=edited(changes, version="t"))

    assert (plain.stance, plain.severity < 3) == ("neutral", True)
    assert (found.stance, found.severity) == ("negative", 3)


def test_no_change_is_the_delivered_lexicon() -> None:
    assert digest(edited((), version="other")) == digest()
    assert digest(edited([Change("thi-hanh-an", OFF)], version="t")) != digest()


def test_a_change_of_a_row_no_longer_delivered_does_nothing_and_is_named() -> None:
    change = Change("dong-da-bo", WEIGHT, weight=3)

    assert digest(edited([change], version="t")) == digest()
    assert lost_changes([change, add("thợ săn nợ")]) == (change,)


def test_a_change_survives_its_way_through_json() -> None:
    change = add("thợ săn nợ", "đòi nợ thuê", weight=2.5)

    assert Change.from_json(change.as_json()) == change


@pytest.mark.parametrize("written", ["", " \n ", "án", "…", "a … thi hành"])
def test_phrases_that_say_too_little_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"(Ghi ít nhất|quá ngắn)"):
        read_phrases(written)


def test_what_officials_type_is_never_a_pattern() -> None:
    assert pattern_of("nợ (xấu) THA tỉnh...") == "nợ xấu <THA> tỉnh"
    assert read_phrases("THA  tỉnh * chậm") == ("THA tỉnh … chậm",)


def test_every_row_that_may_be_edited_has_a_group() -> None:
    rows = Lexicon.load().rows
    known = {*groups(), "severity:0"}

    assert {row["table"] for row in rows if not group_of(row)} == {"near"}
    assert {group_of(row) for row in rows if row["table"] != "near"} <= known


@pytest.mark.parametrize(
    ("pattern", "phrases"),
    [
        ("kê biên", ("kê biên",)),
        (r"(?:chậm|không)[^.\n]{0,50} {tha}", ("chậm … thi hành án", "không … thi hành án")),
        (r"{tha}(?= (?:tại|ở)) (?:bị )?treo", ("thi hành án (bị) treo",)),
        (r"xong (?:hơn )?[\d.]+ (?:việc|vụ)", ("xong (hơn) số ‹việc / vụ›",)),
        (r"<THA>(?: \S+){0,6} tỉnh|tố", ("THA … tỉnh", "tố")),
        (r"bắt(?: [\w,]+){0,3} cán bộ", ("bắt … cán bộ",)),
        (r"\bkhông\?", ("bkhông?",)),
        (r"<A> {g}chậm(?: [\w,]+){0,3} giao", ("cơ quan thi hành án … chậm … giao",)),
    ],
)
def test_patterns_are_read_out(pattern: str, phrases: tuple[str, ...]) -> None:
    assert phrases_of([pattern], NAMES) == phrases


def test_words_without_a_name_are_spelled_out_and_signs_are_called_by_theirs() -> None:
    words = {"few": r"(?:\S+ ){0,3}", "arrest": "bắt|khởi tố", "tha": "thads"}

    assert phrases_of(["<A> {few}bị (?:{arrest})"], {**NAMES, "<A>": "cơ quan"}, words) == (
        "cơ quan … bị ‹bắt / khởi tố›",
    )


def test_points_are_those_of_the_conclusion_a_row_stands_for() -> None:
    row = {
        "table": "evidence",
        "id": "a",
        "votes": {"negative": 5, "phan_anh": 2},
        "patterns": ["lạnh lùng"],
    }
    given = Lexicon.from_rows([row], version="1")

    (changed,) = edited([Change("a", WEIGHT, weight=2.5)], version="2", given=given).rows

    assert (points_of(row), points_of(changed), changed["weight"]) == (5.0, 2.5, 0.5)


def test_every_delivered_row_can_be_read_out() -> None:
    for row in Lexicon.load().rows:
        assert phrases_of(row["patterns"], NAMES), row["id"]
