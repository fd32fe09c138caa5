"""Versions: what a later reading of an item's page shows, sealed beside the first and judged anew."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from hoiam.core import authority, blobs, ledger, outbox, search
from hoiam.core.actor import Actor
from hoiam.core.blobs import BlobFault
from hoiam.core.errors import InvalidInput
from hoiam.core.fetch import Fetched, Fetcher
from hoiam.core.warc import DamagedCapture, read_capture
from hoiam.kit.news import Page, Rereading, Text, extract, is_same_day, reread, settled
from hoiam.monitoring.actions.captures import keep_page
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import Line, judge
from hoiam.monitoring.actions.judging_edits import judge_again
from hoiam.monitoring.actions.rechecks import note_answer
from hoiam.monitoring.models import Capture, Item, Recheck, Version
from hoiam.monitoring.queries.rechecks import latest_text
from hoiam.monitoring.queries.searched import item_documents
from hoiam.monitoring.states import VersionKind

KINDS = {"changed": VersionKind.CHANGED, "gone": VersionKind.GONE, "doubtful": VersionKind.DOUBTFUL}


@dataclass(frozen=True)
class Reading:
    """One answer about an item's page, compared with what was kept: the page as read, and what became of the article."""

    answer: Fetched
    page: Page
    found: Rereading
    base: int | None
    """The version it was compared with; None is the item's first text."""
    is_first_page: bool = False
    """No page of the item was ever kept: what differs from a feed's or a file's words is no edit of the paper."""


def note_version(
    item: Item,
    answer: Fetched,
    *,
    now: datetime,
    how: str,
    actor: Actor | None = None,
    line: Line | None = None,
) -> Version | None:
    """The new version when the answer shows one, sealed with its capture; None when a reader sees nothing new.

    A changed text becomes the item's text and is judged anew: when it is graver the desks are warned again. A removed
    page, or an answer that is not to be believed, is a version too, without text.

    Args:
        item: the report; the first text is kept as version 1.
        answer: what its address answered, fetched with `any_status`.
        now: the moment; versions are in order of their numbers even when the clock went back.
        how: by what means, in Vietnamese: "xem lại theo lịch".
        actor: who asked for it, None for the house itself.
        line: what was loaded before, when many pages follow one another.

    Raises:
        BlobFault: the evidence store cannot be written.
    """
    reading = read_again(item, answer)
    return _note(item, reading, now=now, how=how, actor=actor, line=line or Line(now=now))


@dataclass(frozen=True)
class Looked:
    """What a person's look at the page gave: the new version or None, and a sentence."""

    version: Version | None
    words: str


def read_now(
    item: Item, *, actor: Actor, now: datetime, make_fetcher: Callable[[], Fetcher] = Fetcher
) -> Looked:
    """What the page shows now, at an official's wish; at most 20 seconds on the network. Never call it in a transaction.

    Raises:
        NotAllowed: the actor may not have it read.
        InvalidInput: the report has no address.
        FetchError: the page cannot be had; the sentence says why.
    """
    authority.check(actor, "read_again", item)
    if not item.url.startswith("http"):
        raise InvalidInput("Bài này không có địa chỉ trang nên không đọc lại được.")
    answer = asyncio.run(_fetched(item.url, make_fetcher))
    version = note_version(item, answer, now=now, how="đọc lại theo yêu cầu", actor=actor)
    if version is not None:
        return Looked(version, f"Đã lưu bản {version.number}: {VersionKind(version.kind).label}.")
    problem = Recheck.objects.get(item=item).problem
    return Looked(None, problem or "Đã đọc lại trang: báo chưa sửa gì so với bản đang lưu.")


async def _fetched(url: str, make_fetcher: Callable[[], Fetcher]) -> Fetched:
    async with make_fetcher() as fetcher:
        return await fetcher.get(url, any_status=True)


