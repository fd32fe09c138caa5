"""What is found and in which order: the same on both engines."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from hoiam.core import search
from hoiam.core.search import Document, postgres, sqlite
from hoiam.core.search.models import SearchDocument, SearchScope

NOW = datetime(2026, 4, 5, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tables():
    search.ensure()


def put(key, title, body="", *, scope="tg", kind="item", at=NOW):
    search.put(kind, key, title=title, body=body, scope=scope, at=at)


def found(text, *, scope=None, **kwargs):
    return [hit.key for hit in search.find(text, scope=scope, **kwargs)]


@pytest.mark.parametrize(
    "text",
    [
        "dinh chinh",
        "đính chính",
        "ĐÍNH CHÍNH",
        "Đính chinh",
        '"dinh chinh"',
        '"đính chính"',
        "ddinhs chinhs",
        "chinh dinh",
        "dinh ch*",
        "ĐÍ* chính",
    ],
)
def test_a_text_is_found_however_it_is_typed(text):
    put("a", "Yêu cầu đính chính thông tin")
    put("b", "Thi hành án dân sự")

    assert found(text) == ["a"]


def test_both_spellings_of_a_tone_and_both_forms_of_unicode_are_one():
    put("a", "Hoà giải ở huyện Đò Mới")

    assert [found("hòa giải"), found('"hoà giải"'), found("hòa giải")] == [["a"]] * 3


def test_text_with_the_marks_as_typed_comes_first():
    put("khac", "Tờ cáo phó", "to cao to cao")
    put("dung", "Đơn của công dân", "nội dung tố cáo chi cục trưởng")

    assert [found("tố cáo"), found("to cao")[0], set(found("to cao"))] == [
        ["dung", "khac"],
        "khac",
        {"dung", "khac"},
    ]


def test_a_quoted_phrase_with_marks_accepts_nothing_else():
    put("a", "Cưỡng chế nhà đất")
    put("b", "Cuong che nha dat")
    put("c", "Nhà bị cưỡng, rồi chế")

    assert (found('"cưỡng chế"'), sorted(found('"cuong che"')), sorted(found("cuong che"))) == (
        ["a"],
        ["a", "b"],
        ["a", "b", "c"],
    )


def test_a_phrase_never_runs_from_the_title_into_the_body():
    put("a", "Thi hành", "án dân sự")

    assert (found('"hành án"'), found("hành án")) == ([], ["a"])


def test_the_title_counts_more_than_the_body():
    put("than", "Tin trong ngày của tỉnh", "cưỡng chế " + "việc khác " * 5)
    put("tua", "Cưỡng chế ở tỉnh nhà", "việc khác " * 6)

    assert found("cuong che") == ["tua", "than"]


def test_of_very_many_the_latest_are_weighed_against_each_other(monkeypatch):
    for engine in (postgres, sqlite):
        monkeypatch.setattr(engine, "MOST_WEIGHED", 2)
    put("old", "Cưỡng chế")
    put("body", "Việc khác", "cưỡng chế ở xã bên")
    put("title", "Cưỡng chế")
    assert found("cuong che", limit=1) == ["title"]
    assert found("cuong che", limit=2) == ["title", "body"]
    assert set(found("cuong che", limit=3)) == {"title", "body", "old"}
    assert len(found("cuong che", limit=3, newest=True)) == 3


def test_numbers_of_papers_are_found_as_one():
    put("a", "Quyết định 2862/QĐ-BTP ngày 05/4/2026")
    put("b", "BTP nói về QĐ số 2862")

    assert [found("2862/qđ-btp"), found("2862/QD-BTP"), found("05/4/2026")] == [["a"]] * 3


def test_all_words_must_be_there():
    put("a", "Chi cục Thi hành án")

    assert [found("chi cục thi"), found("chi cục thuế")] == [["a"], []]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", '"', '"""', "*", "**", "AND", "thi AND", "NEAR(thi, 2)", "thi NEAR hanh", "(thi", "thi)", "-thi", "+thi", "^thi",
        "title:thi", "{title} : thi", "thi:*", "thi & hanh", "thi | hanh", "!thi", "thi <-> hanh", "'thi'", "\\", "%", "_", "a\x00b",
        "thi\u0301", "́", "😀", "ﬁ ½ ²", "' OR 1=1 --", "thi " * 500, "x" * 5000, '"' + "thi " * 300 + '"', "ﷺ", "٣",
    ],
)  # fmt: skip
def test_no_query_is_an_error(text):
    put("a", "Bài về việc thi hành án")

    assert isinstance(search.find(text, scope={"tg"}), list)


