"""Handing a case over: to another unit of one's own agency, up or down the System, or to the agency it belongs to."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import case_agency, superior
from hoiam.core import ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.cases import index, next_ordinal, put_party, refuse_second
from hoiam.handling.actions.clocks import OPEN, start_default
from hoiam.handling.actions.closing import close
from hoiam.handling.actions.moments import put_moment
from hoiam.handling.actions.moving import locked_open, refuse_before_signer
from hoiam.handling.actions.opening import put_case
from hoiam.handling.models import Case, CaseItem, Clock
from hoiam.handling.queries.outcomes import Proof
from hoiam.handling.states import CaseChannel, MomentKind, PartyRole
from hoiam.kit.vietnamese import VIETNAM


@transaction.atomic
def hand_over(case: Case, *, to: Agency, reason: str, actor: Actor, now: datetime) -> Case:
    """The case as the unit it was handed to has it: the same one with another lead, or a new one that points back.

    A unit below one's own agency leads from now on. Up or down the System the case itself moves and takes a number
    there; who had it goes on as coordinating, so that nothing goes out of its sight. Any other agency gets a case of its
    own, and this one closes as not ours.

    Raises:
        Conflict: the receiving agency has an open case of the story.
        InvalidInput: no reason, or it is the unit that has it.
        WrongState: the case is closed, or a paper lies before its signer.
    """
    case = locked_open(case, "hand_over", actor)
    if not reason.strip():
        raise InvalidInput("Ghi vì sao chuyển hồ sơ.", "reason")
    lead = next((p for p in case.parties.all() if p.role == PartyRole.LEAD), None)
    if (to.pk == case.agency_id and lead is None) or (lead is not None and to.pk == lead.agency_id):
        raise InvalidInput("Đơn vị này đang giữ hồ sơ. Chọn đơn vị khác.", "to")
    refuse_before_signer(case)
    place = _locked_agency(case_agency(to))
    told = {"reason": reason.strip(), "actor": actor, "now": now}
    if place.pk == case.agency_id:
        return _lead(case, to, **told)
    today = now.astimezone(VIETNAM).date()
    above, below = superior(case.agency, today), superior(place, today)
    if case.agency_id == (below and below.pk) or place.pk == (above and above.pk):
        return _move(case, place, to, **told)
    return _give_away(case, place, to, **told)


def _locked_agency(agency: Agency) -> Agency:
    # NO KEY: rows that only point to the agency may still be written by others.
    return Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)


def _lead(case: Case, to: Agency, *, reason: str, actor: Actor, now: datetime) -> Case:
    """Another unit of the same agency leads; the clocks are everybody's there until it names somebody."""
    ledger.write(
        case, actor=actor, step="hand_over", at=now, reason=reason, agency=to.code, place=str(to)
    )
    put_party(case, agency=to, role=PartyRole.LEAD, official=None, actor=actor, now=now)
    _nobodys(case)
    outbox.post("case_assigned", case.pk, at=now)
    return case


def _nobodys(case: Case) -> None:
    rows = Clock.objects.system("whoever leads now holds them").filter(case=case, state__in=OPEN)
    rows.update(holder=None)


def _move(
    case: Case, place: Agency, to: Agency, *, reason: str, actor: Actor, now: datetime
) -> Case:
    if case.story is not None:
        refuse_second(place, case.story)
    before, number = case.agency, case.number
    case.agency, case.holder = place, None
    case.year, case.ordinal = now.astimezone(VIETNAM).year, next_ordinal(place, now)
    case.save(update_fields=["agency", "holder", "year", "ordinal"])
    ledger.write(
        case,
        actor=actor,
        step="hand_over",
        at=now,
        reason=reason,
        agency=to.code,
        place=str(to),
        was=number,
    )
    put_party(case, agency=before, role=PartyRole.COORDINATING, official=None, actor=actor, now=now)
    put_party(case, agency=to, role=PartyRole.LEAD, official=None, actor=actor, now=now)
    _nobodys(case)
    outbox.post("case_handed_over", case.pk, at=now)
    return case


def _give_away(
    case: Case, place: Agency, to: Agency, *, reason: str, actor: Actor, now: datetime
) -> Case:
    if case.story is not None:
        refuse_second(place, case.story)
    made = put_case(
        place,
        actor=actor,
        now=now,
        title=case.title,
        severity=case.severity,
        story=case.story,
        channel=CaseChannel.HANDED_OVER,
        incoming_number=case.number,
        incoming_on=now.astimezone(VIETNAM).date(),
        incoming_from=str(case.agency),
        event_on=case.event_on,
        first_seen_at=case.first_seen_at,
        holder=None,
        came_from=case,
    )
    CaseItem.objects.bulk_create(
        CaseItem(case=made, item_id=row.item_id, is_lead=row.is_lead, added_at=now)
        for row in case.case_items.all()
    )
    if to.pk != place.pk:
        put_party(made, agency=to, role=PartyRole.INFORMED, official=None, actor=actor, now=now)
    ledger.write(
        made,
        actor=actor,
        step="take_over",
        at=now,
        reason=reason,
        other=case.number,
        place=str(case.agency),
    )
    put_moment(made, MomentKind.RECEIVED, now, actor=actor, now=now)
    start_default(made, "MD-01", now)
    ledger.write(
        case,
        actor=actor,
        step="hand_over",
        at=now,
        reason=reason,
        agency=to.code,
        place=str(to),
        other=made.number,
    )
    note = f"{reason} (chuyển {to})"
    close(case, actor=actor, now=now, result="not_ours", note=note, proof=Proof(place=str(to)))
    index(made)
    outbox.post("case_handed_over", made.pk, at=now)
    return made
