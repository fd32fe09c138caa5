"""Từ điển nhận diện: the list and its search, drafting, the dry run, publication, history; and reasons on an item."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

import hoiam.kit.recognition
from hoiam.agencies.models import Official
from hoiam.agencies.queries import actor_on
from hoiam.agencies.states import Role
from hoiam.core import outbox, search
from hoiam.core.jobs import run_due
from hoiam.desk.presenters.lexicon import found_rows, points, rows_shown, words
from hoiam.desk.presenters.reasons import judged_by, reasons_table
from hoiam.kit.recognition import Change, Lexicon
from hoiam.monitoring.actions import lexicon as verbs
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import take_in
from hoiam.monitoring.models import Finding, Item, LexiconDraft, LexiconTrial, LexiconVersion
from hoiam.monitoring.states import TrialState
from tests.desk.small_world import SmallWorld, page, queries_of

NO = "chỉ cán bộ trung ương và quản trị ở trung ương được xem và sửa"
PHRASES = {"group": "positive", "phrases": "thợ săn nợ", "weight": "6", "why": "báo gọi như vậy"}


@pytest.fixture
def world(db):
    search.ensure()
    return SmallWorld()


@pytest.fixture
def client(world):
    return world.client(world.centre, Role.FOCAL_POINT)


@pytest.fixture
def actor(world, client):
    return actor_on(Official.objects.get(username="focal_point-tw"), world.today)


def report(world, number=1, title="Thợ săn nợ bao vây nhà máy gạch"):
    taken = take_in(
        [
            Incoming(
                title=title,
                url=f"https://bao-do-moi.example/{number}.html",
                outlet="Báo Đò Mới",
                published_at=world.now - timedelta(hours=2),
            )
        ],
        now=world.now,
    )
    return taken.items[0]


def run(world):
    later = world.now + timedelta(minutes=1)
    outbox.deliver_due(later)
    run_due(later)


def do(client, verb, **typed):
    return client.post(reverse("desk-lexicon-draft", args=[verb]), typed, follow=True)


def test_the_list_says_what_is_in_use_and_reads_patterns_out(client):
    text = page(client, reverse("desk-lexicon"))

    assert f"bản sản phẩm {Lexicon.load().version}" in text
    assert "<span>chấp hành viên</span>" in text
    assert "Có sẵn trong sản phẩm" in text
    assert r"\w" not in text


def test_the_search_needs_no_marks_and_looks_everywhere(client):
    text = page(client, reverse("desk-lexicon") + "?w=huan+chuong")

    assert "Được khen, tặng thưởng, ghi nhận" in text
    assert "Nói tới chấp hành viên" not in text
    assert "Không có dòng nào khớp" in page(client, reverse("desk-lexicon") + "?w=tau+ngam")


@pytest.mark.parametrize(
    ("family", "expected"),
    [("positive", "thi-hanh-an"), ("negative", "hinh-su"), ("kind", "loai-dau-gia"), ("severity", "muc3-thuong-vong")],
)  # fmt: skip
def test_rows_stand_in_their_family(family, expected):
    found = found_rows(rows_shown((), ()), "", family)

    assert expected in {row.id for row in found}
    assert {row.family for row in found} == {family}


def test_every_row_is_read_out_in_words_of_people_and_stands_in_a_named_group():
    rows = rows_shown((), ())

    unread = {phrase for row in rows for phrase in row.phrases if set(phrase) & set("<>{}\\")}
    nameless = set(re.findall(r"{([a-z_]+)}", str(Lexicon.load().rows))) - words()["names"].keys()
    assert (unread, nameless) == (set(), set())
    assert {row.id for row in rows if not row.family} == set()


def test_a_row_weighed_anew_shows_what_it_weighed_before():
    own = Change("rieng-1", "add", "positive", ("thợ săn nợ",), 3.0, "thử")
    light = Change("thi-hanh-an", "weight", weight=1.5)

    rows = {row.id: row for row in rows_shown([replace(own, weight=5.0), light], [own])}

    assert (rows["rieng-1"].weight, rows["rieng-1"].weight_before) == ("+5", "+3")
    assert (rows["thi-hanh-an"].weight, rows["thi-hanh-an"].weight_before) == ("+1,5", "+0,8")
    assert rows["rieng-1"].in_draft == rows["thi-hanh-an"].in_draft == "đổi trong bản nháp"


def test_points_have_their_sign():
    assert [points(w) for w in (2.4, -0.7, 0, 6.0, None)] == ["+2,4", "−0,7", "0", "+6", ""]


def test_the_list_keeps_its_budget_with_a_draft_and_a_trial(world, client, actor):
    url = reverse("desk-lexicon")
    assert queries_of(client, url) <= 8
    for n in range(3):
        verbs.add_phrases(
            actor=actor,
            now=world.now,
            group="positive",
            phrases=f"cụm từ số {n}",
            weight=1.0,
            why="thử",
        )
    assert queries_of(client, url) <= 8
    verbs.ask_trial(actor=actor, now=world.now)
    assert queries_of(client, url) <= 8


def test_a_phrase_is_drafted_tried_published_and_brought_back(world, client):
    before = report(world)
    client.post(reverse("desk-lexicon-add"), PHRASES)
    text = page(client, reverse("desk-lexicon"))
    assert "mới trong bản nháp" in text
    assert "Công bố bản nháp này" not in text

    told = do(client, "try", days="90")
    trial = LexiconTrial.objects.get()
    assert told.redirect_chain[-1][0] == reverse("desk-lexicon-trial", args=[trial.pk])
    assert 'hx-trigger="every 2s"' in told.content.decode()
    run(world)
    text = page(client, reverse("desk-lexicon-trial", args=[trial.pk]))
    assert "Sẽ thêm 1 tin, bỏ 0 tin; xét khác mức độ, sắc thái hoặc loại 0 tin." in text
    assert "<mark>Thợ săn nợ</mark> bao vây" in text
    assert "hx-trigger" not in text

    told = do(
        client, "publish", reason="Báo Lam Hải dùng chữ này", rejudge_days="30"
    ).content.decode()
    assert "Đã công bố bản số 1." in told
    run(world)
    text = page(client, reverse("desk-lexicon-history"))
    assert "Đã xét lại 1 tin của 30 ngày, thêm 1 tin." in text
    assert "“thợ săn nợ”" in text
    assert Item.objects.get(pk=before.pk).is_relevant is True

    url = reverse("desk-lexicon-restore", args=[0])
    assert "Ghi lý do" in client.post(url, {"why": ""}, follow=True).content.decode()
    told = client.post(url, {"why": "nhiễu"}, follow=True).content.decode()
    assert "Quay về bản sản phẩm." in told
    assert report(world, 2).is_relevant is False


def test_what_was_typed_stays_and_the_fault_stands_at_its_field(client):
    answer = client.post(reverse("desk-lexicon-add"), PHRASES | {"phrases": "án", "weight": "2,5"})
    assert answer.context["form"].errors == {
        "phrases": ["Cụm “án” quá ngắn nên sẽ khớp lung tung. Ghi thêm chữ."]
    }
    assert 'value="2,5"' in answer.content.decode()
    answer = client.post(reverse("desk-lexicon-add"), PHRASES | {"weight": "nhiều"})
    assert answer.context["form"].errors["weight"] == [
        "Không đọc được điểm “nhiều”. Viết như 2,5 hoặc −1."
    ]
    assert LexiconDraft.objects.filter(changes__0__isnull=False).count() == 0


def test_a_row_is_weighed_switched_off_and_put_back(client):
    url = reverse("desk-lexicon-row", args=["thi-hanh-an"])
    client.post(url, {"do": "weigh", "weight": "1,5", "why": "nhẹ quá"})
    text = page(client, reverse("desk-lexicon"))
    assert "+0,8 → +1,5" in text
    client.post(url, {"do": "off", "why": "nhiễu"})
    assert "tắt trong bản nháp" in page(client, url)
    client.post(url, {"do": "undo"})
    assert "Bản nháp chưa đổi gì" in page(client, reverse("desk-lexicon"))

    answer = client.post(url, {"do": "weigh", "weight": "99", "why": "thử"})

    assert answer.context["weigh"].errors == {"weight": ["Điểm của nhóm này từ 0,1 đến 10."]}


def test_an_edited_draft_needs_a_new_dry_run(world, client):
    client.post(reverse("desk-lexicon-add"), PHRASES)
    do(client, "try", days="30")
    run(world)
    assert "Công bố bản nháp này" in page(client, reverse("desk-lexicon"))
    client.post(reverse("desk-lexicon-add"), PHRASES | {"phrases": "đòi nợ thuê"})

    text = page(client, reverse("desk-lexicon"))

    assert "hãy chạy thử lại" in text
    assert "Công bố bản nháp này" not in text
    assert (
        "Chạy thử bản nháp" in do(client, "publish", reason="x", rejudge_days="0").content.decode()
    )


def test_a_dry_run_shows_how_far_it_is_and_why_it_stopped(world, client, actor):
    draft = verbs.start_draft(actor=actor, now=world.now)
    trial = LexiconTrial.objects.create(
        draft=draft, days=90, by=actor.official, at=world.now, state=TrialState.RUNNING, total=2000, done=500
    )  # fmt: skip
    url = reverse("desk-lexicon-trial", args=[trial.pk])
    text = page(client, url)
    assert "trong 2.000 tin (25 %)" in text
    assert 'value="25"' in text

    trial.state, trial.problem = TrialState.FAILED, "Mẫu của dòng viết sai."
    trial.save()

    assert "Lần chạy thử không xong: Mẫu của dòng viết sai." in page(client, url)


def test_a_draft_is_put_away_and_unknown_acts_are_404(client):
    client.post(reverse("desk-lexicon-add"), PHRASES)
    assert "Đã bỏ bản nháp" in do(client, "drop").content.decode()
    assert LexiconDraft.objects.get().is_open is False
    assert client.post(reverse("desk-lexicon-draft", args=["khac"])).status_code == 404
    assert client.get(reverse("desk-lexicon-row", args=["khong-co"])).status_code == 404


def test_a_change_the_product_no_longer_knows_is_told(world, client, actor):
    gone = {
        "id": "dong-cu",
        "do": "off",
        "group": "",
        "phrases": [],
        "weight": None,
        "why": "x",
        "by": "",
        "at": "",
    }
    LexiconVersion.objects.create(
        number=1, changes=[gone], shipped_version="2025.1", shipped_digest="x", reason="x", by=actor.official, at=world.now
    )  # fmt: skip

    assert "1 thay đổi đã công bố không còn tác dụng" in page(client, reverse("desk-lexicon"))


def test_who_may_not_is_told_who_may_and_does_not_see_the_place(world):
    client = world.client(world.province, Role.ADMINISTRATOR)
    assert "Từ điển" not in page(client, reverse("desk-home"))
    for name, args in (
        ("desk-lexicon", []),
        ("desk-lexicon-add", []),
        ("desk-lexicon-row", ["thi-hanh-an"]),
        ("desk-lexicon-history", []),
    ):
        assert NO in client.get(reverse(name, args=args), follow=True).content.decode()
    for name, args in (
        ("desk-lexicon-draft", ["drop"]),
        ("desk-lexicon-restore", [0]),
        ("desk-lexicon-add", []),
    ):
        assert NO in client.post(reverse(name, args=args), PHRASES, follow=True).content.decode()
    assert LexiconDraft.objects.count() == 0


def test_an_item_shows_each_rule_with_its_points_and_the_lexicon_that_judged(world, client, actor):
    verbs.add_phrases(
        actor=actor,
        now=world.now,
        group="positive",
        phrases="thợ săn nợ",
        weight=6.0,
        why="Báo gọi như vậy",
    )
    trial = verbs.ask_trial(actor=actor, now=world.now)
    run(world)
    assert trial.draft.trials.get().state == TrialState.DONE
    verbs.publish_lexicon(actor=actor, now=world.now, reason="thử")
    item = report(world, 5)

    text = page(client, reverse("desk-item", args=[item.pk]))

    assert "<mark>Thợ săn nợ</mark>" in text
    assert "Báo gọi như vậy<small>“Thợ săn nợ” · đầu đề</small>" in text
    assert '<b class="ha-end ha-score">+21</b>' in text
    assert f"từ điển bản số 1 (trên bản sản phẩm {Lexicon.load().version})" in text


def test_reasons_of_a_person_and_of_the_net_are_named():
    reason = {"field": "title", "start": 0, "end": 8, "text": "giao nhà", "weight": 2.0}
    by_net = Finding(
        reasons=[{"rule": "luoi-thu-hai", **reason}], lexicon_version="lưới thứ hai, lần dạy 3"
    )

    (row,) = reasons_table(by_net)

    assert (row.rule, row.weight) == ("Lưới thứ hai thấy giống các tin đã nhận", "+2")
    assert judged_by(by_net) == "lưới thứ hai, lần dạy 3"
    assert reasons_table(None) == []


def test_every_rule_of_the_engine_itself_has_words():
    # A rule that is no row of the lexicon has its name in the code; an official never sees that name.
    code = "".join(
        path.read_text("utf-8") for path in Path(hoiam.kit.recognition.__file__).parent.glob("*.py")
    )
    named = set(re.findall(r'(?:mark|_plain)\(\s*"([\w-]+)"', code))
    named |= set(re.findall(r'^RULE: Final = "([\w-]+)"', code, re.M))
    assert named >= {"loi-van", "nhin-lai", "chuyen-cu", "co-quan-dich-danh"}
    assert named - set(words()["rules"]) == set()


@pytest.mark.parametrize("rule", ["loi-van", "nhin-lai"])
def test_what_the_wording_says_is_told_in_words(rule):
    reason = {
        "rule": rule,
        "field": "text",
        "start": 0,
        "end": 7,
        "text": "trả lời",
        "weight": 0.48,
    }
    (row,) = reasons_table(Finding(reasons=[reason]))

    assert rule not in row.rule.lower()
    assert row.weight == "+0,48"
