"""Chủ đề trọng tâm as people use them: measured, filtered, chosen; strangers get 404."""

import pytest
from django.urls import reverse

from hoiam.monitoring.models import Finding, Item
from hoiam.scheme.models import Scheme, Theme, ThemeMark
from tests.desk.small_world import SmallWorld, page, queries_of, sheet

pytestmark = pytest.mark.django_db
WHY = "the test reads back"


@pytest.fixture
def world(db):
    return SmallWorld()


@pytest.fixture
def desk(world):
    client = world.client(world.province, "focal_point")
    made = Scheme.objects.create(
        kind="plan", title="Kế hoạch truyền thông", owner=world.province, state="active",
        created_by=world.official_of(world.province), created_at=world.now,
    )  # fmt: skip
    for number, text in ((1, "Tự nguyện thi hành án"), (2, "Kinh nghiệm hay để nhân rộng")):
        Theme.objects.create(scheme=made, number=number, text=text)
    return client


def told(world, title):
    world.story(world.province, world.now, title=title, severity=0)
    item = Item.objects.get(title=title)
    Finding.objects.create(item=item, stance="positive", at=world.now, provinces=["Thanh Giang"])
    return item


def scheme():
    return Scheme.objects.system(WHY).get()


def test_words_suggest_and_a_person_changes_it(world, desk):
    item = told(world, "Cách làm hay ở Vạn Điền")
    url, choose = reverse("desk-themes-of", args=[scheme().pk]), reverse("desk-theme-choose", args=[scheme().pk])  # fmt: skip
    assert "chưa rõ" in page(desk, url)
    desk.post(choose, {"verb": "suggest"})
    text = page(desk, url)
    assert "máy gợi ý, vì: Cách làm hay" in text
    other = scheme().themes.get(number=1)
    desk.post(choose, {"item": item.pk, "theme": other.pk})
    assert ThemeMark.objects.get().theme == other
    assert "người đã chọn" in page(desk, url)
    assert "Cách làm hay" in page(desk, f"{url}?cd={other.pk}&tinh=Thanh Giang")
    assert "Không có tin, bài nào" in page(desk, f"{url}?cd=0")
    assert desk.post(choose, {"item": "999", "theme": other.pk}).status_code == 404
    assert desk.post(choose, {"item": item.pk, "theme": "999"}).status_code == 404


def test_who_wrote_is_counted_filtered_and_goes_into_the_spreadsheet(world, desk):
    told(world, "Cách làm hay ở Vạn Điền")
    url = reverse("desk-themes-of", args=[scheme().pk])
    text = page(desk, url)
    assert "Ai viết" in text and "Báo chí tự viết" in text
    assert "Không có tin, bài nào" in page(desk, f"{url}?ai=THADS")
    assert "Cách làm hay" in page(desk, f"{url}?ai=Báo chí tự viết")
    rows = sheet(desk.get(reverse("desk-themes-excel", args=[scheme().pk])))
    assert rows[0][:3] == ("Chủ đề", "Tin, bài", "Ai viết")
    assert [row[1:3] for row in rows[1:]] == [("Cách làm hay ở Vạn Điền", "Báo chí tự viết")]
    assert (
        len(sheet(desk.get(reverse("desk-themes-excel", args=[scheme().pk]), {"ai": "THADS"}))) == 1
    )


def test_any_word_for_a_period_is_answered_with_a_period(world, desk):
    url = reverse("desk-themes-of", args=[scheme().pk])
    for asked in ("", "2026-q9", "hôm qua", str(world.today.year), f"{world.today:%Y-%m}"):
        assert desk.get(url, {"ky": asked}).status_code == 200


def test_another_province_gets_404(world, desk):
    item = told(world, "Cách làm hay")
    stranger = world.client(world.other, "focal_point")
    assert stranger.get(reverse("desk-themes-of", args=[scheme().pk])).status_code == 404
    choose = reverse("desk-theme-choose", args=[scheme().pk])
    assert stranger.post(choose, {"item": item.pk, "theme": "0"}).status_code == 404
    assert "Kế hoạch truyền thông" not in page(stranger, reverse("desk-themes"))


def test_pages_stay_within_their_queries(world, desk):
    told(world, "Cách làm hay")
    url = reverse("desk-themes-of", args=[scheme().pk])
    first = queries_of(desk, url)
    for number in range(3):
        told(world, f"Cách làm hay {number}")
    assert queries_of(desk, url) == first <= 15
    assert queries_of(desk, reverse("desk-themes")) <= 8
