"""Push, webhook and chat over the network: signed, encrypted, tried again, killed and replayed; never lost, told apart."""

import hashlib
import hmac
import json
from datetime import timedelta

import apprise
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs import run_due
from hoiam.core.jobs.models import Job, JobState
from hoiam.core.outbox import deliver_due
from hoiam.core.push import BadSubscription, unpadded
from hoiam.core.push.encryption import decoded, point_of
from hoiam.monitoring.actions.choices import subscribe, unsubscribe
from hoiam.monitoring.actions.deliveries import Outcome, replay, settle
from hoiam.monitoring.actions.lines import add_line, pause_line, renew_secret, try_line
from hoiam.monitoring.jobs import chat
from hoiam.monitoring.jobs.sending import (
    TryLater,
    follow_sendings,
    hand_over,
    push_request,
    try_delivery,
)
from hoiam.monitoring.jobs.telling import tell_the_desk
from hoiam.monitoring.models import NoticeChoice, Subscription, UnitLine
from hoiam.monitoring.states import Carrier, DeliveryState
from tests.core.push.test_push import AUTH, P256DH
from tests.monitoring.house import NOW, make_actor
from tests.monitoring.receiver import Killed, deadly_door, door, receiving
from tests.monitoring.test_telling import addresses, deliveries, raise_to

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def head(province):
    return make_actor(province, "head")


@pytest.fixture
def keeper(province):
    return make_actor(province, "administrator")


def line_of(agency, actor, address="https://nhan.example/tin", **fields):
    """A webhook of the agency."""
    given = {"carrier": "webhook", "label": "Hệ thống của tỉnh", "least_severity": 2} | fields
    return add_line(agency, actor=actor, now=NOW, address=address, **given)


def posted_to(line, address):
    """The line, now leading to the test's receiver."""
    UnitLine.objects.system("set up").filter(pk=line.pk).update(address=address)


def the_delivery(**where):
    return deliveries(**where).get()


def browser(actor, endpoint):
    return Subscription.objects.create(
        official=actor.official, endpoint=endpoint, p256dh=P256DH, auth=AUTH, label="Chrome",
        made_at=NOW,
    )  # fmt: skip


@pytest.fixture
def waiting(warning, province, head):
    """A webhook message that waits to be sent."""
    line_of(province, head)
    deliver_due(NOW)
    return the_delivery(carrier="webhook")


def test_a_webhook_carries_published_facts_under_a_signature(waiting, warning):
    with receiving() as here:
        posted_to(waiting.line, here.url)
        assert try_delivery(waiting.pk, NOW, make_fetcher=door) == DeliveryState.SENT
    [got] = here.seen
    at = got.headers["hoiam-signature"].removeprefix("t=").split(",v1=")
    line = UnitLine.objects.system("a test looks").get()
    signed = hmac.new(line.secret.encode(), f"{at[0]}.".encode() + got.body, hashlib.sha256)
    assert at == [str(int(NOW.timestamp())), signed.hexdigest()]
    told = json.loads(got.body)
    assert (told["id"], told["event"], told["warning"], told["severity"]) == (
        waiting.pk, "warning", warning.pk, 2,
    )  # fmt: skip
    assert told["agency"] == {"code": "thads-thanh-giang", "name": "THADS tỉnh Thanh Giang"}
    assert told["story"]["title"] == warning.story.title
    row = the_delivery(carrier="webhook")
    assert (row.state, row.status, row.tries, row.sent_at) == (DeliveryState.SENT, 200, 1, NOW)


def test_the_job_goes_through_the_guarded_door_and_a_refused_address_is_final(waiting):
    posted_to(waiting.line, "http://127.0.0.1:9/nhan")
    deliver_due(NOW)
    run_due(NOW)
    row = the_delivery(carrier="webhook")
    assert (row.state, row.fault) == (
        DeliveryState.FAILED,
        "Không đọc địa chỉ ở cổng 9.",
    )


