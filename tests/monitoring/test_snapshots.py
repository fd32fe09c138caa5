"""Pages captured at a wish or by a plan: sealed at once, with a picture when one can be made, and a reason when not."""

from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest

from hoiam.core import blobs, ledger
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.models import Job, OutboxMessage, Sealed
from hoiam.core.outbox import deliver_due
from hoiam.core.rendering import NoRendering, Rendering
from hoiam.core.warc import read_capture
from hoiam.handling import actions
from hoiam.handling.queries import captures_of, captures_visible_to, snapshots_visible_to
from hoiam.handling.states import CaseState
from hoiam.monitoring.actions.snapshots import ask_snapshot, run_plans, take_snapshot
from hoiam.monitoring.models import Capture, CapturePlan, Snapshot
from tests import factories as make
from tests.core.fetch.loopback import answering, fetcher, site, whole
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PAGE = "<h1>Chuyện một bản án</h1>".encode()


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.HOIAM_BLOBS = tmp_path / "evidence"
    settings.HOIAM_STAMPS = tmp_path / "stamps"


@pytest.fixture
def tree(db):
    return make.tree()


@pytest.fixture
def focal(tree):
    return make.focal_point(tree.province)


@pytest.fixture
def item(tree):
    found = make.item()
    make.warning(tree.province, make.story(found))
    return found


@pytest.fixture
def case(tree, item):
    return make.case(tree.province, story=item.story)


def picture(url):
    return Rendering(b"\x89PNG anh", b"%PDF-1 ban in", "Chromium")


def take(snapshot, answer=None, drawn=picture):
    """The snapshot taken from a page on loopback."""

    @asynccontextmanager
    async def door():
        async with site(answering(answer or whole(PAGE))) as server, fetcher() as made:
            get = made.get

            async def here(url, **more):
                return await get(server.url, **more)

            made.get = here
            yield made

    return take_snapshot(snapshot, now=NOW, make_fetcher=door, picture=drawn)


def test_a_wish_is_a_job_and_becomes_three_sealed_captures(item, focal):
    asked = ask_snapshot(item, actor=focal, now=NOW)
    assert (asked.state, OutboxMessage.objects.get().kind) == ("waiting", "snapshot_asked")
    assert deliver_due(NOW) == 1
    assert Job.objects.get(key=f"snapshot:{asked.pk}").path.endswith("snapshots.shoot")

    done = take(asked)
    assert (done.state, done.rendering) == ("done", "Chromium")
    assert read_capture(blobs.read(done.page.blob)).body == PAGE
    assert (done.image.content_type, done.print.content_type) == ("image/png", "application/pdf")
    assert {done.page.by, done.image.by} == {focal.official}
    assert Sealed.objects.count() == 3
    assert ledger.of(item).get().step == "ask_snapshot"


def test_taken_twice_it_is_taken_once(item, focal):
    asked = take(ask_snapshot(item, actor=focal, now=NOW))
    take(asked)
    assert Capture.objects.count() == 3


def test_without_a_browser_the_page_is_kept_and_it_is_said(item, focal):
    def none(url):
        raise NoRendering("Máy chủ chưa cài Chromium.")

    done = take(ask_snapshot(item, actor=focal, now=NOW), drawn=none)
    assert (done.state, done.image, done.rendering) == ("done", None, "Máy chủ chưa cài Chromium.")
    assert Capture.objects.count() == 1


def test_a_removed_page_is_captured_too(item, focal):
    done = take(ask_snapshot(item, actor=focal, now=NOW), whole(b"het", "404 Not Found"))
    assert (done.state, done.page.status) == ("done", 404)


def test_a_page_that_cannot_be_had_says_why(item, focal):
    @asynccontextmanager
    async def door():
        async with fetcher() as made:
            get = made.get

            async def nowhere(url, **more):
                return await get("http://127.0.0.1:9/", **more)

            made.get = nowhere
            yield made

    asked = ask_snapshot(item, actor=focal, now=NOW)
    done = take_snapshot(asked, now=NOW, make_fetcher=door, picture=picture)
    assert (done.state, done.page) == ("failed", None)
    assert "Không kết nối được" in done.problem


