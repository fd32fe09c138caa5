"""The clock of publishing a name ends only with a look at the public page: over the network, at our own list, or by hand."""

from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from hoiam.agencies import actions
from hoiam.agencies.models import Publication
from hoiam.core import blobs, ledger
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.fetch import AddressGuard, Fetcher
from hoiam.core.warc import read_capture
from hoiam.kit.vietnamese import VIETNAM
from tests.agencies.conftest import NOW, TODAY
from tests.core.fetch.loopback import QUICK

DECIDED = datetime(2026, 8, 5, 8, 0, tzinfo=VIETNAM)
PAGE = "<p>Trịnh Mai Lan, Phó Trưởng THADS tỉnh, 0200 000 119, phatngon@thanhgiang.example</p>"


def near():
    return Fetcher(guard=AddressGuard(["127.0.0.1"], ports=None), manners=QUICK)


@contextmanager
def page_of(text, status=200):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = text.encode()
            self.send_response(404 if self.path == "/robots.txt" else status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/nguoi-phat-ngon"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


@pytest.fixture
def head(actor, province):
    return actor(province, "head")


@pytest.fixture
def duty(official, province, head):
    made = actions.appoint_spokesperson(
        province, actor=head, now=NOW,
        official=official(province, "deputy", full_name="Trịnh Mai Lan"), kind="permanent",
        title="Phó Trưởng THADS tỉnh", phone="0200 000 119", email="phatngon@thanhgiang.example",
        decision="118/QĐ-THADS", signer="Đỗ Quốc Tường", decided_at=DECIDED, valid_from=TODAY,
    )  # fmt: skip
    return made.publication


def again(duty):
    return Publication.objects.system("test").get(pk=duty.pk)


def test_a_page_that_shows_the_whole_card_ends_the_clock_and_is_kept(duty, head):
    with page_of(PAGE) as url:
        check = actions.check_publication(duty, actor=head, now=NOW, url=url, make_fetcher=near)

    closed = again(duty)
    assert (check.missing, closed.state, closed.url) == ([], "found", url)
    assert closed.published_at == check.at
    assert read_capture(blobs.read(check.blob)).body.decode() == PAGE
    assert [entry.step for entry in ledger.of(duty)] == ["check_publication"]


def test_a_page_with_a_part_missing_leaves_the_clock_running(duty, head):
    with page_of(PAGE.replace("0200 000 119", "")) as url:
        check = actions.check_publication(duty, actor=head, now=NOW, url=url, make_fetcher=near)

    assert (check.missing, again(duty).state) == (["phone"], "open")
    assert len(check.blob) == 64


def test_a_page_that_cannot_be_had_is_a_check_too(duty, head):
    with page_of("lỗi", status=503) as url:
        check = actions.check_publication(duty, actor=head, now=NOW, url=url, make_fetcher=near)

    assert check.fault
    assert (check.blob, again(duty).state) == ("", "open")


def test_an_inner_address_is_refused_by_the_one_door(duty, head):
    check = actions.check_publication(duty, actor=head, now=NOW, url="http://127.0.0.1/")

    assert check.fault
    assert again(duty).state == "open"


@pytest.mark.parametrize(("hours", "is_late"), [(24, False), (25, True)])
def test_lateness_is_counted_from_the_decision(duty, head, hours, is_late):
    at = DECIDED + timedelta(hours=hours)
    actions.check_own_list(duty, actor=head, now=at, page=PAGE.encode(), url="https://a.example/")

    assert again(duty).is_late is is_late


def by_hand(duty, head, **fields):
    first = {
        "published_at": DECIDED + timedelta(minutes=30),
        "url": "https://thads.thanhgiang.example/phat-ngon",
        "reason": "Trang là ảnh quét",
    }
    return actions.record_publication(duty, actor=head, now=NOW, **{**first, **fields})


def test_by_hand_it_takes_an_address_a_reason_and_a_possible_moment(duty, head):
    for fields, at in (
        ({"url": "không phải"}, "url"),
        ({"reason": " "}, "reason"),
        ({"published_at": NOW + timedelta(hours=1)}, "published_at"),
        ({"published_at": DECIDED - timedelta(hours=1)}, "published_at"),
    ):
        with pytest.raises(InvalidInput) as refused:
            by_hand(duty, head, **fields)
        assert refused.value.field == at

    assert by_hand(duty, head).state == "by_hand"


def test_a_stale_page_and_a_stranger_end_nothing(duty, head, actor, other):
    stranger = actor(other, "head")
    with pytest.raises(NotAllowed):
        by_hand(duty, stranger)
    with pytest.raises(NotAllowed):
        actions.check_publication(duty, actor=stranger, now=NOW, url="https://a.example/")
    by_hand(duty, head)
    with pytest.raises(WrongState):
        by_hand(duty, head)
    with pytest.raises(WrongState):
        actions.check_own_list(duty, actor=head, now=NOW, page=b"", url="https://a.example/")
