"""Ordinary answers, redirects and refusals, against servers on loopback."""

import asyncio
import socket
from datetime import UTC, datetime

import pytest

from hoiam.core.fetch import (
    AddressGuard,
    BadContent,
    BadStatus,
    Fetcher,
    NoConnection,
    NoSuchHost,
    RefusedAddress,
    TooManyHops,
)
from hoiam.core.fetch.answers import charset_of
from hoiam.core.fetch.connector import InnerAddress, guarded_connector
from hoiam.core.fetch.limits import default_manners
from tests.core.fetch.loopback import QUICK, answering, fetcher, head, site, whole

NOW = datetime(2026, 4, 5, 1, 2, 3, tzinfo=UTC)


def get(handler, path="/", **kwargs):
    async def run():
        async with site(handler) as here, fetcher(clock=lambda: NOW) as out:
            return await out.get(here.url + path, **kwargs), here

    return asyncio.run(run())


def test_a_page_comes_with_all_a_record_needs():
    body = "Báo Sông Thanh".encode()

    got, here = get(answering(whole(body, Content_Type="text/html; charset=UTF-8", ETag='"a1"')))

    assert (got.status, got.body, got.raw, got.charset, got.etag) == (
        200,
        body,
        body,
        "utf-8",
        '"a1"',
    )
    assert (got.fetched_at, got.hops, got.not_modified, got.tls_fault) == (NOW, (), False, None)
    assert (got.url, got.final_url) == (here.url + "/", here.url + "/")
    assert dict(got.request_headers)["User-Agent"] == QUICK.user_agent
    assert here.seen[0].headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in here.seen[0].headers


def test_an_unchanged_page_is_told_by_its_tag():
    async def handle(request, writer):
        same = request.headers.get("if-none-match") == '"a1"'
        writer.write(head("304 Not Modified", ETag='"a1"') if same else whole())

    got, here = get(handle, etag='"a1"', modified="Sun, 05 Apr 2026 00:00:00 GMT")

    assert (got.status, got.not_modified, got.body) == (304, True, b"")
    assert here.seen[0].headers["if-modified-since"] == "Sun, 05 Apr 2026 00:00:00 GMT"


def test_not_modified_where_nothing_was_asked_is_a_fault():
    with pytest.raises(BadContent, match="mã 304"):
        get(answering(head("304 Not Modified")))


def test_a_tag_with_a_line_break_starts_no_header_of_its_own():
    _, here = get(answering(whole()), etag='"a"\r\nX-Evil: 1')

    assert here.seen[0].headers["if-none-match"] == '"a"X-Evil: 1'
    assert "x-evil" not in here.seen[0].headers


def test_redirects_are_followed_and_recorded():
    async def handle(request, writer):
        if request.path == "/cu":
            writer.write(whole(b"", "301 Moved", Location="/moi#a"))
        else:
            writer.write(whole())

    got, here = get(handle, "/cu")

    assert (got.final_url, [hop.status for hop in got.hops]) == (here.url + "/moi", [301])


def test_a_redirect_loop_ends_after_five_hops():
    async def run():
        async with site(answering(whole(b"", "302 Found", Location="/"))) as here, fetcher() as out:
            with pytest.raises(TooManyHops):
                await out.get(here.url)
            return len(here.seen)

    assert asyncio.run(run()) == 6


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/",
        "http://ai:mat@127.0.0.1/",
        "//127.0.0.2/",
    ],
)
def test_a_redirect_leads_nowhere_inside(location):
    with pytest.raises(RefusedAddress):
        get(answering(whole(b"", "302 Found", Location=location)))


def test_a_redirect_to_a_closed_port_is_refused():
    async def run():
        async with site(
            answering(whole(b"", "302 Found", Location="http://127.0.0.1:22/"))
        ) as here:
            guard = AddressGuard(allow=["127.0.0.1"], ports={here.port})
            async with fetcher(guard=guard) as out:
                with pytest.raises(RefusedAddress, match="cổng 22"):
                    await out.get(here.url)

    asyncio.run(run())


def test_a_name_that_answers_differently_the_second_time_reaches_nothing_inside():
    asked = []

    def rebinding(host, port, family, kind):
        asked.append(host)
        address = "127.0.0.1" if len(asked) == 1 else "127.0.0.2"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    async def run():
        handler = answering(whole(b"", "302 Found", Location="/", Connection="close"))
        async with site(handler) as here, fetcher(lookup=rebinding) as out:
            out._session.connector._use_dns_cache = False
            with pytest.raises(RefusedAddress):
                await out.get(f"http://bao.example:{here.port}/")
            return len(here.seen)

    assert (asyncio.run(run()), len(asked)) == (1, 2)


