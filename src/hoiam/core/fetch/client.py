"""The one door out: every hop is checked, followed, unpacked and counted by us."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import aiohttp
from yarl import URL

from hoiam.core.fetch.answers import Fetched, Hop, charset_of, retry_after_of
from hoiam.core.fetch.body import ENCODINGS, Body, read_body, too_big
from hoiam.core.fetch.connector import Lookup, guarded_connector
from hoiam.core.fetch.errors import BadContent, BadStatus, RefusedAddress, TooManyHops, TooSlow
from hoiam.core.fetch.faults import certificate_fault, worded
from hoiam.core.fetch.guard import AddressGuard
from hoiam.core.fetch.limits import MIB, Manners, default_manners
from hoiam.core.fetch.mailbox import Mailbox, MailPlace
from hoiam.core.fetch.politeness import Politeness

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_UNASKED = (
    "Trang trả lời “không có gì mới” (mã 304) mà không gửi nội dung. Hệ thống sẽ đọc lại sau."
)


def utc_now() -> datetime:
    """The moment now: this is the rim, where answers get their time."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class _Asked:
    url: str
    headers: dict[str, str]
    max_bytes: int
    seconds: float
    any_status: bool
    evidence: bool
    body: bytes | None = None
    """What is posted; None asks for the page."""
    method: str = "GET"


class _Watch:
    """Seconds spent on the network, against those allowed."""

    def __init__(self, seconds: float) -> None:
        self.allowed, self.spent = seconds, 0.0

    @asynccontextmanager
    async def running(self, url: str) -> Any:
        clock = asyncio.get_running_loop().time
        start = clock()
        try:
            async with asyncio.timeout(max(0.0, self.allowed - self.spent)):
                yield
        except TimeoutError as error:
            seconds = f"{self.allowed:g}".replace(".", ",")
            raise TooSlow(
                f"Trang không trả lời xong trong {seconds} giây. Hệ thống sẽ đọc lại sau.", url
            ) from error
        finally:
            self.spent += clock() - start


class Fetcher:
    """Fetches pages politely and safely; one for each collector, used as `async with Fetcher() as fetcher`.

    Args:
        guard: which addresses may be spoken to; the default is the public internet on ports 80, 443 and 8080.
        manners: pauses, limits and our name; the default is this installation's.
        clock: gives the moment an answer is dated with.
        lookup: as `socket.getaddrinfo`.
    """

    def __init__(
        self,
        *,
        guard: AddressGuard | None = None,
        manners: Manners | None = None,
        clock: Callable[[], datetime] = utc_now,
        lookup: Lookup = socket.getaddrinfo,
    ) -> None:
        self._guard = guard or AddressGuard()
        self._manners = manners or default_manners()
        self._clock, self._lookup = clock, lookup
        self.politeness = Politeness(self._manners.pause, self._manners.per_host)
        self._unverified = _unverified_tls()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=guarded_connector(
                self._guard, at_once=self._manners.at_once, lookup=self._lookup
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            auto_decompress=False,
            trust_env=False,  # no proxy and no password from the environment
            raise_for_status=False,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        modified: str | None = None,
        max_bytes: int = 15 * MIB,
        seconds: float = 20,
        accept: str = ACCEPT,
        any_status: bool = False,
        evidence: bool = False,
    ) -> Fetched:
        """The answer of the site, after at most five redirects.

        Args:
            url: http or https, no password in it.
            etag: of the answer we have; the site may then say "not modified".
            modified: Last-Modified of the answer we have.
            max_bytes: at most so large, as sent and unpacked.
            seconds: on the network altogether, redirects included, waiting for a host's turn not.
            accept: what we would like.
            any_status: give back an error page as well (a removed article is evidence too).
            evidence: fetch even with a bad certificate, and say so in `tls_fault`.

        Raises:
            FetchError: one of its kinds, worded for an official.
        """
        asked = _Asked(
            url, self._headers(accept, etag, modified), max_bytes, seconds, any_status, evidence
        )
        watch, hops, here = _Watch(seconds), list[Hop](), parsed(url)
        while True:
            answer = await self._hop(asked, here, watch, tuple(hops))
            if isinstance(answer, Fetched):
                if answer.not_modified and not (etag or modified):
                    raise BadContent(_UNASKED, url)
                return answer
            hops.append(answer)
            if len(hops) > self._manners.hops:
                raise TooManyHops("Trang chuyển hướng lòng vòng nên không đọc được.", url)
            here = _joined(here, answer.location)

    def mailbox(self, place: MailPlace, password: str) -> Mailbox:
        """A mailbox behind the same guard."""
        return Mailbox(place, password, guard=self._guard, lookup=self._lookup)

    async def post(
        self,
        url: str,
        body: bytes,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = 64 * 1024,
        seconds: float = 15,
    ) -> Fetched:
        """The answer to what was posted; see `ask`."""
        return await self.ask(
            "POST", url, body, headers=headers, max_bytes=max_bytes, seconds=seconds
        )

    async def ask(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        *,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = MIB,
        seconds: float = 15,
    ) -> Fetched:
        """The answer of a machine's interface, whatever its status; a redirect is an answer and never followed.

        Args:
            method: GET, POST, DELETE.
            url: as in `get`.
            body: sent as it stands; None sends none.
            headers: beside our own; no line breaks get through.
            max_bytes: of the answer; nobody reads more of it.
            seconds: on the network altogether.

        Raises:
            FetchError: one of its kinds, but `BadStatus`: the caller knows what a status means to it.
        """
        more = {name: _one_line(value) for name, value in (headers or {}).items()}
        ours = self._headers("*/*", None, None) | more
        asked = _Asked(
            url, ours, max_bytes, seconds, any_status=True, evidence=False, body=body, method=method
        )
        answer = await self._hop(asked, parsed(url), _Watch(seconds), ())
        if isinstance(answer, Hop):
            raise TooManyHops("Nơi nhận chuyển hướng sang địa chỉ khác. Hãy ghi địa chỉ cuối.", url)
        return answer

    def _headers(self, accept: str, etag: str | None, modified: str | None) -> dict[str, str]:
        headers = {
            "User-Agent": self._manners.user_agent,
            "Accept": accept,
            "Accept-Language": "vi,en;q=0.5",
            "Accept-Encoding": ENCODINGS,
            "If-None-Match": _one_line(etag),
            "If-Modified-Since": _one_line(modified),
        }
        return {name: value for name, value in headers.items() if value}

    async def _hop(
        self, asked: _Asked, url: URL, watch: _Watch, hops: tuple[Hop, ...]
    ) -> Fetched | Hop:
        self._guard.check_url(url)
        async with self.politeness.turn(url.host or ""), watch.running(str(url)):
            try:
                return await self._ask(asked, url, watch, hops, None)
            except (aiohttp.ClientError, OSError) as error:
                fault = certificate_fault(error)
                if isinstance(error, TimeoutError) or not (fault and asked.evidence):
                    raise worded(error, str(url)) from error
            try:
                return await self._ask(asked, url, watch, hops, fault)
            except (aiohttp.ClientError, OSError) as error:
                raise worded(error, str(url)) from error

    async def _ask(
        self, asked: _Asked, url: URL, watch: _Watch, hops: tuple[Hop, ...], fault: str | None
    ) -> Fetched | Hop:
        if self._session is None:
            raise RuntimeError("a Fetcher is used inside `async with`")
        at = self._clock()
        start = asyncio.get_running_loop().time()
        async with self._session.request(
            asked.method,
            url,
            data=asked.body,
            headers=asked.headers,
            allow_redirects=False,
            ssl=True if fault is None else self._unverified,
        ) as response:
            location = response.headers.get("Location")
            if response.status in _REDIRECTS and location:
                return Hop(str(url), response.status, location)
            body = await _body(response, asked, str(url))
            spent = watch.spent + asyncio.get_running_loop().time() - start
            return _fetched(asked, response, body, at, hops, spent, fault)


