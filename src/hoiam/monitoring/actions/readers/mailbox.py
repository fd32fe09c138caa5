"""Reading the box alert mails come to; letters are marked as seen only after their links were kept."""

import asyncio
from collections.abc import Iterable

from hoiam.core.errors import InvalidInput
from hoiam.core.fetch import BadLogin, Mailbox, Unseen
from hoiam.kit.news import Feed, read_notice
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.actions.readers.values import Door, Reading
from hoiam.monitoring.actions.sources import mailbox_of
from hoiam.monitoring.models import Source

LEFT = "Còn {count} thư chưa đọc, lượt sau đọc tiếp."


async def read(source: Source, door: Door) -> Reading:
    """The reports the unseen letters name.

    Raises:
        FetchError: the box cannot be read; no sentence holds the password.
    """
    box = opened(source, door)
    unseen = await box.unseen()
    feeds = await asyncio.to_thread(_notices, unseen)

    async def settle() -> None:
        if unseen.letters:
            await box.mark_seen([letter.uid for letter in unseen.letters], unseen.validity)

    return Reading(
        entries=tuple(entry for feed in feeds for entry in feed.entries),
        problems=_told(feed for feed in feeds if feed.lost),
        notes=(*_told(feed for feed in feeds if not feed.lost), *_left(unseen)),
        lost=sum(feed.lost for feed in feeds),
        unchanged=not unseen.letters,
        settle=settle,
    )


def _notices(unseen: Unseen) -> list[Feed]:
    return [read_notice(letter.data) for letter in unseen.letters]


def _told(feeds: Iterable[Feed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(problem for feed in feeds for problem in feed.problems))


def _left(unseen: Unseen) -> tuple[str, ...]:
    return (LEFT.format(count=show_number(unseen.left)),) if unseen.left else ()


def opened(source: Source, door: Door) -> Mailbox:
    """The mailbox of a source, as the environment of this moment names it.

    Raises:
        BadLogin: the server has no such mailbox; the sentence names the variable.
    """
    try:
        place, password = mailbox_of(source.rule)
    except InvalidInput as error:
        raise BadLogin(str(error), source.url) from error
    return door.fetcher.mailbox(place, password)
