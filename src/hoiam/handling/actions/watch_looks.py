"""Looks of a watch: each sealed and judged; what they suggest is proposed to a person and never counted before."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import HoiAmError, InvalidInput, WrongState
from hoiam.core.fetch import Fetched, Fetcher, RobotsBook
from hoiam.handling.actions.clocks import OPEN, end_clock
from hoiam.handling.actions.watch_edits import edit_words
from hoiam.handling.actions.watch_reading import Door, Plan, Seen, read_all
from hoiam.handling.actions.watching import follow_new_copies
from hoiam.handling.models import Clock, OutletLook, OutletWatch
from hoiam.handling.queries.outlet_watch import (
    addresses_of,
    due_watches,
    new_items_of,
    next_look,
    seen_before,
    texts_around,
    wanted_of,
)
from hoiam.handling.states import LookPlace, LookResult, ReplyKind, WatchAim, WatchState
from hoiam.handling.states.watch import AT_REST, STRENGTH
from hoiam.kit.news import extract
from hoiam.kit.news.corrections import Carried, Wanted, find_carried, judge_answer, may_be_one
from hoiam.kit.vietnamese import show_datetime
from hoiam.monitoring.actions.captures import keep_page
from hoiam.monitoring.actions.intake import Line
from hoiam.monitoring.actions.versions import note_version

BY_WATCH = "theo dõi báo thực hiện"
LEASE = timedelta(minutes=10)  # not-law: how long a worker may hold a watch
AT_ONCE = 40
UNCLEAR = "Lần xem này hỏng, chưa kết luận được gì: {why}"


def lease_watches(*, now: datetime, limit: int = AT_ONCE) -> list[OutletWatch]:
    """Due watches, held for this worker: another one passes them over until the lease ends."""
    rows = OutletWatch.objects.system("a worker takes watches that are due")
    held = []
    for watch in due_watches(now)[:limit]:
        free = rows.filter(pk=watch.pk, leased_until=watch.leased_until)
        if free.filter(next_look_at=watch.next_look_at).update(leased_until=now + LEASE):
            held.append(watch)
    return held


def plan_of(watch: OutletWatch) -> Plan:
    """Where this watch looks now."""
    places = addresses_of(watch)
    fresh = [item.url for item in new_items_of(watch) if item.url and may_be_one(item.title)]
    found = [places.found] if places.found and places.found != places.article else []
    known = seen_before(watch)
    return Plan(
        watch=watch.pk,
        article=places.article,
        section=places.section,
        pages=(*found, *(url for url in fresh if url not in known)),
        title=wanted_of(watch).title,
        known=frozenset(known),
    )


def look_now(
    watch: OutletWatch,
    *,
    actor: Actor,
    now: datetime,
    make_fetcher: Callable[[], Fetcher] = Fetcher,
) -> list[OutletLook]:
    """The looks of a round taken at an official's wish. Never call it in a transaction.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: there is no page a program could read.
    """
    authority.check(actor, "look_now", watch)
    if not addresses_of(watch).has_any:
        raise InvalidInput(
            "Mục này không có trang nào để hệ thống tự xem. Hãy ghi kết quả bằng tay."
        )
    seen = asyncio.run(fetch_plans([plan_of(watch)], make_fetcher, now))
    return note_round(watch, seen[watch.pk], now=now, actor=actor)


async def fetch_plans(
    plans: Sequence[Plan], make_fetcher: Callable[[], Fetcher], now: datetime
) -> dict[int, list[Seen]]:
    """What each planned watch saw, asked for politely."""
    async with make_fetcher() as fetcher:
        return await read_all(plans, Door(fetcher, RobotsBook(fetcher, "HoiAm", lambda: now)))


def note_round(
    watch: OutletWatch,
    seen: Sequence[Seen],
    *,
    now: datetime,
    actor: Actor | None = None,
    line: Line | None = None,
) -> list[OutletLook]:
    """The looks of one round as kept; the watch knows when it looks next, and may carry a new proposal."""
    wanted = wanted_of(watch)
    line = line or Line(now=now)
    looks = [_look(watch, one, wanted, now=now, actor=actor, line=line) for one in seen]
    looks += _read_items(watch, wanted, now)
    _close_round(watch, looks, now)
    return looks


def _look(
    watch: OutletWatch,
    one: Seen,
    wanted: Wanted,
    *,
    now: datetime,
    actor: Actor | None,
    line: Line,
) -> OutletLook:
    look = OutletLook(watch=watch, at=now, place=one.place, url=one.url[:1000])
    look.by = actor.official if actor else None
    if one.answer is None:
        return _kept(look, LookResult.FAILED, UNCLEAR.format(why=_lower(one.why)))
    try:
        carried = _judged(watch, look, one.answer, wanted, now=now, actor=actor, line=line)
    except HoiAmError as refusal:  # the evidence store, for one, says itself what to do
        line.forget()
        return _kept(look, LookResult.FAILED, UNCLEAR.format(why=_lower(str(refusal))))
    look.found = [
        {"name": m.name, "field": m.field, "start": m.start, "end": m.end, "text": m.text[:300]}
        for m in carried.found
    ]
    look.missing = [lack.words for lack in carried.missing]
    if carried.result == LookResult.NONE and one.place == LookPlace.ARTICLE:
        edited = edit_words(*texts_around(watch))
        if edited:
            return _kept(look, LookResult.EDITED, f"{edited} {carried.sentence}")
    return _kept(look, LookResult(carried.result), carried.sentence)


def _judged(
    watch: OutletWatch,
    look: OutletLook,
    answer: Fetched,
    wanted: Wanted,
    *,
    now: datetime,
    actor: Actor | None,
    line: Line,
) -> Carried:
    """What the answer says, sealed: the article's through its versions, so that before and after stand side by side."""
    if look.place == LookPlace.ARTICLE and watch.item is not None:
        look.version = note_version(
            watch.item, answer, now=now, how=BY_WATCH, actor=actor, line=line
        )
    sealed = look.version.capture if look.version else None
    look.capture = sealed or keep_page(answer, actor=actor, how=BY_WATCH)
    page = extract(answer.body, url=answer.final_url, charset=answer.charset)
    return judge_answer(
        wanted,
        page,
        status=answer.status,
        asked=look.url,
        final=answer.final_url,
        is_article=look.place == LookPlace.ARTICLE or look.url == watch.found_url,
    )


