"""Mail against a real SMTP server on loopback: sent at least once, at most twice, and headers stay one line."""

import smtplib
import socket
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from django.db import transaction

from hoiam.core import blobs
from hoiam.core.errors import InvalidInput
from hoiam.core.jobs import queue, run_due
from hoiam.core.jobs.models import Job, JobState, OutgoingMail
from hoiam.core.mail import message, outcome_of, queue_mail, send_queued

NOW = datetime(2026, 4, 5, 1, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class Box:
    """Keeps what arrives; refuses the first `refusals` letters."""

    def __init__(self):
        self.letters, self.refusals = [], 0
        self.answer_to_address = self.answer_to_letter = "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.answer_to_address.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_address

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.refusals:
            self.refusals -= 1
            return "451 try again later"
        if self.answer_to_letter.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=default))
        return self.answer_to_letter


@pytest.fixture
def box(settings):
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Hồi Âm <hoi-am@thanhgiang.example>"
    yield box
    controller.stop()


def post(to="an@thanhgiang.example", subject="Cảnh báo", key="canh-bao:1", **kwargs):
    return queue_mail(to, subject, "Kính gửi đồng chí", key=key, now=NOW, **kwargs)


def test_a_letter_arrives_whole(box, settings, tmp_path):
    settings.HOIAM_BLOBS = tmp_path
    blob = blobs.put(b"%PDF-1.7")
    (mail,) = post(
        html="<p>Kính gửi</p>", attachments=[("Công văn.pdf", "application/pdf", blob.sha256)]
    )

    assert run_due(NOW) == 1

    (letter,) = box.letters
    assert (letter["Subject"], letter["To"], letter["From"]) == (
        "Cảnh báo",
        "an@thanhgiang.example",
        "Hồi Âm <hoi-am@thanhgiang.example>",
    )
    assert letter.get_body(("plain",)).get_content().strip() == "Kính gửi đồng chí"
    assert letter.get_body(("html",)).get_content().strip() == "<p>Kính gửi</p>"
    (attached,) = letter.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("Công văn.pdf", b"%PDF-1.7")
    mail.refresh_from_db()
    assert mail.sent_at == NOW


def test_each_address_gets_its_own_letter_once(box):
    addresses = ["an@thanhgiang.example", "binh@thanhgiang.example", "an@thanhgiang.example"]
    post(addresses)
    post(addresses)
    run_due(NOW)

    assert sorted(letter["To"] for letter in box.letters) == sorted(set(addresses))


def test_another_occasion_is_another_letter(box):
    post(key="canh-bao:1")
    post(key="canh-bao:2")
    run_due(NOW)

    assert len({letter["Message-ID"] for letter in box.letters}) == 2


def test_a_rolled_back_action_writes_to_nobody(box):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post()
        _ = 1 / 0
    run_due(NOW)

    assert (box.letters, OutgoingMail.objects.count()) == ([], 0)


def test_a_refused_letter_is_sent_later(box):
    box.refusals = 2
    post()
    moment = NOW
    while run_due(moment):
        moment = Job.objects.get().due_at

    assert (len(box.letters), OutgoingMail.objects.get().sent_at) == (
        1,
        NOW + timedelta(seconds=30),
    )


@pytest.mark.parametrize(
    ("answer", "state"), [("550 unknown", "dead"), ("450 greylisted", "waiting")]
)
def test_an_address_refused_for_good_is_shown_at_once(box, answer, state):
    box.answer_to_address = answer
    post()
    run_due(NOW)

    job = Job.objects.get()
    assert (job.state, "Hãy sửa địa chỉ" in job.error) == (state, state == "dead")


@pytest.mark.parametrize("at", ["address", "letter"])
@pytest.mark.parametrize("code", [450, 550])
def test_no_fault_of_a_job_tells_whom_a_letter_was_for(box, caplog, at, code):
    words = f"{code} <to-cao@thu.example> unknown, user to-cao@thu.example"
    if at == "address":
        box.answer_to_address = words
    else:
        box.answer_to_letter = words
    post("to-cao@thu.example")
    run_due(NOW)

    job = Job.objects.get()
    assert (job.error and str(code) in job.error) or "Hãy sửa địa chỉ" in job.error
    for told in (job.error, caplog.text, str(job.arguments)):
        assert "to-cao" not in told


def test_who_queued_a_letter_still_learns_which_address_was_refused(box):
    box.answer_to_address = "550 unknown"
    (mail,) = post()
    run_due(NOW)

    outcome = outcome_of(mail)
    assert outcome.is_refused and "an@thanhgiang.example" in outcome.fault


def test_a_server_that_is_away_loses_nothing(box, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 9
    post()
    run_due(NOW)
    settings.EMAIL_PORT = port
    run_due(NOW + timedelta(minutes=1))

    assert len(box.letters) == 1


@contextmanager
def killed_after_sending(monkeypatch):
    with monkeypatch.context() as patch:
        # The kill itself: between "sent" and "marked sent" the process ends and writes nothing more.
        def die(*_, **__):
            raise KeyboardInterrupt

        patch.setattr(OutgoingMail.objects, "filter", die)
        with pytest.raises(KeyboardInterrupt):
            run_due(NOW)
        yield


def test_a_kill_between_sent_and_marked_sends_one_copy_more_that_can_be_told(box, monkeypatch):
    post()
    with killed_after_sending(monkeypatch):
        pass
    later = NOW + queue.LEASE + timedelta(seconds=1)
    queue.reap(later)
    run_due(later)

    assert (len(box.letters), len({letter["Message-ID"] for letter in box.letters})) == (2, 1)
    assert Job.objects.get().state == JobState.DONE


def test_a_letter_already_sent_is_not_sent_again(box):
    (mail,) = post()
    run_due(NOW)

    assert (send_queued(mail.pk, now=NOW), len(box.letters)) == (False, 1)


@pytest.mark.parametrize(
    "subject", ["Tin\r\nBcc: ke-la@xau.example", "Tin\nBcc: ke-la@xau.example", "Tin\rBcc: x"]
)
def test_a_line_break_in_the_subject_starts_no_header(box, subject):
    post(subject=subject)
    run_due(NOW)

    (letter,) = box.letters
    assert (letter["Subject"], letter["Bcc"]) == (" ".join(subject.split()), None)


def test_a_line_break_in_the_name_of_a_file_starts_no_header(box, settings, tmp_path):
    settings.HOIAM_BLOBS = tmp_path
    post(
        attachments=[("a\r\nX-Evil: 1.pdf", "application/pdf\r\nX-Evil: 1", blobs.put(b"1").sha256)]
    )
    run_due(NOW)

    (attached,) = box.letters[0].iter_attachments()
    assert (box.letters[0]["X-Evil"], attached["X-Evil"]) == (None, None)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "khong-phai",
        "an@thanhgiang.example\r\nBcc: x@y.example",
        "a@b",
        "an@x.example, b@x.example",
    ],
)
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(InvalidInput, match="không đúng") as caught:
        post(address)

    assert (caught.value.field, OutgoingMail.objects.count()) == ("to", 0)


def test_a_very_long_key_still_tells_letters_apart():
    one, two = post(key="k" * 300 + "1"), post(key="k" * 300 + "2")

    assert one[0].pk != two[0].pk
    assert (
        message(one[0]).extra_headers["Message-ID"] != message(two[0]).extra_headers["Message-ID"]
    )


def test_the_server_itself_can_be_reached(box, settings):
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5) as client:
        assert client.noop()[0] == 250
