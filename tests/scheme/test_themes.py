"""Themes: words suggest, ties say nothing, people choose; stories and their reprints count once; other units."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.kit.lists import yaml_of
from hoiam.monitoring.actions.incoming import Incoming, url_key
from hoiam.monitoring.models import Finding
from hoiam.monitoring.queries.periods import month_of
from hoiam.scheme.actions import contributions
from hoiam.scheme.actions.theme_marks import choose_theme, suggest_marks
from hoiam.scheme.jobs.cooperation import look_at_pieces
from hoiam.scheme.models import Scheme, Theme, ThemeMark
from hoiam.scheme.queries.themes import cross, pieces_of, schemes_with_themes
from hoiam.scheme.themes import match_themes, suggest_theme, theme_words
from tests import factories as make
from tests.factories import NOW, TODAY

CASES = yaml_of((Path(__file__).parent / "cases" / "themes.yaml").read_text("utf-8"))
LEAST = 3
MONTH = month_of(TODAY)
DECISION = {
    1: "chủ trương, đường lối, chính sách pháp luật về THADS; mục đích, ý nghĩa của công tác THADS",
    2: "nâng cao ý thức chấp hành; phê phán chây ỳ, trốn tránh nghĩa vụ thi hành án",
    3: "nỗ lực của cơ quan, công chức THADS (một cửa, hỗ trợ trực tuyến, bưu chính công ích …)",
    4: "khó khăn, vướng mắc khách quan kéo dài thời gian thi hành án, cần phối hợp, hỗ trợ",
    5: "kinh nghiệm hay, giải pháp đột phá để nhân rộng",
}


def case_of(row):
    marks = [pytest.mark.xfail(strict=True, reason=row["why"])] if row.get("known") else []
    return pytest.param(row, id=row["title"][:40], marks=marks)


@pytest.mark.parametrize("row", [case_of(row) for row in CASES])
def test_words_suggest_the_theme_a_person_would_choose(row):
    assert (suggest_theme(row["title"], row["text"], least=LEAST).theme or 0) == row["theme"]


def test_every_theme_is_tried_by_texts():
    tried = [row["theme"] for row in CASES]
    assert {theme: tried.count(theme) >= 4 for theme in range(6)} == dict.fromkeys(range(6), True)


def test_reasons_stand_where_they_were_found():
    title = "Nhận tiền tại MỘT CỬA"
    said = suggest_theme(title, "Bộ phận một cửa mở cả thứ Bảy.", least=LEAST)
    reason = said.reasons[0]
    assert (title[reason.start : reason.end], reason.weight) == ("MỘT CỬA", 6)
    assert said.scores == {3: 6}  # said twice, counted once, as loud as in the title


def test_a_word_inside_another_is_not_heard():
    assert suggest_theme("Nghị địnhX", least=1).theme is None
    assert suggest_theme("Trường chây ynh", least=1).theme is None


def test_themes_of_a_scheme_are_matched_by_their_own_words_in_any_order():
    assert match_themes(DECISION) == {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}
    turned = {"a": DECISION[5], "b": "Thể thao", "c": DECISION[2]}
    assert match_themes(turned) == {5: "a", 2: "c"}
    assert match_themes({"a": DECISION[5], "b": DECISION[5]}) == {}


def test_no_phrase_speaks_for_two_themes():
    seen = [word.pattern.pattern for word in theme_words().words]
    assert len(seen) == len(set(seen))


@pytest.fixture
def scheme(tree, focal):
    made = Scheme.objects.create(
        kind="plan", title="Kế hoạch truyền thông", owner=tree.province, state="active",
        created_by=focal.official, created_at=NOW,
    )  # fmt: skip
    for number, text in DECISION.items():
        Theme.objects.create(scheme=made, number=number, text=text)
    return made


def told(place, title, stance="positive", story=None, provinces=("Thanh Giang",), **fields):
    item = make.item(title, is_relevant=True, **fields)
    Finding.objects.create(item=item, stance=stance, at=NOW, provinces=list(provinces))
    if story is None:
        make.warning(place, make.story(item, title=title))
    else:
        item.story = story
        item.save()
    return item


def themed(scheme, actor):
    numbers = {theme.pk: theme.number for theme in scheme.themes.all()}
    return {piece.title: numbers.get(piece.theme) for piece in pieces_of(scheme, actor, MONTH)}


@pytest.mark.django_db
def test_items_are_marked_once_and_unfavourable_ones_not_at_all(tree, scheme, focal):
    told(tree.province, "Chi trả tiền thi hành án tại một cửa")
    told(tree.province, "Đại hội thể thao")
    told(tree.province, "Chây ỳ nhiều năm", stance="negative")
    told(tree.other, "Cách làm hay của tỉnh khác")
    assert [suggest_marks(scheme, period=MONTH, now=NOW) for _ in "ab"] == [2, 0]
    assert themed(scheme, focal) == {
        "Chi trả tiền thi hành án tại một cửa": 3,
        "Đại hội thể thao": None,
    }
    mark = ThemeMark.objects.get(theme__number=3)
    assert (mark.state, mark.lexicon) == ("suggested", theme_words().version)
    assert {reason["text"] for reason in mark.reasons} == {"Chi trả tiền thi hành án", "một cửa"}


@pytest.mark.django_db
def test_reprints_count_once_at_the_place_of_the_first(tree, scheme, focal):
    first = told(
        tree.province, "Mô hình mới ở bến sông", at=NOW - timedelta(hours=9), channel=make.channel()
    )
    told(
        tree.province,
        "Đăng lại: mô hình mới",
        story=first.story,
        channel=make.channel(name="Báo Đò Mới"),
    )
    suggest_marks(scheme, period=MONTH, now=NOW)
    (piece,) = pieces_of(scheme, focal, MONTH)
    assert (piece.title, piece.copies, piece.outlet) == (first.title, 2, str(first.channel))


@pytest.mark.django_db
def test_a_choice_on_any_report_of_a_story_counts_before_words(tree, scheme, focal):
    first = told(tree.province, "Mô hình mới ở bến sông", at=NOW - timedelta(hours=9))
    again = told(tree.province, "Đăng lại", story=first.story)
    suggest_marks(scheme, period=MONTH, now=NOW)
    choose_theme(scheme, actor=focal, now=NOW, item=again, theme=scheme.themes.get(number=4))
    (piece,) = pieces_of(scheme, focal, MONTH)
    assert (piece.is_chosen, themed(scheme, focal)[first.title]) == (True, 4)
    choose_theme(scheme, actor=focal, now=NOW, item=again, theme=None)
    assert themed(scheme, focal)[first.title] is None
    assert suggest_marks(scheme, period=MONTH, now=NOW) == 0  # never over a choice
    assert [e.step for e in ledger.of(ThemeMark.objects.get(item=again))] == ["choose_theme"] * 2


@pytest.mark.django_db
def test_only_the_keeper_of_the_scheme_chooses_and_only_its_themes(tree, scheme, focal):
    item = told(tree.province, "Một cửa")
    other = Scheme.objects.create(
        kind="plan", title="Khác", owner=tree.other, created_by=focal.official, created_at=NOW
    )
    theme = Theme.objects.create(scheme=other, number=1, text="x")
    with pytest.raises(InvalidInput):
        choose_theme(scheme, actor=focal, now=NOW, item=item, theme=theme)
    stranger = make.focal_point(tree.other)
    with pytest.raises(NotAllowed):
        choose_theme(scheme, actor=stranger, now=NOW, item=item, theme=None)
    assert list(schemes_with_themes(stranger)) == []


@pytest.mark.django_db
def test_what_a_unit_wrote_folds_into_the_story_or_stands_alone(tree, scheme, focal):
    url = "https://songthanh.example/mot-cua-1.html"
    item = told(
        tree.province, "Một cửa ở bến sông", url=url, url_key=url_key(Incoming(title="", url=url))
    )
    for title, link, theme in (
        ("Một cửa ở bến sông", url, scheme.themes.get(number=5)),
        ("Cách làm hay của phòng khu vực", url + "?x=2", None),
    ):
        contributions.enter_contribution(
            tree.province, actor=focal, now=NOW, title=title, url=link, theme=theme,
            happened_on=TODAY, printed_in="Báo Sông Thanh",
        )  # fmt: skip
    suggest_marks(scheme, period=MONTH, now=NOW)

    found = {
        piece.title: (piece.story, piece.is_chosen, piece.unit)
        for piece in pieces_of(scheme, focal, MONTH)
    }

    assert found == {
        "Một cửa ở bến sông": (item.story_id, True, tree.province.name),
        "Cách làm hay của phòng khu vực": (None, False, tree.province.name),
    }
    assert set(themed(scheme, focal).values()) == {5}


@pytest.mark.django_db
def test_tables_add_up_and_the_tail_stands_together(tree, scheme, focal):
    for number in range(10):
        told(tree.province, "Cách làm hay", provinces=(f"Tỉnh {number}",), story=None)
    told(tree.province, "Đại hội thể thao", provinces=())
    suggest_marks(scheme, period=MONTH, now=NOW)
    pieces = pieces_of(scheme, focal, MONTH)
    keys = [theme.pk for theme in scheme.themes.all()]
    table = cross(pieces, "province", keys, most=4)
    assert len(table.columns) == 5 and table.columns[-1] == "7 nơi khác"
    assert sum(sum(row) for _, row in table.rows) == len(pieces) == 11
    assert cross(pieces, "month", keys).columns == ("08/2026",)


@pytest.mark.django_db
def test_pieces_take_as_many_queries_for_many(tree, scheme, focal, django_assert_num_queries):
    def read():
        pieces_of(scheme, focal, MONTH)

    told(tree.province, "Cách làm hay")
    suggest_marks(scheme, period=MONTH, now=NOW)
    with django_assert_num_queries(4):
        read()
    for _ in range(3):
        told(tree.province, "Cách làm hay")
    suggest_marks(scheme, period=MONTH, now=NOW)
    with django_assert_num_queries(4):
        read()


@pytest.mark.django_db
def test_the_morning_reads_new_items_of_active_schemes(tree, scheme, focal):
    told(tree.province, "Cách làm hay")
    assert look_at_pieces.func(now=NOW, slot=NOW.isoformat()) == 1
    assert look_at_pieces.func(now=NOW, slot=NOW.isoformat()) == 0
    Scheme.objects.system("test").update(state="closed")
    told(tree.province, "Mô hình mới")
    assert look_at_pieces.func(now=NOW, slot=NOW.isoformat()) == 0


def by_hand(scheme, reports):
    """Story by story from all its reports, read in order: what `pieces_of` says in one row a story."""
    marks = {mark.item_id: mark for mark in ThemeMark.objects.filter(scheme=scheme)}
    stories = {}
    for item in sorted(reports, key=lambda item: (item.at, item.pk)):
        stories.setdefault(item.story_id, []).append(item)
    found = []
    for story, items in stories.items():
        own = [marks[item.pk] for item in items if item.pk in marks]
        chosen = [mark for mark in own if mark.state == "confirmed"]
        mark = next(iter(chosen or [each for each in own if each.theme_id]), None)
        first = items[0]
        found.append(
            (
                first.title, mark and mark.theme_id, bool(chosen), story, len(items),
                mark.item_id if mark else first.pk, first.finding.provinces[0],
            )
        )  # fmt: skip
    return sorted(found)


@pytest.mark.django_db
def test_one_row_a_story_says_what_all_its_reports_say(tree, scheme, focal):
    """A made set: same moments, reprints before and after, unfavourable firsts, marks of every kind, another scheme's marks."""
    themes = list(scheme.themes.all())
    other = Scheme.objects.create(
        kind="plan", title="Khác", owner=tree.province, created_by=focal.official, created_at=NOW
    )
    reports, chance = [], Random(7)
    for number in range(40):
        story = None
        for copy in range(chance.randint(1, 4)):
            stance = chance.choice(["positive", "neutral", "neutral", "negative"])
            item = told(
                tree.province, f"Bài {number}.{copy}", story=story, stance=stance,
                provinces=(f"Tỉnh {chance.randint(1, 5)}",),
                at=NOW - timedelta(hours=chance.randint(0, 5)),
            )  # fmt: skip
            story = item.story
            if stance != "negative":
                reports.append(item)
            for of, most in ((scheme, 3), (other, 1)):
                kind = chance.randint(0, most)
                if kind:
                    ThemeMark.objects.create(
                        scheme=of, item=item, lexicon=1, at=NOW, reasons=[],
                        theme=chance.choice([None, *themes]) if of == scheme else None,
                        **({"state": "confirmed", "by": focal.official} if kind == 3 else {}),
                    )  # fmt: skip

    pieces = pieces_of(scheme, focal, MONTH)

    said = [(p.title, p.theme, p.is_chosen, p.story, p.copies, p.item, p.province) for p in pieces]
    assert sorted(said) == by_hand(scheme, reports)
    assert {bool(p.theme) for p in pieces} == {p.is_chosen for p in pieces} == {True, False}
