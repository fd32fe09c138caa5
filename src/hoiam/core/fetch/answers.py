"""What a fetch gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from hoiam.core.fetch.errors import BadStatus


@dataclass(frozen=True)
class Hop:
    """One redirect that was followed."""

    url: str
    status: int
    location: str


@dataclass(frozen=True)
class Fetched:
    """One answer, with all that a record of evidence needs."""

    url: str
    """As asked for."""
    final_url: str
    """Where the answer came from, after redirects."""
    status: int
    headers: Mapping[str, str]
    """Of the answer; names as the site wrote them, looked up without regard to case."""
    body: bytes
    """Unpacked."""
    raw: bytes
    """As sent: the same as `body` unless the site packed it."""
    charset: str | None
    """As the Content-Type header says; not checked."""
    fetched_at: datetime
    """When the last request was sent (aware)."""
    hops: tuple[Hop, ...]
    not_modified: bool
    """The site says nothing changed since `etag` or `modified`; the body is empty."""
    elapsed: float
    """Seconds on the network, waiting for the host's turn not counted."""
    tls_fault: str | None
    """Why the site's certificate was not good, when it was fetched all the same."""
    reason: str = ""
    """The words that came with the status."""
    http_version: str = "1.1"
    request_headers: tuple[tuple[str, str], ...] = ()
    """Of the last request, as sent."""

    @property
    def etag(self) -> str | None:
        """To be given back next time."""
        return _sayable(self.headers.get("ETag"))

    @property
    def modified(self) -> str | None:
        """To be given back next time."""
        return _sayable(self.headers.get("Last-Modified"))


def charset_of(content_type: str) -> str | None:
    """The charset a Content-Type header names, in lower case.

    >>> charset_of('text/html; Charset="UTF-8"')
    'utf-8'
    """
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return _sayable(value.strip().strip("\"'").lower()) or None
    return None


def _sayable(value: str | None) -> str | None:
    """The value, when it can be written and sent again; bytes of no charset arrive as halves of characters."""
    return value if value is not None and value.isprintable() else None


def asks_for_rest(answer: Fetched) -> bool:
    """Whether the site asks to be left alone for a while (RFC 6585 and RFC 9110 10.2.3)."""
    return BadStatus("", "", answer.status, retry_after_of(answer.headers)).asks_for_rest


def retry_after_of(headers: Mapping[str, Any]) -> float | None:
    """The seconds the site asks us to wait; a date is counted from the site's own Date, None when that is not told.

    >>> retry_after_of({"Retry-After": "Wed, 05 Aug 2026 01:02:00 GMT", "Date": "Wed, 05 Aug 2026 01:00:00 GMT"})
    120.0
    """
    value = str(headers.get("Retry-After", "")).strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until, now = (parsedate_to_datetime(str(one)) for one in (value, headers.get("Date", "")))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):  # no dates, or one of them without a zone
        return None