async def _body(response: aiohttp.ClientResponse, asked: _Asked, url: str) -> Body:
    if response.status >= 400 and not asked.any_status:
        raise _bad_status(response, url)
    if (response.content_length or 0) > asked.max_bytes:
        raise too_big(asked.max_bytes, url)
    encoding = response.headers.get("Content-Encoding", "")
    return await read_body(response.content.iter_any(), encoding, asked.max_bytes, url)


def _fetched(
    asked: _Asked,
    response: aiohttp.ClientResponse,
    body: Body,
    at: datetime,
    hops: tuple[Hop, ...],
    spent: float,
    fault: str | None,
) -> Fetched:
    version = response.version
    return Fetched(
        url=asked.url,
        final_url=str(response.url),
        status=response.status,
        headers=response.headers,
        body=body.plain,
        raw=body.raw,
        charset=charset_of(response.headers.get("Content-Type", "")),
        fetched_at=at,
        hops=hops,
        not_modified=response.status == 304,
        elapsed=spent,
        tls_fault=fault,
        reason=response.reason or "",
        http_version=f"{version.major}.{version.minor}" if version else "1.1",
        request_headers=tuple(response.request_info.headers.items()),
    )


def _bad_status(response: aiohttp.ClientResponse, url: str) -> BadStatus:
    status = response.status
    if status in (404, 410):
        sentence = f"Trang không còn ở địa chỉ này (mã {status})."
    elif status in (401, 403, 407, 451):
        sentence = f"Trang từ chối cho đọc (mã {status})."
    elif status == 429:
        sentence = "Trang đề nghị đọc thưa hơn (mã 429). Hệ thống sẽ đọc lại sau."
    else:
        sentence = f"Trang trả về lỗi (mã {status}). Hệ thống sẽ đọc lại sau."
    return BadStatus(sentence, url, status, retry_after_of(response.headers))


def parsed(url: str) -> URL:
    """The address, read.

    Raises:
        RefusedAddress: it is no absolute address of a page.
    """
    try:
        read = URL(url.strip())
        read.origin()
    except ValueError as error:
        raise RefusedAddress(
            "Địa chỉ viết không đúng. Hãy dùng địa chỉ đầy đủ, bắt đầu bằng https://.", url
        ) from error
    return read


def _joined(here: URL, location: str) -> URL:
    try:
        return here.join(URL(location.strip())).with_fragment(None)
    except ValueError as error:
        raise BadContent("Trang chuyển hướng tới một địa chỉ viết sai.", str(here)) from error


def _one_line(value: str | None) -> str:
    return "".join(c for c in value or "" if c.isprintable())


def _unverified_tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
