"""Pages of relevant reports read again: was the article changed, or removed?"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import Fetched, Fetcher, FetchError, RobotsBook, asks_for_rest
from hoiam.core.jobs import every, job
from hoiam.kit.news import host_of
from hoiam.monitoring.actions.intake import Line
from hoiam.monitoring.actions.readers.values import RESTING
from hoiam.monitoring.actions.rechecks import lease_rechecks, note_answer, wake_rechecks
from hoiam.monitoring.actions.versions import note_version
from hoiam.monitoring.models import Recheck
from hoiam.monitoring.queries.rechecks import rhythm

BY_PLAN = "xem lại theo lịch"
BROKE = "Lỗi trong chương trình khi so bản mới; sẽ đọc lại sau, đã ghi nhật ký máy chủ."
_log = logging.getLogger(__name__)

Answers = list[tuple[Recheck, Fetched | None, str]]


@every(minutes=5)
@job()
def recheck_pages(now: datetime) -> int:
    """Read the pages that are due again; how many versions were found."""
    return recheck_due(now)


def recheck_due(now: datetime, make_fetcher: Callable[[], Fetcher] = Fetcher) -> int:
    """How many versions a round found; every fault is noted on its page, and one page never stops the others."""
    wake_rechecks(now=now)
    held = lease_rechecks(now=now, limit=rhythm().at_once)
    if not held:
        return 0
    line = Line(now=now)
    answers = asyncio.run(_answers(held, make_fetcher, now))
    return sum(_noted(row, answer, why, now, line) for row, answer, why in answers)


def _noted(row: Recheck, answer: Fetched | None, why: str, now: datetime, line: Line) -> bool:
    if answer is None:
        note_answer(row, None, now=now, problem=why)
        return False
    try:
        return note_version(row.item, answer, now=now, how=BY_PLAN, line=line) is not None
    except HoiAmError as refusal:  # the evidence store, for one, says itself what to do
        problem = str(refusal)
    except Exception:  # the rim of one page: it never stops the others
        _log.exception("item %s could not be read again", row.item_id)
        problem = BROKE
    line.forget()
    note_answer(row, None, now=now, problem=problem)
    return False


async def _answers(
    held: list[Recheck], make_fetcher: Callable[[], Fetcher], now: datetime
) -> Answers:
    async with make_fetcher() as fetcher:
        robots = RobotsBook(fetcher, "HoiAm", lambda: now)
        hosts: dict[str, list[Recheck]] = {}
        for row in held:
            hosts.setdefault(host_of(row.item.url), []).append(row)
        told = await asyncio.gather(*(_of_host(rows, fetcher, robots) for rows in hosts.values()))
        return [answer for answers in told for answer in answers]


async def _of_host(rows: list[Recheck], fetcher: Fetcher, robots: RobotsBook) -> Answers:
    """One page after the other; a site that asks for rest is asked for no further page in this round."""
    answers: Answers = []
    rests = False
    for row in rows:
        one = (row, None, RESTING) if rests else await _answer(row, fetcher, robots)
        rests = rests or (one[1] is not None and asks_for_rest(one[1]))
        answers.append(one)
    return answers


async def _answer(
    row: Recheck, fetcher: Fetcher, robots: RobotsBook
) -> tuple[Recheck, Fetched | None, str]:
    try:
        await robots.check(row.item.url)
        answer = await fetcher.get(
            row.item.url, etag=row.etag or None, modified=row.modified or None, any_status=True
        )
    except FetchError as error:
        return row, None, str(error)
    return row, answer, ""
