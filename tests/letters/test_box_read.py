"""A mailbox read for real over TLS on loopback: each mail one letter, marked as seen only after it was kept."""

import shutil

import pytest

from hoiam.core.fetch import AddressGuard, Fetcher
from hoiam.letters.jobs.schedules import read_box, read_letter_boxes
from hoiam.letters.models import LetterBox, ReaderLetter
from tests.core.fetch.postbox import USER, Postbox, certificate, serving
from tests.letters.conftest import LATER
from tests.letters.test_mails_and_wiping import mail

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl command")
OPEN = AddressGuard(allow=["127.0.0.1"], ports=None)
VARIABLE = "HOIAM_MAILBOX_DON_THU"
SECRET = "mat-khau-dai-1"


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server(tls, monkeypatch):
    context, path = tls
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    two = {3: mail("<a@thu.example>").as_bytes(), 9: mail("<b@thu.example>").as_bytes()}
    with serving(context, Postbox(letters=two)) as made:
        user = USER.replace("@", "%40")
        monkeypatch.setenv(VARIABLE, f"imaps://{user}:{SECRET}@localhost:{made.port}/INBOX")
        yield made


@pytest.fixture
def box(desk):
    return LetterBox.objects.create(agency=desk.agency, variable=VARIABLE)


def stands():
    return LetterBox.objects.system("test").get()


def test_mails_become_letters_once_even_when_the_box_shows_them_again(server, box):
    assert read_box(box, now=LATER, fetcher=Fetcher(guard=OPEN)) == 2
    assert server.seen == {3, 9} and stands().problem == "" and stands().read_at == LATER
    server.seen.clear()  # the server forgot, or we died before marking
    assert read_box(box, now=LATER, fetcher=Fetcher(guard=OPEN)) == 0
    assert ReaderLetter.objects.system("test").count() == 2


def test_a_box_behind_the_wall_says_why_and_stops_nobody(server, box):
    assert read_letter_boxes.func(now=LATER) == 0
    assert "thư" in stands().problem or "địa chỉ" in stands().problem
    assert SECRET not in stands().problem


def test_a_box_without_its_variable_names_it(desk, box, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert read_box(box, now=LATER) == 0 and VARIABLE in stands().problem
