"""The only way out to the network: one client, used by everything that reads the web.

The address is checked where the socket is made, every redirect is a new request under the same rules, the body is unpacked
and counted by us, and a clock runs over all of it. Nothing else in the product may import an HTTP client.
"""

from hoiam.core.fetch.answers import Fetched, Hop, asks_for_rest, retry_after_of
from hoiam.core.fetch.client import Fetcher, utc_now
from hoiam.core.fetch.errors import (
    BadCertificate,
    BadContent,
    BadLogin,
    BadStatus,
    FetchError,
    NoConnection,
    NoSuchHost,
    RefusedAddress,
    RefusedByRobots,
    RobotsUnread,
    TooBig,
    TooManyHops,
    TooSlow,
)
from hoiam.core.fetch.guard import AddressGuard
from hoiam.core.fetch.limits import MIB, Manners
from hoiam.core.fetch.mailbox import Letter, Mailbox, MailPlace, Unseen
from hoiam.core.fetch.robots import RobotsBook

__all__ = [
    "MIB",
    "AddressGuard",
    "BadCertificate",
    "BadContent",
    "BadLogin",
    "BadStatus",
    "FetchError",
    "Fetched",
    "Fetcher",
    "Hop",
    "Letter",
    "MailPlace",
    "Mailbox",
    "Manners",
    "NoConnection",
    "NoSuchHost",
    "RefusedAddress",
    "RefusedByRobots",
    "RobotsBook",
    "RobotsUnread",
    "TooBig",
    "TooManyHops",
    "TooSlow",
    "Unseen",
    "asks_for_rest",
    "retry_after_of",
    "utc_now",
]
