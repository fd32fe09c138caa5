"""What can go wrong on the way out, each with a sentence an official can act on."""

from hoiam.core.errors import HoiAmError

# "Asked too slowly", "too early", "too often"; every other refusal is meant.
_PASSING = frozenset({408, 425, 429})


class FetchError(HoiAmError):
    """A page could not be fetched; `url` is the address that failed, `code` the kind of fault for records."""

    code = "fetch"
    passes = False
    """Whether the fault may go away by itself, so that asking again later makes sense."""

    def __init__(self, sentence: str, url: str = "") -> None:
        super().__init__(sentence)
        self.url = url


class RefusedAddress(FetchError):
    """The address is not one we may read: not on the public internet, not http(s), or with a password in it."""

    code = "refused"


class RefusedByRobots(FetchError):
    """The site asks programs not to read this page."""

    code = "robots"


class RobotsUnread(FetchError):
    """What the site asks of programs could not be read, so nothing of it may be."""

    code = "robots_unread"
    passes = True


class TooBig(FetchError):
    """The answer is larger than the limit, as sent or unpacked."""

    code = "too_big"


class TooSlow(FetchError):
    """The answer was not complete in the time allowed."""

    code = "too_slow"
    passes = True


class TooManyHops(FetchError):
    """The site sends us from address to address."""

    code = "hops"


class BadCertificate(FetchError):
    """The site cannot prove it is who it says (TLS); `reason` is the library's own wording, for the record."""

    code = "tls"

    def __init__(self, sentence: str, url: str, reason: str) -> None:
        super().__init__(sentence, url)
        self.reason = reason


class NoSuchHost(FetchError):
    """The name of the site leads nowhere (DNS)."""

    code = "dns"
    passes = True


class NoConnection(FetchError):
    """The site could not be reached, or broke off."""

    code = "connection"
    passes = True


class BadLogin(FetchError):
    """A mailbox does not take our name or password."""

    code = "login"


class BadContent(FetchError):
    """The answer breaks the rules of HTTP or is packed in a way we do not read."""

    code = "content"
    passes = True


class BadStatus(FetchError):
    """The site answered with an error; `status` is its number, `retry_after` the seconds it asks us to wait."""

    code = "status"

    def __init__(
        self, sentence: str, url: str, status: int, retry_after: float | None = None
    ) -> None:
        super().__init__(sentence, url)
        self.status = status
        self.retry_after = retry_after
        self.asks_for_rest = status == 429 or (status >= 500 and retry_after is not None)
        self.passes = status >= 500 or status in _PASSING
