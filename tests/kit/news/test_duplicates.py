"""Near-duplicates: a copy is found through its edits, a sister item is not."""

import random
from datetime import datetime, timedelta

import pytest

from hoiam.kit.news import Duplicate, DuplicateIndex
from hoiam.kit.news.minhash import sign, sign_plainly
from hoiam.kit.vietnamese import VIETNAM

NOW = datetime(2026, 4, 5, 8, 0, tzinfo=VIETNAM)
VOCABULARY = (
    "phiên đấu giá khu đất ven sông diễn ra sáng nay tại trung tâm huyện với nhiều người tham dự giá khởi điểm giảm so với lần"
    " trước bà con chờ kết quả từ sớm đại diện tổ chức đấu giá đọc quy chế rồi mở từng phong bì trước sự chứng kiến của kiểm sát"
    " viên người trúng cam kết nộp đủ tiền trong ba mươi ngày theo biên bản ký cuối buổi hồ sơ được niêm phong và gửi về tỉnh"
)
WORDS = VOCABULARY.split()


def article(seed: int, length: int = 240) -> str:
    """An invented article: the same vocabulary in an order of its own."""
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(length))


def edited(text: str, share: float, seed: int) -> str:
    """The text with a share of its words replaced."""
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) if rng.random() < share else word for word in text.split())


@pytest.fixture(scope="module")
def index():
    kept = DuplicateIndex(days=30)
    for seed in range(60):
        kept.add(f"a{seed}", article(seed), url=f"https://bst.example/{seed}.html")
    return kept


@pytest.mark.parametrize("share", [0.0, 0.05, 0.10])
def test_substituted_copies_are_found(index, share):
    answers = [index.find(edited(article(seed), share, seed + 1000)) for seed in range(60)]
    assert [one.of for one in answers if one] == [f"a{seed}" for seed in range(60)]


def test_half_of_an_article_is_still_that_article(index):
    answers = [index.find(" ".join(article(seed).split()[:125])) for seed in range(60)]
    assert sum(one is not None and one.of == f"a{seed}" for seed, one in enumerate(answers)) >= 58


def test_other_articles_are_no_copies(index):
    assert [index.find(article(seed)) for seed in range(500, 620)] == [None] * 120


def test_the_same_address_is_the_same_article(index):
    found = index.find("Toàn văn đã sửa hết", url="http://m.bst.example/7.html?utm_source=x")
    assert found == Duplicate("a7", 1.0)


def test_a_daily_notice_with_other_numbers_is_another_item():
    index = DuplicateIndex()
    index.add("d5", "Lịch niêm yết tài sản đấu giá của huyện Tân Sông trong ngày 5/4")
    assert index.find("Lịch niêm yết tài sản đấu giá của huyện Tân Sông trong ngày 6/4") is None


def test_items_older_than_the_window_leave():
    index = DuplicateIndex(days=3)
    index.add("old", article(1), at=NOW)
    index.add("new", article(2), at=NOW + timedelta(days=4))
    assert (len(index), index.find(article(1))) == (1, None)


def test_adding_again_replaces():
    index = DuplicateIndex()
    index.add("a", article(1))
    index.add("a", article(2))
    assert (index.find(article(1)), index.find(article(2))) == (None, Duplicate("a", 1.0))


@pytest.mark.parametrize("engine", [sign, sign_plainly])
def test_both_engines_estimate_the_same_likeness(engine):
    some = engine([f"mảnh {n}" for n in range(200)])
    other = engine([f"mảnh {n}" for n in range(100, 300)])
    agreed = sum(a == b for a, b in zip(some, other, strict=True)) / len(some)
    assert agreed == pytest.approx(1 / 3, abs=0.12)
