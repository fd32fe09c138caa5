"""Turns the client library's exceptions into our own sentences."""

import socket
import ssl

import aiohttp

from hoiam.core.fetch.connector import InnerAddress
from hoiam.core.fetch.errors import (
    BadCertificate,
    BadContent,
    FetchError,
    NoConnection,
    NoSuchHost,
    RefusedAddress,
    TooSlow,
)
from hoiam.core.fetch.guard import inner


def certificate_fault(error: BaseException) -> str | None:
    """Why the site's certificate or TLS is not good; None when something else is wrong."""
    # The client's own wrappers are kinds of SSLError too, but only the cause says why.
    causes = [cause for cause in _causes(error) if not isinstance(cause, aiohttp.ClientError)]
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return getattr(cause, "verify_message", None) or cause.reason or str(cause)
    return None


def worded(error: BaseException, url: str) -> FetchError:
    """The same fault as one of ours."""
    fault = certificate_fault(error)
    if fault is not None:
        return BadCertificate(
            "Trang không chứng minh được danh tính (chứng thư số lỗi) nên không được đọc.",
            url,
            fault,
        )
    causes = _causes(error)
    if any(isinstance(cause, InnerAddress) for cause in causes):
        return inner(url)
    if any(isinstance(cause, socket.gaierror | UnicodeError) for cause in causes):
        return NoSuchHost("Không tìm thấy trang có tên này. Hãy kiểm tra lại địa chỉ.", url)
    if isinstance(error, aiohttp.InvalidURL):
        return RefusedAddress("Địa chỉ viết không đúng. Hãy kiểm tra lại.", url)
    if isinstance(error, TimeoutError):
        return TooSlow("Trang không trả lời kịp. Hệ thống sẽ đọc lại sau.", url)
    if isinstance(error, aiohttp.ClientPayloadError | aiohttp.ClientResponseError):
        return BadContent("Trang trả lời sai quy cách hoặc bị đứt giữa chừng.", url)
    return NoConnection("Không kết nối được với trang. Hệ thống sẽ đọc lại sau.", url)


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    one: BaseException | None = error
    while one is not None and one not in found:
        found.append(one)
        one = getattr(one, "os_error", None) or one.__cause__
    return found