def test_inner_networks_are_let_through_only_where_the_house_names_them(waiting, settings):
    settings.HOIAM_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as here:
        posted_to(waiting.line, here.url)
        deliver_due(NOW)
        run_due(NOW)
    assert the_delivery(carrier="webhook").state == DeliveryState.SENT


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_a_receiver_in_trouble_is_tried_again_until_the_last_try(waiting, status):
    with receiving(status) as here:
        posted_to(waiting.line, here.url)
        for _ in range(4):
            with pytest.raises(TryLater):
                try_delivery(waiting.pk, NOW, make_fetcher=door)
        assert try_delivery(waiting.pk, NOW, make_fetcher=door) == DeliveryState.FAILED
        assert try_delivery(waiting.pk, NOW, make_fetcher=door) == DeliveryState.FAILED
    row = the_delivery(carrier="webhook")
    assert (len(here.seen), row.tries, row.status) == (5, 5, status)
    assert row.fault == f"Nơi nhận trả lời mã {status}."


@pytest.mark.parametrize("status", [400, 401, 404, 410])
def test_a_receiver_that_says_never_is_not_asked_again(waiting, status):
    with receiving(status) as here:
        posted_to(waiting.line, here.url)
        assert try_delivery(waiting.pk, NOW, make_fetcher=door) == DeliveryState.FAILED
    assert len(here.seen) == 1


def test_recovered_it_is_sent_once_more_and_no_further(waiting):
    with receiving(500, 200) as here:
        posted_to(waiting.line, here.url)
        with pytest.raises(TryLater):
            try_delivery(waiting.pk, NOW, make_fetcher=door)
        for _ in range(3):
            assert try_delivery(waiting.pk, LATER, make_fetcher=door) == DeliveryState.SENT
    assert len(here.seen) == 2
    assert {posted.headers["hoiam-delivery"] for posted in here.seen} == {str(waiting.pk)}


def test_killed_between_sent_and_marked_it_goes_again_and_can_be_told_apart(waiting):
    with receiving() as here:
        posted_to(waiting.line, here.url)
        with pytest.raises(Killed):
            try_delivery(waiting.pk, NOW, make_fetcher=deadly_door)
        assert the_delivery(carrier="webhook").state == DeliveryState.WAITING
        try_delivery(waiting.pk, LATER, make_fetcher=door)
        try_delivery(waiting.pk, LATER, make_fetcher=door)
    assert [posted.headers["hoiam-delivery"] for posted in here.seen] == [str(waiting.pk)] * 2
    assert the_delivery(carrier="webhook").state == DeliveryState.SENT


def test_handed_over_twice_it_is_one_job(waiting):
    deliver_due(NOW)
    hand_over(waiting.pk, NOW)
    assert Job.objects.filter(key=f"delivery:{waiting.pk}").count() == 1


def test_whoever_comes_second_changes_nothing(waiting):
    settle(waiting, Outcome(status=200), now=NOW)
    again = settle(waiting, Outcome(status=500, fault="Muộn."), now=LATER)
    assert (again.state, again.tries, again.sent_at) == (DeliveryState.SENT, 1, NOW)


def test_one_warning_goes_to_a_line_once_for_each_severity(waiting, warning):
    tell_the_desk(warning.pk, LATER)
    assert deliveries(carrier="webhook").count() == 1
    raise_to(warning, 3)
    tell_the_desk(warning.pk, LATER)
    assert deliveries(carrier="webhook").count() == 2


@pytest.mark.parametrize(("least", "severity", "count"), [(3, 2, 0), (3, 3, 1), (1, 2, 1)])
def test_a_line_takes_what_is_grave_enough_for_it(warning, province, head, least, severity, count):
    line_of(province, head, least_severity=least)
    raise_to(warning, severity)
    deliver_due(NOW)
    assert deliveries(carrier="webhook").count() == count


def test_the_superiors_line_takes_the_gravest_only(warning, centre):
    line_of(centre, make_actor(centre, "head"))
    deliver_due(NOW)
    assert deliveries().count() == 0
    raise_to(warning, 3)
    tell_the_desk(warning.pk, NOW)
    assert deliveries(carrier="webhook").count() == 1


def test_a_paused_line_takes_nothing(warning, province, head):
    pause_line(line_of(province, head), actor=head, now=NOW, paused=True)
    deliver_due(NOW)
    assert deliveries().count() == 0


def test_replayed_it_goes_as_a_new_sending_with_the_same_body(waiting, head):
    settle(waiting, Outcome(404, "Nơi nhận trả lời mã 404.", is_final=True), now=NOW)
    failed = the_delivery(carrier="webhook")
    made = replay(failed, actor=head, now=LATER)
    with receiving() as here:
        posted_to(waiting.line, here.url)
        try_delivery(made.pk, LATER, make_fetcher=door)
    body = {name: value for name, value in failed.payload.items() if name != "text"}
    assert json.loads(here.seen[0].body) == body | {"id": made.pk}
    assert made.instead_of == failed


