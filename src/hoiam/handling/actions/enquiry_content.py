"""Preparing an answer: content asked of the units, and the draft that two people may not overwrite."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.handling.actions.enquiry import locked_enquiry, open_enquiry
from hoiam.handling.models import ContentRequest, Enquiry
from hoiam.handling.queries.calendars import calendar_now
from hoiam.handling.states import OPEN_ENQUIRIES
from hoiam.kit.rulebook import compute

SUPPLY = "MD-82"


@transaction.atomic
def ask_unit(
    enquiry: Enquiry,
    *,
    unit: Agency,
    what: str,
    actor: Actor,
    now: datetime,
    due_at: datetime | None = None,
) -> ContentRequest:
    """What the unit is asked to supply, by when; units must supply fully, in time, accurately (NĐ 244/2026 Đ4.2).

    Args:
        due_at: by when; the product default counts when not given.

    Raises:
        InvalidInput: no unit, nothing asked, or a time already past.
    """
    enquiry = open_enquiry(enquiry, "ask_unit", actor)
    if unit is None:
        raise InvalidInput("Chọn đơn vị cung cấp nội dung.", "unit")
    if not what.strip():
        raise InvalidInput("Ghi nội dung cần đơn vị cung cấp.", "what")
    if due_at is not None and due_at <= now:
        raise InvalidInput("Hạn cung cấp phải ở phía trước.", "due_at")
    asked = ContentRequest.objects.create(
        enquiry=enquiry,
        unit=unit,
        what=what.strip(),
        asked_by=actor.official,
        asked_at=now,
        due_at=due_at or compute(SUPPLY, now, calendar=calendar_now()).due,
    )
    ledger.write(enquiry, actor=actor, step="ask_unit", at=now, unit=unit.code, reason=asked.what)
    outbox.post("content_asked", asked.pk, at=now)
    return asked


@transaction.atomic
def supply_content(
    asked: ContentRequest, *, content: str, actor: Actor, now: datetime
) -> ContentRequest:
    """The content as the unit gives it; written once, a second giving adds below the first.

    Raises:
        InvalidInput: nothing was given.
        WrongState: the enquiry has been closed.
    """
    enquiry = locked_enquiry(asked.enquiry)
    asked = ContentRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    authority.check(actor, "supply_content", asked)
    if enquiry.state not in OPEN_ENQUIRIES:
        raise WrongState("Đề nghị của báo đã được giải quyết, không cần cung cấp nữa.")
    if not content.strip():
        raise InvalidInput("Ghi nội dung đơn vị cung cấp.", "content")
    asked.content = "\n\n".join(part for part in (asked.content, content.strip()) if part)
    asked.supplied_by, asked.supplied_at = actor.official, asked.supplied_at or now
    asked.save(update_fields=["content", "supplied_by", "supplied_at"])
    ledger.write(enquiry, actor=actor, step="supply_content", at=now, unit=asked.unit_id)
    return asked


@transaction.atomic
def draft_answer(enquiry: Enquiry, *, text: str, seen: int, actor: Actor, now: datetime) -> Enquiry:
    """The draft of the answer with a new version.

    Args:
        seen: version the writer began from.

    Raises:
        Conflict: somebody saved another version meanwhile; what was typed is not kept.
    """
    enquiry = open_enquiry(enquiry, "draft_answer", actor)
    if seen != enquiry.draft_version:
        raise Conflict(
            f"{enquiry.drafted_by} vừa lưu bản khác. Bản của bạn còn nguyên trong ô bên dưới: "
            "so với bản mới rồi lưu lại."
        )
    enquiry.draft = text.strip()
    enquiry.draft_version += 1
    enquiry.drafted_by = actor.official
    enquiry.save(update_fields=["draft", "draft_version", "drafted_by"])
    ledger.write(
        enquiry, actor=actor, step="draft_answer", at=now, version=enquiry.draft_version,
        text=enquiry.draft,
    )  # fmt: skip
    return enquiry
