"""A unit's own lines: webhooks, and addresses of chat services."""

import secrets
from datetime import datetime
from urllib.parse import urlsplit

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.monitoring.actions.deliveries import send_to_line
from hoiam.monitoring.models import Delivery, UnitLine
from hoiam.monitoring.states import Carrier


@transaction.atomic
def add_line(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    carrier: str,
    label: str,
    address: str,
    least_severity: int,
) -> UnitLine:
    """The new line; a webhook gets a secret its receiver checks signatures with.

    Raises:
        InvalidInput: no name, or a webhook's address is not https (http is let through for inner networks only).
        NotAllowed: the actor may not keep lines of this kind here.
    """
    authority.check(actor, "add_chat" if carrier == Carrier.CHAT else "add_line", agency)
    if not label.strip():
        raise InvalidInput("Đặt tên cho kênh để nhận ra về sau.", "label")
    if carrier == Carrier.WEBHOOK and not _is_web(address):
        raise InvalidInput("Địa chỉ webhook phải bắt đầu bằng https:// hoặc http://.", "address")
    if carrier == Carrier.CHAT and "://" not in address:
        raise InvalidInput("Địa chỉ dịch vụ chat có dạng «dịch-vụ://khóa/…».", "address")
    line = UnitLine.objects.create(
        agency=agency,
        carrier=carrier,
        label=label.strip()[:100],
        address=address.strip(),
        secret=secrets.token_hex(32) if carrier == Carrier.WEBHOOK else "",
        least_severity=least_severity,
        made_at=now,
        made_by=actor.official,
    )
    # The address of a chat service is a key: the diary is read by many.
    ledger.write(line, actor=actor, step="add_line", at=now, label=line.label, carrier=carrier)
    return line


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address.strip())
        return parts.scheme in {"https", "http"} and bool(parts.hostname)
    except ValueError:
        return False


@transaction.atomic
def pause_line(line: UnitLine, *, actor: Actor, now: datetime, paused: bool) -> UnitLine:
    """The line paused or running again."""
    line = _locked(line)
    authority.check(actor, "pause_line", line)
    line.is_paused = paused
    line.save(update_fields=["is_paused"])
    ledger.write(line, actor=actor, step="pause_line", at=now, paused=paused)
    return line


@transaction.atomic
def renew_secret(line: UnitLine, *, actor: Actor, now: datetime) -> UnitLine:
    """The webhook with a new secret; the receiver must be given it before the next message."""
    line = _locked(line)
    authority.check(actor, "renew_secret", line)
    if line.carrier != Carrier.WEBHOOK:
        raise WrongState("Chỉ webhook có khóa ký.")
    line.secret = secrets.token_hex(32)
    line.save(update_fields=["secret"])
    ledger.write(line, actor=actor, step="renew_secret", at=now)
    return line


@transaction.atomic
def try_line(line: UnitLine, *, actor: Actor, now: datetime) -> Delivery:
    """A trial message on its way to the line.

    Raises:
        WrongState: the line is paused.
    """
    authority.check(actor, "try_line", line)
    payload = {
        "event": "test",
        "reason": f"Hồi Âm gửi thử tới “{line.label}” của {line.agency}.",
        "text": f"Hồi Âm gửi thử tới “{line.label}” của {line.agency}. Không cần làm gì.",
    }
    made = send_to_line(line, payload, key=f"test:{now.timestamp():.3f}", now=now)
    if made is None:
        raise WrongState("Kênh đang tạm dừng. Hãy cho chạy lại trước.")
    return made


def _locked(line: UnitLine) -> UnitLine:
    rows = UnitLine.objects.system("reload under lock").select_for_update(of=("self",))
    return rows.select_related("agency").get(pk=line.pk)
