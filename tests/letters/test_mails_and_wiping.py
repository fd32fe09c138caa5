"""Mails become letters once; personal data leaves when its time is over."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from hoiam.core import blobs, search
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed
from hoiam.core.jobs.models import Job, OutgoingMail
from hoiam.core.models import LedgerEntry
from hoiam.letters import actions as do
from hoiam.letters.actions import Upload
from hoiam.letters.actions.kept_files import bytes_of
from hoiam.letters.models import (
    LetterBox,
    LetterFile,
    LetterPerson,
    ReaderLetter,
    SealedText,
)
from tests.factories import NOW
from tests.letters.conftest import LATER, written
from tests.letters.test_names_are_hidden import names_nobody

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
# Ten years on, every class of personal data is over.
MUCH_LATER = NOW + timedelta(days=3700)


def mail(message_id="<1@thu.example>", **headers):
    found = EmailMessage()
    found["From"] = "Trần Văn Tám <tam@thu.example>"
    found["Subject"] = "Đơn của Trần Văn Tám"
    if message_id:
        found["Message-ID"] = message_id
    for name, value in headers.items():
        found[name.replace("_", "-")] = value
    found.set_content("Tôi là Trần Văn Tám, đề nghị trả lời.")
    return found


def taken(desk, message):
    return do.take_mail(desk.agency, message.as_bytes(), now=LATER)


def test_a_mail_is_a_letter_once_however_often_the_box_shows_it(desk):
    first = taken(desk, mail())
    assert taken(desk, mail()) is None
    assert (first.channel, first.title) == ("email", "Đơn của [đã che]")
    assert names_nobody(first.content) == [] and not first.is_anonymous
    assert taken(desk, mail("<2@thu.example>")) is not None


def test_a_mail_without_an_id_is_known_by_its_bytes(desk):
    assert taken(desk, mail("")) is not None and taken(desk, mail("")) is None


@pytest.mark.parametrize(
    "header", [{"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated"}]
)
def test_what_a_program_wrote_is_no_letter(desk, header):
    assert taken(desk, mail(**header)) is None
    assert ReaderLetter.objects.system("test").count() == 0


def test_damaged_mails_raise_nothing(desk):
    for data in (b"", b"\xff\xfe\x00" * 50, b"Subject: =?utf-8?b?" + b"!" * 99 + b"?=\n\nx"):
        do.take_mail(desk.agency, data, now=LATER)


def test_files_of_a_mail_are_kept_or_it_is_said_why_not(desk):
    message = mail()
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="don.pdf")
    message.add_attachment(
        b"MZ" * 40, maintype="application", subtype="octet-stream", filename="a.exe"
    )
    letter = taken(desk, message)
    good, bad = LetterFile.objects.system("test").filter(letter=letter)

    assert bytes_of(good) == PDF and good.kind == "application/pdf"
    assert bad.blob == "" and "Không nhận tệp" in bad.refused_why


def test_a_letter_box_names_a_variable_and_the_second_to_save_is_told(desk, monkeypatch):
    save = {"variable": "HOIAM_MAILBOX_DON", "is_on": True, "now": NOW}
    with pytest.raises(InvalidInput, match="biến môi trường HOIAM_MAILBOX_DON"):
        do.save_letter_box(desk.agency, actor=desk.focal, **save)
    monkeypatch.setenv("HOIAM_MAILBOX_DON", "imaps://don%40thu.example:mat-khau@thu.example/INBOX")
    with pytest.raises(NotAllowed):
        do.save_letter_box(desk.agency, actor=desk.clerk, **save)
    do.save_letter_box(desk.agency, actor=desk.focal, **save)
    with pytest.raises(Conflict):
        do.save_letter_box(desk.agency, actor=desk.head, seen=0, **save)
    assert "mat-khau" not in str(LedgerEntry.objects.values_list("data", flat=True))
    assert LetterBox.objects.system("test").get().variable == "HOIAM_MAILBOX_DON"


def closed(desk):
    letter = desk.answered("petition", text=written(files=[Upload("tam.pdf", PDF)]))
    letter = do.tell_citizen(letter, way="email", actor=desk.clerk, now=LATER)
    return do.close(letter, actor=desk.clerk, now=LATER)


def test_wiped_is_what_names_people_and_only_when_its_time_is_over(
    desk, django_capture_on_commit_callbacks
):
    letter = closed(desk)
    blob = LetterFile.objects.system("test").get(letter=letter).blob
    assert do.wipe_due(now=LATER + timedelta(days=30)) == 0 and blobs.exists(blob)

    with django_capture_on_commit_callbacks(execute=True):
        assert do.wipe_due(now=MUCH_LATER) == 1
    assert do.wipe_due(now=MUCH_LATER) == 0
    assert not blobs.exists(blob)
    assert not LetterPerson.objects.system("test").exists()
    assert not SealedText.objects.system("test").exists()
    assert not OutgoingMail.objects.filter(key__startswith="letter:").exists()
    assert not Job.objects.filter(key__startswith="mail:").exists()
    wiped = ReaderLetter.objects.system("test").get(pk=letter.pk)
    assert wiped.wiped_at == MUCH_LATER and wiped.answer_number and wiped.sender_key == ""
    line = LedgerEntry.objects.get(step="wipe_letter")
    assert line.data["people"] == 1 and line.data["files"] == 1 and line.data["rule"] == "MD-132"
    assert search.find("ba lần", scope=None) == []


def test_an_open_letter_is_never_wiped(desk):
    desk.drafted("petition")
    assert do.wipe_due(now=MUCH_LATER) == 0


@pytest.mark.parametrize("files", [
    [Upload("a.pdf", b"")], [Upload("a.docm", b"PK\x03\x04")], [Upload("a.html", b"<html>")],
    [Upload("a.pdf", PDF)] * 6,
])  # fmt: skip
def test_a_bad_file_is_refused_with_a_sentence_and_nothing_is_kept(desk, files):
    with pytest.raises(InvalidInput) as refusal:
        do.send_letter(desk.agency, written(files=files), now=NOW)
    assert refusal.value.field == "files"
    assert ReaderLetter.objects.system("test").count() == 0
