"""Where an outlet keeps its corrections: guessed from its home page, kept by a person for the channel."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.core.fetch import Fetched, Fetcher
from hoiam.handling.actions.moving import web_address
from hoiam.handling.models import OutletWatch
from hoiam.handling.queries.outlet_watch import addresses_of
from hoiam.kit.news import host_of
from hoiam.kit.news.corrections import section_guesses


def guess_section(
    watch: OutletWatch,
    *,
    actor: Actor,
    now: datetime,
    make_fetcher: Callable[[], Fetcher] = Fetcher,
) -> tuple[str, ...]:
    """Addresses that seem to be the outlet's section of corrections, likeliest first; nothing is kept.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: the outlet has no site.
        FetchError: its home page cannot be had.
    """
    authority.check(actor, "keep_section", watch)
    home = addresses_of(watch).section
    if not home:
        raise InvalidInput("Báo này không có trang để tìm chuyên mục cải chính.", "url")
    answer = asyncio.run(_got(home, make_fetcher))
    return section_guesses(answer.body, url=answer.final_url, charset=answer.charset)


async def _got(url: str, make_fetcher: Callable[[], Fetcher]) -> Fetched:
    async with make_fetcher() as fetcher:
        return await fetcher.get(url)


@transaction.atomic
def keep_section(watch: OutletWatch, *, actor: Actor, now: datetime, url: str) -> OutletWatch:
    """The watch, its channel now with this address of corrections; blank goes back to the home page.

    Raises:
        InvalidInput: no web address, one of another site, or the watch has no channel.
    """
    authority.check(actor, "keep_section", watch)
    url = web_address(url)
    if watch.channel is None:
        raise InvalidInput(
            "Bài chưa gắn với báo nào trong danh bạ. Hãy thêm báo, kênh trước.", "url"
        )
    known = watch.channel.host or (host_of(watch.item.url) if watch.item else "")
    if url and known and host_of(url).removeprefix("www.") != known.removeprefix("www."):
        raise InvalidInput(f"Địa chỉ phải thuộc trang của báo ({known}).", "url")
    watch.channel.correction_url = url
    watch.channel.save(update_fields=["correction_url"])
    ledger.write(watch.case, actor=actor, step="keep_section", at=now, outlet=watch.outlet, url=url)
    return watch
