"""The configured time-stamping authority (HOIAM_TSA_URL), asked through the one door out."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from asn1crypto import x509
from django.conf import settings

from hoiam.core.fetch import AddressGuard, Fetched, Fetcher
from hoiam.core.stamps.tokens import StampFault, certificates

MakeFetcher = Callable[[], Fetcher]
_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}
_LARGEST_ANSWER = 256 * 1024


def fetcher() -> Fetcher:
    """The door: the public internet, and the inner networks HOIAM_TSA_NETWORKS names."""
    networks = settings.HOIAM_TSA_NETWORKS
    return Fetcher(guard=AddressGuard(allow=networks, ports=None) if networks else None)


def ask(request: bytes, make_fetcher: MakeFetcher = fetcher) -> bytes:
    """The authority's answer to the DER request, as it came.

    Raises:
        FetchError: it cannot be reached.
        StampFault: it answered with an error.
    """
    answer = asyncio.run(_asked(request, make_fetcher))
    if answer.status != 200:
        raise StampFault(f"Dịch vụ dấu thời gian trả về lỗi (mã {answer.status}).")
    return answer.body


async def _asked(request: bytes, make_fetcher: MakeFetcher) -> Fetched:
    async with make_fetcher() as door:
        return await door.post(
            settings.HOIAM_TSA_URL, request, headers=_HEADERS, max_bytes=_LARGEST_ANSWER
        )


def roots() -> list[x509.Certificate]:
    """The roots the file HOIAM_TSA_ROOTS holds; none when it is not set.

    Raises:
        StampFault: the file is missing or is no PEM.
    """
    if not settings.HOIAM_TSA_ROOTS:
        return []
    try:
        return certificates(Path(settings.HOIAM_TSA_ROOTS).read_bytes())
    except OSError as error:
        raise StampFault(
            "Không đọc được tệp HOIAM_TSA_ROOTS. Kiểm tra tên và quyền đọc."
        ) from error
