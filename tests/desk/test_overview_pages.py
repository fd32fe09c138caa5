"""Tổng quan: lights, the late board, provinces, days, spreading stories, indicators; each official sees their own."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hoiam.agencies.states import Role
from hoiam.desk.presenters.overview import (
    day_chart,
    light_rows,
    province_rows,
    tile_figures,
    usual_band,
)
from hoiam.handling.models import Obligation
from tests.desk.small_world import SmallWorld, page, queries_of

URL = "desk-overview"


@pytest.fixture
def world(db):
    return SmallWorld()


def shown(client, query=""):
    return client.get(reverse(URL) + query).context


def test_nine_lights_stand_even_when_none_burns():
    rows = light_rows({("late", "run"): 5})
    assert [(row.label, [count for _, count in row.cells]) for row in rows] == [
        ("Trong hạn", [0, 0, 0]), ("Đến hạn", [0, 0, 0]), ("Quá hạn", [0, 5, 0]),
    ]  # fmt: skip


def test_the_grid_knows_all_34_and_a_province_of_training_stands_in_the_table():
    lamps = {"Thanh Giang": (2, "late", "run"), "Hồ Chí Minh": (3, "ok", "run")}
    rows = province_rows(lamps, {"Cà Mau": 4}, whole=True)
    assert len(rows) == 35
    tiles = tile_figures(rows)
    assert {code: (t.count, t.url) for code, t in tiles.items()} == {"79": (3, "#tinh-ho-chi-minh")}
    ca_mau = next(row for row in rows if row.name == "Cà Mau")
    assert (ca_mau.cases, ca_mau.warnings, ca_mau.light) == (0, 4, None)
    assert [row.name for row in province_rows(lamps, {}, whole=False)] == [
        "Hồ Chí Minh",
        "Thanh Giang",
    ]


def test_an_odd_day_is_marked_and_left_out_of_the_usual_band():
    first = date(2026, 5, 1)
    counts = [(first + timedelta(n), 40 if n == 85 else 4 + n % 3) for n in range(90)]
    chart = day_chart(counts, 30)
    assert [row.day for row in chart.rows if row.is_odd] == ["25/07/2026"]
    assert chart.words == "Dải nền: mức thường, 4–6 bài. ▲ ngày bất thường."
    assert (len(chart.rows), "▲ 25/07: 40 bài" in chart.drawing) == (30, True)
    assert usual_band([]) == (0, 0)


def test_lights_and_the_late_board_link_to_cases(world):
    case = world.case(world.province)
    world.clock(case, timedelta(days=-3))
    world.clock(case, timedelta(days=9), state="wait")
    world.clock(case, timedelta(days=2), state="done", ended_at=world.now)
    client = world.client(world.centre, Role.HEAD)
    context = shown(client)
    assert [[count for _, count in row.cells] for row in context["lights"]] == [
        [1, 0, 1], [0, 0, 0], [0, 1, 0],
    ]  # fmt: skip
    text = page(client, reverse(URL))
    assert "<b>1 việc chưa xong đã quá hạn</b>" in text
    assert f'<a href="{reverse("desk-case", args=[case.pk])}">Xác minh: {case.title}</a>' in text
    assert "Quá 3 ngày" in text


def test_a_province_sees_its_own_scope_only(world):
    for agency in (world.province, world.other):
        world.clock(world.case(agency), timedelta(days=-3))
        world.story(agency, world.now)
    mine = shown(world.client(world.province, Role.HEAD))
    all_ = shown(world.client(world.centre, Role.HEAD))
    assert [(row.name, row.cases, row.warnings) for row in mine["provinces"]] == [
        ("Thanh Giang", 1, 1)
    ]
    assert (mine["tiles"], len(mine["late"]), mine["reports"]) == (None, 1, 1)
    assert (all_["totals"], len(all_["late"]), all_["reports"]) == ((2, 2), 2, 2)
    assert len(all_["provinces"]) == 36


def test_a_story_spreads_when_today_has_more_than_yesterday(world):
    before = world.now - timedelta(days=1)
    spreading = world.story(
        world.province, world.now, severity=3, items=3, title="Cưỡng chế giao nhà"
    )
    world.item(spreading.story, before, 9, "Bài đầu")
    fading = world.story(world.province, before, items=3)
    world.item(fading.story, world.now, 9, "Bài cuối")
    world.story(world.province, world.now)
    found = shown(world.client(world.province, Role.HEAD))["spreading"]
    assert [(row.story.title, row.yesterday, row.today) for row in found] == [
        ("Cưỡng chế giao nhà", 1, 3)
    ]
    assert found[0].agencies == ("THADS tỉnh Thanh Giang",)
    assert 'aria-label="Số bài bảy ngày qua: 0, 0, 0, 0, 0, 1, 3"' in found[0].drawing


def test_indicators_show_both_terms(world):
    case = world.case(world.province)
    Obligation.objects.create(
        case=case, letter="e", confirmed_by=world.official_of(world.province), opened_at=world.now
    )
    figures = shown(world.client(world.centre, Role.HEAD))["indicators"]
    assert [(figure.code, figure.value) for figure in figures] == [
        ("I1", "0"), ("I2", "0"), ("I3", "0 / 0"),
        ("I4", "0 / 1"), ("I5", "0 / 1"), ("I6", "0 / 0"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "period"), [("", 30), ("?ky=7", 7), ("?ky=90", 90), ("?ky=8", 30), ("?ky=x", 30)]
)
def test_the_period_is_switched(world, query, period):
    context = shown(world.client(world.province, Role.HEAD), query)
    assert (context["period"], len(context["days"].rows)) == (period, period)
    assert context["first_day"] == world.today - timedelta(days=period - 1)


def test_an_empty_overview_says_so(world):
    text = page(world.client(world.province, Role.EDITOR), reverse(URL))
    for words in ("Không có việc nào quá hạn", "Không có vụ việc nào lan nhanh", "Chưa có hồ sơ, cảnh báo nào", "không việc nào quá hạn"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("place", ["centre", "province"])
def test_the_page_keeps_its_budget(world, place):
    client = world.client(getattr(world, place), Role.HEAD)

    def grow():
        case = world.case(world.province, holder=world.official_of(world.province))
        world.clock(case, timedelta(days=-3))
        world.story(world.province, world.now, items=3)

    grow()
    one = queries_of(client, reverse(URL))
    grow()
    grow()
    assert queries_of(client, reverse(URL)) == one
    assert one <= 15
