"""Reading one page at a person's wish: fetched through the one door, kept as evidence, its text extracted."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hoiam.core.actor import Actor
from hoiam.core.fetch import Fetched, Fetcher
from hoiam.kit.news import Page, extract, host_of
from hoiam.monitoring.actions.captures import keep_page
from hoiam.monitoring.models import Capture
from hoiam.monitoring.queries import rules_off_by_host


@dataclass(frozen=True)
class ReadPage:
    """A page as read: its parts and the capture that proves them."""

    page: Page
    capture: Capture


def read_page(
    url: str, *, actor: Actor, now: datetime, make_fetcher: Callable[[], Fetcher] = Fetcher
) -> ReadPage:
    """The page at this address with its capture; at most 20 seconds on the network. Never call it in a transaction.

    Raises:
        FetchError: the page cannot be had; the sentence says why.
        BlobFault: the evidence store cannot be written.
    """
    return read_answer(asyncio.run(_get(url, make_fetcher)), actor=actor)


def read_answer(answer: Fetched, *, actor: Actor) -> ReadPage:
    """The page in an answer that was fetched, with the capture that proves it.

    Raises:
        BlobFault: the evidence store cannot be written.
    """
    off = rules_off_by_host().get(host_of(answer.final_url), frozenset())
    page = extract(answer.body, url=answer.final_url, charset=answer.charset, without=off)
    return ReadPage(page, keep_page(answer, actor=actor, how="ghi nhận bằng tay"))


async def _get(url: str, make_fetcher: Callable[[], Fetcher]) -> Fetched:
    async with make_fetcher() as fetcher:
        return await fetcher.get(url)
