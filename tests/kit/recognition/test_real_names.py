"""Own texts name invented places; for measuring, real ones stand in their stead, in text and label alike."""

from benchmarks.recognition import half_of
from benchmarks.recognition_names import LASTING, with_real_names
from hoiam.kit.recognition import Document, recognise

RECORD = {
    "id": "x-1",
    "title": "Cục THADS tỉnh Thanh Giang họp",
    "sapo": "",
    "text": "Chi cục THADS huyện Bình Lương báo cáo Cục THADS tỉnh Thanh Giang.",
    "label": {
        "agencies": ["Cục THADS tỉnh Thanh Giang", "Chi cục THADS huyện Bình Lương"],
        "provinces": ["Thanh Giang"],
    },
}


def test_an_invented_place_becomes_a_real_one_everywhere() -> None:
    made = with_real_names(RECORD)

    assert "Thanh Giang" not in made["title"] + made["text"]
    assert made["label"]["provinces"][0] in LASTING
    found = recognise(Document(title=made["title"], text=made["text"]))
    assert [agency.name for agency in found.agencies] == made["label"]["agencies"]


def test_the_record_itself_stays_as_it_is() -> None:
    with_real_names(RECORD)

    assert RECORD["title"] == "Cục THADS tỉnh Thanh Giang họp"


def test_a_real_place_is_kept() -> None:
    real = {
        **RECORD,
        "title": "Cục THADS tỉnh Nghệ An họp",
        "text": "",
        "label": {"agencies": ["Cục THADS tỉnh Nghệ An"], "provinces": ["Nghệ An"]},
    }

    assert with_real_names(real) == real


def test_the_halves_are_always_the_same() -> None:
    assert [half_of(name) for name in ("w2-001", "w2-001")] in ([0, 0], [1, 1])
    assert {half_of(f"w2-{n:03}") for n in range(30)} == {0, 1}
