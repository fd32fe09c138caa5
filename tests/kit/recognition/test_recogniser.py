"""The public functions: records in the shape of the contract, spans in the text as given."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest

import hoiam.kit.recognition
from hoiam.kit.lists import yaml_of
from hoiam.kit.recognition import (
    AgencyFact,
    Document,
    Lexicon,
    is_candidate,
    recognise,
    recognise_record,
    register,
)
from hoiam.kit.recognition.lexicon import SECTIONS
from hoiam.kit.recognition.matcher import FastMatcher, PlainMatcher
from hoiam.kit.recognition.source import Source

DAY = date(2026, 8, 1)
DATA = Path(hoiam.kit.recognition.__file__).parent / "data" / "lexicon"


def test_a_record_has_the_shape_of_the_contract() -> None:
    record = {
        "id": "bai-1",
        "title": "Cục THADS tỉnh Hậu Giang tổng kết công tác",
        "sapo": "",
        "text": "Hội nghị tổ chức sáng nay.",
        "url": "https://dodomoi.example/1",
        "published_at": "2024-12-31T20:30:00+07:00",
        "batch": 7,
    }

    answer = recognise_record(record, today=DAY)

    assert list(answer) == [
        "id",
        "batch",
        "relevant",
        "relevance",
        "agencies",
        "provinces",
        "stance",
        "kind",
        "severity",
        "reasons",
    ]
    assert (answer["id"], answer["batch"], answer["relevant"]) == ("bai-1", 7, True)
    assert answer["agencies"] == [
        {
            "name": "Cục THADS tỉnh Hậu Giang",
            "code": "cuc-thads-hau-giang",
            "level": "province",
            "province": "Hậu Giang",
            "today": "THADS TP. Cần Thơ",
            "confidence": 0.95,
            "spans": [{"field": "title", "start": 0, "end": 24}],
        }
    ]
    assert answer["provinces"] == ["Hậu Giang"]
    assert {key for reason in answer["reasons"] for key in reason} == {
        "rule",
        "field",
        "start",
        "end",
        "text",
        "weight",
    }


def test_the_day_of_publication_is_the_day_in_viet_nam() -> None:
    # 18:00 UTC on 30 June is already the first of July in Viet Nam.
    record = {"title": "Thi hành án dân sự TP.HCM họp", "published_at": "2025-06-30T18:00:00+00:00"}

    (agency,) = recognise_record(record, today=DAY)["agencies"]

    assert agency["name"] == "THADS TP. Hồ Chí Minh"


@pytest.mark.parametrize("written", ["hôm qua", 20250630])
def test_an_unreadable_day_is_refused_in_one_sentence(written: object) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        recognise_record({"title": "a", "published_at": written})


def test_a_field_that_is_not_text_is_refused() -> None:
    with pytest.raises(ValueError, match="phải là chữ"):
        recognise_record({"title": ["a"]})


def test_an_empty_record_is_unrelated() -> None:
    answer = recognise_record({"id": 1})

    assert (answer["relevant"], answer["kind"], answer["reasons"]) == (False, "unrelated", [])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_point_into_the_text_as_given(form: str) -> None:
    title = unicodedata.normalize(form, "Sáng nay, Chi cục Thi hành án dân sự huyện Vị Thuỷ họp")
    text = unicodedata.normalize(form, "Chấp hành viên của Chi cục THADS huyện Vị Thủy phát biểu.")

    judged = recognise(Document(title=title, text=text), today=DAY)

    (agency,) = judged.agencies
    fields = {"title": title, "text": text}
    shown = [fields[s.field][s.start : s.end] for s in agency.spans]
    assert [unicodedata.normalize("NFC", words) for words in shown] == [
        "Chi cục Thi hành án dân sự huyện Vị Thuỷ",
        "Chi cục THADS huyện Vị Thủy",
    ]
    for reason in judged.reasons:
        assert fields[reason.span.field][reason.span.start : reason.span.end] == reason.text


def test_an_abbreviation_within_a_name_does_not_end_the_sentence() -> None:
    source = Source("text", "Cục THADS TP. HCM họp. Ông A. nói.\nHết.")

    assert [source.work[start:end].strip() for start, end in source.sentences] == [
        "Cục THADS TP. HCM họp.",
        "Ông A. nói.",
        "Hết.",
    ]


def test_an_item_without_marks_is_read_without_marks() -> None:
    judged = recognise(
        Document(
            title="Cuc THADS tinh Long An tong ket cong tac",
            text="Cuc thi hanh an dan su tinh Long An to chuc hoi nghi tong ket.",
        ),
        today=DAY,
    )

    assert (judged.relevant, [a.name for a in judged.agencies]) == (
        True,
        ["Cục THADS tỉnh Long An"],
    )


def test_one_marked_word_forbids_reading_without_marks() -> None:
    judged = recognise(Document(title="Cuộc họp", text="anh ay duoc tha ve Thanh Tri, thi hanh an"))

    assert judged.mentions == ()


def test_a_passing_mention_keeps_the_name_but_attributes_nothing() -> None:
    opening = "Phiên tòa mở sáng nay với nhiều người dự. " * 15
    judged = recognise(
        Document(
            title="Xử vụ tranh chấp",
            text=opening + "Bà có nộp bản sao giấy tờ ở Chi cục THADS huyện Vị Thủy.",
        ),
        today=DAY,
    )

    assert (judged.relevant, judged.agencies) == (False, ())
    assert [agency.name for agency in judged.mentions] == ["Chi cục THADS huyện Vị Thủy"]


def test_an_imported_phong_answers_by_its_code() -> None:
    office = AgencyFact(
        "phong-kv1-ha-noi",
        "Phòng THADS khu vực 1 - Hà Nội",
        "Phòng Thi hành án dân sự khu vực 1 - Hà Nội",
        "region",
        "Hà Nội",
        date(2025, 7, 1),
        None,
    )
    judged = recognise(
        Document(title="Phòng THADS khu vực 1 - Hà Nội tổ chức hội nghị", published_on=DAY),
        register=register().extended([office]),
        today=DAY,
    )

    assert [(a.name, a.code, a.today) for a in judged.agencies] == [
        (office.name, office.code, office.name)
    ]


def test_the_home_of_the_outlet_settles_an_ambiguous_name() -> None:
    document = Document(
        title="Chi cục THADS huyện Châu Thành tổ chức họp",
        text="Cuộc họp diễn ra tại Bến Tre.",
        outlet="Báo Bến Tre",
    )

    (agency,) = recognise(document, today=DAY).agencies

    assert (agency.province, agency.today) == ("Bến Tre", "THADS tỉnh Vĩnh Long")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Chi cục THA huyện họp", True),
        ("cuc thi hanh an dan su", True),
        ("Thi hành\nán dân sự", True),
        (unicodedata.normalize("NFD", "chấp hành viên"), True),
        # Title, an empty sapo and the body, joined by line ends.
        ("Bàn giao nhà\n\nChấp hành\u00a0viên đọc quyết định", True),
        # Typed without marks, printed with real quotation marks.
        ("“Cuong che”: cuc thi hanh an\n\ndan su tinh hop", True),
        ("\u00d0ội THA dân sự huyện", True),
        ("Giá vàng hôm nay", False),
        ("Tha thứ cho nhau", False),
        ("Gold price today", False),
        ("", False),
    ],
)
def test_the_first_gate(text: str, wanted: bool) -> None:
    assert is_candidate(text) is wanted


def test_officials_may_change_a_weight() -> None:
    document = Document(title="Kê biên tài sản", text="Chấp hành viên đến lập biên bản.")
    heavier = Lexicon.load().with_weights({"nghe-thi-hanh-an": 0.1})

    assert recognise(document).relevant is True
    assert recognise(document, lexicon=heavier).relevant is False


def _copy(folder: Path) -> dict[str, str]:
    texts = {name: (DATA / f"{name}.yaml").read_text("utf-8") for name in SECTIONS}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return texts


def test_a_lexicon_is_loaded_from_a_folder(tmp_path: Path) -> None:
    texts = _copy(tmp_path)
    raised = texts["settings"].replace("threshold: 5.0", "threshold: 500.0")
    (tmp_path / "settings.yaml").write_text(raised, "utf-8")

    lexicon = Lexicon.load(tmp_path)

    assert lexicon.version == Lexicon.load().version
    assert (
        recognise(Document(title="Cục THADS tỉnh Long An họp"), lexicon=lexicon).relevant is False
    )


@pytest.mark.parametrize(
    ("broken", "said"),
    [("{khong_co}", "chưa có trong words.yaml"), ("(chưa đóng", "viết sai")],
)
def test_a_broken_row_is_named(tmp_path: Path, broken: str, said: str) -> None:
    texts = _copy(tmp_path)
    rows = texts["relevance"].replace("'chấp hành viên'", f"'{broken}'")
    (tmp_path / "relevance.yaml").write_text(rows, "utf-8")

    with pytest.raises(ValueError, match=f"nghe-thi-hanh-an.*{said}"):
        Lexicon.load(tmp_path)


def test_a_lexicon_is_built_of_rows_and_edited_by_id() -> None:
    given = Lexicon.load()
    document = Document(title="Kê biên tài sản", text="Thợ săn nợ đến lập biên bản.")
    row = {"table": "relevance", "id": "tho-san-no", "weight": 9, "patterns": ["thợ săn nợ"]}

    added = given.edited([row], version="2026.2-a")
    off = added.edited([{"id": "tho-san-no", "off": True}], version="2026.2-b")
    alone = Lexicon.from_rows([row], version="1")

    assert [recognise(document, lexicon=one).relevant for one in (given, added, off, alone)] == [
        False,
        True,
        False,
        True,
    ]
    assert (added.version, off.version, alone.version) == ("2026.2-a", "2026.2-b", "1")
    assert (off.rows, len(added.rows), len(alone.rows)) == (given.rows, len(given.rows) + 1, 1)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"table": "relevance", "patterns": ["kê biên"]}, "thiếu mã"),
        ({"table": "relevance", "id": "a"}, "“a” của từ điển thiếu"),
        ({"table": "khac", "id": "a", "patterns": ["kê biên"]}, "phải thuộc một bảng"),
        ({"table": "near", "id": "thi-hanh-an", "patterns": ["kê biên"]}, "trùng mã"),
        ({"table": "near", "id": "a", "patterns": ["(kê"]}, "“a” trong từ điển viết sai"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(row: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Lexicon.from_rows([*Lexicon.load().rows, row], version="1")


def test_every_row_of_the_lexicon_gives_its_reason_once() -> None:
    lexicon = Lexicon.load()
    rules = [rule for table in lexicon.tables.values() for rule in table]

    assert len({rule.id for rule in rules}) == len(rules)
    assert all(rule.reason for rule in rules)


def test_both_matchers_give_the_same_answers() -> None:
    words = ("thi hành án", "thi hành án dân sự", "kê biên")
    text = "kê biên để thi hành án dân sự, không thi hành án"

    assert FastMatcher(words).find(text) == PlainMatcher(words).find(text)
    assert FastMatcher(words).any_in(text) is PlainMatcher(words).any_in(text) is True
    assert PlainMatcher(words).any_in("xin chào") is False


def test_the_lexicon_has_a_version_and_yaml_can_be_read_back() -> None:
    written = yaml_of((DATA / "words.yaml").read_text("utf-8"))

    assert Lexicon.load().version == written["version"]


def test_a_letter_whose_lower_case_is_longer_keeps_the_places() -> None:
    source = Source("text", "İstanbul: Cục THADS")

    assert len(source.low) == len(source.work)
    assert source.low.endswith("cục thads")


@pytest.mark.parametrize(
    ("text", "provinces"),
    [
        (
            "Tổng cục THADS đề nghị tỉnh Bến Tre trả lời; TAND tỉnh Bến Tre, UBND tỉnh Bến Tre nhận văn bản.",
            ("Bến Tre",),
        ),
        ("Tổng cục THADS họp trực tuyến với Cà Mau, Hà Giang.", ()),
        ("Làm theo phong cách Hồ Chí Minh, ngành thi hành án dân sự biểu dương 20 người.", ()),
        (
            "Bản án của TAND cấp cao tại Đà Nẵng được thi hành án dân sự ở tỉnh Kon Tum.",
            ("Kon Tum",),
        ),
    ],
)
def test_where_a_matter_lies(text: str, provinces: tuple[str, ...]) -> None:
    assert recognise(Document(title="", text=text), today=DAY).provinces == provinces
