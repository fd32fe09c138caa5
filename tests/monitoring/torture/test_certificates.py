"""A paper whose certificate is not good: the fault stands on its source, nothing is taken in, and it is asked again."""

import ssl

import pytest
from cryptography import x509

from hoiam.monitoring.models import Collection, Item, Source
from tests.core.fetch.certificates import Authority, old_site
from tests.core.fetch.loopback import site
from tests.monitoring.house import NOW
from tests.monitoring.newsstand import PLAIN, article, entry, figures
from tests.monitoring.torture.street import play

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = "Trang không chứng minh được danh tính (chứng thư số lỗi) nên không được đọc."
FAULTS = {
    "expired": {"days": (-2, -1)},
    "of another host": {"host": x509.DNSName("bao-do-moi.example")},
}


@pytest.mark.parametrize("kind", [*FAULTS, "good"])
def test_a_bad_certificate_is_a_fault_of_the_source(province, tmp_path, monkeypatch, kind):
    authority = Authority.in_folder(tmp_path)
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", authority.trusted())

    async def story(it):
        async with site(it.stand, ssl=authority.context(**FAULTS.get(kind, {}))) as place:
            it.stand.url = place.url
            it.stand.pages["/tin-1.html"] = article("Giá rau ở chợ Lam Hải", PLAIN)
            it.stand.feed(entry(1, "Giá rau ở chợ Lam Hải"))
            if kind == "good":
                source = await read_from(it, place.url)
                assert (source.problem, figures(source), source.failures) == ("", (1, 1, 1, 0), 0)
            else:
                await refused(it, place.url)

    play(story)


@pytest.mark.skipif(not ssl.HAS_TLSv1, reason="this OpenSSL knows no TLS 1.0")
def test_a_paper_of_tls_1_0_alone_is_a_fault_of_the_source(province, tmp_path, monkeypatch):
    authority = Authority.in_folder(tmp_path)
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", authority.trusted())

    async def story(it):
        async with old_site(authority) as url:
            await refused(it, url)

    play(story)


async def read_from(it, url):
    """The source after one reading of its feed at this site."""
    await Source.objects.filter(pk=it.source.pk).aupdate(url=f"{url}/rss")
    return await it.read()


async def refused(it, url):
    """The reading ends in one sentence on the source's row, with nothing taken in."""
    source = await read_from(it, url)
    assert (source.problem, figures(source), source.failures) == (TOLD, (0, 0, 0, 1), 1)
    assert (await Collection.objects.aget()).failed == 1
    assert await Item.objects.acount() == 0
    assert source.due_at > NOW
