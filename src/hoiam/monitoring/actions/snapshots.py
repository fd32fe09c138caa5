"""Capturing a page now (chụp ngay): the answer as a WARC file, and a picture and a print when a Chromium is there."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import HoiAmError, InvalidInput
from hoiam.core.fetch import AddressGuard, Fetched, Fetcher, FetchError
from hoiam.core.fetch.client import parsed
from hoiam.core.rendering import Rendering, render
from hoiam.core.stamps.sealing import seal
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.captures import keep_page, keep_rendering
from hoiam.monitoring.models import Capture, CapturePlan, Item, Snapshot
from hoiam.monitoring.queries import CAPTURE
from hoiam.monitoring.states import ShotRhythm, SnapshotState

Render = Callable[[str], Rendering]
STEPS = {ShotRhythm.HOUR: timedelta(hours=1), ShotRhythm.DAY: timedelta(days=1)}
BY_WISH, BY_PLAN = "chụp theo yêu cầu", "chụp theo lịch"


@transaction.atomic
def ask_snapshot(item: Item, *, actor: Actor, now: datetime) -> Snapshot:
    """The wish to have the page of a report captured now.

    Raises:
        NotAllowed: the report is not before the actor's desk.
        InvalidInput: it has no address.
    """
    authority.check(actor, "ask_snapshot", item)
    made = put_snapshot(item.url, item=item, actor=actor, now=now)
    ledger.write(item, actor=actor, step="ask_snapshot", at=now, url=made.url)
    return made


def put_snapshot(
    url: str,
    *,
    actor: Actor | None,
    now: datetime,
    item: Item | None = None,
    plan: CapturePlan | None = None,
) -> Snapshot:
    """The wish, written without asking for authority: the step that includes it has asked.

    Raises:
        InvalidInput: the address is none of a page on the public internet.
    """
    url = url.strip()
    try:
        AddressGuard().check_url(parsed(url))
    except FetchError as error:
        raise InvalidInput(str(error), "url") from error
    if len(url) > 1000:
        raise InvalidInput("Địa chỉ quá dài. Kiểm tra lại.", "url")
    made = Snapshot.objects.create(
        url=url,
        item=item,
        plan=plan,
        asked_by=actor.official if actor else None,
        asked_at=now,
    )
    outbox.post("snapshot_asked", made.pk, at=now)
    return made


def take_snapshot(
    snapshot: Snapshot,
    *,
    now: datetime,
    make_fetcher: Callable[[], Fetcher] = Fetcher,
    picture: Render = render,
) -> Snapshot:
    """The snapshot once taken, or with why it could not be. Never call it in a transaction.

    A page that answers with an error is captured too: a removed report is evidence. A bad certificate is written into the
    record, and then no browser is sent there. Run twice, it takes what is not taken yet.
    """
    if snapshot.state != SnapshotState.WAITING:
        return snapshot
    try:
        answer = asyncio.run(_fetched(snapshot.url, make_fetcher))
        page = keep_page(answer, actor=None, by=snapshot.asked_by, how=_how(snapshot))
    except HoiAmError as fault:
        return _failed(snapshot, str(fault), now)
    made, told = _pictured(snapshot, answer, now, picture)
    return _done(snapshot, page, made, told, now)


async def _fetched(url: str, make_fetcher: Callable[[], Fetcher]) -> Fetched:
    async with make_fetcher() as fetcher:
        return await fetcher.get(url, any_status=True, evidence=True)


def _how(snapshot: Snapshot) -> str:
    return BY_PLAN if snapshot.plan_id else BY_WISH


def _pictured(
    snapshot: Snapshot, answer: Fetched, now: datetime, picture: Render
) -> tuple[list[Capture], str]:
    if answer.tls_fault:
        return [], f"Không mở bằng trình duyệt vì chứng thư của trang lỗi: {answer.tls_fault}."
    try:
        made = picture(answer.final_url)
        kept = [
            keep_rendering(data, snapshot=snapshot, now=now, content_type=kind, how=made.how)
            for data, kind in ((made.image, "image/png"), (made.print, "application/pdf"))
        ]
    except (
        HoiAmError
    ) as fault:  # no Chromium, one that hung, or a full disk: the page itself is kept
        return [], str(fault)
    return kept, made.how


@transaction.atomic
def _done(
    snapshot: Snapshot, page: Capture, pictures: list[Capture], told: str, now: datetime
) -> Snapshot:
    snapshot.page = page
    if pictures:
        snapshot.image, snapshot.print = pictures
    snapshot.rendering = told[:300]
    snapshot.state, snapshot.done_at, snapshot.problem = SnapshotState.DONE, now, ""
    snapshot.save()
    seal([(CAPTURE, each) for each in (page, *pictures)], now=now)
    return snapshot


def _failed(snapshot: Snapshot, why: str, now: datetime) -> Snapshot:
    # The door's sentences are written for the collector, which comes again by itself; this does not.
    why = why.replace("Hệ thống sẽ đọc lại sau.", "Hãy bấm chụp lại sau ít phút.")
    snapshot.state, snapshot.done_at, snapshot.problem = SnapshotState.FAILED, now, why[:300]
    snapshot.save(update_fields=["state", "done_at", "problem"])
    return snapshot


def plan_item(
    item: Item, *, rhythm: str, until: datetime, actor: Actor, now: datetime
) -> CapturePlan:
    """The plan for an item in place of the one before; written without asking for authority, as `put_snapshot`."""
    CapturePlan.objects.filter(item=item).update(next_at=None)
    return CapturePlan.objects.create(
        item=item,
        rhythm=rhythm,
        until=until,
        next_at=now,
        by=actor.official,
        made_at=now,
    )


@transaction.atomic
def run_plans(now: datetime) -> int:
    """How many pages were asked for because a plan's time has come; a plan past its last day ends."""
    due = CapturePlan.objects.select_for_update().filter(next_at__lte=now).select_related("item")
    asked, today = 0, now.astimezone(VIETNAM).date()
    for plan in due:
        if plan.until < today:
            plan.next_at = None
        else:
            put_snapshot(plan.item.url, actor=None, now=now, item=plan.item, plan=plan)
            plan.next_at = _following(plan, now)
            asked += 1
        plan.save(update_fields=["next_at"])
    return asked


def _following(plan: CapturePlan, now: datetime) -> datetime:
    """The next moment of the plan's own beat that lies ahead: a stop of the house is not made good shot by shot."""
    step = STEPS[ShotRhythm(plan.rhythm)]
    return plan.next_at + step * (1 + (now - plan.next_at) // step)
