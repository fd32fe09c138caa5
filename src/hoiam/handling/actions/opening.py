"""Opening a case that no warning brought: a report outside the sources, an incoming paper, a call, another room."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.cases import index, next_ordinal
from hoiam.handling.actions.clocks import start_default
from hoiam.handling.actions.moments import put_moment
from hoiam.handling.actions.moving import past
from hoiam.handling.models import Case, CaseItem, Party
from hoiam.handling.states import BY_HAND, ON_PAPER, CaseChannel, MomentKind, PartyRole
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item


@dataclass(frozen=True)
class Incoming:
    """What came on paper: its number, its day and who sent it; blank for a call."""

    number: str = ""
    on: date | None = None
    sender: str = ""


NOTHING = Incoming()


@transaction.atomic
def open_case_by_hand(
    agency: Agency,
    *,
    channel: str,
    title: str,
    actor: Actor,
    now: datetime,
    received_at: datetime | None = None,
    incoming: Incoming = NOTHING,
    severity: int = 1,
    event_on: date | None = None,
    item: Item | None = None,
) -> Case:
    """The new case of a matter no warning brought, with how it came and the moment of receiving.

    A paper starts its own moment (nhận văn bản) too, so that its clocks begin once the types are confirmed.

    Args:
        channel: how it came (workflow.md §2 step 1).
        item: the report it is about, when the house has it.

    Raises:
        InvalidInput: channel, title or sender is missing, or a day that cannot be.
        NotAllowed: the actor may not open cases of this agency.
    """
    authority.check(actor, "open_case_by_hand", agency)
    if channel not in BY_HAND:
        raise InvalidInput("Chọn vụ việc đến bằng đường nào.", "channel")
    received = past(received_at or now, now, "received_at", "Thời điểm tiếp nhận")
    _check(channel, title, incoming, severity, event_on, received)
    case = put_case(
        agency,
        actor=actor,
        now=now,
        channel=channel,
        title=title.strip(),
        severity=severity,
        event_on=event_on,
        incoming_number=incoming.number.strip()[:60],
        incoming_on=incoming.on,
        incoming_from=incoming.sender.strip()[:250],
        first_seen_at=item.first_seen_at if item else None,
    )
    if item is not None:
        CaseItem.objects.create(case=case, item=item, is_lead=True, added_at=now)
    Party.objects.create(
        case=case, agency=case.agency, official=actor.official, role=PartyRole.COORDINATING
    )
    told = {
        "channel": str(channel),
        "sender": incoming.sender.strip(),
        "number": incoming.number.strip(),
    }
    ledger.write(case, actor=actor, step="open_case_by_hand", at=now, **told)
    put_moment(case, MomentKind.RECEIVED, received, actor=actor, now=now)
    if channel in ON_PAPER:
        put_moment(case, MomentKind.PAPER_RECEIVED, received, actor=actor, now=now)
    start_default(case, "MD-01", received)
    index(case)
    outbox.post("case_opened", case.pk, at=now)
    return case


def put_case(agency: Agency, *, actor: Actor, now: datetime, **fields: object) -> Case:
    """The new case under its number, written without asking for authority: who calls has asked."""
    # NO KEY: rows that only point to the agency may still be written by others.
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    return Case.objects.create(
        agency=agency,
        year=now.astimezone(VIETNAM).year,
        ordinal=next_ordinal(agency, now),
        opened_at=now,
        opened_by=actor.official,
        **{"holder": actor.official, "fictional": agency.fictional, **fields},
    )


def _check(
    channel: str,
    title: str,
    incoming: Incoming,
    severity: int,
    event_on: date | None,
    received: datetime,
) -> None:
    day = received.astimezone(VIETNAM).date()
    if not title.strip():
        raise InvalidInput("Ghi vụ việc là gì.", "title")
    if severity not in range(4):
        raise InvalidInput("Chọn mức độ.", "severity")
    if channel in ON_PAPER and not incoming.sender.strip():
        raise InvalidInput("Văn bản đến phải ghi nơi gửi.", "sender")
    if channel == CaseChannel.HOTLINE and not incoming.sender.strip():
        raise InvalidInput("Ghi ai báo qua đường dây nóng (hoặc “ẩn danh”).", "sender")
    if incoming.on is not None and incoming.on > day:
        raise InvalidInput("Ngày văn bản không thể sau lúc tiếp nhận.", "incoming_on")
    if event_on is not None and event_on > day:
        raise InvalidInput("Ngày xảy ra sự việc không thể sau lúc tiếp nhận.", "event_on")
