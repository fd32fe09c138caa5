"""Connecting an announced account: how it is reached, its keys (sealed), pausing, and what its health is."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from hoiam.agencies.models import OfficialAccount
from hoiam.core import authority, ledger, secrets
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.vietnamese import squash
from hoiam.newsroom.connectors import Keys, Place
from hoiam.newsroom.models import SocialChannel
from hoiam.newsroom.states.social import ConnectorKind

WHY = "reload under lock"
LEAST_SECRET = 16
NAMES = ("access", "refresh", "app_secret")


@transaction.atomic
def connect_channel(
    account: OfficialAccount,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    page_id: str = "",
    app_id: str = "",
    address: str = "",
    access: str = "",
    refresh: str = "",
    app_secret: str = "",
    expires_at: datetime | None = None,
) -> SocialChannel:
    """The account with a way to reach it. Keys are sealed and never shown again.

    Raises:
        NotAllowed: the actor keeps no keys of the agency.
        InvalidInput: what the way needs is missing.
        WrongState: the account is not in use any more, or is connected already.
    """
    account = _free(account, actor)
    keys = Keys(access.strip(), refresh.strip(), app_secret.strip(), expires_at)
    place = Place(squash(page_id), squash(app_id), address.strip())
    _check(kind, place, keys, now)
    made = SocialChannel.objects.create(
        account=account,
        agency=account.agency,
        kind=kind,
        page_id=place.page_id,
        app_id=place.app_id,
        address=place.address,
        secret=_sealed(keys),
        token_expires_at=expires_at,
        connected_by=actor.official,
        connected_at=now,
    )
    ledger.write(made, actor=actor, step="connect_channel", at=now, kind=kind, account=str(account))
    return made


def _free(account: OfficialAccount, actor: Actor) -> OfficialAccount:
    rows = OfficialAccount.objects.system(WHY).select_for_update(of=("self",))
    account = rows.select_related("agency").get(pk=account.pk)
    authority.check(actor, "connect_channel", account)
    if account.until is not None:
        raise WrongState("Tài khoản này đã ghi ngừng dùng nên không nối được.")
    if SocialChannel.objects.system(WHY).filter(account=account).exists():
        raise Conflict("Tài khoản này đã được nối. Tải lại trang để xem.")
    return account


def _check(kind: str, place: Place, keys: Keys, now: datetime) -> None:
    if kind not in ConnectorKind.values:
        raise InvalidInput("Chọn cách nối.", "kind")
    if kind == ConnectorKind.HAND:
        return
    if kind == ConnectorKind.WEBHOOK:
        _check_address(place.address)
    elif not (place.page_id.isascii() and place.page_id.isalnum()):
        raise InvalidInput("Ghi mã trang hoặc mã OA, chỉ gồm chữ số.", "page_id")
    _check_keys(kind, keys, now)
    if kind == ConnectorKind.ZALO and keys.refresh and not place.app_id:
        raise InvalidInput("Ghi mã ứng dụng Zalo để khóa tự gia hạn.", "app_id")


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise InvalidInput("Địa chỉ nhận phải bắt đầu bằng https:// hoặc http://.", "address")


def _check_keys(kind: str, keys: Keys, now: datetime) -> None:
    if len(keys.access) < LEAST_SECRET:
        what = "khóa ký" if kind == ConnectorKind.WEBHOOK else "khóa truy cập"
        raise InvalidInput(f"Dán {what}, ít nhất {LEAST_SECRET} ký tự.", "access")
    if not all(one.isascii() and one.isprintable() for one in (keys.access, keys.refresh)):
        raise InvalidInput("Khóa có ký tự lạ. Chép lại khóa, không kèm chữ khác.", "access")
    if keys.refresh and not keys.app_secret:
        raise InvalidInput("Có khóa gia hạn thì cần cả khóa bí mật của ứng dụng.", "app_secret")
    if keys.expires_at is not None and keys.expires_at <= now:
        raise InvalidInput("Khóa này đã hết hạn. Lấy khóa mới rồi dán vào.", "expires_at")


@transaction.atomic
def change_key(
    channel: SocialChannel,
    *,
    actor: Actor,
    now: datetime,
    access: str,
    refresh: str = "",
    app_secret: str = "",
    expires_at: datetime | None = None,
) -> SocialChannel:
    """The channel with new keys; what waited for them goes on.

    Raises:
        NotAllowed: the actor keeps no keys of the agency.
        InvalidInput: a key is missing or has run out.
        WrongState: the account is served by hand.
    """
    channel = locked(channel)
    authority.check(actor, "change_key", channel)
    if channel.kind == ConnectorKind.HAND:
        raise WrongState("Tài khoản đăng bằng tay không có khóa.")
    keys = Keys(access.strip(), refresh.strip(), app_secret.strip(), expires_at)
    _check_keys(channel.kind, keys, now)
    _store(channel, keys)
    ledger.write(channel, actor=actor, step="change_key", at=now)
    return channel


@transaction.atomic
def pause_channel(
    channel: SocialChannel, *, actor: Actor, now: datetime, paused: bool
) -> SocialChannel:
    """The channel paused (nothing goes out or comes in), or running again."""
    channel = locked(channel)
    authority.check(actor, "pause_channel", channel)
    channel.is_paused = paused
    channel.save(update_fields=["is_paused"])
    ledger.write(channel, actor=actor, step="pause_channel", at=now, paused=paused)
    return channel


@transaction.atomic
def note_trial(
    channel: SocialChannel, *, actor: Actor, now: datetime, name: str = "", fault: str = ""
) -> SocialChannel:
    """The channel with what a trial of its key showed: the name the platform told, or the fault.

    Raises:
        NotAllowed: the actor keeps no keys of the agency.
    """
    channel = locked(channel)
    authority.check(actor, "try_channel", channel)
    note_health(channel, now, fault=fault)
    if not fault:
        channel.token_fault = ""
        channel.save(update_fields=["token_fault"])
    ledger.write(channel, actor=actor, step="try_channel", at=now, name=name, fault=fault)
    return channel


def note_health(channel: SocialChannel, now: datetime, *, fault: str = "") -> None:
    """Write down the last success or the last error; inside a transaction of the caller's."""
    if fault:
        channel.last_error, channel.last_error_at = fault[:500], now
        channel.save(update_fields=["last_error", "last_error_at"])
    else:
        channel.last_success_at = now
        channel.save(update_fields=["last_success_at"])