def test_what_is_still_tried_or_not_ones_own_is_not_replayed(waiting, head, other):
    with pytest.raises(WrongState, match="gửi lại tự động"):
        replay(waiting, actor=head, now=LATER)
    settle(waiting, Outcome(404, "x", is_final=True), now=NOW)
    failed = the_delivery(carrier="webhook")
    with pytest.raises(NotAllowed):
        replay(failed, actor=make_actor(other, "head"), now=LATER)
    pause_line(failed.line, actor=head, now=LATER, paused=True)
    failed.refresh_from_db()
    failed.line.refresh_from_db()
    with pytest.raises(WrongState, match="tạm dừng"):
        replay(failed, actor=head, now=LATER)


def test_a_trial_and_a_new_secret(province, head):
    line = line_of(province, head)
    assert len(line.secret) == 64
    made = try_line(line, actor=head, now=NOW)
    assert made.payload["event"] == "test"
    assert renew_secret(line, actor=head, now=NOW).secret != line.secret


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"address": "nhan.example"}, "address"),
        ({"address": "ftp://nhan.example"}, "address"),
        ({"address": "https://["}, "address"),
        ({"label": "  "}, "label"),
    ],
)
def test_a_line_that_leads_nowhere_is_refused(province, head, fields, field):
    with pytest.raises(InvalidInput) as caught:
        line_of(province, head, **fields)
    assert caught.value.field == field


def test_chat_lines_are_the_administrators_alone(province, head, keeper):
    with pytest.raises(NotAllowed, match="quản trị"):
        line_of(province, head, "tgram://1:a/2", carrier="chat")
    assert line_of(province, keeper, "tgram://1:a/2", carrier="chat").secret == ""


# Push


def test_a_push_message_is_read_by_the_browser_alone_and_names_the_house(warning, desk):
    own = ec.generate_private_key(ec.SECP256R1())
    Subscription.objects.create(
        official=desk.official, endpoint="https://push.example/abc", label="Chrome", made_at=NOW,
        p256dh=unpadded(point_of(own)), auth=AUTH,
    )  # fmt: skip
    deliver_due(NOW)
    url, body, headers = push_request(the_delivery(carrier="push"), NOW)
    told = json.loads(opened(body, own))
    assert url == "https://push.example/abc"
    assert told["body"] == warning.story.title
    assert told["path"] == f"/desk/stories/{warning.story_id}/"
    assert headers["Authorization"].startswith("vapid t=")
    assert headers["Content-Encoding"] == "aes128gcm"


def opened(message, own):
    """What the browser makes of a message (RFC 8291 §3.4), written here from the other side."""
    salt, sender, sealed = message[:16], message[21:86], message[86:]
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)

    def derive(material, salt, info, length):
        return HKDF(hashes.SHA256(), length, salt, info).derive(material)

    info = b"WebPush: info\0" + point_of(own) + sender
    material = derive(own.exchange(ec.ECDH(), theirs), decoded(AUTH), info, 32)
    key = derive(material, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = derive(material, salt, b"Content-Encoding: nonce\0", 12)
    return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x02")


def test_a_push_that_arrived_is_marked_on_the_browser(warning, desk):
    with receiving(201) as here:
        row = browser(desk, here.url)
        deliver_due(NOW)
        assert try_delivery(the_delivery(carrier="push").pk, NOW, make_fetcher=door) == "sent"
    row.refresh_from_db()
    assert row.last_sent_at == NOW
    assert {"ttl", "topic", "urgency"} <= set(here.seen[0].headers)


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_took_it_back_is_removed_and_the_letter_used(warning, desk, status):
    NoticeChoice.objects.create(official=desk.official, by_email=False)
    with receiving(status) as here:
        browser(desk, here.url)
        deliver_due(NOW)
        try_delivery(the_delivery(carrier="push").pk, NOW, make_fetcher=door)
    assert Subscription.objects.count() == 0
    first, second = deliveries()
    assert (first.state, first.fault) == (
        DeliveryState.FAILED,
        "Trình duyệt đã hủy nhận thông báo.",
    )
    assert (second.carrier, second.instead_of) == (Carrier.EMAIL, first)
    assert addresses() == ["dau-moi@thanhgiang.example"]


def test_a_browser_turned_off_meanwhile_is_no_error_of_the_network(warning, desk):
    row = browser(desk, "https://push.example/abc")
    deliver_due(NOW)
    unsubscribe(row, actor=desk, now=NOW)
    delivery = the_delivery(carrier="push")
    assert try_delivery(delivery.pk, NOW) == DeliveryState.FAILED
    delivery.refresh_from_db()
    assert delivery.fault == "Trình duyệt này đã tắt nhận thông báo."


def test_a_job_whose_workers_keep_dying_ends_as_a_failure_that_is_seen(warning, desk):
    browser(desk, "https://push.example/abc")
    deliver_due(NOW)
    delivery = the_delivery(carrier="push")
    hand_over(delivery.pk, NOW)
    Job.objects.filter(key=f"delivery:{delivery.pk}").update(state=JobState.DEAD, error="")
    follow_sendings(LATER)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.fault) == (
        DeliveryState.FAILED,
        "Tiến trình gửi bị ngắt quá nhiều lần.",
    )


