"""Planned outages of the portal: announced in time, called off.

Source: NĐ 224/2026/NĐ-CP Đ13.1 (rule CK-03).
"""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.rulebook import compute
from hoiam.kit.vietnamese import show_datetime, squash
from hoiam.newsroom.actions.stamps import turn_stamp
from hoiam.newsroom.models import Outage

RULE = "CK-03"


@transaction.atomic
def announce_outage(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    what: str,
    starts_at: datetime,
    ends_at: datetime,
    urgent_reason: str = "",
) -> Outage:
    """The outage, told on every public page from now until it is over.

    Args:
        agency: whose portal it is.
        urgent_reason: why it is told later than the law asks; needed only then, and kept.

    Raises:
        NotAllowed: the actor is no administrator.
        InvalidInput: nothing said, its end before its beginning, already begun, or told too late without a reason.
    """
    authority.check(actor, "announce_outage", agency)
    if not squash(what):
        raise InvalidInput("Ghi dịch vụ nào tạm ngừng.", "what")
    if starts_at <= now:
        raise InvalidInput("Giờ bắt đầu đã qua. Ghi giờ ở phía trước.", "starts_at")
    if ends_at <= starts_at:
        raise InvalidInput("Giờ hoạt động lại phải sau giờ bắt đầu.", "ends_at")
    latest = compute(RULE, starts_at).due or starts_at
    if now > latest and not squash(urgent_reason):
        raise InvalidInput(
            f"Phải thông báo muộn nhất {show_datetime(latest)}. Dời giờ tạm ngừng, hoặc ghi lý do báo muộn.",
            "urgent_reason",
        )
    outage = Outage.objects.create(
        what=squash(what)[:200], starts_at=starts_at, ends_at=ends_at, announced_at=now,
        announced_by=actor.official, latest_at=latest,
        urgent_reason=squash(urgent_reason)[:300] if now > latest else "",
    )  # fmt: skip
    ledger.write(outage, actor=actor, step="announce_outage", at=now, reason=outage.urgent_reason)
    turn_stamp()
    return outage


@transaction.atomic
def call_off_outage(outage: Outage, *, actor: Actor, now: datetime) -> Outage:
    """The outage, no longer told.

    Raises:
        NotAllowed: the actor is no administrator.
        WrongState: called off already, or over.
    """
    outage = Outage.objects.select_for_update().get(pk=outage.pk)
    authority.check(actor, "call_off_outage", outage)
    if outage.cancelled_at is not None or outage.ends_at <= now:
        raise WrongState("Thông báo này đã bỏ hoặc đã qua. Tải lại trang.")
    outage.cancelled_at = now
    outage.save(update_fields=["cancelled_at"])
    ledger.write(outage, actor=actor, step="call_off_outage", at=now)
    turn_stamp()
    return outage
