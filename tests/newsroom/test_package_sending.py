"""What goes wrong on the way and what is told afterwards: refused addresses, dead servers, closed doors, acts on articles."""

import hashlib
import hmac
import json
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs import run_due
from hoiam.core.jobs.models import Job, OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.newsroom import actions as articles
from hoiam.newsroom.actions import lists, package_sending, packages
from hoiam.newsroom.actions.lists import ListTyped, ReceiverTyped
from hoiam.newsroom.jobs import packages as jobs
from hoiam.newsroom.jobs.articles import take_down_what_is_due
from hoiam.newsroom.models import ArticleNotice, Receiver
from hoiam.newsroom.queries.packages import (
    attention,
    is_call_due,
    leaving_key,
    receiver_by_leaving_key,
    receiver_by_token,
)
from tests.factories import NOW
from tests.monitoring.receiver import door, receiving
from tests.newsroom.press_house import LATER, reporter, sendings

pytestmark = pytest.mark.django_db
NEXT = LATER + timedelta(hours=1)


class Refusing(EmailBackend):
    """A server that knows no such address."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


class Down(EmailBackend):
    """A server that hangs up."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("gone")


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"


@pytest.fixture
def down(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Down"


def test_a_refused_address_is_marked_on_its_list_and_mended_receives_again(
    house, refusing, settings
):
    package = house.sent()
    (sending,) = sendings(package)
    receiver = Receiver.objects.system("test").get()
    assert sending.state == "failed" and "không nhận địa chỉ" in sending.fault
    assert receiver.state == "dead"
    with pytest.raises(WrongState, match="Địa chỉ này hỏng"):
        package_sending.send_again(sending, actor=house.writer, now=LATER)
    typed = ReceiverTyped(means="email", name=receiver.name, email="dung@songthanh.example")
    lists.edit_receiver(receiver, actor=house.writer, now=LATER, typed=typed)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    package_sending.send_again(sending, actor=house.writer, now=LATER)
    house.work(LATER)
    (sending,) = sendings(package)
    assert (sending.state, mail.outbox[0].to) == ("sent", ["dung@songthanh.example"])


def test_a_server_that_hangs_up_is_tried_again_and_the_package_stays(house, down, settings):
    package = house.sent()
    (sending,) = sendings(package)
    assert (sending.state, Receiver.objects.system("test").get().state) == ("queued", "active")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Job.objects.update(due_at=NOW)
    house.work(LATER)
    assert [s.state for s in sendings(package)] == ["sent"]
    assert len(mail.outbox) == 1


def test_a_server_that_stays_down_fails_visibly_but_buries_nobody(house, down):
    package = house.sent()
    Job.objects.filter(queue="mail").update(
        state="dead", error="Traceback\nSMTPServerDisconnected: x"
    )
    jobs.follow_packages.func(LATER)
    (sending,) = sendings(package)
    assert sending.state == "failed" and "Hãy gửi lại" in sending.fault
    assert Receiver.objects.system("test").get().state == "active"


def push_to(house, url):
    press_list = house.list("Đẩy")
    house.receiver(press_list, "", means="push", url=url, name="Cổng Báo Sông Thanh")
    return house.approved(press_list=press_list)


def released(package):
    deliver_due(NOW)
    (sending,) = sendings(package)
    return sending


def test_a_push_is_signed_and_tried_again_until_taken(house):
    with receiving(503, 200) as there:
        sending = released(push_to(house, there.url))
        with pytest.raises(jobs.NotTaken, match="503"):
            jobs.try_push(sending.pk, NOW, make_fetcher=door)
        assert jobs.try_push(sending.pk, LATER, make_fetcher=door) == "sent"
        assert jobs.try_push(sending.pk, LATER, make_fetcher=door) == "sent"
    assert len(there.seen) == 2
    posted = there.seen[1]
    stamp, signature = posted.headers["hoiam-signature"].split(",")
    secret = sending.receiver.secret.encode()
    signed = f"{stamp.removeprefix('t=')}.".encode() + posted.body
    assert signature == f"v1={hmac.new(secret, signed, hashlib.sha256).hexdigest()}"
    told = json.loads(posted.body)
    assert posted.headers["hoiam-event"] == "package"
    assert [entry["state"] for entry in told["articles"]] == ["standing"]
    assert told["articles"][0]["text"].startswith("sông sông1000")


def test_a_refusing_webhook_fails_at_once_and_can_be_sent_again(house):
    with receiving(410, 200) as there:
        package = push_to(house, there.url)
        sending = released(package)
        assert jobs.try_push(sending.pk, NOW, make_fetcher=door) == "failed"
        (sending,) = sendings(package)
        assert (sending.status, sending.fault) == (410, "Nơi nhận trả lời mã 410.")
        with pytest.raises(NotAllowed):
            package_sending.send_again(sending, actor=house.stranger, now=LATER)
        package_sending.send_again(sending, actor=house.writer, now=LATER)
        assert jobs.try_push(sending.pk, LATER, make_fetcher=door) == "sent"


def test_a_push_may_not_reach_into_the_house(house):
    sending = released(push_to(house, "http://127.0.0.1:9/nhan"))
    assert jobs.try_push(sending.pk, NOW) == "failed"


@pytest.mark.parametrize(
    ("message", "act", "words"),
    [
        ("corrected", lambda a, h: articles.correct_article(a, actor=h.editor, now=LATER, notice="Số đúng là 12."), "Số đúng là 12."),
        ("withdrawn", lambda a, h: articles.withdraw_article(a, actor=h.editor, now=LATER, reason="Sai tên."), "Sai tên."),
        ("taken_down", lambda a, h: articles.take_down_article(a, actor=h.editor, now=LATER, reason="Có tên người."), "Có tên người."),
        ("changed", lambda a, h: h.changed(a), "Sửa số liệu"),
    ],
)  # fmt: skip
def test_who_received_is_told_once_in_the_words_of_the_act(house, message, act, words):
    article = house.article()
    package = house.sent(article)
    act(article, house)
    house.work(LATER)
    house.work(NEXT)
    (notice,) = ArticleNotice.objects.all()
    assert (notice.kind, notice.words, notice.at) == (message, words, LATER)
    assert len(mail.outbox) == 2
    letter = mail.outbox[1]
    assert words in letter.body and article.title in letter.subject
    assert len(sendings(package, notice=notice)) == 1


def test_the_message_again_tells_nobody_again(house):
    article = house.article()
    house.sent(article)
    articles.withdraw_article(article, actor=house.editor, now=LATER, reason="Sai")
    article.refresh_from_db()
    for _ in range(2):
        jobs.tell_who_received(article, "article_withdrawn", LATER)
    assert ArticleNotice.objects.count() == 1
    house.work(LATER)
    assert len(mail.outbox) == 2


def test_come_down_at_its_hour_is_told(house):
    article = house.article(expires_at=LATER)
    house.sent(article)
    take_down_what_is_due.func(LATER)
    house.work(LATER)
    assert mail.outbox[1].subject.startswith("Hết hạn đăng: ")


def test_who_received_the_new_text_is_not_told_of_the_change(house):
    article = house.article()
    house.changed(article, now=NOW)
    article.refresh_from_db()
    house.sent(article, now=LATER)
    jobs.tell_who_received(article, "article_changed", LATER)
    assert not ArticleNotice.objects.exists()


def test_a_waiting_letter_is_written_anew_when_its_article_comes_down(house, down, settings):
    article, other = house.article(), house.article()
    house.sent(article, other)
    articles.take_down_article(article, actor=house.editor, now=LATER, reason="Có tên người")
    deliver_due(LATER)
    letter = OutgoingMail.objects.order_by("pk").first()
    assert article.title.upper() not in letter.text and other.title.upper() in letter.text
    assert [name for name, _, _ in letter.attachments] == [f"{other.slug}.docx"]


def test_leaving_by_the_signed_link_stops_packages_but_not_corrections(house):
    article = house.article()
    press_list = house.list()
    receiver = house.receiver(press_list)
    house.sent(article, press_list=press_list)
    found = receiver_by_leaving_key(leaving_key(receiver))
    lists.leave_list(found, now=LATER)
    assert lists.leave_list(found, now=NEXT).state_at == LATER
    assert receiver_by_leaving_key(leaving_key(receiver)[:-2]) is None
    assert receiver_by_leaving_key(receiver.token) is None
    assert receiver_by_token(receiver.token) is None
    with pytest.raises(InvalidInput):
        packages.submit_package(house.package(press_list=press_list), actor=house.writer, now=LATER)
    articles.correct_article(article, actor=house.editor, now=LATER, notice="Số đúng là 12.")
    house.work(LATER)
    assert len(mail.outbox) == 2


def test_a_mail_program_is_offered_a_way_out_by_one_press_but_not_on_a_correction(house, settings):
    settings.HOIAM_ADDRESS = "https://thads.example"
    article, press_list = house.article(), house.list()
    receiver = house.receiver(press_list)
    house.sent(article, press_list=press_list)
    house.work(LATER)
    articles.correct_article(article, actor=house.editor, now=LATER, notice="Số đúng là 12.")
    house.work(LATER)
    package, notice = mail.outbox
    way_out = package.extra_headers["List-Unsubscribe"]
    assert way_out.startswith("<https://thads.example/goi-tin/ngung/") and way_out.endswith("/>")
    assert receiver_by_leaving_key(way_out.split("/")[-2]) == receiver
    assert package.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in notice.extra_headers


def test_without_tls_no_press_is_offered(house, settings):
    settings.HOIAM_ADDRESS = "http://thads.example"
    house.sent(house.article())
    house.work(LATER)
    [package] = mail.outbox
    assert package.extra_headers["List-Unsubscribe"].startswith("<http://thads.example/")
    assert "List-Unsubscribe-Post" not in package.extra_headers


def test_who_left_between_approval_and_sending_is_not_written_to(house):
    press_list = house.list()
    kept, gone = house.receiver(press_list), house.receiver(press_list, "b@songthanh.example")
    package = house.approved(press_list=press_list, embargo_until=LATER)
    lists.leave_list(gone, now=NOW)
    jobs.release_what_is_due.func(LATER)
    assert [s.receiver for s in sendings(package)] == [kept]


def test_addresses_come_from_the_press_list_or_by_hand(house):
    press_list = house.list()
    made = house.receiver(press_list, "", name="", reporter=reporter())
    assert (made.name, made.email, made.phone) == ("Hà Văn Sóng", "song@songthanh.example", "0200 000 210")  # fmt: skip
    refusals = [
        ({"name": ""}, "name"), ({"email": "khong-phai"}, "email"), ({"email": ""}, "email"),
        ({"email": "SONG@songthanh.example"}, "email"), ({"means": "push", "url": "ftp://x"}, "url"),
        ({"means": "fax"}, "means"),
    ]  # fmt: skip
    for typed, field in refusals:
        told = {"means": "email", "name": "Tên", "email": "moi@songthanh.example", **typed}
        with pytest.raises(InvalidInput) as refused:
            lists.add_receiver(press_list, actor=house.writer, now=NOW, typed=ReceiverTyped(**told))
        assert refused.value.field == field


def test_a_list_is_renamed_closed_and_refuses_a_second_of_its_name(house):
    press_list = house.list("Một")
    with pytest.raises(InvalidInput, match="đã có danh sách"):
        house.list("Một")
    lists.edit_list(press_list, actor=house.writer, now=NOW, typed=ListTyped("Hai", "law"))
    assert lists.open_list(press_list, actor=house.writer, now=NOW, is_open=False).is_open is False
    with pytest.raises(InvalidInput, match="Đặt tên"):
        lists.edit_list(press_list, actor=house.writer, now=NOW, typed=ListTyped(" "))
    with pytest.raises(NotAllowed, match="lập danh sách"):
        lists.edit_list(press_list, actor=house.stranger, now=NOW, typed=ListTyped("Ba"))


def test_taken_off_and_new_keys_close_the_old_feed(house):
    receiver = house.receiver(house.list(), "", means="feed")
    old = receiver.token
    renewed = lists.renew_keys(receiver, actor=house.writer, now=NOW)
    assert receiver_by_token(old) is None and receiver_by_token(renewed.token) == receiver
    lists.remove_receiver(receiver, actor=house.writer, now=NOW)
    assert receiver_by_token(renewed.token) is None
    with pytest.raises(WrongState, match="đã được đưa ra"):
        lists.remove_receiver(receiver, actor=house.writer, now=NOW)


def test_a_feed_has_it_at_once_and_reading_it_opens(house):
    press_list = house.list()
    receiver = house.receiver(press_list, "", means="feed")
    package = house.sent(press_list=press_list)
    assert [s.state for s in sendings(package)] == ["sent"] and mail.outbox == []
    assert package_sending.note_fetch(receiver, now=LATER) == 1
    assert package_sending.note_fetch(receiver, now=NEXT) == 0
    (sending,) = sendings(package)
    receiver.refresh_from_db()
    assert (sending.state, sending.opened_at, receiver.fetches) == ("opened", LATER, 2)


def test_who_never_opens_is_shown_with_a_call(house):
    press_list = house.list()
    house.receiver(press_list, "mo@songthanh.example", name="Báo hay mở")
    house.receiver(press_list, "im@songthanh.example", name="Báo im lặng")
    for _ in range(3):
        package = house.sent(press_list=press_list)
        opener = next(s for s in sendings(package) if s.receiver.name == "Báo hay mở")
        package_sending.note_opened(opener, now=LATER)
    told = {row.receiver.name: (row.sent, row.opened, row.never_opens) for row in attention(house.writer)}  # fmt: skip
    assert told == {"Báo im lặng": (3, 0, True), "Báo hay mở": (3, 3, False)}
    silent = next(s for s in sendings(package) if s.receiver.name == "Báo im lặng")
    silent.sent_at = NOW
    assert not is_call_due(silent, NOW + timedelta(days=1))
    assert is_call_due(silent, NOW + timedelta(days=2))
    assert run_due(NOW) == 0
