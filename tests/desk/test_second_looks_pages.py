"""Cần xem thêm: the list with its words, deciding, and the net's state in words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hoiam.agencies.states import Role
from hoiam.core import search
from hoiam.desk.presenters.second_looks import figures_said
from hoiam.kit.recognition.second_net_training import can_learn
from hoiam.monitoring.models import Item, SecondLook, SecondNet
from hoiam.monitoring.states import LookState, TrialState
from tests.desk.small_world import SmallWorld, page, queries_of

NO = "Chỉ đầu mối truyền thông hoặc lãnh đạo ở trung ương được xem và quyết các tin này."


@pytest.fixture
def world(db):
    search.ensure()
    return SmallWorld()


@pytest.fixture
def client(world):
    return world.client(world.centre, Role.FOCAL_POINT)


def net(world, **fields):
    figures = {"items": 4000, "positives": 20, "recall": 0.85, "precision": 0.48}
    given = {
        "state": TrialState.DONE,
        "at": world.now,
        "ended_at": world.now,
        "accepted": 64,
        "figures": figures,
    }
    return SecondNet.objects.create(**given | fields)


def look(world, of, number=1, title="Giao nhà cho người mua ở bến sông", score=0.9):
    at = world.now - timedelta(hours=number)
    item = Item.objects.create(
        url_key=f"look-{number}", url=f"https://bao-do-moi.example/{number}", title=title,
        outlet="Báo Đò Mới", at=at, first_seen_at=at,
    )  # fmt: skip
    reason = {
        "rule": "luoi-thu-hai",
        "field": "title",
        "start": 0,
        "end": 8,
        "text": title[:8],
        "weight": 1.25,
    }
    return SecondLook.objects.create(item=item, net=of, score=score, reasons=[reason], at=world.now)


def test_the_list_shows_the_words_that_spoke_and_its_budget(world, client):
    made = net(world)
    url = reverse("desk-second-looks")
    look(world, made)
    one = queries_of(client, url)
    for n in (2, 3):
        look(world, made, n, score=0.5)

    text = page(client, url)

    assert "<mark>Giao nhà</mark> cho người mua" in text
    assert "Giống vì có “Giao nhà” (+1,25)" in text
    assert "90 %" in text
    assert queries_of(client, url) == one <= 8


def test_accepting_warns_and_rejecting_can_be_undone(world, client):
    made = net(world)
    first, second = look(world, made), look(world, made, 2)
    act = lambda row, verb: client.post(  # noqa: E731
        reverse("desk-second-look-act", args=[row.pk, verb]), follow=True
    ).content.decode()

    assert "Tin đã được báo trên trang Theo dõi." in act(first, "accept")
    assert "<mark>Giao nhà</mark> cho người mua" in page(client, reverse("desk-watch") + "?tab=all")
    assert "lưới thứ hai sẽ học từ đó" in act(second, "reject")
    assert "Hoàn tác" in page(client, reverse("desk-second-looks") + "?tab=rejected")
    assert "Tải lại trang để xem ai vừa quyết" in act(second, "accept")
    act(second, "reopen")

    states = (
        SecondLook.objects.system("a test looks").order_by("pk").values_list("state", flat=True)
    )
    assert list(states) == [LookState.ACCEPTED, LookState.OPEN]
    assert client.post(reverse("desk-second-look-act", args=[second.pk, "khac"])).status_code == 404


def test_the_figures_are_said_with_what_they_rest_on(world):
    assert figures_said(net(world)) == (
        "Thử trên phần tin mới hơn, máy chưa từng thấy: trong 4.000 tin có 20 tin đã được nhận; 17 tin nằm trong "
        "200 tin đầu danh sách (85 %). Độ chính xác trung bình 0,48."
    )
    few = {"items": 60, "positives": 4, "recall": 1.0, "precision": 1.0}
    assert figures_said(net(world, figures=few)).endswith("con số này chưa nói được nhiều.")


def test_without_a_net_the_page_says_what_is_missing(world, client):
    text = page(client, reverse("desk-second-looks"))

    assert "Chưa có lưới nào. Lưới học từ 30 tin được nhận trở lên." in text
    assert "Đến nay có 0 tin được nhận và 0 tin bị bỏ vì không liên quan để học." in text
    assert "Huấn luyện lại ngay" not in text


def test_a_failed_teaching_is_told(world, client):
    net(world, state=TrialState.FAILED, note="Mới có 12 tin được nhận.")

    assert "Mới có 12 tin được nhận." in page(client, reverse("desk-second-looks"))


@pytest.mark.skipif(not can_learn(), reason="the optional set `learn` is not installed")
def test_a_teaching_can_be_asked_for(world, client):
    told = client.post(reverse("desk-second-net-teach"), follow=True).content.decode()

    assert "Đã xếp việc huấn luyện." in told
    assert "Đang huấn luyện." in told
    assert SecondNet.objects.get().state == TrialState.WAITING


def test_a_machine_that_cannot_learn_says_so(world, client, monkeypatch):
    # Not a mock of our code: the machine without the optional set.
    monkeypatch.setattr("hoiam.desk.views.second_looks.can_learn", lambda: False)

    assert "Máy chủ chưa cài phần học (scikit-learn)." in page(client, reverse("desk-second-looks"))


def test_only_the_centre_sees_the_list(world):
    made = look(world, net(world))
    client = world.client(world.province, Role.FOCAL_POINT)

    assert "Cần xem thêm" not in page(client, reverse("desk-home"))
    assert NO in client.get(reverse("desk-second-looks"), follow=True).content.decode()
    url = reverse("desk-second-look-act", args=[made.pk, "accept"])
    assert client.post(url).status_code == 404
    made.refresh_from_db()
    assert made.state == LookState.OPEN


def test_the_rail_counts_the_open_ones(world, client):
    look(world, net(world))

    assert "Cần xem thêm<small>1</small>" in page(client, reverse("desk-home"))
