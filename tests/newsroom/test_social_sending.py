"""Sending over a bad network: nothing is posted twice, nothing is lost, and what failed stands before a person."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import blobs
from hoiam.core.errors import WrongState
from hoiam.core.fetch import AddressGuard, Fetcher
from hoiam.core.health import examine
from hoiam.core.jobs import run_due
from hoiam.core.jobs.models import Job
from hoiam.core.stamps.sealing import seal_waiting
from hoiam.kit.rulebook import default_number
from hoiam.newsroom import actions
from hoiam.newsroom.actions import Snapshot, social_acts, social_channels
from hoiam.newsroom.actions.social_sending import STALE, begin, settle
from hoiam.newsroom.connectors import Done
from hoiam.newsroom.jobs.social import reading
from hoiam.newsroom.jobs.social.sending import send_due_acts, try_act
from hoiam.newsroom.models import Section
from hoiam.newsroom.states.social import ActKind, ActState, Standing
from tests import factories as make
from tests.core.fetch.loopback import QUICK
from tests.factories import NOW
from tests.newsroom.platforms import KEY, Graph, Hub, ZaloOA, door, running
from tests.newsroom.social_house import (
    acts,
    again,
    approved,
    channel,
    message,
    the_act,
    writer,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def graph(settings):
    with running(Graph(at=NOW)) as here:
        settings.HOIAM_FACEBOOK_API = f"{here.url}/v25.0"
        yield here


@pytest.fixture
def page(tree):
    return channel(tree.province, "facebook")


@pytest.fixture
def act(tree, page, graph):
    """A post without pictures, due now."""
    approved(tree.province, page, picture=False)
    return the_act()


def send(act, at=NOW):
    return try_act(act.pk, at, make_fetcher=door)


def posts_of(platform):
    return [row.get("message") for row in platform.posts.values()]


def test_it_goes_out_once_and_the_answer_is_sealed(act, graph):
    assert send(act) == ActState.DONE
    assert send(act, NOW + MINUTE) == ActState.DONE
    row = again(act)
    assert posts_of(graph) == [row.text]
    assert (row.permalink, row.standing) == (f"https://facebook.example/{row.external_id}", Standing.STANDS)  # fmt: skip
    [proof] = row.proofs.all()
    told = blobs.read(proof.blob).decode()
    assert row.external_id in told
    assert KEY not in told
    assert seal_waiting(NOW + MINUTE) >= 1


def test_the_schedule_hands_each_due_act_to_one_job(act, graph, settings, monkeypatch):
    monkeypatch.setattr("hoiam.newsroom.jobs.social.doors.Fetcher", door)
    assert send_due_acts.func(NOW) == 1
    assert send_due_acts.func(NOW) == 1
    assert Job.objects.filter(path__endswith="send_act").count() == 1
    run_due(NOW)
    assert again(act).state == ActState.DONE
    assert send_due_acts.func(NOW + MINUTE) == 0


def test_a_clock_that_jumps_over_the_hour_posts_once_and_one_that_jumps_back_waits(tree, page, graph):  # fmt: skip
    approved(tree.province, page, picture=False, scheduled_at=NOW + timedelta(days=3))
    act = the_act()
    assert send(act, NOW + timedelta(days=2)) == ActState.WAITING
    assert send(act, NOW - timedelta(days=400)) == ActState.WAITING
    assert send(act, NOW + timedelta(days=40)) == ActState.DONE
    assert send(act, NOW + timedelta(days=2)) == ActState.DONE
    assert len(graph.posts) == 1


@pytest.mark.parametrize("fault", ["lost", "500", "garbage", "duplicate"])
def test_a_lost_answer_is_looked_for_before_anything_is_sent_again(act, graph, fault):
    graph.faults = [fault]
    assert send(act) == ActState.UNSURE
    there = len(graph.posts)
    assert send(act, NOW) == ActState.UNSURE, "not before its time"
    first = send(act, NOW + MINUTE)
    if there:
        assert first == ActState.DONE
        assert again(act).proofs.get().what == "Tìm thấy trên trang"
    else:
        assert first == ActState.UNSURE
        assert send(act, NOW + 2 * MINUTE) == ActState.WAITING
        assert send(act, NOW + 3 * MINUTE) == ActState.DONE
    assert len(graph.posts) == 1


def test_the_same_words_posted_earlier_are_not_taken_for_the_lost_ones(tree, page, act, graph):
    assert send(act) == ActState.DONE
    approved(tree.province, page, picture=False)
    second = the_act(state=ActState.WAITING)
    graph.faults = ["broken"]
    assert send(second) == ActState.UNSURE
    for minute in (1, 2, 3):
        send(second, NOW + minute * MINUTE)
    assert again(second).state == ActState.DONE
    assert len(graph.posts) == 2
    assert again(second).external_id != again(act).external_id


def test_a_killed_worker_leaves_no_second_post(act, graph):
    class Killed(BaseException):
        pass

    class Deadly(Fetcher):
        async def __aexit__(self, *why):
            await super().__aexit__(*why)
            raise Killed

    def deadly_door():
        return Deadly(guard=AddressGuard(["127.0.0.1"], ports=None), manners=QUICK)

    with pytest.raises(Killed):
        try_act(act.pk, NOW, make_fetcher=deadly_door)
    assert again(act).state == ActState.SENDING
    assert send(act, NOW + MINUTE) == ActState.SENDING, "its worker may still live"
    assert send(act, NOW + STALE) == ActState.DONE
    assert len(graph.posts) == 1


def test_a_worker_that_was_overtaken_writes_nothing(act, graph):
    plan = begin(act, now=NOW)
    assert send(act, NOW + STALE) == ActState.UNSURE
    settle(plan, Done("x", "", {}), now=NOW + STALE)
    assert (again(act).state, again(act).external_id) == (ActState.UNSURE, "")


def test_asked_to_rest_every_act_of_the_page_waits_so_long(tree, page, act, graph):
    graph.faults = ["429"]
    assert send(act) == ActState.WAITING
    assert again(page).rest_until == NOW + timedelta(seconds=120)
    approved(tree.province, page, picture=False, title="Bài hai")
    second = acts(state=ActState.WAITING).last()
    assert send(second, NOW + MINUTE) == ActState.WAITING
    assert len(graph.seen) == 1
    assert send(act, NOW + timedelta(minutes=6)) == ActState.DONE
    assert again(act).tries == 1


def test_an_expired_key_stops_the_page_until_a_new_one_is_entered(tree, page, act, graph):
    graph.faults = ["expired"]
    assert send(act) == ActState.WAITING
    assert "Session has expired" in again(page).token_fault
    assert send(act, NOW + timedelta(hours=1)) == ActState.WAITING
    assert len(graph.seen) == 1
    found = {one.code: one.findings for one in examine(NOW)}["social"]
    assert "khóa bị từ chối" in found[0].words
    social_channels.change_key(page, actor=make.head(tree.province), now=NOW, access=KEY)
    assert send(act, NOW + timedelta(hours=2)) == ActState.DONE
    assert not {one.code: one.findings for one in examine(NOW)}["social"]


def test_a_refusal_stands_before_a_person_who_tries_again_or_does_it_by_hand(tree, act, graph):
    graph.faults = ["refused"]
    assert send(act) == ActState.FAILED
    assert "Permission denied" in again(act).error
    assert "1 việc" in {one.code: one.findings for one in examine(NOW)}["social"][-1].words
    assert send(act, NOW + MINUTE) == ActState.FAILED
    social_acts.retry_act(act, actor=make.head(tree.province), now=NOW + MINUTE)
    assert send(act, NOW + MINUTE) == ActState.DONE


def test_given_up_after_so_many_tries_it_is_not_sent_again_without_looking(tree, act, graph):
    graph.faults = ["lost"] + ["500"] * 20
    at = NOW
    for _ in range(default_number("MD-156")):
        send(act, at)
        at += timedelta(hours=2)
    row = again(act)
    assert (row.state, row.is_unknown) == (ActState.FAILED, True)
    assert "Không rõ" in row.error
    with pytest.raises(WrongState, match="Chưa rõ"):
        social_acts.cancel_act(row, actor=make.head(tree.province), now=at, reason="Thôi")
    graph.faults = []
    social_acts.retry_act(row, actor=make.head(tree.province), now=at)
    assert again(act).state == ActState.UNSURE
    assert send(act, at) == ActState.DONE
    assert len(graph.posts) == 1


def test_a_person_who_saw_the_page_may_have_it_sent_again(tree, act, graph):
    graph.faults = ["broken"]
    send(act)
    acts(pk=act.pk).update(state=ActState.FAILED)
    social_acts.retry_act(act, actor=make.head(tree.province), now=NOW, not_there=True)
    assert again(act).state == ActState.WAITING
    assert send(act) == ActState.DONE


def test_a_paused_page_sends_nothing(tree, page, act, graph):
    keeper = make.actor(tree.province, Role.ADMINISTRATOR)
    social_channels.pause_channel(page, actor=keeper, now=NOW, paused=True)
    assert send(act) == ActState.WAITING
    assert graph.seen == []


def test_an_account_that_ended_sends_nothing_and_says_so(page, act, graph):
    row = page.account
    row.until = NOW.date() - timedelta(days=1)
    row.save()
    assert send(act) == ActState.FAILED
    assert "ngừng dùng" in again(act).error


def test_an_article_withdrawn_while_it_was_being_sent_proposes_its_removal(tree, page, graph):
    section = Section.objects.create(slug="tin", name="Tin tức")
    editor = make.actor(tree.province, Role.EDITOR)
    article = actions.publish_article(Snapshot("t:1", "article", tree.province, section, "Ngày tiếp dân"), actor=editor, now=NOW)  # fmt: skip
    approved(tree.province, page, picture=False, article=article)
    act = the_act()
    graph.faults = ["lost"]
    send(act)
    actions.withdraw_article(article, actor=editor, now=NOW, reason="Sai")
    assert send(act, NOW + MINUTE) == ActState.DONE
    [removal] = acts(kind=ActKind.REMOVE)
    social_acts.confirm_act(removal, actor=make.head(tree.province), now=NOW + MINUTE)
    assert send(removal, NOW + MINUTE) == ActState.DONE
    assert graph.posts == {}
    assert again(act).standing == Standing.GONE


def test_an_edit_or_removal_whose_answer_was_lost_is_simply_done_again(tree, act, graph):
    send(act)
    head, deputy = make.head(tree.province), make.actor(tree.province, Role.DEPUTY)
    edit = social_acts.propose_edit(act, actor=head, now=NOW, text="Thứ Sáu.", reason="Sai ngày")
    social_acts.confirm_act(edit, actor=deputy, now=NOW)
    graph.faults = ["lost"]
    assert send(edit) == ActState.WAITING
    assert send(edit, NOW + MINUTE) == ActState.DONE
    assert posts_of(graph) == ["Thứ Sáu."]
    assert again(act).text == "Thứ Sáu."


def test_a_later_look_sees_what_was_changed_or_taken_away_and_proves_it(act, graph):
    send(act)
    at = NOW + timedelta(days=1)
    assert reading.look_at(again(act), at, make_fetcher=door)
    assert (again(act).standing, again(act).proofs.count()) == (Standing.STANDS, 1)
    row = graph.posts[again(act).external_id]
    row["message"] = "Ai đó sửa"
    reading.look_at(again(act), at, make_fetcher=door)
    assert (again(act).standing, again(act).proofs.count()) == (Standing.CHANGED, 2)
    graph.posts.clear()
    reading.look_at(again(act), at, make_fetcher=door)
    assert (again(act).standing, again(act).proofs.count()) == (Standing.GONE, 3)
    assert "Ai đó sửa" in blobs.read(again(act).proofs.all()[1].blob).decode()


def test_an_answer_counts_when_it_stands_on_the_page_and_not_when_it_is_drafted(tree, page, graph):
    comment = graph.say("Chấp hành viên chậm quá", "p1")
    said = message(page, platform_id=comment)
    reply = social_acts.draft_reply(said, actor=writer(tree.province), now=NOW, text="Mời anh đến.")
    assert again(said).answered_at is None
    social_acts.confirm_act(reply, actor=make.head(tree.province), now=NOW)
    graph.faults = ["lost"]
    assert send(reply) == ActState.UNSURE
    assert again(said).answered_at is None
    assert send(reply, NOW + MINUTE) == ActState.DONE
    assert (again(said).state, again(said).answered_at) == ("answered", NOW + MINUTE)
    assert posts_of(graph) == ["Mời anh đến."]


def test_hiding_keeps_the_words_and_the_reason(tree, page, graph):
    said = message(page, platform_id=graph.say("Chấp hành viên ***", "p1"))
    hiding = social_acts.propose_hiding(said, actor=writer(tree.province), now=NOW, reason="Nêu số căn cước của người khác")  # fmt: skip
    social_acts.confirm_act(hiding, actor=make.head(tree.province), now=NOW)
    assert send(hiding) == ActState.DONE
    row = again(said)
    assert (row.is_hidden, row.text) == (True, "Chấp hành viên giải quyết hồ sơ quá chậm")
    assert again(hiding).proofs.count() == 1
    with pytest.raises(WrongState, match="chưa ẩn"):
        social_acts.propose_hiding(said, actor=writer(tree.province), now=NOW, reason="Nữa")


def test_a_zalo_article_still_being_made_is_asked_for_by_its_token(tree, settings):
    with running(ZaloOA(at=NOW)) as zalo:
        settings.HOIAM_ZALO_API = zalo.url
        approved(tree.province, channel(tree.province, "zalo"))
        act = the_act()
        zalo.faults = ["", "being_made"]
        assert send(act) == ActState.UNSURE
        assert send(act, NOW + MINUTE) == ActState.DONE
        assert [one.path for one in zalo.seen].count("/v2.0/article/create") == 1


def test_a_receiver_of_webhooks_gets_the_same_key_again(tree):
    with running(Hub(at=NOW)) as hub:
        approved(tree.province, channel(tree.province, "webhook", address=f"{hub.url}/nhan"))
        act = the_act()
        hub.faults = ["lost"]
        assert send(act) == ActState.WAITING
        assert send(act, NOW + MINUTE) == ActState.DONE
        assert len(hub.posts) == 1
        assert {one.headers["hoiam-delivery"] for one in hub.seen} == {act.marker}


def test_a_picture_missing_from_the_store_stands_before_a_person_and_nothing_was_sent(tree, page, graph):  # fmt: skip
    approved(tree.province, page)
    act = the_act()
    act.post.pictures.update(blob="0" * 64)
    assert send(act) == ActState.FAILED
    assert (again(act).is_unknown, graph.seen) == (False, [])


def test_what_breaks_its_worker_again_and_again_stops_before_a_person(act, graph):
    at, most = NOW, default_number("MD-156")
    for _ in range(most):
        assert begin(act, now=at) is not None
        at += STALE
    assert begin(act, now=at) is None
    assert again(act).state == ActState.FAILED
    assert "ngắt giữa chừng" in again(act).error


def test_done_by_hand_after_its_article_came_down_it_is_proposed_for_removal(tree, graph):
    section = Section.objects.create(slug="tin", name="Tin tức")
    editor = make.actor(tree.province, Role.EDITOR)
    article = actions.publish_article(Snapshot("t:1", "article", tree.province, section, "Ngày tiếp dân"), actor=editor, now=NOW)  # fmt: skip
    approved(tree.province, channel(tree.province, "hand"), article=article)
    act = the_act()
    send(act)
    actions.withdraw_article(article, actor=editor, now=NOW, reason="Sai")
    social_acts.record_by_hand(act, actor=editor, now=NOW, permalink="https://t.example/1")
    assert acts(kind=ActKind.REMOVE).get().state == ActState.PROPOSED
