"""One interface to every platform: what goes out, what comes back, and the few ways in which it can go wrong.

A connector knows the platform's interface and nothing of the database. It says of every failure which kind it is, because
what follows differs: a refusal is for a person, a rest is waited out, and an answer that was lost is looked for on the page
before anything is sent again.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import (
    BadCertificate,
    Fetched,
    Fetcher,
    FetchError,
    NoSuchHost,
    RefusedAddress,
    TooManyHops,
)
from hoiam.kit.vietnamese import nfc, squash

MakeFetcher = Callable[[], Fetcher]
LONGEST_FAULT = 300


class ChannelFault(HoiAmError):
    """The platform did not do it; the sentence says why."""


class Refused(ChannelFault):
    """It said no and will say no again: a person has to change something."""


class TokenRefused(ChannelFault):
    """The key is wrong, has run out or was taken back."""


class AskedToRest(ChannelFault):
    """It asks to be left alone for so many seconds."""

    def __init__(self, sentence: str, seconds: float) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class NotReached(ChannelFault):
    """Nothing was sent: it could not be reached."""


class AnswerLost(ChannelFault):
    """It was sent and what became of it is not known; `trail` is what is needed to find out."""

    def __init__(self, sentence: str, trail: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.trail = trail or {}


class TargetGone(ChannelFault):
    """What was to be changed is not on the page any more."""


class NotOffered(ChannelFault):
    """The platform has no such thing in its interface: it is done by hand."""


@dataclass(frozen=True)
class Place:
    """Which page, and where its interface is."""

    page_id: str = ""
    app_id: str = ""
    address: str = ""


@dataclass(frozen=True)
class Keys:
    """What opens it; never printed."""

    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)
    app_secret: str = field(default="", repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True)
class OutPicture:
    """One picture: its bytes, and where the public may see it."""

    data: bytes = field(repr=False)
    content_type: str
    alt: str
    address: str


@dataclass(frozen=True)
class Outgoing:
    """What is to stand on the page; `marker` is the act's own key."""

    marker: str
    title: str
    text: str
    lead: str = ""
    link: str = ""
    author: str = ""
    pictures: tuple[OutPicture, ...] = ()


@dataclass(frozen=True)
class Done:
    """What came about: the platform's id, where it is read, and the answer itself as proof."""

    external_id: str
    permalink: str
    answer: dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """A post as it now stands."""

    text: str
    permalink: str
    answer: dict[str, Any]


@dataclass(frozen=True)
class Comment:
    """What a reader wrote."""

    platform_id: str
    kind: str
    text: str
    author: str
    under: str
    permalink: str
    written_at: datetime | None


class Connector(ABC):
    """A platform; used inside the `async with` of its door."""

    resend_is_safe: ClassVar[bool] = False
    """Whether the receiver passes over a key it had, so that a lost answer needs no looking for."""

    def __init__(self, place: Place, keys: Keys, door: Fetcher, now: datetime) -> None:
        self.place, self.keys, self.door, self.now = place, keys, door, now

    @abstractmethod
    async def post(self, out: Outgoing) -> Done:
        """The post on the page."""

    @abstractmethod
    async def edit(self, target: str, out: Outgoing) -> Done:
        """The post with another text."""

    @abstractmethod
    async def remove(self, target: str) -> Done:
        """The post taken off the page."""

    @abstractmethod
    async def reply(self, target: str, out: Outgoing) -> Done:
        """An answer under a comment, or to a message."""

    @abstractmethod
    async def hide(self, target: str) -> Done:
        """A comment hidden from others."""

    @abstractmethod
    async def find(self, out: Outgoing, *, target: str, since: datetime, known: Collection[str], trail: dict[str, str]) -> Done | None:  # fmt: skip
        """The post or reply whose answer was lost; None when the page does not have it."""

    @abstractmethod
    async def see(self, target: str) -> Seen | None:
        """The post as it stands; None when it is not there any more."""

    @abstractmethod
    async def read_comments(self, targets: Sequence[str], since: datetime) -> list[Comment]:
        """What readers wrote since then under these posts, and to the account."""

    @abstractmethod
    async def check_token(self) -> str:
        """The name under which the platform knows the account: the key works."""

    async def refreshed(self) -> Keys | None:
        """New keys for those that run out; None where keys are entered by a person."""
        return None


async def asked(door: Fetcher, method: str, url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Fetched:  # fmt: skip
    """The platform's answer.

    Raises:
        NotReached: nothing was sent.
        Refused: our own door does not go there.
        AnswerLost: it may have been done.
    """
    try:
        return await door.ask(method, url, body, headers=headers)
    except (NoSuchHost, BadCertificate) as error:
        raise NotReached(_short(error)) from error
    except (RefusedAddress, TooManyHops) as error:
        raise Refused(_short(error)) from error
    except FetchError as error:
        raise AnswerLost(_short(error)) from error


def _short(error: HoiAmError) -> str:
    return str(error)[:LONGEST_FAULT]


def said(words: Any) -> str:
    """What the platform says, short and on one line: it is shown on a page."""
    return squash(str(words))[:LONGEST_FAULT]


def same_text(one: str, other: str) -> bool:
    """Whether two texts read the same: platforms change line ends, and blanks at the end of lines."""
    return squash(nfc(one)) == squash(nfc(other))
