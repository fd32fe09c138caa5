"""The five real papers the reader was made for, against the domain's own table; they are never copied into the repository."""

import csv
import os
import time
from pathlib import Path

import pytest

from hoiam.kit.papers import read_paper

SHARED = Path(os.environ.get("HOIAM_SHARED", Path(__file__).parents[4] / ".." / "shared"))
DISPATCH, SCHEME, LETTER, AGREEMENT, PLAN = range(5)


@pytest.fixture(scope="module")
def seeds():
    """The readings of the five, in the order of their names."""
    files = sorted((SHARED / "seeds").glob("00*.txt"))
    if len(files) < 5:
        pytest.skip("năm văn bản gốc không có ở đây; đặt HOIAM_SHARED để đọc")
    return [read_paper(file.read_bytes(), file.name) for file in files]


def told(reading, *names):
    """Some fields as the command line gives them."""
    return [reading.as_json()[name] for name in names]


def test_the_scheme_has_its_letterhead_and_signature(seeds):
    reading = seeds[SCHEME]
    assert told(reading, "kind", "number", "issued_on", "place", "issuer", "signer", "signer_title") == [
        "quyết định", "2862/QĐ-BTP", "2019-11-13", "Hà Nội", "BỘ TƯ PHÁP", "Đặng Hoàng Oanh", "KT. BỘ TRƯỞNG THỨ TRƯỞNG",
    ]  # fmt: skip
    assert len(reading.legal_bases) == 5
    assert len(reading.themes) == 5
    assert "Facebook" not in reading.text and "Đăng nhập" not in reading.text


def same(got, wanted):
    """Equal but for the slips the table mends: up to a twentieth of the letters."""
    from difflib import SequenceMatcher

    one, two = " ".join(got.split()).casefold(), " ".join(wanted.split()).casefold()
    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= 0.95


def test_all_seventeen_tasks_stand_as_in_the_table(seeds):
    with (SHARED / "domain" / "scheme-2862-tasks.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    tasks = seeds[SCHEME].as_json()["tasks"]
    assert [task["ref"] for task in tasks] == [row["ref"] for row in rows]
    for task, row in zip(tasks, rows, strict=True):
        products = [each for each in row["product"].split(" | ") if each]
        assert len(task["products"]) == len(products), task["ref"]
        coordinating = row["coordinating"].split(" | ")
        assert len(task["coordinating"]) == len(coordinating), task["ref"]
        pairs = [
            (task["title"], row["title"]),
            (task["time"], row["time"]),
            (task["lead"], row["lead"]),
        ]
        pairs += [
            *zip(task["products"], products, strict=True),
            *zip(task["coordinating"], coordinating, strict=True),
        ]
        assert [pair for pair in pairs if not same(*pair)] == [], task["ref"]


def test_the_schemes_obligations_name_who(seeds):
    who = [each.who.value for each in seeds[SCHEME].obligations]
    assert who[:2] == ["Tổng cục THADS", "Cục Kế hoạch - Tài chính"]
    assert who.count("Các cơ quan THADS địa phương") == 2
    assert who[-1].startswith("Chánh Văn phòng, Tổng Cục trưởng")


def test_the_dispatch_asks_four_things_one_with_a_day(seeds):
    reading = seeds[DISPATCH]
    assert told(reading, "kind", "number", "issued_on", "signer", "addressees") == [
        "công văn", "3288/TCTHADS-VP", "2023-09-06", None, [],
    ]  # fmt: skip
    assert len(reading.obligations) == 4
    report = reading.as_json()["obligations"][1]
    assert (report["due"], report["due_kind"]) == ("2023-10-15", "before")
    assert report["send_to"] == "Văn phòng Tổng cục"
    assert "bản word" in report["channel"] and "@moj.gov.vn" in report["channel"]
    assert report["sanction"].endswith("trừ điểm thi đua cuối năm của đơn vị")
    assert [each["due"] for each in reading.as_json()["obligations"]].count(None) == 3
    assert reading.obligations[2].who.value.startswith("Cục trưởng Cục THADS")


def test_the_letter_of_2013_has_no_number_and_no_day(seeds):
    reading = seeds[LETTER]
    assert told(reading, "kind", "number", "issued_on", "issuer") == [
        "công văn", None, None, "Tổng cục Thi hành án dân sự",
    ]  # fmt: skip
    assert len(reading.addressees) == 2
    assert [base.value.startswith("Quyết định số 834/QĐ-BTP") for base in reading.legal_bases] == [
        True
    ]
    assert len(reading.obligations) == 5
    assert all(each.due is None and each.sanction is None for each in reading.obligations)
    assert "Trung tâm Dữ liệu" in reading.obligations[4].send_to.value


def test_the_news_of_an_agreement_gives_its_clauses_and_no_invented_day(seeds):
    reading = seeds[AGREEMENT]
    assert told(reading, "number", "issued_on", "signer", "tasks") == [
        "3344/QCPH-TCTHADS-BPLVN", "2021-10-08", None, [],
    ]  # fmt: skip
    assert {each.who.value for each in reading.obligations} == {"hai bên", "hai đơn vị"}
    assert len(reading.obligations) == 11
    assert all(each.due is None for each in reading.obligations)
    assert any("tin, bài thuật lại" in problem for problem in reading.problems)
    assert any("Chiều 9/6" in problem for problem in reading.problems)


def test_the_news_of_a_plan_gives_nine_themes(seeds):
    reading = seeds[PLAN]
    assert told(reading, "kind", "number", "issued_on", "signer") == [
        "kế hoạch", "3156/KH-BTP", "2016-09-13", "Lê Thành Long",
    ]  # fmt: skip
    assert len(reading.themes) == 9
    assert reading.themes[7].value == "Thực hiện chế định Thừa phát lại"
    assert [each.who.value[:14] for each in reading.obligations] == [
        "thủ trưởng các",
        "Tổng cục THADS",
    ]


def test_each_seed_is_read_within_a_second(seeds):
    for file in sorted((SHARED / "seeds").glob("00*.txt")):
        start = time.process_time()
        read_paper(file.read_bytes())
        assert time.process_time() - start < 1, file.name
