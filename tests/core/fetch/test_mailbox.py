"""A mailbox read over TLS: nothing marked before it is kept, inner addresses refused, no secret in any sentence."""

import asyncio
import shutil

import pytest

from hoiam.core.fetch import (
    AddressGuard,
    BadCertificate,
    BadContent,
    BadLogin,
    Mailbox,
    MailPlace,
    NoConnection,
    RefusedAddress,
    TooSlow,
)
from tests.core.fetch.postbox import USER, Postbox, certificate, serving

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl command")
OPEN = AddressGuard(allow=["127.0.0.1"], ports=None)


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def box(tls, monkeypatch):
    context, path = tls
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with serving(context, Postbox(letters={3: b"Subject: ba\r\n\r\nx", 9: b"chin"})) as made:
        yield made


def of(box, *, guard=OPEN, password="mat-khau-dai-1", seconds=10.0, lookup=None, **place):
    given = {"host": "localhost", "user": USER, "port": box.port} | place
    more = {"lookup": lookup} if lookup else {}
    return Mailbox(MailPlace(**given), password, guard=guard, seconds=seconds, **more)


def test_unseen_letters_are_read_and_stay_unseen(box):
    got = asyncio.run(of(box).unseen())

    assert [(letter.uid, letter.data) for letter in got.letters] == [
        ("3", b"Subject: ba\r\n\r\nx"), ("9", b"chin"),
    ]  # fmt: skip
    assert (got.left, got.validity, box.seen) == (0, "7", set())
    assert any(told.startswith('EXAMINE "INBOX"') for told in box.heard)


def test_letters_are_marked_when_asked_and_only_in_the_same_numbering(box):
    asyncio.run(of(box).mark_seen(["3", "9; DELETE"], "7"))
    assert box.seen == {3}
    asyncio.run(of(box).mark_seen(["9"], "6"))
    assert box.seen == {3}


def test_a_wrong_password_is_one_sentence_without_it(box):
    with pytest.raises(BadLogin) as caught:
        asyncio.run(of(box, password="sai-mat-khau").unseen())

    fault = caught.value
    assert "biến môi trường" in str(fault)
    assert "sai-mat-khau" not in f"{fault!r}{fault.__cause__}{fault.url}"
    with pytest.raises(BadLogin):
        asyncio.run(of(box, password="mật khẩu có dấu").unseen())


@pytest.mark.parametrize(
    ("kind", "fault", "words"),
    [
        ({"folder": "Khac"}, BadContent, "không có thư mục “Khac”"),
        ({"folder": 'a"\r\nb'}, RefusedAddress, "chỉ gồm chữ không dấu"),
        ({"user": "a\r\nA2 DELETE x"}, RefusedAddress, "chỉ gồm chữ không dấu"),
        ({"guard": AddressGuard(ports=None)}, RefusedAddress, "không nằm trên mạng công cộng"),
        ({"guard": AddressGuard(allow=["127.0.0.1"])}, RefusedAddress, "cổng 993"),
        ({"host": "127.0.0.1"}, BadCertificate, "chứng thư số lỗi"),
    ],
)
def test_what_may_not_or_cannot_be_read_is_one_sentence(box, kind, fault, words):
    with pytest.raises(fault, match=words):
        asyncio.run(of(box, **kind).unseen())
    assert not any("LOGIN" in told for told in box.heard) or "folder" in kind


def test_a_name_that_leads_inward_is_refused_where_the_socket_is_made(box):
    rows = [(2, 1, 6, "", ("10.0.0.7", 993))]
    with pytest.raises(RefusedAddress):
        asyncio.run(of(box, lookup=lambda *_: rows).unseen())


def test_nobody_there(box):
    with pytest.raises(NoConnection):
        asyncio.run(of(box, port=1).unseen())


def test_an_answer_larger_than_any_letter_is_not_swallowed(box):
    box.oversize = 10**9
    with pytest.raises(BadContent):
        asyncio.run(of(box).unseen())


def test_a_dripping_server_is_left_when_time_is_up(box):
    box.slow = 0.3
    with pytest.raises(TooSlow):
        asyncio.run(of(box, seconds=0.4).unseen())


def test_an_address_of_the_box_holds_no_secret(box):
    assert of(box).place.url == f"imaps://canh-bao%40thanhgiang.example@localhost:{box.port}/INBOX"
