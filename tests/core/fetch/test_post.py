"""Posting: same door, same guards, no redirect followed, a short answer read."""

import asyncio

import pytest

from hoiam.core.fetch import Fetcher, RefusedAddress, TooBig, TooManyHops, TooSlow
from tests.core.fetch.loopback import QUICK, answering, fetcher, head, site, whole


def post(handler, body=b"{}", path="/nhan", **kwargs):
    async def run():
        async with site(handler) as here, fetcher() as out:
            return await out.post(here.url + path, body, **kwargs), here

    return asyncio.run(run())


def test_what_was_posted_arrives_whole_with_its_headers():
    body = "Báo Sông Thanh".encode() * 1000
    got, here = post(answering(whole(b"ok", "202 Accepted")), body, headers={"TTL": "60"})
    asked = here.seen[0]
    assert (asked.method, asked.path, asked.body, asked.headers["ttl"]) == (
        "POST",
        "/nhan",
        body,
        "60",
    )
    assert asked.headers["user-agent"] == QUICK.user_agent
    assert (got.status, got.body) == (202, b"ok")


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "429 Too Many", "500 Broken"])
def test_an_error_is_an_answer(status):
    got, _ = post(answering(whole(b"x", status)))
    assert got.status == int(status[:3])


def test_a_redirect_is_never_followed():
    async def handle(request, writer):
        assert request.path == "/nhan"
        writer.write(head("307 Temporary Redirect", Location="/khac", Content_Length=0))

    with pytest.raises(TooManyHops, match="ghi địa chỉ cuối"):
        post(handle)


def test_headers_cannot_be_broken_open():
    _, here = post(answering(whole()), headers={"Topic": "a\r\nX-Evil: 1"})
    assert "x-evil" not in here.seen[0].headers


def test_a_long_answer_is_not_read():
    with pytest.raises(TooBig):
        post(answering(whole(b"x" * 70_000)))


def test_a_receiver_that_never_answers_is_left():
    async def handle(_, writer):
        await asyncio.sleep(5)

    with pytest.raises(TooSlow):
        post(handle, seconds=0.2)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/nhan",
        "http://10.0.0.5/nhan",
        "http://[::1]/nhan",
        "http://169.254.169.254/latest",
        "http://2130706433/",
        "ftp://nhan.example/",
        "https://ten:mat-khau@nhan.example/",
        "https://nhan.example:22/",
    ],
)
def test_inner_and_odd_addresses_are_refused(address):
    async def run():
        async with Fetcher(manners=QUICK) as out:
            await out.post(address, b"{}")

    with pytest.raises(RefusedAddress):
        asyncio.run(run())


def test_a_name_that_leads_inward_is_refused_where_the_socket_is_made():
    def inward(host, port, *_):
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    async def run():
        async with Fetcher(manners=QUICK, lookup=inward) as out:
            await out.post("https://nhan.example/", b"{}")

    with pytest.raises(RefusedAddress):
        asyncio.run(run())


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("DELETE", None), ("POST", b"{}")])
def test_an_interface_is_asked_with_the_method_and_headers_named(method, body):
    async def run():
        async with site(answering(whole(b"{}", "404 Not Found"))) as here, fetcher() as out:
            return await out.ask(method, here.url + "/v1/x", body, headers={"Key": "k"}), here

    got, here = asyncio.run(run())
    asked = here.seen[0]
    assert (asked.method, asked.headers["key"], asked.body) == (method, "k", body or b"")
    assert got.status == 404
