"""The second net in the house: what it learns from, that it only adds to the list, and what officials decide."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hoiam.core import ledger, outbox
from hoiam.core.errors import NotAllowed, WrongState
from hoiam.core.jobs import run_due
from hoiam.kit.recognition.second_net import SecondNet as Model
from hoiam.kit.recognition.second_net_training import can_learn
from hoiam.monitoring.actions import second_net as verbs
from hoiam.monitoring.actions import triage
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.jobs.second_net import read_new_items, weekly_teaching
from hoiam.monitoring.models import Finding, Item, SecondLook, SecondNet
from hoiam.monitoring.queries.second_net import (
    accepted_items,
    background_items,
    labelled,
    looks_listed,
    net_in_use,
    rejected_items,
    teachings_shown,
)
from hoiam.monitoring.states import LookState, TrialState
from tests.monitoring.house import ELSEWHERE, GRAVE, NOW, QUIET, take, warnings_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=20)
HOUSE = Incoming(
    title="Buổi giao nhà ở Thanh Giang và nước mắt người mẹ",
    url="https://bao-song-thanh.example/giao-nha-21.html",
    sapo="Đoàn công tác đến giao nhà cho người trúng đấu giá.",
    outlet="Báo Sông Thanh",
    published_at=NOW - timedelta(hours=2),
)
MODEL = Model({"giao nhà": (2.0, 6.0), "chợ": (1.0, -3.0)}, -2.0)
learning = pytest.mark.skipif(not can_learn(), reason="the optional set `learn` is not installed")


def net(**fields):
    fields = {"state": TrialState.DONE, "threshold": 0.5, "model": MODEL.as_json()} | fields
    return SecondNet.objects.create(at=NOW, **fields)


@pytest.fixture
def look(centre):
    net()
    take(HOUSE, ELSEWHERE)
    assert verbs.read_on(now=LATER) == 1
    return SecondLook.objects.system("a test looks").get()


def titles(items):
    return [item.title for item in items.order_by("pk")]


def test_decisions_of_officials_are_the_labels(province, desk, top):
    reports = [
        replace(GRAVE, url=f"https://bao-song-thanh.example/{n}.html", title=f"{GRAVE.title}: chuyện {n}",
                published_at=GRAVE.published_at - timedelta(days=30 * n))
        for n in range(4)
    ]  # fmt: skip
    items = take(*reports, ELSEWHERE).items
    taken, criminal, elsewhere, _untouched = [
        warnings_of(i)[0] for i in items if i.title != ELSEWHERE.title
    ]
    triage.take(taken, actor=desk, now=NOW)
    triage.dismiss(criminal, actor=desk, now=NOW, reason="criminal")
    triage.dismiss(elsewhere, actor=desk, now=NOW, reason="other_agency")

    assert titles(accepted_items(LATER)) == [taken.story.title]
    assert titles(rejected_items(LATER)) == [criminal.story.title]
    found = labelled(LATER)
    assert (found.accepted, found.rejected) == (1, 1)
    assert titles(background_items(LATER)) == [ELSEWHERE.title]


def test_the_net_only_adds_to_the_list(look):
    assert look.item.title == HOUSE.title
    assert [r["text"] for r in look.reasons] == ["giao nhà"]
    item = Item.objects.get(pk=look.item_id)
    assert (item.is_relevant, item.story) == (False, None)
    assert verbs.read_on(now=LATER) == 0


def test_relevant_items_and_reprints_are_passed_over(centre, province):
    net()
    take(GRAVE, replace(HOUSE, url="https://bao-song-thanh.example/a.html"))
    take(replace(HOUSE, url="https://bao-do-moi.example/b.html", outlet="Báo Đò Mới"))

    assert verbs.read_on(now=LATER) == 1
    assert net_in_use().read_to == Item.objects.order_by("pk").last().pk


def test_an_accepted_look_becomes_an_item_like_any_other(look, top):
    done = verbs.accept_look(look, actor=top, now=LATER)

    item = Item.objects.get(pk=look.item_id)
    finding = Finding.objects.get(item=item)
    assert (done.state, done.by, done.settled_at) == (LookState.ACCEPTED, top.official, LATER)
    assert (item.is_relevant, finding.severity, finding.reasons[0]["text"]) == (True, 1, "giao nhà")
    assert finding.lexicon_version == f"lưới thứ hai, lần dạy {look.net_id}"
    assert [w.agency for w in warnings_of(item)] == [None]
    assert [e.step for e in ledger.of(look)] == ["accept_look"]
    assert titles(accepted_items(LATER)) == [HOUSE.title]


def test_a_rejected_look_stays_away_and_can_be_taken_back(look, top):
    verbs.reject_look(look, actor=top, now=LATER)
    assert not Item.objects.filter(is_relevant=True).exists()
    assert titles(rejected_items(LATER)) == [HOUSE.title]
    with pytest.raises(WrongState, match="Không liên quan"):
        verbs.accept_look(look, actor=top, now=LATER)

    back = verbs.reopen_look(look, actor=top, now=LATER)

    assert (back.state, back.by, back.settled_at) == (LookState.OPEN, None, None)


def test_only_the_centre_sees_and_decides(look, desk, top):
    for verb in (verbs.accept_look, verbs.reject_look, verbs.reopen_look):
        with pytest.raises(NotAllowed, match="ở trung ương"):
            verb(look, actor=desk, now=LATER)
    assert list(looks_listed(desk, LookState.OPEN)) == []
    assert list(looks_listed(top, LookState.OPEN)) == [look]


def test_too_few_decisions_teach_nothing_and_say_so(top):
    found = verbs.teach(SecondNet.objects.create(at=NOW), now=LATER)

    assert found.state == TrialState.FAILED
    if can_learn():
        assert found.note == "Mới có 0 tin được nhận; lưới thứ hai học từ 30 tin trở lên."
    assert net_in_use() is None


@learning
def test_a_teaching_is_asked_for_once_at_a_time(top, desk):
    asked = verbs.ask_training(actor=top, now=NOW)
    with pytest.raises(WrongState, match="Đang có một lần huấn luyện"):
        verbs.ask_training(actor=top, now=NOW)
    with pytest.raises(NotAllowed):
        verbs.ask_training(actor=desk, now=NOW)

    outbox.deliver_due(LATER)
    run_due(LATER)

    asked.refresh_from_db()
    assert (asked.state, asked.by) == (TrialState.FAILED, top.official)


@learning
def test_the_net_is_taught_measured_on_later_stories_and_reads_what_came_in(top, province, desk):
    verdicts = [(f"Giao nhà cho người trúng đấu giá ở bến số {n}", True) for n in range(40)]
    verdicts += [(f"Chợ nổi họp phiên thứ {n} đông khách", False) for n in range(120)]
    for n, (title, is_positive) in enumerate(verdicts):
        at = NOW - timedelta(days=100) + timedelta(hours=n % 40)
        item = Item.objects.create(url_key=str(n), title=title, at=at, first_seen_at=at)
        if is_positive:
            first = SecondNet.objects.first() or net(model=Model({}, 0.0).as_json(), threshold=1.0)
            SecondLook.objects.create(
                item=item, net=first, score=1, at=at, state=LookState.ACCEPTED
            )

    taught = verbs.teach(SecondNet.objects.create(at=NOW), now=LATER)

    assert (taught.state, taught.accepted, taught.background) == (TrialState.DONE, 40, 120)
    assert (taught.figures["positives"], taught.figures["recall"]) == (12, 1.0)
    take(HOUSE, ELSEWHERE)
    assert read_new_items(now=LATER) >= 1
    assert looks_listed(top, LookState.OPEN)[0].item.title == HOUSE.title
    assert weekly_teaching(now=LATER) == "không có quyết định mới"


def test_the_page_is_told_the_net_in_use_and_the_last_teaching(centre):
    assert teachings_shown() == (None, None)
    used = net()
    assert teachings_shown() == (used, used)
    last = net(state=TrialState.FAILED)
    assert teachings_shown() == (used, last)


def test_the_list_is_sorted_by_score(centre, top):
    taught = net()
    for n, score in enumerate((0.6, 0.9, 0.7)):
        item = Item.objects.create(url_key=str(n), title=f"Tin {n}", at=NOW, first_seen_at=NOW)
        SecondLook.objects.create(item=item, net=taught, score=score, at=NOW)

    assert [look.score for look in looks_listed(top, LookState.OPEN)] == [0.9, 0.7, 0.6]


def test_a_teaching_leaves_quiet_items_alone(top):
    take(QUIET)
    assert read_new_items(now=LATER) == 0
