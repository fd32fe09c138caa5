"""Finding where a site keeps its news from its address alone, so that an official never needs to know what RSS is."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.fetch import Fetched, Fetcher, FetchError, RobotsBook
from hoiam.kit.news import (
    Place,
    common_places,
    feed_links,
    feed_pages,
    guess_rule,
    read_feed,
    read_sitemap,
)
from hoiam.monitoring.actions.readers import Door
from hoiam.monitoring.models import Source

TRIED = 12  # places looked at; a site that names more shows the others untried
PAGES = 2  # pages that list feeds, followed
SECONDS = 40.0  # for all of it: a person waits
NOT_TRIED = "Chưa kịp thử địa chỉ này; hãy bấm Xem trước."


@dataclass
class Candidate:
    """A place that may become a source: how much it gives now, its newest title, or why it gives nothing."""

    place: Place
    total: int = 0
    newest: str = ""
    newest_at: datetime | None = None
    problem: str = ""
    rule: dict[str, str] = field(default_factory=dict)
    is_tried: bool = False

    @property
    def works(self) -> bool:
        """Whether it gave something."""
        return self.total > 0

    @property
    def tells_what_is_new(self) -> bool:
        """Whether new items can be told from old ones: an undated sitemap is the whole site."""
        return self.works and (self.place.kind != "sitemap" or self.newest_at is not None)


def find_places(
    address: str, *, actor: Actor, now: datetime, make_fetcher: Callable[[], Fetcher] = Fetcher
) -> list[Candidate]:
    """The feeds, sitemaps and the listing of a site, those that work first. Never call it in a transaction.

    Args:
        address: of any page of the site, with or without https://.
        actor: who may keep sources.
        now: the moment of asking.

    Raises:
        FetchError: the address itself cannot be read; the sentence says why.
        NotAllowed: the actor may not keep sources.
    """
    authority.check(actor, "save_source", Source)
    return asyncio.run(_find(whole_address(address), now, make_fetcher))


def whole_address(address: str) -> str:
    """The address with its scheme: people type "baosongthanh.example"."""
    trimmed = address.strip()
    return trimmed if "://" in trimmed else f"https://{trimmed}"


async def _find(url: str, now: datetime, make_fetcher: Callable[[], Fetcher]) -> list[Candidate]:
    async with make_fetcher() as fetcher:
        robots = RobotsBook(fetcher, "HoiAm", lambda: now)
        return await places_of(url, Door(fetcher, robots, now), robots)


async def places_of(url: str, door: Door, robots: RobotsBook) -> list[Candidate]:
    """The places of the site this page belongs to, those that work first.

    Raises:
        FetchError: the page itself cannot be read.
    """
    page = await door.get(url)
    # Pages are read beside the loop: a hostile one must not hold up the collector's other readings.
    itself = await asyncio.to_thread(_itself, page)
    if itself is not None:
        return [itself]
    candidates = [Candidate(place) for place in await _places(page, door, robots)]
    await _try_all(candidates, door)
    listing = await asyncio.to_thread(_listing, page)
    # A guess that failed is nobody's fault and is not shown; what the site itself names is, with its fault.
    shown = [one for one in candidates if one.works or one.place.found != "common"]
    return sorted([*shown, *([listing] if listing else [])], key=_rank)


def _rank(one: Candidate) -> tuple[bool, int]:
    if one.place.kind == "sitemap" and one.newest_at is None:
        return not one.works, 3  # every page of the site, and no word which is new
    return not one.works, {"feed": 0, "sitemap": 1, "listing": 2}[one.place.kind]


def _itself(page: Fetched) -> Candidate | None:
    for kind, look in (("feed", _look_feed), ("sitemap", _look_sitemap)):
        candidate = Candidate(Place(page.final_url, kind, found="itself"))
        look(candidate, page)
        if candidate.works:
            return candidate
    return None


async def _places(page: Fetched, door: Door, robots: RobotsBook) -> list[Place]:
    about: dict[str, Any] = {"url": page.final_url, "charset": page.charset}
    named = list(await asyncio.to_thread(feed_links, page.body, **about))
    for url in (await asyncio.to_thread(feed_pages, page.body, **about))[:PAGES]:
        named += await _links_of(url, door)
    maps = [Place(url, "sitemap", found="robots") for url in await robots.sitemaps(page.final_url)]
    guesses = common_places(page.final_url)
    named += [guess for guess in guesses if guess.kind == "feed"] if not named else []
    maps += [guess for guess in guesses if guess.kind == "sitemap"] if not maps else []
    once = {place.url: place for place in reversed([*named, *maps])}
    return list(reversed(once.values()))


async def _links_of(url: str, door: Door) -> list[Place]:
    try:
        page = await door.get(url)
    except FetchError:
        return []  # a page that only may list feeds; nothing is lost without it
    links = feed_links(page.body, url=page.final_url, charset=page.charset)
    candidate = Candidate(Place(page.final_url, "feed"))
    _look_feed(candidate, page)
    return [Place(page.final_url, "feed", found="anchor")] if candidate.works else [*links]


async def _try_all(candidates: list[Candidate], door: Door) -> None:
    # The sitemaps come last in the list and must not fall behind a hundred sections.
    first = sorted(candidates, key=lambda one: one.place.found not in {"link", "robots"})[:TRIED]
    tasks = [asyncio.create_task(_try(one, door)) for one in first]
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    for one in candidates:
        one.problem = one.problem if one.is_tried else NOT_TRIED


async def _try(one: Candidate, door: Door) -> None:
    try:
        page = await door.get(one.place.url)
    except FetchError as error:
        one.problem = str(error)
    else:
        look = _look_feed if one.place.kind == "feed" else _look_sitemap
        await asyncio.to_thread(look, one, page)
    one.is_tried = True


def _look_feed(one: Candidate, page: Fetched) -> None:
    feed = read_feed(page.body, url=page.final_url, charset=page.charset)
    one.total, one.problem = len(feed.entries), "; ".join(feed.problems[:2])
    if feed.entries:
        one.newest, one.newest_at = feed.entries[0].title, feed.entries[0].published_at
        if not one.place.label and feed.title:
            one.place = Place(one.place.url, one.place.kind, feed.title[:80], one.place.found)


def _look_sitemap(one: Candidate, page: Fetched) -> None:
    sitemap = read_sitemap(page.body, charset=page.charset)
    one.total, one.problem = len(sitemap.entries), "; ".join(sitemap.problems[:2])
    dated = [
        (when, row) for row in sitemap.entries if (when := row.published_at or row.modified_at)
    ]
    if dated:
        one.newest_at, last = max(dated, key=lambda pair: pair[0])
        one.newest = last.title


def _listing(page: Fetched) -> Candidate | None:
    guess = guess_rule(page.body, url=page.final_url, charset=page.charset)
    if guess is None:
        return None
    return Candidate(
        Place(page.final_url, "listing", found="itself"),
        total=guess.count,
        newest=guess.titles[0],
        rule=guess.rule.as_json(),
        is_tried=True,
    )