def test_a_name_with_one_inner_and_no_outer_address_is_refused():
    def inner(host, port, family, kind):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.5", port))]

    async def run():
        async with Fetcher(manners=QUICK, lookup=inner) as out:
            with pytest.raises(RefusedAddress):
                await out.get("http://bao.example/")

    asyncio.run(run())


@pytest.mark.parametrize(
    "url", ["http://localhost/", "http://localhost.localdomain/", "http://ip6-localhost/"]
)
def test_names_of_this_machine_are_refused(url):
    def hosts(host, port, family, kind):
        address = "::1" if host.startswith("ip6") else "127.0.0.1"
        kind6 = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(kind6, socket.SOCK_STREAM, 6, "", (address, port))]

    async def run():
        async with Fetcher(manners=QUICK, lookup=hosts) as out:
            with pytest.raises(RefusedAddress):
                await out.get(url)

    asyncio.run(run())


def test_the_socket_itself_is_guarded_whatever_the_resolver_says():
    async def run():
        connector = guarded_connector(AddressGuard(), at_once=1)
        make = connector._socket_factory
        with pytest.raises(InnerAddress):
            make((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))
        await connector.close()

    asyncio.run(run())


def test_the_environment_names_no_proxy(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")

    assert get(answering(whole()))[0].status == 200


def test_a_name_that_does_not_exist_is_worded():
    def nowhere(*_):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    async def run():
        async with fetcher(lookup=nowhere) as out:
            with pytest.raises(NoSuchHost, match="Không tìm thấy trang"):
                await out.get("http://khong-co.example/")

    asyncio.run(run())


def test_a_closed_door_is_worded():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))

        async def run():
            async with fetcher() as out:
                with pytest.raises(NoConnection, match="Không kết nối được"):
                    await out.get(f"http://127.0.0.1:{held.getsockname()[1]}/")

        asyncio.run(run())


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("404 Not Found", "không còn"), ("403 No", "từ chối"), ("500 Oh", "lỗi")],
)
def test_an_error_page_is_an_error(status, sentence):
    with pytest.raises(BadStatus, match=sentence) as caught:
        get(answering(whole(status=status)))

    assert caught.value.status == int(status[:3])


def test_an_error_page_can_be_kept_as_evidence():
    got, _ = get(answering(whole(b"da go", "410 Gone")), any_status=True)

    assert (got.status, got.body) == (410, b"da go")


def test_a_busy_site_says_how_long_to_wait():
    with pytest.raises(BadStatus) as caught:
        get(answering(whole(status="429 Slow", Retry_After=120)))

    assert caught.value.retry_after == 120


@pytest.mark.parametrize(
    "answer",
    [
        whole(Content_Encoding="br"),
        whole(Content_Encoding="zstd"),
        whole(Content_Encoding="gzip, gzip"),
        whole(b"khong phai gzip", Content_Encoding="gzip"),
        head(Content_Length="abc"),
        b"day khong phai HTTP\r\n\r\n",
    ],
)
def test_an_answer_against_the_rules_is_refused(answer):
    with pytest.raises(BadContent):
        get(answering(answer))


def test_a_wrongly_written_address_is_refused():
    async def run():
        async with fetcher() as out:
            for url in ("http://[::1", "", "bao.example", "http://"):
                with pytest.raises(RefusedAddress):
                    await out.get(url)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html;Charset='Windows-1258' ; a=b", "windows-1258"),
        ("text/html; charset=", None),
        ("text/html", None),
        ("", None),
    ],
)
def test_the_charset_of_the_header(header, charset):
    assert charset_of(header) == charset


def test_the_manners_of_this_installation(settings):
    settings.HOIAM_USER_AGENT, settings.HOIAM_FETCH_PAUSE = "HoiAm/9", 2.5

    assert (default_manners().user_agent, default_manners().pause) == ("HoiAm/9", 2.5)


def test_a_redirect_to_a_wrongly_written_address_is_told():
    with pytest.raises(BadContent, match="địa chỉ viết sai"):
        get(answering(whole(b"", "302 Found", Location="http://[::1")))
