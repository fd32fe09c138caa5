"""The watch on outlets as a job: pages that are due are looked at, what the looks suggest is told to who holds the case."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from hoiam.core.fetch import Fetcher
from hoiam.core.jobs import every, job
from hoiam.core.outbox import handles
from hoiam.handling.actions.watch_looks import (
    end_keeping,
    fetch_plans,
    lease_watches,
    note_round,
    plan_of,
)
from hoiam.handling.actions.watch_reading import Seen
from hoiam.handling.models import OutletWatch
from hoiam.handling.queries.urgency import needed_by
from hoiam.handling.states import LookPlace
from hoiam.monitoring.actions.intake import Line
from hoiam.monitoring.actions.work_notices import tell

BROKE = "lỗi trong chương trình khi đọc trang; sẽ xem lại sau, đã ghi nhật ký máy chủ."
_log = logging.getLogger(__name__)


@every(minutes=10)
@job()
def look_at_outlets(now: datetime) -> int:
    """Look at the pages that are due; how many looks were taken."""
    return look_due(now)


def look_due(now: datetime, make_fetcher: Callable[[], Fetcher] = Fetcher) -> int:
    """How many looks a round took; every fault is noted on its watch, and one watch never stops the others."""
    end_keeping(now)
    held = lease_watches(now=now)
    if not held:
        return 0
    seen = asyncio.run(fetch_plans([plan_of(watch) for watch in held], make_fetcher, now))
    line = Line(now=now)
    return sum(_noted(watch, seen[watch.pk], now, line) for watch in held)


def _noted(watch: OutletWatch, seen: list[Seen], now: datetime, line: Line) -> int:
    try:
        return len(note_round(watch, seen, now=now, line=line))
    except Exception:  # the rim of one watch: it never stops the others
        _log.exception("watch %s could not note its looks", watch.pk)
        line.forget()
    return len(note_round(watch, [Seen(LookPlace.ARTICLE, "", why=BROKE)], now=now, line=line))


@handles("reply_proposed")
def tell_the_holder(watch_id: int, now: datetime) -> None:
    """Tell who holds the case: a look suggests something that waits for a person. Never the content, only where to look."""
    rows = OutletWatch.objects.system("tell who must confirm")
    watch = rows.select_related("case__holder").get(pk=watch_id)
    person = watch.case.holder
    if not watch.proposal or person is None:
        return
    tell(
        [person],
        f"Theo dõi báo: {watch.case.number} chờ xác nhận",
        f"Hệ thống thấy thay đổi ở báo trong {watch.case.number}. Mở “Theo dõi báo” để xem và xác nhận.",
        f"reply:{watch.pk}:{watch.proposed_key[:16]}",
        now,
        page=("desk-outlet-watch", watch.pk),
        before=needed_by(watch.case, now),
    )
