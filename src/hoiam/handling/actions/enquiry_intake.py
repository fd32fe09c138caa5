"""Taking in what the press asks: by hand at the desk, and from the public form."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from hoiam.agencies.models import Agency, PressAgency, Reporter
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.moving import past
from hoiam.handling.models import Enquiry
from hoiam.handling.queries.calendars import calendar_now
from hoiam.handling.states import EnquiryChannel, EnquiryKind
from hoiam.kit.rulebook import compute
from hoiam.kit.vietnamese import VIETNAM, nfc, squash

ACKNOWLEDGE, ANSWER = "MD-80", "MD-81"
LONGEST_TEXT = 10_000
# Letters and digits nobody mistakes for another when reading a code over the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP_SIZE = 4, 4
# not-law: a second press of the button within this time is the same letter
TWICE = timedelta(minutes=10)  # not-law: see above
NEEDED = {
    "outlet": "Ghi tên cơ quan báo chí.",
    "reporter_name": "Ghi tên phóng viên, người đề nghị.",
    "contact": "Ghi điện thoại hoặc thư điện tử để liên hệ lại.",
    "purpose": "Ghi mục đích sử dụng thông tin.",
    "questions": "Ghi câu hỏi hoặc nội dung cần cung cấp.",
}
SHORT = {"outlet": 200, "reporter_name": 120, "contact": 250, "card_number": 40}


@transaction.atomic
def receive_enquiry(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    channel: str,
    received_at: datetime | None = None,
    **typed: Any,
) -> Enquiry:
    """The request as entered by hand: an e-mail, a letter, a call.

    Args:
        channel: how it came; never the public form.
        received_at: when it came; now when not given.
        typed: press_agency, outlet, reporter, reporter_name, card_number, contact, kind, purpose, questions,
            wished_at, is_reported_matter, is_from_authority.

    Raises:
        NotAllowed: the actor may not at this agency.
        InvalidInput: something is missing or too long, or a moment cannot be.
    """
    authority.check(actor, "receive_enquiry", agency)
    if channel not in EnquiryChannel.values or channel == EnquiryChannel.FORM:
        raise InvalidInput("Chọn đề nghị đến bằng đường nào.", "channel")
    received = past(received_at or now, now, "received_at", "Thời điểm nhận")
    enquiry = _kept(agency, received, {**typed, "channel": channel, "entered_by": actor.official})
    ledger.write(
        enquiry, actor=actor, step="receive_enquiry", at=now, agency=agency.code, channel=channel
    )
    return enquiry


@transaction.atomic
def send_enquiry(agency: Agency, *, now: datetime, sender_key: str = "", **typed: Any) -> Enquiry:
    """The request as the press itself sent it by the public form; the same letter sent twice at once stays one.

    Nobody is signed in, so no authority is asked: everybody may write to an agency.

    Raises:
        InvalidInput: something is missing or too long, or a moment cannot be.
    """
    again = _sent_already(agency, sender_key, squash(nfc(str(typed.get("questions", "")))), now)
    if again is not None:
        return again
    more = {"channel": EnquiryChannel.FORM, "sender_key": sender_key}
    enquiry = _kept(agency, now, {**typed, **more})
    ledger.write(
        enquiry, actor=None, step="send_enquiry", at=now, agency=agency.code, channel="form"
    )
    outbox.post("enquiry_received", enquiry.pk, at=now)
    return enquiry


def _sent_already(agency: Agency, sender: str, asked: str, now: datetime) -> Enquiry | None:
    if not sender:
        return None
    rows = Enquiry.objects.system("the same letter sent twice").filter(
        agency=agency, sender_key=sender, received_at__gte=now - TWICE
    )
    return next((row for row in rows if squash(row.questions) == asked), None)


def _kept(agency: Agency, received: datetime, typed: Mapping[str, Any]) -> Enquiry:
    said = _checked(typed)
    wished = typed.get("wished_at")
    if wished is not None and wished <= received:
        raise InvalidInput("Thời điểm mong được trả lời phải sau lúc nhận đề nghị.", "wished_at")
    year, calendar = received.astimezone(VIETNAM).year, calendar_now()
    return Enquiry.objects.create(
        agency=agency,
        year=year,
        ordinal=_next_ordinal(agency, year),
        code=new_code(),
        received_at=received,
        wished_at=wished,
        acknowledge_due_at=compute(ACKNOWLEDGE, received, calendar=calendar).due,
        answer_due_at=compute(ANSWER, received, calendar=calendar).due,
        fictional=agency.fictional,
        **said,
    )


def _checked(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as it is kept: lines trimmed, the press agency's own name when it was picked."""
    press, reporter = typed.get("press_agency"), typed.get("reporter")
    said: dict[str, Any] = {
        name: squash(nfc(str(typed.get(name) or ""))) for name in (*SHORT, "purpose", "questions")
    }
    for name in ("purpose", "questions"):
        said[name] = nfc(str(typed.get(name) or "")).strip()
    if isinstance(press, PressAgency):
        said["outlet"] = said["outlet"] or press.name
    if isinstance(reporter, Reporter):
        said["reporter_name"] = said["reporter_name"] or reporter.full_name
    for name, sentence in NEEDED.items():
        if not said[name]:
            raise InvalidInput(sentence, name)
    for name, value in said.items():
        if len(value) > SHORT.get(name, LONGEST_TEXT):
            raise InvalidInput(f"Dài quá {SHORT.get(name, LONGEST_TEXT)} ký tự. Rút gọn lại.", name)
    if typed.get("kind") not in EnquiryKind.values:
        raise InvalidInput("Chọn báo đề nghị gì.", "kind")
    flags = {name: bool(typed.get(name)) for name in ("is_reported_matter", "is_from_authority")}
    others = {
        name: typed[name] for name in ("channel", "sender_key", "entered_by") if name in typed
    }
    return {
        **said, **flags, **others,
        "kind": typed["kind"], "press_agency": press, "reporter": reporter,
    }  # fmt: skip


def _next_ordinal(agency: Agency, year: int) -> int:
    # The agency's row is locked, so two letters that arrive at once never take the same number.
    Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    rows = Enquiry.objects.system("number of the next enquiry").filter(agency=agency, year=year)
    return (rows.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def new_code() -> str:
    """A code nobody guesses: it opens the page of one enquiry to who wrote it."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_SIZE)) for _ in range(GROUPS))
    return "-".join(groups)
