"""Feeds of partners: added, switched on and off, and what was read from them kept as headlines."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.core.markup import plain
from hoiam.kit.news import Entry, url_key
from hoiam.kit.vietnamese import nfc, squash
from hoiam.newsroom.actions.stamps import turn_stamp
from hoiam.newsroom.models import PartnerFeed, PartnerItem

TITLE, LEAD, ADDRESS = 300, 400, 1000


@transaction.atomic
def add_partner_feed(
    agency: Agency, *, actor: Actor, now: datetime, name: str, url: str
) -> PartnerFeed:
    """The feed, read from now on.

    Raises:
        NotAllowed: the actor does not look after the portal.
        InvalidInput: no name, no address of the web, or the address is on the list.
    """
    authority.check(actor, "add_partner_feed", agency)
    if not squash(name):
        raise InvalidInput("Ghi tên đơn vị bạn.", "name")
    if not _is_web(url) or len(url) > ADDRESS:
        raise InvalidInput("Địa chỉ phải bắt đầu bằng https:// hoặc http://.", "url")
    if PartnerFeed.objects.filter(url=url).exists():
        raise InvalidInput("Nguồn tin này đã có trong danh sách.", "url")
    feed = PartnerFeed.objects.create(
        name=squash(name)[:200], url=url, added_by=actor.official, added_at=now
    )
    ledger.write(feed, actor=actor, step="add_partner_feed", at=now)
    return feed


@transaction.atomic
def switch_partner_feed(
    feed: PartnerFeed, *, actor: Actor, now: datetime, is_on: bool, version: int
) -> PartnerFeed:
    """The feed switched: off, its headlines no longer stand on the portal and it is not read.

    Raises:
        NotAllowed: the actor does not look after the portal.
        WrongState: somebody else has just changed it.
    """
    feed = PartnerFeed.objects.select_for_update().get(pk=feed.pk)
    authority.check(actor, "switch_partner_feed", feed)
    if feed.version != version:
        raise WrongState("Người khác vừa đổi nguồn tin này. Tải lại trang để xem.")
    feed.is_on, feed.version, feed.trouble = is_on, version + 1, ""
    feed.save(update_fields=["is_on", "version", "trouble"])
    step = "open_partner_feed" if is_on else "pause_partner_feed"
    ledger.write(feed, actor=actor, step=step, at=now)
    turn_stamp()
    return feed


@transaction.atomic
def keep_headlines(feed: PartnerFeed, entries: Iterable[Entry], *, now: datetime) -> int:
    """How many headlines are new; only title, lead and link are taken, as plain text.

    What has no title, no address of the web or no moment is left out; a moment ahead of now counts as now.
    """
    made = [row for entry in entries if (row := _row(feed, entry, now)) is not None]
    fresh = {row.url_key: row for row in made}
    known = PartnerItem.objects.filter(url_key__in=list(fresh)).values_list("url_key", flat=True)
    for key in list(known):
        del fresh[key]
    PartnerItem.objects.bulk_create(fresh.values(), ignore_conflicts=True)
    if fresh:
        turn_stamp()
    return len(fresh)


def _row(feed: PartnerFeed, entry: Entry, now: datetime) -> PartnerItem | None:
    title = _line(entry.title)[:TITLE]
    if not title or not _is_web(entry.link) or len(entry.link) > ADDRESS:
        return None
    if entry.published_at is None:
        return None
    return PartnerItem(
        feed=feed, url=entry.link, url_key=_key(entry.link), title=title,
        lead=_cut(_line(entry.summary)), published_at=min(entry.published_at, now), taken_at=now,
    )  # fmt: skip


def _line(text: str) -> str:
    return squash(nfc(plain(text)))


def _cut(text: str) -> str:
    return text if len(text) <= LEAD else f"{text[: LEAD - 1].rsplit(' ', 1)[0]}…"


def _key(url: str) -> str:
    return hashlib.sha256(url_key(url).encode()).hexdigest()


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