@pytest.mark.fault
def test_a_full_disk_is_told(item, focal, settings, tmp_path):
    settings.HOIAM_BLOBS = tmp_path / "a-file"
    settings.HOIAM_BLOBS.write_bytes(b"")
    done = take(ask_snapshot(item, actor=focal, now=NOW))
    assert (done.state, Capture.objects.count()) == ("failed", 0)
    assert "kho chứng cứ" in done.problem


def test_a_stranger_asks_for_nothing_and_sees_nothing(item, tree, focal):
    stranger = make.focal_point(tree.other)
    with pytest.raises(NotAllowed):
        ask_snapshot(item, actor=stranger, now=NOW)
    done = take(ask_snapshot(item, actor=focal, now=NOW))
    assert list(snapshots_visible_to(stranger)) == []
    assert list(captures_visible_to(stranger)) == []
    assert (list(snapshots_visible_to(focal)), captures_visible_to(focal).count()) == ([done], 3)


def test_any_address_is_captured_for_a_case_and_seen_with_it(case, tree, focal):
    asked = actions.capture_page(case, actor=focal, now=NOW, url="https://doimoi.example/bai")
    done = take(asked)
    assert set(captures_of(case)) == {done.page, done.image, done.print}
    assert captures_visible_to(make.focal_point(tree.other)).count() == 0
    assert ledger.of(case).last().step == "capture_page"


@pytest.mark.parametrize(
    "url", ["", "x", "ftp://bao.example/", "http://127.0.0.1/", "http://10.0.0.1/", "https://a:b@bao.example/"]
)  # fmt: skip
def test_an_address_that_is_no_public_page_is_refused_at_its_field(case, focal, url):
    with pytest.raises(InvalidInput) as refused:
        actions.capture_page(case, actor=focal, now=NOW, url=url)
    assert (refused.value.field, Snapshot.objects.count()) == ("url", 0)


def test_a_report_of_another_case_and_a_closed_case_are_refused(case, tree, focal):
    other = make.item("Chuyện khác")
    with pytest.raises(InvalidInput, match="không thuộc hồ sơ này"):
        actions.capture_page(case, actor=focal, now=NOW, item=other)
    closed = make.case(tree.province, CaseState.CLOSED)
    with pytest.raises(WrongState):
        actions.capture_page(closed, actor=focal, now=NOW, url="https://bao.example/")


def plan(case, item, focal, rhythm="day", until=date(2026, 8, 7)):
    return actions.plan_captures(case, actor=focal, now=NOW, item=item, rhythm=rhythm, until=until)


@pytest.mark.parametrize(
    ("rhythm", "step"), [("hour", timedelta(hours=1)), ("day", timedelta(days=1))]
)
def test_a_plan_asks_at_its_beat_until_its_last_day(case, item, focal, rhythm, step):
    made = plan(case, item, focal, rhythm)
    assert (run_plans(NOW), run_plans(NOW)) == (1, 0)
    made.refresh_from_db()
    assert made.next_at == NOW + step
    assert run_plans(NOW + step) == 1
    assert run_plans(NOW + timedelta(days=3)) == 0
    made.refresh_from_db()
    assert (made.next_at, Snapshot.objects.filter(plan=made).count()) == (None, 2)


def test_after_a_stop_one_picture_is_taken_not_all_that_were_missed(case, item, focal):
    plan(case, item, focal, "hour")
    assert run_plans(NOW + timedelta(hours=30)) == 1
    assert CapturePlan.objects.get().next_at == NOW + timedelta(hours=31)


def test_a_new_plan_takes_the_place_of_the_old_and_a_stopped_one_rests(case, item, focal):
    first, second = plan(case, item, focal), plan(case, item, focal, "hour")
    first.refresh_from_db()
    assert first.next_at is None
    actions.stop_captures(case, actor=focal, now=NOW, plan=second)
    assert run_plans(NOW + timedelta(days=1)) == 0


@pytest.mark.parametrize("until", [date(2026, 8, 4), date(2027, 1, 1)])
def test_a_plan_ends_within_reach(case, item, focal, until):
    with pytest.raises(InvalidInput) as refused:
        plan(case, item, focal, until=until)
    assert refused.value.field == "until"