def place_of(channel: SocialChannel) -> Place:
    """Which page, and where."""
    return Place(channel.page_id, channel.app_id, channel.address)


def keys_of(channel: SocialChannel) -> Keys:
    """The keys opened, for the moment of use.

    Raises:
        SecretLost: the house's own key changed since they were sealed.
    """
    told: Mapping[str, Any] = json.loads(secrets.opened(channel.secret) or "{}")
    return Keys(**{name: told.get(name, "") for name in NAMES}, expires_at=channel.token_expires_at)


@transaction.atomic
def claim_refresh(channel: SocialChannel, *, now: datetime, until: datetime) -> bool:
    """Whether the caller alone may now renew the keys: a refresh key works once."""
    channel = locked(channel)
    if channel.refreshing_until is not None and channel.refreshing_until > now:
        return False
    channel.refreshing_until = until
    channel.save(update_fields=["refreshing_until"])
    return True


@transaction.atomic
def renew_keys(channel: SocialChannel, keys: Keys, *, now: datetime) -> SocialChannel:
    """The channel with the keys the platform gave for the old ones."""
    channel = locked(channel)
    _store(channel, keys)
    ledger.write(channel, actor=None, step="renew_keys", at=now)
    return channel


@transaction.atomic
def reseal_keys(channel: SocialChannel) -> None:
    """Bring what is kept under the newest key of the house; nothing else changes."""
    channel = locked(channel)
    channel.secret = secrets.resealed(channel.secret)
    channel.save(update_fields=["secret"])


def _store(channel: SocialChannel, keys: Keys) -> None:
    channel.secret, channel.token_expires_at = _sealed(keys), keys.expires_at
    channel.token_fault, channel.refreshing_until = "", None
    channel.save(update_fields=["secret", "token_expires_at", "token_fault", "refreshing_until"])


def _sealed(keys: Keys) -> str:
    told = {name: getattr(keys, name) for name in NAMES if getattr(keys, name)}
    return secrets.sealed(json.dumps(told)) if told else ""


def locked(channel: SocialChannel) -> SocialChannel:
    """The channel reloaded under lock."""
    rows = SocialChannel.objects.system(WHY).select_for_update(of=("self",))
    found: SocialChannel = rows.select_related("account", "agency").get(pk=channel.pk)
    return found
