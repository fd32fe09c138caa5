"""Certificates that are not good: refused, or written into the record when a page is fetched as evidence."""

import asyncio
import shutil
import ssl
import subprocess

import pytest

from hoiam.core.fetch import BadCertificate
from tests.core.fetch.loopback import answering, fetcher, site, whole

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="needs the openssl command")

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


def test_a_self_signed_certificate_is_refused(self_signed):
    with pytest.raises(BadCertificate, match="chứng thư số lỗi") as caught:
        get(self_signed)

    assert caught.value.reason == "self-signed certificate"


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

    asyncio.run(run())
