"""A newspaper on loopback, from the receipt of our paper to the counted result: time travels, a machine proposes, a person confirms."""

from datetime import datetime

import pytest

from hoiam.core import blobs, ledger
from hoiam.core.errors import InvalidInput
from hoiam.core.warc import read_capture
from hoiam.handling.models import OutletLook
from hoiam.handling.states import ClockState, LookResult, WatchState
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item
from tests import factories as make
from tests.core.fetch.loopback import head, whole
from tests.factories import NOW
from tests.handling.outlet import DAY, HOUR, QUIET, RIGHT, TEXT, Outlet, correction, page, standing

pytestmark = pytest.mark.django_db(transaction=True)
LINK = '<a href="/cai-chinh-1.html">Thông tin cải chính, xin lỗi</a>'
JUNE = datetime(2026, 6, 24, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def outlet(tree):
    with standing() as stand:
        made = Outlet(stand, tree)
        made.deliver()
        yield made


def test_an_outlet_that_does_nothing_is_looked_at_again_and_nothing_is_proposed(outlet):
    watch = outlet.later(HOUR)
    assert (watch.state, watch.proposal, outlet.last().result) == ("waiting", "", LookResult.NONE)
    assert watch.next_look_at == outlet.now + HOUR
    outlet.later(3 * DAY)
    assert outlet.watch.next_look_at == outlet.now + 12 * HOUR
    assert outlet.later(60 * DAY).next_look_at is None
    assert {look.place for look in outlet.watch.looks.all()} == {"article", "section"}
    assert all(look.capture is not None for look in outlet.watch.looks.all())


def test_a_sealed_look_gives_back_the_page_as_it_stood(outlet):
    outlet.later(HOUR)
    stored = read_capture(blobs.read(outlet.last().capture.blob))
    assert TEXT.encode() in stored.body


def test_a_full_correction_is_proposed_and_counts_only_when_confirmed(outlet):
    outlet.later(HOUR)
    outlet.home(LINK)
    outlet.stand.pages["/cai-chinh-1.html"] = correction(outlet.day)
    watch = outlet.later(HOUR)
    assert (watch.state, watch.proposal) == ("waiting", "corrected")
    [clock] = outlet.case.clocks.filter(rule="CC-01")
    assert clock.state == ClockState.RUNNING
    look = watch.proposal_look
    assert (look.result, look.missing) == ("complete", [])
    outlet.record("corrected", url=look.url, published_at=outlet.now)
    watch, clock = outlet.watch, outlet.case.clocks.get(rule="CC-01")
    assert (watch.state, watch.proposal, clock.state) == (WatchState.FOUND, "", ClockState.DONE)
    keep = outlet.case.clocks.get(rule="CC-05")
    assert (keep.due_at, keep.badge != "", watch.keep_until) == (watch.keep_until, True, keep.due_at)  # fmt: skip
    watch = outlet.later(9 * DAY)
    keep.refresh_from_db()
    assert (watch.state, watch.next_look_at) == (WatchState.KEPT, None)
    assert (keep.state, keep.is_late) == (ClockState.DONE, False)


def test_a_correction_taken_away_too_early_is_told(outlet):
    outlet.home(LINK)
    outlet.stand.pages["/cai-chinh-1.html"] = correction(outlet.day)
    watch = outlet.later(HOUR)
    outlet.record("corrected", url=watch.proposal_look.url, published_at=outlet.now)
    assert outlet.later(12 * HOUR).proposal == ""
    outlet.home()
    outlet.stand.pages["/cai-chinh-1.html"] = whole(b"", status="410 Gone")
    watch = outlet.later(DAY)
    assert (watch.state, watch.proposal) == ("found", "incomplete")
    assert "không còn ở nơi đã đăng" in watch.proposal_words


def test_a_quiet_edit_is_shown_word_by_word_and_is_no_correction(outlet):
    outlet.later(HOUR)
    outlet.article(QUIET)
    watch = outlet.later(HOUR)
    assert (watch.proposal, outlet.last().result) == ("incomplete", LookResult.EDITED)
    assert watch.proposal_words.startswith("Báo đã sửa bài mà không cải chính: “giữ” → “chậm trả”.")
    assert outlet.last().version.kind == "changed"
    told = ledger.of(outlet.case).filter(step="propose_reply").count()
    outlet.later(HOUR)
    assert ledger.of(outlet.case).filter(step="propose_reply").count() == told == 1


def test_what_a_person_denied_is_not_proposed_again_but_something_new_is(outlet):
    from hoiam.handling.actions.watch_looks import dismiss_proposal

    outlet.article(QUIET)
    outlet.later(HOUR)
    with pytest.raises(InvalidInput):
        dismiss_proposal(outlet.watch, actor=outlet.focal, now=outlet.now, reason=" ")
    dismiss_proposal(outlet.watch, actor=outlet.focal, now=outlet.now, reason="chỉ sửa chính tả")
    assert outlet.later(HOUR).proposal == ""
    outlet.article(QUIET + " Báo sẽ theo dõi tiếp vụ việc này trong các số tới.")
    assert outlet.later(HOUR).proposal == "incomplete"


def test_a_partial_correction_says_what_is_missing(outlet):
    outlet.home(LINK)
    outlet.stand.pages["/cai-chinh-1.html"] = correction(outlet.day, right=False)
    watch = outlet.later(HOUR)
    assert (watch.proposal, watch.proposal_look.result) == ("incomplete", LookResult.PARTIAL)
    assert watch.proposal_look.missing == [f"chưa nêu thông tin đã cải chính: “{RIGHT[:-1]}”"]
    outlet.record("incomplete", url=watch.proposal_look.url, note="thiếu nội dung đúng")
    assert outlet.watch.state == WatchState.INCOMPLETE
    # Mended later: the same page now holds all.
    outlet.stand.pages["/cai-chinh-1.html"] = correction(outlet.day)
    assert outlet.later(HOUR).proposal == "corrected"


@pytest.mark.parametrize("answer", ["404 Not Found", "410 Gone"])
def test_a_removed_article_is_proposed_as_removed(outlet, answer):
    outlet.later(HOUR)
    outlet.stand.pages["/ban-doc/om-tien.html"] = whole(b"", status=answer)
    watch = outlet.later(HOUR)
    assert (watch.proposal, watch.proposal_look.version.kind) == ("removed", "gone")
    outlet.record("removed")
    assert (outlet.watch.state, outlet.watch.next_look_at) == (WatchState.REMOVED, None)


def test_an_article_that_leads_home_may_be_removed(outlet):
    outlet.stand.pages["/ban-doc/om-tien.html"] = head("302 Found", Location="/", Content_Length=0)
    watch = outlet.later(HOUR)
    assert (watch.proposal, watch.state) == ("removed", "waiting")


@pytest.mark.parametrize(
    "answer",
    [
        whole(b"", status="503 Busy"),
        head("302 Found", Location="/ban-doc/om-tien.html", Content_Length=0),
        page("Just a moment", "Checking your browser"),
        page("Bài", "Vui lòng đăng nhập để đọc tiếp."),
    ],
    ids=["503", "loop", "robot wall", "paywall"],
)
def test_a_failed_look_is_not_a_look_that_found_nothing(outlet, answer):
    outlet.stand.pages["/ban-doc/om-tien.html"] = outlet.stand.pages["/"] = answer
    watch = outlet.later(HOUR)
    assert {look.result for look in watch.looks.all()} == {LookResult.FAILED}
    assert (watch.proposal, watch.state, watch.failures) == ("", "waiting", 1)
    assert watch.next_look_at == outlet.now + HOUR
    outlet.article(TEXT)
    assert (outlet.later(HOUR).failures, outlet.last().result) == (0, LookResult.NONE)


def test_robots_are_honoured(outlet):
    outlet.stand.pages["/robots.txt"] = whole(b"User-agent: *\nDisallow: /", Content_Type="text/plain")  # fmt: skip
    outlet.later(HOUR)
    assert outlet.stand.count("/ban-doc/om-tien.html") == 0
    assert outlet.last().result == LookResult.FAILED


def test_what_the_collector_brought_in_is_read_too(outlet):
    made = make.item(
        "Thông tin cải chính, xin lỗi",
        channel=outlet.channel,
        url="",
        at=outlet.now + HOUR,
        body=f"Bài “{outlet.item.title}”, chuyên mục Bạn đọc, ngày {outlet.day} viết: {TEXT[:75]} {RIGHT} Báo xin lỗi bạn đọc.",
    )
    watch = outlet.later(2 * HOUR)
    assert (watch.proposal, watch.proposal_look.item) == ("corrected", made)


def test_each_copy_is_followed_on_its_own(outlet):
    copy = make.item(outlet.item.title, duplicate_of=outlet.item, outlet="Trang Gom Tin", body=TEXT)
    Item.objects.filter(pk=copy.pk).update(url=f"{outlet.stand.url}/gom.html")
    outlet.stand.pages["/gom.html"] = page(outlet.item.title, TEXT)
    outlet.later(HOUR)
    [watch] = outlet.paper.watches.filter(is_original=False)
    assert (watch.outlet, watch.rule, watch.where) == ("Trang Gom Tin", "", "nơi đã đăng lại")
    del outlet.stand.pages["/gom.html"]
    outlet.later(HOUR)
    watch.refresh_from_db()
    assert (watch.proposal, outlet.watch.proposal) == ("removed", "")


def test_a_copys_reply_leaves_the_outlets_clock_running(outlet):
    from hoiam.handling import actions

    make.item(outlet.item.title, duplicate_of=outlet.item, outlet="Trang Gom Tin", body=TEXT)
    outlet.later(HOUR)
    [copy] = outlet.paper.watches.filter(is_original=False)
    actions.record_check(
        outlet.paper, actor=outlet.focal, now=outlet.now, reply="removed", watch=copy
    )
    copy.refresh_from_db()
    assert (copy.state, outlet.watch.state) == ("removed", "waiting")
    assert outlet.case.clocks.get(rule="CC-01").state == ClockState.RUNNING


def test_silence_is_called_so_only_with_proof_of_receipt(tree):
    with standing() as stand:
        outlet = Outlet(stand, tree)
        outlet.deliver(proof=False)
        outlet.now += 5 * DAY
        with pytest.raises(InvalidInput, match="chứng cứ báo đã nhận") as refused:
            outlet.record("no_reaction")
        assert refused.value.field == "reply"
        outlet.paper.refresh_from_db()
        outlet.paper.delivery_evidence = outlet.proof()
        outlet.paper.save()
        outlet.record("no_reaction")
    assert outlet.watch.state == WatchState.ABSENT
    # Silence does not fulfil the outlet's duty.
    assert outlet.case.clocks.get(rule="CC-01").state == ClockState.RUNNING


def test_before_july_2026_the_earlier_law_is_watched(tree):
    with standing() as stand:
        outlet = Outlet(stand, tree, now=JUNE)
        watch = outlet.deliver(asks_question=True)
        assert (watch.rule, watch.source) == ("CC-01h", "Luật 103/2016 Đ42.5.a")
        rules = set(outlet.case.clocks.values_list("rule", flat=True))
        assert rules == {"CC-01h", "TL-07h"}
        outlet.home(LINK)
        outlet.stand.pages["/cai-chinh-1.html"] = correction(outlet.day, heading="Cải chính")
        watch = outlet.later(HOUR)
        assert watch.proposal == "corrected"
        outlet.record("corrected", url=watch.proposal_look.url, published_at=outlet.now)
    keep = outlet.case.clocks.get(rule="CC-05h")
    assert (keep.badge, keep.due_at.astimezone(VIETNAM).date().isoformat()) == ("", "2026-07-01")


def test_a_watch_is_held_by_one_worker_and_a_fault_stops_no_other(outlet, monkeypatch):
    from hoiam.handling.actions.watch_looks import lease_watches

    assert len(lease_watches(now=NOW)) == 1
    assert lease_watches(now=NOW) == []
    assert OutletLook.objects.count() == 0