def _kept(look: OutletLook, result: LookResult, words: str) -> OutletLook:
    look.result, look.words = result, words
    look.save()
    return look


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _read_items(watch: OutletWatch, wanted: Wanted, now: datetime) -> list[OutletLook]:
    """Looks at what the collector brought in of the outlet; only what carries something is noted."""
    looks = []
    for item in new_items_of(watch):
        carried = find_carried(wanted, item.title, item.sapo, item.body)
        if carried.result == LookResult.NONE:
            continue
        look = OutletLook(
            watch=watch, at=now, place=LookPlace.ITEM, url=item.url, item=item, capture=item.capture
        )
        look.found = [
            {"name": m.name, "field": m.field, "text": m.text[:300]} for m in carried.found
        ]
        look.missing = [lack.words for lack in carried.missing]
        looks.append(_kept(look, LookResult(carried.result), carried.sentence))
    return looks


@transaction.atomic
def _close_round(watch: OutletWatch, looks: Sequence[OutletLook], now: datetime) -> None:
    rows = OutletWatch.objects.system("a round of looks ends").select_for_update(of=("self",))
    row = rows.select_related("case", "paper", "item", "channel").get(pk=watch.pk)
    failed = bool(looks) and all(look.result == LookResult.FAILED for look in looks)
    row.failures = row.failures + 1 if failed else 0
    row.looked_at, row.leased_until = now, None
    _propose(row, looks, now)
    row.next_look_at = next_look(row, now)
    row.save()
    follow_new_copies(row, now)


def _propose(watch: OutletWatch, looks: Sequence[OutletLook], now: datetime) -> None:
    """The watch with what the strongest look of the round suggests, unless a person has answered just that."""
    found = _suggested(watch, looks)
    if found is None:
        return
    look, reply, words = found
    key = hashlib.sha256(f"{reply}|{look.url}|{words}".encode()).hexdigest()
    if key in (watch.answered_key, watch.proposed_key if watch.proposal else ""):
        return
    standing = watch.proposal_look.result if watch.proposal and watch.proposal_look else None
    if standing is not None and _rank(standing) < _rank(look.result):
        return
    watch.proposal, watch.proposal_words = reply, words
    watch.proposed_at, watch.proposal_look, watch.proposed_key = now, look, key
    ledger.write(
        watch.case,
        actor=None,
        step="propose_reply",
        at=now,
        reason=words,
        watch=watch.pk,
        outlet=watch.outlet,
        reply=reply,
        page=look.capture.payload_sha256 if look.capture else "",
    )
    outbox.post("reply_proposed", watch.pk, at=now)