def read_again(item: Item, answer: Fetched) -> Reading:
    """The answer compared with the last text kept; both pages are read by today's rules, so that a new rule is no edit."""
    last = latest_text(item)
    base = last.pk if last else None
    capture = last.capture if last is not None else item.capture
    kept = _kept_page(capture, item)
    if answer.not_modified or (kept and kept.sha256 == hashlib.sha256(answer.body).hexdigest()):
        return Reading(answer, Page(), Rereading("same"), base)
    page = extract(answer.body, url=answer.final_url, charset=answer.charset)
    if kept is None:
        before = Text(item.title, item.sapo, item.body)
        page = _like(before, page)
    else:
        before = kept.text
    found = reread(before, page, status=answer.status, asked=item.url, final=answer.final_url)
    return Reading(answer, page, found, base, is_first_page=capture is None)


@dataclass(frozen=True)
class _Kept:
    text: Text
    sha256: str


def _kept_page(capture: Capture | None, item: Item) -> _Kept | None:
    """The text of a kept page as today's rules read it; None when there is none, or its file cannot be read."""
    if capture is None or capture.blob == capture.payload_sha256:
        return None
    try:
        stored = read_capture(blobs.read(capture.blob))
    except (BlobFault, DamagedCapture):
        return None
    page = extract(stored.body, url=capture.final_url or item.url, charset=_charset(capture))
    return _Kept(Text(page.title, page.sapo, page.body), capture.payload_sha256)


def _charset(capture: Capture) -> str | None:
    _, _, charset = capture.content_type.partition("charset=")
    return charset.strip().strip("\"'").lower() or None


def _like(before: Text, page: Page) -> Page:
    """The page with what a feed had shortened or decorated taken as the same: no page was kept to compare with."""
    title, sapo = settled(before.title).casefold(), settled(before.sapo).casefold()
    read = settled(page.title).casefold()
    if title and (title in read or read in title):
        page = replace(page, title=before.title)
    if not before.body or (sapo and sapo in settled(f"{page.sapo} {page.body}").casefold()):
        page = replace(page, sapo=before.sapo or page.sapo)
    return page


@transaction.atomic
def _note(
    item: Item, reading: Reading, *, now: datetime, how: str, actor: Actor | None, line: Line
) -> Version | None:
    item = Item.objects.select_for_update().get(pk=item.pk)
    last = latest_text(item)
    if (last.pk if last else None) != reading.base:
        # Another worker noted a version meanwhile.
        reading = read_again(item, reading.answer)
    recheck, _ = Recheck.objects.select_for_update().get_or_create(item=item)
    version = _version(item, reading, recheck, now=now, how=how, actor=actor)
    if reading.found.kind == "gone":
        recheck.gone_at = recheck.gone_at or now
    elif reading.answer.status < 400 and reading.found.kind != "doubtful":
        recheck.gone_at = None
    note_answer(recheck, reading.answer, now=now, problem=reading.found.reason)
    if version is None:
        return None
    if version.kind in (VersionKind.CHANGED, VersionKind.FILLED):
        _renew(item, version, reading.page, line=line, now=now)
    _seal(item, version, actor=actor, now=now)
    return version


def _version(
    item: Item,
    reading: Reading,
    recheck: Recheck,
    *,
    now: datetime,
    how: str,
    actor: Actor | None,
) -> Version | None:
    kind = _kind(item, reading, recheck)
    if kind is None:
        # Read for the first time in full: from now on there is a page to compare with, and to prove the text.
        if item.capture is None and reading.found.kind == "same" and reading.answer.body:
            item.capture = keep_page(reading.answer, actor=actor, how=how)
            item.save(update_fields=["capture"])
        return None
    _keep_first(item)
    capture = keep_page(reading.answer, actor=actor, how=how)
    version = Version(
        item=item,
        number=item.versions.count() + 1,
        kind=kind,
        at=now,
        how=how,
        by=actor.official if actor else None,
        capture=capture,
        note=reading.found.reason[:300],
    )
    if kind in (VersionKind.CHANGED, VersionKind.FILLED):
        _fill(version, item, reading)
    elif kind == VersionKind.BACK:
        version.title, version.sapo, version.body = item.title, item.sapo, item.body
    version.save()
    return version