def test_no_text_is_an_error():
    for i, text in enumerate(
        ["", "'", "\x01", "a'b:1A,2 \\", "x" * 9000, "đ" * 5000, "từ " * 30000, "٣ ½ 😀"]
    ):
        put(f"k{i}", text, text)

    assert found("từ")[0] == "k6"


def test_only_the_own_scope_is_found():
    put("a", "Thi hành án", scope="tg")
    put("b", "Thi hành án", scope={"tg", "dm"})
    put("c", "Thi hành án", scope=[])

    said = [
        sorted(found("thi hanh", scope=s))
        for s in ({"tg"}, {"dm"}, {"tg", "dm"}, {"x"}, set(), None)
    ]

    assert said == [["a", "b"], ["b"], ["a", "b"], [], [], ["a", "b", "c"]]


def test_marks_typed_do_not_widen_the_scope():
    put("a", "Thi hành án", scope="dm")

    assert found("thi hành án", scope={"tg"}) == []


def test_only_the_named_kinds_are_found():
    put("1", "Thi hành án", kind="item")
    put("2", "Thi hành án", kind="case")

    assert [found("thi", kinds=k) for k in (["case"], [], ["item"])] == [["2"], [], ["1"]]


def test_newest_first_when_asked():
    put("cu", "Án án án", at=NOW - DAY)
    put("moi", "Một bài rất dài nhắc tới án", at=NOW)

    assert (found("án", newest=True), found("án")[0]) == (["moi", "cu"], "cu")


def test_no_more_than_asked():
    for i in range(5):
        put(str(i), "Thi hành án")

    assert [len(found("thi hành án", limit=n)) for n in (0, 3, 9)] == [0, 3, 5]


def test_a_document_put_again_is_replaced():
    put("a", "Tựa đề cũ", "nội dung trước", scope={"x", "y"})
    put("a", "Tựa đề mới", "nội dung sau", scope={"y"})

    assert [found("cũ"), found("trước"), found("mới"), found("mới", scope={"x"})] == [
        [],
        [],
        ["a"],
        [],
    ]
    assert SearchDocument.objects.count() == SearchScope.objects.count() == 1


def test_a_deleted_document_is_gone_with_its_words():
    put("a", "Người tố cáo Nguyễn Văn Đò")

    assert [search.delete("item", "a"), search.delete("item", "a"), found("tố cáo")] == [
        True,
        False,
        [],
    ]
    assert SearchScope.objects.count() == 0
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_searchwords(core_searchwords) VALUES ('integrity-check')"
            )


def test_the_last_of_several_with_one_key_stays():
    many = [Document("item", str(i % 3), f"bài số {i}", "", "tg", NOW) for i in range(1100)]

    assert search.put_many(iter(many)) == 1100
    assert sorted(h.key for h in search.find("bài số", scope=None)) == ["0", "1", "2"]
    assert found("1099") == ["1"]


def test_the_index_can_be_built_anew():
    put("a", "Đính chính")
    put("b", "Cải chính")

    assert [
        search.rebuild(),
        found("dinh chinh"),
        search.delete("item", "a"),
        found("dinh chinh"),
    ] == [2, ["a"], True, []]


def test_words_left_behind_by_an_emptied_table_are_forgotten():
    put("a", "Đính chính")
    SearchScope.objects.all().delete()
    SearchDocument.objects.all().delete()
    search.ensure()
    put("b", "Cải chính")

    assert (found("đính"), found("chinh")) == ([], ["b"])


def test_scores_fall_from_hit_to_hit():
    for i in range(6):
        put(str(i), "Tố cáo" if i % 2 else "To cáo", "án " * i)

    scores = [hit.score for hit in search.find("tố cáo", scope=None)]

    assert (scores, len(scores)) == (sorted(scores, reverse=True), 6)