def _suggested(
    watch: OutletWatch, looks: Sequence[OutletLook]
) -> tuple[OutletLook, str, str] | None:
    if watch.state in AT_REST:
        return None
    if watch.state == WatchState.FOUND:
        return _lost(watch, looks)
    for result in STRENGTH:
        look = next((look for look in looks if look.result == result), None)
        if look is not None:
            reply = _reply_of(watch, result)
            return (look, reply, look.words) if reply else None
    return None


def _reply_of(watch: OutletWatch, result: str) -> str:
    carried = ReplyKind.CORRECTED if watch.aim == WatchAim.CORRECTION else ReplyKind.PUBLISHED
    return {
        LookResult.COMPLETE: str(carried.value),
        LookResult.PARTIAL: str(ReplyKind.INCOMPLETE.value),
        LookResult.EDITED: str(ReplyKind.INCOMPLETE.value),
        LookResult.REMOVED: str(ReplyKind.REMOVED.value),
    }.get(LookResult(result), "")


def _lost(watch: OutletWatch, looks: Sequence[OutletLook]) -> tuple[OutletLook, str, str] | None:
    """A confirmed correction that no longer stands where it stood, before the time it must be kept."""
    if watch.keep_until is None:
        return None
    gone = (LookResult.NONE, LookResult.REMOVED, LookResult.EDITED)
    look = next((one for one in looks if one.url == watch.found_url and one.result in gone), None)
    if look is None:
        return None
    words = (
        f"Cải chính không còn ở nơi đã đăng, dù phải giữ đến {show_datetime(watch.keep_until)}. "
        f"{look.words}"
    )
    return look, str(ReplyKind.INCOMPLETE.value), words


def _rank(result: str) -> int:
    return STRENGTH.index(LookResult(result))


@transaction.atomic
def dismiss_proposal(
    watch: OutletWatch, *, actor: Actor, now: datetime, reason: str
) -> OutletWatch:
    """The watch without its proposal: a person has looked and sees it otherwise.

    Raises:
        WrongState: nothing is proposed any more.
        InvalidInput: no reason.
    """
    rows = OutletWatch.objects.system("reload under lock").select_for_update(of=("self",))
    watch = rows.select_related("case__agency").get(pk=watch.pk)
    authority.check(actor, "dismiss_proposal", watch)
    if not watch.proposal:
        raise WrongState("Không còn đề xuất nào chờ xác nhận. Tải lại trang để xem ai vừa xử lý.")
    if not reason.strip():
        raise InvalidInput("Ghi vì sao đề xuất không đúng, để lần sau không báo lại.", "reason")
    ledger.write(
        watch.case,
        actor=actor,
        step="dismiss_proposal",
        at=now,
        reason=reason.strip(),
        watch=watch.pk,
        outlet=watch.outlet,
        reply=watch.proposal,
    )
    watch.answered_key, watch.proposal, watch.proposal_words = watch.proposed_key, "", ""
    watch.proposed_at = None
    watch.save()
    return watch


@transaction.atomic
def end_keeping(now: datetime) -> int:
    """How many watches have seen their correction kept to the end of its time; its clock ends in time."""
    rows = OutletWatch.objects.system("the time a correction must be kept is over")
    over = rows.select_for_update(of=("self",)).filter(state=WatchState.FOUND, keep_until__lte=now)
    ended = 0
    for watch in over.filter(proposal=""):
        watch.state, watch.state_at, watch.next_look_at = WatchState.KEPT, now, None
        watch.save(update_fields=["state", "state_at", "next_look_at"])
        clocks = Clock.objects.system("kept to the end").filter(
            paper=watch.paper_id, rule__startswith="CC-05", state__in=OPEN
        )
        for clock in clocks:
            end_clock(clock, at=min(now, watch.keep_until or now))
        ended += 1
    return ended
