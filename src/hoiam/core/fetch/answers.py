"""What a fetch gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


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
        return self.headers.get("ETag")

    @property
    def modified(self) -> str | None:
        """To be given back next time."""
        return self.headers.get("Last-Modified")


def charset_of(content_type: str) -> str | None:
    """The charset a Content-Type header names, in lower case.

    >>> charset_of('text/html; Charset="UTF-8"')
    'utf-8'
    """
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower() or None
    return None


def retry_after_of(headers: Mapping[str, Any]) -> float | None:
    """The seconds the site asks us to wait; None when it names none (dates are not read)."""
    value = str(headers.get("Retry-After", "")).strip()
    return float(value) if value.isascii() and value.isdigit() else None
