"""Tokens: a true one is believed, by us and by openssl; every lie of an authority is told from it."""

import hashlib
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import cms, tsp

from hoiam.core.stamps import local, tokens
from hoiam.core.stamps.tokens import StampFault

NOW = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)
DATA = "chứng cứ".encode()
SHA256 = hashlib.sha256(DATA).hexdigest()
OTHER = hashlib.sha256(b"khac").hexdigest()
NONCE = 2862


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stamps")
    local.make(folder, now=NOW)
    return folder


@pytest.fixture(scope="module")
def authority(house):
    return local.load(house)


@pytest.fixture(scope="module")
def roots(house):
    return local.roots(house)


def answer(token, status="granted"):
    """An authority's answer around a token."""
    return tsp.TimeStampResp(
        {"status": {"status": status}, "time_stamp_token": cms.ContentInfo.load(token)}
    ).dump()


def test_a_token_says_what_when_and_by_whom(authority, roots):
    said = tokens.check(authority.stamp(SHA256, now=NOW, nonce=NONCE), sha256=SHA256, roots=roots)

    assert (said.sha256, said.gen_time, said.nonce) == (SHA256, NOW, NONCE)
    assert (said.authority, said.root) == (local.NAME, local.ROOT_NAME)


def test_the_key_is_for_this_machines_user_alone_and_made_once(house):
    before = (house / "key.pem").read_bytes()

    assert local.make(house, now=NOW) is False
    assert (house / "key.pem").read_bytes() == before
    assert oct((house / "key.pem").stat().st_mode & 0o777) == "0o600"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here")
def test_openssl_believes_it_too_and_refuses_other_bytes(house, authority, tmp_path):
    (root,) = (house / "roots").glob("*.pem")
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "other").write_bytes(b"khac")
    (tmp_path / "token").write_bytes(authority.stamp(SHA256, now=datetime.now(UTC)))

    def verified(name):
        words = ["-data", tmp_path / name, "-in", tmp_path / "token", "-token_in"]
        done = subprocess.run(
            ["openssl", "ts", "-verify", *words, "-CAfile", root], capture_output=True
        )
        return done.returncode == 0

    assert (verified("data"), verified("other")) == (True, False)


def test_a_token_of_other_bytes_is_refused(authority, roots):
    with pytest.raises(StampFault, match="của một tệp khác"):
        tokens.check(authority.stamp(OTHER, now=NOW), sha256=SHA256, roots=roots)


def test_no_flipped_byte_makes_a_token_say_something_else(authority, roots):
    token = authority.stamp(SHA256, now=NOW)
    true, believed = tokens.check(token, sha256=SHA256, roots=roots), []
    steps = range(0, len(token), 7)
    for at in steps:
        bad = bytearray(token)
        bad[at] ^= 0x01
        try:
            believed.append(tokens.check(bytes(bad), sha256=SHA256, roots=roots))
        except StampFault:
            continue

    # Only what the envelope repeats unsigned may change; the store's own hash finds that as well.
    assert [said for said in believed if said != true] == []
    assert len(believed) < len(steps) / 10


def test_an_authority_of_the_same_name_is_not_the_same(tmp_path, roots):
    local.make(tmp_path, now=NOW)
    with pytest.raises(StampFault, match="không nối được tới chứng thư gốc"):
        tokens.check(local.load(tmp_path).stamp(SHA256, now=NOW), sha256=SHA256, roots=roots)


@pytest.mark.parametrize("when", [NOW - timedelta(days=1), NOW + local.LIFE + timedelta(days=1)])
def test_a_certificate_not_in_force_at_the_moment_is_refused(authority, roots, when):
    with pytest.raises(StampFault, match="hết hạn"):
        tokens.check(authority.stamp(SHA256, now=when), sha256=SHA256, roots=roots)


def test_without_roots_nothing_is_believed(authority):
    with pytest.raises(StampFault, match="chứng thư gốc"):
        tokens.check(authority.stamp(SHA256, now=NOW), sha256=SHA256, roots=[])


@pytest.mark.parametrize("data", [b"", b"0", b"<html>loi</html>", bytes(300)])
def test_what_is_no_token_is_told(data, roots):
    with pytest.raises(StampFault, match="không đọc được"):
        tokens.check(data, sha256=SHA256, roots=roots)


def granted(data, roots, now=NOW):
    return tokens.granted(data, sha256=SHA256, nonce=NONCE, roots=roots, now=now)


def test_an_honest_answer_gives_its_token(authority, roots):
    token = authority.stamp(SHA256, now=NOW, nonce=NONCE)

    assert granted(answer(token), roots) == token


LIES = {
    "another nonce": (lambda a: answer(a.stamp(SHA256, now=NOW, nonce=1)), "nonce"),
    "no nonce": (lambda a: answer(a.stamp(SHA256, now=NOW)), "nonce"),
    "another hash": (lambda a: answer(a.stamp(OTHER, now=NOW, nonce=NONCE)), "tệp khác"),
    "an old moment": (
        lambda a: answer(a.stamp(SHA256, now=NOW + timedelta(hours=1), nonce=NONCE)),
        "lệch quá 10 phút",
    ),
    "a refusal": (
        lambda a: bytes.fromhex("30053003020102"),
        "từ chối",
    ),
    "a page": (lambda a: b"<html>bao tri</html>", "không đọc được"),
}


@pytest.mark.parametrize("lie", LIES)
def test_an_answer_that_lies_is_refused(lie, authority, roots):
    made, words = LIES[lie]
    with pytest.raises(StampFault, match=words):
        granted(made(authority), roots)


@pytest.mark.parametrize(
    "text",
    [b"", b"khong phai pem", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
)
def test_a_file_of_roots_that_holds_none_is_told(text):
    with pytest.raises(StampFault, match="chứng thư gốc"):
        tokens.certificates(text)