def _kind(item: Item, reading: Reading, recheck: Recheck) -> str | None:
    """Which version the reading makes; None when it shows nothing that is not on record."""
    found, status = reading.found, reading.answer.status
    if found.kind == "same":
        return str(VersionKind.BACK) if recheck.gone_at and status < 400 else None
    if found.kind == "doubtful" and status >= 400:
        return None
    if found.kind == "changed":
        return str(VersionKind.FILLED if reading.is_first_page else VersionKind.CHANGED)
    last = item.versions.order_by("number").last()
    again = last is not None and (last.kind, last.note) == (KINDS[found.kind], found.reason[:300])
    return None if again else str(KINDS[found.kind])


def _keep_first(item: Item) -> None:
    """Version 1: the text as it was when the report came in, before the first other one is written."""
    if item.versions.exists():
        return
    Version.objects.create(
        item=item,
        number=1,
        kind=VersionKind.FIRST,
        at=item.first_seen_at,
        how=item.capture.how if item.capture else "",
        by=item.capture.by if item.capture else None,
        capture=item.capture,
        title=item.title,
        sapo=item.sapo,
        body=item.body,
        published_at=item.published_at,
        text_sha256=_text_sha256(item.title, item.sapo, item.body),
        severity=item.finding.severity if hasattr(item, "finding") else None,
        stance=item.finding.stance if hasattr(item, "finding") else "",
    )


def _fill(version: Version, item: Item, reading: Reading) -> None:
    page, parts = reading.page, list(reading.found.parts)
    version.title = page.title if "title" in parts else item.title
    version.sapo = page.sapo if "sapo" in parts else item.sapo
    version.body = page.body if "body" in parts else item.body
    version.published_at = _time_of(page, item)
    version.modified_at = page.modified_at
    if item.published_at and version.published_at != item.published_at:
        parts.append("time")
    version.parts = parts
    version.text_sha256 = _text_sha256(version.title, version.sapo, version.body)


def _time_of(page: Page, item: Item) -> datetime | None:
    """When the page says it was published; the item's own time where one of both is the bare day of the other."""
    told, kept = page.published_at, item.published_at
    if told is None or kept is None:
        return told or kept
    is_bare = "day" in (page.published_precision, item.published_precision)
    return kept if is_bare and is_same_day(told, kept) else told


def _renew(item: Item, version: Version, page: Page, *, line: Line, now: datetime) -> None:
    """The item shows the new text, is found by it and is judged by it; its place in lists does not move."""
    old = f"{item.title}\n{item.sapo}"
    item.title, item.sapo, item.body = version.title, version.sapo, version.body
    item.save(update_fields=["title", "sapo", "body"])
    row = item_documents([item])[0]
    search.put_many([replace(row, body=f"{row.body}\n{old}")])
    home = item.source.home_province if item.source else ""
    seen = Incoming(
        title=item.title,
        url=item.url,
        outlet=item.outlet,
        home_province=home,
        published_at=item.published_at,
        channel_id=item.channel_id,
    )
    judgement = judge(seen, item.title, item.sapo, item.body, line)
    if judgement.relevant:
        version.severity, version.stance = judgement.severity, judgement.stance or ""
        version.save(update_fields=["severity", "stance"])
    judge_again(item, judgement, now=now, line=line)


def _seal(item: Item, version: Version, *, actor: Actor | None, now: datetime) -> None:
    """The diary holds the hashes of the text and of the page, chained to all that came before."""
    ledger.write(
        item,
        actor=actor,
        step="note_version",
        at=now,
        reason=version.note,
        number=version.number,
        kind=version.kind,
        parts=version.parts,
        text=version.text_sha256,
        page=version.capture.payload_sha256 if version.capture else "",
    )
    if version.kind in (VersionKind.CHANGED, VersionKind.GONE):
        outbox.post("item_changed", version.pk, at=now)


def _text_sha256(title: str, sapo: str, body: str) -> str:
    return hashlib.sha256("\n\n".join((title, sapo, body)).encode()).hexdigest()
