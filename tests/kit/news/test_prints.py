"""Our text printed again is found through what papers do to it; a report of the same event in other words is not."""

import random

import pytest

from hoiam.kit.news import PrintIndex

VOCABULARY = (
    "phiên đấu giá khu đất ven sông diễn ra sáng nay tại trung tâm huyện với nhiều người tham dự giá khởi điểm giảm so với lần"
    " trước bà con chờ kết quả từ sớm đại diện tổ chức đấu giá đọc quy chế rồi mở từng phong bì trước sự chứng kiến của kiểm sát"
    " viên người trúng cam kết nộp đủ tiền trong ba mươi ngày theo biên bản ký cuối buổi hồ sơ được niêm phong và gửi về tỉnh"
)
WORDS = VOCABULARY.split()
COMMON = "Luật Thi hành án dân sự sửa đổi bổ sung có hiệu lực từ ngày 01/7/2026"


def text(seed: int, length: int) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(length))


def edited(whole: str, share: float) -> str:
    rng = random.Random(5)
    return " ".join(rng.choice(WORDS) if rng.random() < share else w for w in whole.split())


OURS = text(1, 300)


@pytest.fixture(scope="module")
def index():
    kept = PrintIndex()
    kept.add("ours", f"Ra quân thi hành án cuối năm\n{OURS}")
    for seed in range(20, 60):
        kept.add(f"other {seed}", text(seed, 250))
    return kept


@pytest.mark.parametrize(
    ("label", "theirs", "of_ours", "of_theirs"),
    [
        ("whole, another headline", f"Tỉnh ra quân\n{OURS}", 0.9, 0.9),
        ("shortened to a third", " ".join(OURS.split()[:100]), 0.3, 0.9),
        ("lightly edited", edited(OURS, 0.05), 0.5, 0.5),
        ("quoted in a story four times as long", f"{text(90, 900)} {OURS} {text(91, 300)}", 0.9, 0.15),
        ("only the lead was collected", " ".join(OURS.split()[:40]), 0.1, 0.9),
    ],
)  # fmt: skip
def test_printed_again(index, label, theirs, of_ours, of_theirs):
    found = index.find(theirs)
    assert found is not None and found.of == "ours"
    assert found.of_ours >= of_ours
    assert found.of_theirs >= of_theirs


@pytest.mark.parametrize(
    ("label", "theirs"),
    [
        ("another text of the same words", text(2, 300)),
        ("one sentence of ours in a long story", f"{text(92, 500)} {' '.join(OURS.split()[:40])}"),
        ("every word changed a little", edited(OURS, 0.4)),
        ("the law is named in both", f"{COMMON} {text(93, 80)}"),
        ("nothing", ""),
    ],
)
def test_not_printed_again(index, label, theirs):
    assert index.find(theirs) is None


def test_the_passages_are_what_was_taken_over(index):
    before = text(94, 60)
    theirs = f"{before} {OURS}"
    found = index.find(theirs)
    assert found is not None
    (span,) = found.passages
    assert theirs[slice(*span)].endswith(OURS[-200:])
    assert span[0] >= len(before) - 20


def test_a_notice_of_the_same_form_with_another_number_is_another_notice():
    form = " ".join(text(7, 70).split())
    kept = PrintIndex()
    kept.add("ngày 5", f"{form} ngày 5")
    assert kept.find(f"{form} ngày 6") is None
    assert kept.find(f"{form} ngày 5") is not None


def test_what_stands_in_many_of_our_own_texts_names_none_of_them():
    foot = text(8, 80)
    kept = PrintIndex()
    for seed in range(8):
        kept.add(str(seed), f"{text(seed + 100, 200)} {foot}")
    assert kept.find(f"{text(99, 100)} {foot}") is None


def test_a_text_dropped_replaced_or_not_admitted_is_not_found():
    kept = PrintIndex()
    kept.add("ours", OURS)
    assert kept.find(OURS, lambda id: id != "ours") is None
    kept.add("ours", text(70, 200))
    assert kept.find(OURS) is None and len(kept) == 1
    kept.drop("ours")
    assert kept.find(text(70, 200)) is None and len(kept) == 0
