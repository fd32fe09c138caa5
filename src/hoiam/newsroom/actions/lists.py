"""Lists of press partners: made, changed, closed; receivers added, mended, taken off, or leaving by their own link."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from hoiam.agencies.models import Agency, Channel, PressAgency, Reporter
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.vietnamese import squash
from hoiam.newsroom.models import DistributionList, Receiver
from hoiam.newsroom.states.distribution import Beat, Means, ReceiverState

S = ReceiverState
LOCK = "reload under lock"


@dataclass(frozen=True)
class ListTyped:
    """A list as typed."""

    name: str
    beat: str = Beat.ALL
    province: str = ""
    about: str = ""


@dataclass(frozen=True)
class ReceiverTyped:
    """A receiver as typed: one of the press list (then blanks are filled from it), or a name by hand."""

    means: str
    name: str = ""
    email: str = ""
    url: str = ""
    phone: str = ""
    press_agency: PressAgency | None = None
    channel: Channel | None = None
    reporter: Reporter | None = None


@transaction.atomic
def make_list(agency: Agency, *, actor: Actor, now: datetime, typed: ListTyped) -> DistributionList:
    """The new list.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: no name, or the agency has a list of this name.
    """
    authority.check(actor, "make_list", agency)
    made = DistributionList(agency=agency, made_at=now, made_by=actor.official)
    _fill(made, typed)
    made.save()
    ledger.write(made, actor=actor, step="make_list", at=now, name=made.name)
    return made


@transaction.atomic
def edit_list(
    press_list: DistributionList, *, actor: Actor, now: datetime, typed: ListTyped
) -> DistributionList:
    """The list under its new name, beat, province.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: as for a new one.
    """
    found = _list(press_list, "edit_list", actor)
    _fill(found, typed)
    found.save()
    ledger.write(found, actor=actor, step="edit_list", at=now, name=found.name)
    return found


@transaction.atomic
def open_list(
    press_list: DistributionList, *, actor: Actor, now: datetime, is_open: bool
) -> DistributionList:
    """The list in use again, or no longer offered for new packages."""
    found = _list(press_list, "open_list", actor)
    found.is_open = is_open
    found.save(update_fields=["is_open"])
    ledger.write(found, actor=actor, step="open_list", at=now, is_open=is_open)
    return found


def _fill(row: DistributionList, typed: ListTyped) -> None:
    name = squash(typed.name)[:150]
    if not name:
        raise InvalidInput("Đặt tên cho danh sách.", "name")
    if typed.beat not in Beat.values:
        raise InvalidInput("Chọn mảng tin.", "beat")
    same = DistributionList.objects.system("names are once an agency")
    if same.filter(agency=row.agency, name=name).exclude(pk=row.pk).exists():
        raise InvalidInput(f"Đơn vị đã có danh sách “{name}”.", "name")
    row.name, row.beat = name, typed.beat
    row.province, row.about = squash(typed.province)[:60], squash(typed.about)[:300]


@transaction.atomic
def add_receiver(
    press_list: DistributionList, *, actor: Actor, now: datetime, typed: ReceiverTyped
) -> Receiver:
    """The receiver, with a feed of their own and, for a push, a secret.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: no name, no address for the means chosen, or the address stands on the list.
    """
    found = _list(press_list, "add_receiver", actor)
    made = Receiver(press_list=found, token=secrets.token_urlsafe(24), state_at=now)
    _fill_receiver(made, typed)
    made.secret = secrets.token_hex(32) if made.means == Means.PUSH else ""
    made.save()
    ledger.write(found, actor=actor, step="add_receiver", at=now, name=made.name, means=made.means)
    return made


@transaction.atomic
def edit_receiver(
    receiver: Receiver, *, actor: Actor, now: datetime, typed: ReceiverTyped
) -> Receiver:
    """The receiver as now typed; a broken address that was mended receives again, who left does not.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: as for a new one.
    """
    found = _receiver(receiver, "edit_receiver", actor)
    before = found.address
    _fill_receiver(found, typed)
    if found.means == Means.PUSH and not found.secret:
        found.secret = secrets.token_hex(32)
    if found.state == S.DEAD and found.address != before:
        found.state, found.state_at, found.fault = S.ACTIVE, now, ""
    found.save()
    ledger.write(
        found.press_list, actor=actor, step="edit_receiver", at=now, name=found.name
    )  # fmt: skip
    return found


def _fill_receiver(row: Receiver, typed: ReceiverTyped) -> None:
    row.press_agency, row.channel, row.reporter = typed.press_agency, typed.channel, typed.reporter
    if row.reporter is not None and row.press_agency is None:
        row.press_agency = row.reporter.press_agency
    if row.channel is not None and row.press_agency is None:
        row.press_agency = row.channel.press_agency
    from_list = row.reporter or row.channel or row.press_agency
    row.name = squash(typed.name or str(from_list or ""))[:200]
    if not row.name:
        raise InvalidInput("Chọn nơi nhận trong danh bạ báo chí hoặc ghi tên.", "name")
    if typed.means not in Means.values:
        raise InvalidInput("Chọn cách nhận.", "means")
    listed = row.reporter or row.press_agency
    row.means = typed.means
    row.email = (typed.email or getattr(listed, "email", "")).strip()
    row.phone = squash(typed.phone or getattr(listed, "phone", ""))[:60]
    row.url = typed.url.strip()
    _check_address(row)


def _check_address(row: Receiver) -> None:
    if row.email:
        try:
            validate_email(row.email)
        except ValidationError as error:
            raise InvalidInput(f"Địa chỉ thư “{row.email}” không đúng.", "email") from error
    if row.means == Means.EMAIL and not row.email:
        raise InvalidInput("Ghi thư điện tử: danh bạ chưa có địa chỉ của nơi này.", "email")
    if row.means == Means.PUSH and not _is_web(row.url):
        raise InvalidInput("Ghi địa chỉ nhận, bắt đầu bằng https:// hoặc http://.", "url")
    same = Receiver.objects.system("an address is once a list").filter(press_list=row.press_list)
    same = same.exclude(state=S.REMOVED).exclude(pk=row.pk)
    where = {"email__iexact": row.email} if row.means == Means.EMAIL else {"url": row.url}
    if row.means != Means.FEED and same.filter(means=row.means, **where).exists():
        raise InvalidInput("Địa chỉ này đã có trong danh sách.", next(iter(where)).split("_")[0])


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in {"https", "http"} and bool(parts.hostname)
    except ValueError:
        return False


@transaction.atomic
def remove_receiver(receiver: Receiver, *, actor: Actor, now: datetime) -> Receiver:
    """The receiver off the list: nothing more is sent, their feed closes; what was sent stays counted."""
    found = _receiver(receiver, "remove_receiver", actor)
    if found.state == S.REMOVED:
        raise WrongState("Nơi này đã được đưa ra khỏi danh sách.")
    found.state, found.state_at = S.REMOVED, now
    found.save(update_fields=["state", "state_at"])
    ledger.write(
        found.press_list, actor=actor, step="remove_receiver", at=now, name=found.name
    )  # fmt: skip
    return found


@transaction.atomic
def renew_keys(receiver: Receiver, *, actor: Actor, now: datetime) -> Receiver:
    """The receiver with a new feed address and a new secret; the old ones open nothing any more."""
    found = _receiver(receiver, "renew_keys", actor)
    found.token = secrets.token_urlsafe(24)
    found.secret = secrets.token_hex(32) if found.means == Means.PUSH else ""
    found.save(update_fields=["token", "secret"])
    ledger.write(found.press_list, actor=actor, step="renew_keys", at=now, name=found.name)
    return found


@transaction.atomic
def leave_list(receiver: Receiver, *, now: datetime) -> Receiver:
    """The receiver who stopped by their own link; a second press of the button changes nothing."""
    rows = Receiver.objects.system("by the receiver's own link").select_for_update(of=("self",))
    found: Receiver = rows.select_related("press_list__agency").get(pk=receiver.pk)
    if found.state not in {S.ACTIVE, S.DEAD}:
        return found
    found.state, found.state_at = S.LEFT, now
    found.save(update_fields=["state", "state_at"])
    ledger.write(found.press_list, actor=None, step="leave_list", at=now, name=found.name)
    return found


@transaction.atomic
def bury_address(receiver: Receiver, fault: str, *, now: datetime) -> Receiver:
    """The receiver whose address the mail server refused: nothing more is sent until somebody mends it."""
    rows = Receiver.objects.system("the mail server refused it").select_for_update(of=("self",))
    found: Receiver = rows.select_related("press_list").get(pk=receiver.pk)
    if found.state != S.ACTIVE:
        return found
    found.state, found.state_at, found.fault = S.DEAD, now, fault[:500]
    found.save(update_fields=["state", "state_at", "fault"])
    ledger.write(
        found.press_list, actor=None, step="bury_address", at=now, name=found.name
    )  # fmt: skip
    return found


def _list(press_list: DistributionList, verb: str, actor: Actor) -> DistributionList:
    rows = DistributionList.objects.system(LOCK).select_for_update(of=("self",))
    found: DistributionList = rows.select_related("agency").get(pk=press_list.pk)
    authority.check(actor, verb, found)
    return found


def _receiver(receiver: Receiver, verb: str, actor: Actor) -> Receiver:
    rows = Receiver.objects.system(LOCK).select_for_update(of=("self",))
    found: Receiver = rows.select_related("press_list__agency").get(pk=receiver.pk)
    authority.check(actor, verb, found.press_list)
    return found