SUBSCRIPTION = {
    "endpoint": "https://push.example/a",
    "p256dh": P256DH,
    "auth": AUTH,
    "label": "Chrome",
}


def test_one_browser_is_one_row_and_belongs_to_who_signed_in_last(desk, stranger):
    subscribe(actor=desk, now=NOW, **SUBSCRIPTION)
    subscribe(actor=stranger, now=LATER, **SUBSCRIPTION)
    row = Subscription.objects.get()
    assert (row.official, row.made_at) == (stranger.official, LATER)
    with pytest.raises(NotAllowed):
        unsubscribe(row, actor=desk, now=LATER)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"endpoint": "http://push.example/a"}, InvalidInput),
        ({"endpoint": "https://"}, InvalidInput),
        ({"endpoint": "https://push.example/" + "a" * 1000}, InvalidInput),
        ({"p256dh": "x"}, BadSubscription),
        ({"auth": ""}, BadSubscription),
    ],
)
def test_what_no_browser_gives_is_refused(desk, changes, error):
    with pytest.raises(error):
        subscribe(actor=desk, now=NOW, **SUBSCRIPTION | changes)


def test_nobody_keeps_browsers_without_end(desk):
    for number in range(10):
        subscribe(
            actor=desk, now=NOW, **SUBSCRIPTION | {"endpoint": f"https://push.example/{number}"}
        )
    with pytest.raises(InvalidInput, match="tắt bớt"):
        subscribe(actor=desk, now=NOW, **SUBSCRIPTION)


# Chat


# The library names a module of Python that goes away with 3.13; it copes by itself.
NOISY = pytest.mark.filterwarnings("ignore:.imghdr. is deprecated:DeprecationWarning")


@pytest.fixture
def chatting(warning, province, keeper):
    line_of(province, keeper, "tgram://1:a/2", carrier="chat")
    deliver_due(NOW)
    return the_delivery(carrier="chat")


@NOISY
def test_a_chat_gets_severity_unit_and_link_but_no_title(chatting, warning):
    with receiving() as here:
        address = here.url.replace("http://", "json://")
        assert chat.hand_to(apprise, address, chatting.payload["text"]) == Outcome(status=200)
    said = json.loads(here.seen[0].body)["message"]
    assert "Cần xác minh: báo chí nói về THADS tỉnh Thanh Giang (1 bài, 1 báo)." in said
    assert f"/desk/stories/{warning.story_id}/" in said
    assert warning.story.title not in said


@NOISY
def test_a_chat_that_refuses_is_tried_again_and_a_wrong_address_is_not(chatting):
    with receiving(500) as here:
        address = here.url.replace("http://", "json://")
        refused = chat.hand_to(apprise, address, "Thử")
    assert (refused.is_final, bool(refused.fault)) == (False, True)
    assert chat.hand_to(apprise, "nothing-like-it://x", "Thử").is_final is True


@pytest.mark.parametrize("address", ["json://127.0.0.1/", "FILE:///etc/passwd", "syslog://", "mailto://a:b@c.example", "://x"])  # fmt: skip
def test_addresses_that_reach_into_this_machine_are_no_chat(chatting, address):
    posted_to(chatting.line, address)
    assert try_delivery(chatting.pk, NOW) == DeliveryState.FAILED
    chatting.refresh_from_db()
    assert "dịch vụ chat" in chatting.fault
