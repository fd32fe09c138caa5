"""Press briefings held by other bodies, to which the agency came."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.moving import past
from hoiam.handling.models import Briefing
from hoiam.kit.vietnamese import nfc

NEEDED = {
    "organiser": "Ghi đơn vị tổ chức giao ban.",
    "topics": "Ghi nội dung đã cung cấp.",
    "speaker": "Ghi người đã cung cấp thông tin.",
}
LONGEST = {"organiser": 250, "speaker": 200, "place": 250}


@transaction.atomic
def record_briefing(
    agency: Agency, *, at: datetime, actor: Actor, now: datetime, on_own_initiative: bool = False,
    **typed: Any,
) -> Briefing:  # fmt: skip
    """The briefing at which the agency informed the press; I2 counts it when it came on its own initiative.

    Args:
        typed: organiser, topics, speaker, place, documents.

    Raises:
        NotAllowed: the actor may not at this agency.
        InvalidInput: something is missing, or the moment lies ahead.
    """
    authority.check(actor, "record_briefing", agency)
    past(at, now, "at", "Thời điểm giao ban")
    said = {
        name: nfc(str(typed.get(name) or "")).strip()[: LONGEST.get(name)]
        for name in (*NEEDED, "place", "documents")
    }
    for name, sentence in NEEDED.items():
        if not said[name]:
            raise InvalidInput(sentence, name)
    briefing = Briefing.objects.create(
        agency=agency, at=at, on_own_initiative=on_own_initiative, recorded_by=actor.official,
        recorded_at=now, fictional=agency.fictional, **said,
    )  # fmt: skip
    ledger.write(
        briefing, actor=actor, step="record_briefing", at=now, organiser=briefing.organiser,
        own=on_own_initiative,
    )  # fmt: skip
    return briefing


@transaction.atomic
def withdraw_briefing(briefing: Briefing, *, reason: str, actor: Actor, now: datetime) -> Briefing:
    """The briefing taken out of the count: entered by mistake or twice. Its row and reason stay.

    Raises:
        InvalidInput: no reason.
        WrongState: it was withdrawn before.
    """
    rows = Briefing.objects.system("reload under lock").select_for_update(of=("self",))
    briefing = rows.get(pk=briefing.pk)
    authority.check(actor, "withdraw_briefing", briefing)
    if briefing.withdrawn_at is not None:
        raise WrongState("Lần giao ban này đã được rút.")
    if not reason.strip():
        raise InvalidInput("Ghi lý do rút.", "reason")
    briefing.withdrawn_at, briefing.withdrawn_reason = now, reason.strip()[:250]
    briefing.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    ledger.write(briefing, actor=actor, step="withdraw_briefing", at=now, reason=reason.strip())
    return briefing
