"""What a watch reads on the network: the article, the outlet's section, pages that seem to be the correction. No database here."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from hoiam.core.fetch import Fetched, Fetcher, FetchError, RobotsBook, asks_for_rest
from hoiam.handling.states import LookPlace
from hoiam.kit.news import host_of
from hoiam.kit.news.corrections import correction_links
from hoiam.monitoring.actions.readers.values import RESTING

# Of one round: so many pages beside the article and the section, so that a busy section costs a site little.
MOST_PAGES = 3


@dataclass(frozen=True)
class Plan:
    """Where one watch looks in one round."""

    watch: int
    article: str = ""
    section: str = ""
    pages: tuple[str, ...] = ()
    """Asked for whatever the section says: where it was found, new reports that may be it."""
    title: str = ""
    known: frozenset[str] = frozenset()
    """Pages with a clear answer from an earlier look."""

    @property
    def host(self) -> str:
        """Whose turn it is."""
        return host_of(self.section or self.article or next(iter(self.pages), ""))


@dataclass(frozen=True)
class Seen:
    """One answer, or why there is none."""

    place: str
    url: str
    answer: Fetched | None = None
    why: str = ""


@dataclass
class Door:
    """The way out for one round: each page is asked for once, a site that asks for rest no further."""

    fetcher: Fetcher
    robots: RobotsBook
    answers: dict[str, Fetched | str] = field(default_factory=dict)
    resting: set[str] = field(default_factory=set)

    async def get(self, place: str, url: str) -> Seen:
        """The answer of this page, whatever its status."""
        host = host_of(url)
        if url not in self.answers:
            self.answers[url] = RESTING if host in self.resting else await self._ask(url)
        got = self.answers[url]
        if isinstance(got, str):
            return Seen(place, url, why=got)
        if asks_for_rest(got):
            self.resting.add(host)
        return Seen(place, url, got)

    async def _ask(self, url: str) -> Fetched | str:
        try:
            await self.robots.check(url)
            return await self.fetcher.get(url, any_status=True)
        except FetchError as error:
            return str(error)


async def read_all(plans: Sequence[Plan], door: Door) -> dict[int, list[Seen]]:
    """What each watch saw; the watches of one site one after the other, sites beside each other."""
    hosts: dict[str, list[Plan]] = {}
    for plan in plans:
        hosts.setdefault(plan.host, []).append(plan)
    told = await asyncio.gather(*(_of_host(some, door) for some in hosts.values()))
    return {watch: seen for some in told for watch, seen in some.items()}


async def _of_host(plans: Sequence[Plan], door: Door) -> dict[int, list[Seen]]:
    return {plan.watch: await read_plan(plan, door) for plan in plans}


async def read_plan(plan: Plan, door: Door) -> list[Seen]:
    """The looks of one watch in one round."""
    seen = []
    if plan.article:
        seen.append(await door.get(LookPlace.ARTICLE, plan.article))
    links: list[str] = []
    if plan.section:
        section = await door.get(LookPlace.SECTION, plan.section)
        seen.append(section)
        links = _links(section.answer, plan)
    for url in list(dict.fromkeys([*plan.pages, *links]))[:MOST_PAGES]:
        seen.append(await door.get(LookPlace.PAGE, url))
    return seen


def _links(answer: Fetched | None, plan: Plan) -> list[str]:
    if answer is None or answer.status >= 400:
        return []
    found = correction_links(
        answer.body, url=answer.final_url, title=plan.title, charset=answer.charset
    )
    return [url for url in found if url not in plan.known | {plan.article, plan.section}]
