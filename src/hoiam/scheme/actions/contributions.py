"""The network of contributors and the book of pieces: entered once, linked to what monitoring collected."""

import hashlib
from datetime import date, datetime

from django.db import IntegrityError, transaction

from hoiam.agencies.actions.files import SentFile, keep
from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import channel_of
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.kit.news import host_of
from hoiam.kit.vietnamese import VIETNAM, fold, nfc, person_sort_key, show_date, squash
from hoiam.monitoring.actions.incoming import Incoming, url_key
from hoiam.monitoring.models import Item
from hoiam.scheme.actions.moving import locked
from hoiam.scheme.models import Contribution, Contributor, Theme


@transaction.atomic
def add_contributor(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    joined_on: date,
    official: Official | None = None,
    full_name: str = "",
    title: str = "",
    pen_names: str = "",
) -> Contributor:
    """The person who writes for the unit from a day on.

    Raises:
        Conflict: the person is in the unit's network.
        InvalidInput: nobody is named, or a day to come.
    """
    authority.check(actor, "add_contributor", agency)
    name = official.full_name if official else squash(full_name)[:120]
    if not name:
        raise InvalidInput("Chọn công chức hoặc ghi họ và tên.", "full_name")
    if joined_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày tham gia không thể ở phía trước.", "joined_on")
    agency = Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
    key = person_sort_key(name)
    here = Contributor.objects.system("one line a person").filter(agency=agency, left_on=None)
    if here.filter(official=official, sort_key=key).exists():
        raise Conflict(f"{name} đang là cộng tác viên của {agency}.")
    made = Contributor.objects.create(
        agency=agency, official=official, full_name=name, sort_key=key,
        title=squash(title)[:200], pen_names=squash(pen_names)[:200], joined_on=joined_on,
    )  # fmt: skip
    ledger.write(made, actor=actor, step="add_contributor", at=now, agency=agency.code)
    return made


@transaction.atomic
def end_contributor(
    contributor: Contributor, *, actor: Actor, now: datetime, left_on: date
) -> Contributor:
    """The person who no longer writes for the unit; the pieces stay.

    Raises:
        InvalidInput: before the person joined, or a day to come.
    """
    contributor = locked(contributor, "end_contributor", actor)
    if left_on < contributor.joined_on:
        raise InvalidInput(f"Không thể trước ngày tham gia {show_date(contributor.joined_on)}.", "left_on")  # fmt: skip
    if left_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ghi thôi tham gia khi đã đến ngày đó.", "left_on")
    contributor.left_on = left_on
    contributor.save(update_fields=["left_on"])
    ledger.write(contributor, actor=actor, step="end_contributor", at=now)
    return contributor


@transaction.atomic
def enter_contribution(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    happened_on: date,
    printed_in: str = "",
    url: str = "",
    contributor: Contributor | None = None,
    theme: Theme | None = None,
    file: SentFile | None = None,
) -> Contribution:
    """The piece in the unit's book; found by the system when its address is that of a collected item.

    Raises:
        Conflict: the piece was entered before, here or at another unit.
        InvalidInput: no title, no place, no proof, a day to come, or a contributor of another unit.
    """
    authority.check(actor, "enter_contribution", agency)
    title, url = squash(nfc(title))[:500], url.strip()
    item = _item_at(url)
    place = squash(nfc(printed_in))[:250] or _place_of(item)
    _check(agency, title, place, happened_on, now, contributor)
    blob, name = keep(file)
    if not (url or blob):
        raise InvalidInput("Cần minh chứng: đường dẫn, hoặc ảnh chụp, bản quét trang báo.", "url")
    made = Contribution(
        agency=agency, contributor=contributor, title=title, printed_in=place, url=url,
        channel=item.channel if item else channel_of(host_of(url)) if url else None,
        happened_on=happened_on, theme=theme, item=item, blob=blob, file_name=name,
        same_key=_same_key(agency, title, place, happened_on, url),
        entered_by=actor.official, entered_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_already(made.same_key, actor)) from error
    ledger.write(made, actor=actor, step="enter_contribution", at=now, found=item is not None)
    return made


def _check(
    agency: Agency,
    title: str,
    place: str,
    happened_on: date,
    now: datetime,
    contributor: Contributor | None,
) -> None:
    if not title:
        raise InvalidInput("Ghi tên tin, bài.", "title")
    if not place:
        raise InvalidInput("Ghi nơi đăng: báo, đài, trang nào.", "printed_in")
    if happened_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày đăng không thể ở phía trước.", "happened_on")
    if contributor is not None and contributor.agency_id != agency.pk:
        raise InvalidInput("Cộng tác viên này thuộc đơn vị khác.", "contributor")


def _item_at(url: str) -> Item | None:
    if not url:
        return None
    rows = Item.objects.select_related("channel__press_agency")
    return rows.filter(url_key=address_key(url)).first()


def address_key(url: str) -> str:
    """The same key collection gives an item: its canonical address."""
    return url_key(Incoming(title="", url=url))


def _place_of(item: Item | None) -> str:
    return (str(item.channel) if item.channel else item.outlet) if item else ""


def _same_key(agency: Agency, title: str, place: str, day: date, url: str) -> str:
    if url:
        return address_key(url)
    text = f"piece|{agency.pk}|{fold(place)}|{fold(title)}|{day.isoformat()}"
    return hashlib.sha256(text.encode()).hexdigest()


def _already(key: str, actor: Actor) -> str:
    rows = Contribution.objects.system("who has entered it").select_related("agency")
    known = rows.filter(same_key=key).first()
    if known is None or not actor.sees(known.agency_id):
        return "Tin, bài này đã có trong sổ của một đơn vị khác; mỗi bài chỉ tính một lần."
    return f"Tin, bài này đã có trong sổ của {known.agency}, ghi ngày {show_date(known.entered_at.astimezone(VIETNAM).date())}."


@transaction.atomic
def withdraw_contribution(
    contribution: Contribution, *, actor: Actor, now: datetime, reason: str
) -> None:
    """The piece out of the book, the diary keeps what it was and why.

    Raises:
        InvalidInput: no reason.
    """
    contribution = locked(contribution, "withdraw_contribution", actor)
    if not squash(reason):
        raise InvalidInput("Ghi lý do rút khỏi sổ.", "reason")
    ledger.write(
        contribution, actor=actor, step="withdraw_contribution", at=now, reason=squash(reason),
        title=contribution.title, agency=contribution.agency.code, url=contribution.url,
    )  # fmt: skip
    contribution.delete()


@transaction.atomic
def link_contributions(*, now: datetime) -> int:
    """How many pieces entered before the system collected them are now linked; by the system's own morning round."""
    rows = Contribution.objects.system("linked by the morning round")
    waiting = {row.same_key: row for row in rows.filter(item=None).exclude(url="")}
    found = Item.objects.filter(url_key__in=list(waiting)) if waiting else Item.objects.none()
    for item in found:
        row = waiting[item.url_key]
        row.item = item
        row.channel_id = row.channel_id or item.channel_id
        row.save(update_fields=["item", "channel"])
        ledger.write(row, actor=None, step="link_contribution", at=now)
    return len(found)
