"""Certificates that are not good: refused, or written into the record when a page is fetched as evidence."""

import asyncio
import shutil
import ssl
import subprocess

import pytest
from aiohttp import connector
from cryptography import x509

from hoiam.core.fetch import BadCertificate, client
from tests.core.fetch.certificates import Authority, of_old, old_site
from tests.core.fetch.loopback import answering, fetcher, site, whole

speaks_old = pytest.mark.skipif(not ssl.HAS_TLSv1, reason="this OpenSSL knows no TLS 1.0")
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl command")
_MAKE = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=bao.example"


@pytest.fixture(scope="module")
def self_signed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [*_MAKE.split(), "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def get(context, **kwargs):
    async def run():
        async with site(answering(whole()), ssl=context) as here, fetcher() as out:
            return await out.get(here.url, **kwargs)

    return asyncio.run(run())


@needs_openssl
def test_a_self_signed_certificate_is_refused(self_signed):
    with pytest.raises(BadCertificate, match="chứng thư số lỗi") as caught:
        get(self_signed)

    assert caught.value.reason == "self-signed certificate"


@needs_openssl
def test_evidence_is_fetched_all_the_same_and_says_so(self_signed):
    got = get(self_signed, evidence=True)

    assert (got.status, got.tls_fault) == (200, "self-signed certificate")


def test_a_site_that_speaks_no_tls_is_worded():
    async def plain(_, writer):
        writer.write(whole())
        writer.close()

    async def run():
        server = await asyncio.start_server(plain, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with fetcher() as out:
            with pytest.raises(BadCertificate) as caught:
                await out.get(f"https://127.0.0.1:{port}/")
        server.close()
        return caught.value.code

    assert asyncio.run(run()) == "tls"


BAD = {
    "expired": ({"days": (-2, -1)}, "certificate has expired"),
    "not valid yet": ({"days": (1, 2)}, "certificate is not yet valid"),
    "of another host": (
        {"host": x509.DNSName("bao-do-moi.example")},
        "IP address mismatch, certificate is not valid for '127.0.0.1'.",
    ),
}


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """An authority the reader trusts, so that nothing is wrong but what the test says."""
    made = Authority.in_folder(tmp_path)
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", made.trusted())
    return made


def test_a_good_certificate_is_taken(authority):
    got = get(authority.context())

    assert (got.status, got.tls_fault) == (200, None)


@pytest.mark.parametrize("kind", BAD)
def test_a_certificate_with_one_fault_is_refused_for_that_fault(authority, kind):
    fault, reason = BAD[kind]

    with pytest.raises(BadCertificate, match="chứng thư số lỗi") as caught:
        get(authority.context(**fault))

    assert caught.value.reason == reason


def from_the_past(authority, **kwargs):
    async def run():
        async with old_site(authority) as url, fetcher() as out:
            return await out.get(url, **kwargs)

    return asyncio.run(run())


@speaks_old
@pytest.mark.parametrize("evidence", [False, True])
def test_a_site_of_tls_1_0_alone_is_refused_for_it(authority, evidence):
    with pytest.raises(BadCertificate, match="chứng thư số lỗi") as caught:
        from_the_past(authority, evidence=evidence)

    assert caught.value.reason == "TLSV1_ALERT_PROTOCOL_VERSION"


@speaks_old
def test_that_site_does_serve_a_reader_that_still_speaks_tls_1_0(authority, monkeypatch):
    """So the refusal above is the reader's."""
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", of_old(authority.trusted()))

    assert from_the_past(authority).status == 200


def test_nothing_older_than_tls_1_2_is_offered_not_even_for_evidence():
    verified, unverified = connector._SSL_CONTEXT_VERIFIED, client._unverified_tls()

    assert verified.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert unverified.minimum_version >= ssl.TLSVersion.TLSv1_2
