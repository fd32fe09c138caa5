"""Opening a case from a warning, and what belongs to it: items, parties, notes."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import case_agency
from hoiam.core import authority, ledger, outbox, search
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.handling.actions.moments import put_moment
from hoiam.handling.actions.moving import locked, locked_open, past
from hoiam.handling.models import Case, CaseItem, Note, Party
from hoiam.handling.queries.searched import case_document
from hoiam.handling.states import CaseState, MomentKind, PartyRole
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.triage import enter_case
from hoiam.monitoring.models import Story, Warning


@transaction.atomic
def open_case(
    warning: Warning,
    *,
    actor: Actor,
    now: datetime,
    received_at: datetime | None = None,
    title: str = "",
    event_on: date | None = None,
) -> Case:
    """The new case of a warning's story: its items, the unit concerned as a party, the moment of receiving.

    Args:
        received_at: when the agency received the matter (tiếp nhận); now when not given.
        event_on: the day the reported event happened, when known: it chooses the generation of the law.

    Raises:
        Conflict: the agency already has an open case of this story.
        InvalidInput: the warning stands before no agency, or a date lies ahead.
        NotAllowed: the actor may not open cases here.
    """
    # The warning is locked first: who screens it holds that lock when waiting for the diary's.
    warning = locked_warning(warning)
    authority.check(actor, "open_case", warning)
    if warning.agency is None:
        raise InvalidInput(
            "Tin chưa gán đơn vị. Hãy chuyển cho đơn vị liên quan trước khi mở hồ sơ.", "agency"
        )
    # NO KEY: rows that only point to the agency may still be written by others.
    agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(
        pk=case_agency(warning.agency).pk
    )
    refuse_second(agency, warning.story)
    received = past(received_at or now, now, "received_at", "Thời điểm tiếp nhận")
    if event_on is not None and event_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày xảy ra sự việc không thể ở phía trước.", "event_on")
    case = Case.objects.create(
        agency=agency,
        year=now.astimezone(VIETNAM).year,
        ordinal=next_ordinal(agency, now),
        title=title.strip() or warning.story.title,
        story=warning.story,
        severity=warning.severity,
        first_seen_at=warning.story.first_at,
        event_on=event_on,
        opened_at=now,
        opened_by=actor.official,
        holder=actor.official,
        fictional=agency.fictional,
    )
    _add_story_items(case, warning, now)
    if any(post.agency_id == agency.pk for post in actor.posts):
        Party.objects.create(
            case=case, agency=agency, official=actor.official, role=PartyRole.COORDINATING
        )
    if warning.agency_id != agency.pk:
        Party.objects.create(case=case, agency=warning.agency, role=PartyRole.INFORMED)
    ledger.write(case, actor=actor, step="open_case", at=now, warning=warning.pk)
    put_moment(case, MomentKind.RECEIVED, received, actor=actor, now=now)
    enter_case(warning, actor=actor, now=now)
    index(case)
    outbox.post("case_opened", case.pk, at=now)
    return case


def locked_warning(warning: Warning) -> Warning:
    """The warning reloaded under lock, so that a stale copy is safe."""
    rows = Warning.objects.system("reload under lock").select_for_update(of=("self",), no_key=True)
    return rows.select_related("agency__parent", "story").get(pk=warning.pk)


def refuse_second(agency: Agency, story: Story) -> None:
    """Nothing, when the agency has no open case of the story.

    Raises:
        Conflict: it has one; the sentence names it.
    """
    rows = Case.objects.system("one open case a story and agency")
    have = rows.filter(agency=agency, story=story).exclude(state=CaseState.CLOSED).first()
    if have is not None:
        raise Conflict(f"Vụ việc này đã có hồ sơ {have.number}. Hãy mở hồ sơ đó.")


def next_ordinal(agency: Agency, now: datetime) -> int:
    """The number the agency's next case of this year takes."""
    # The agency's row is locked, so two openings never take the same number.
    rows = Case.objects.system("number of the next case")
    last = rows.filter(agency=agency, year=now.astimezone(VIETNAM).year).aggregate(
        last=Max("ordinal")
    )
    return (last["last"] or 0) + 1


def _add_story_items(case: Case, warning: Warning, now: datetime) -> None:
    lead = warning.story.lead_item_id
    CaseItem.objects.bulk_create(
        [
            CaseItem(case=case, item=item, is_lead=item.pk == lead, added_at=now)
            for item in warning.story.items.order_by("at", "id")
        ]
    )


@transaction.atomic
def add_party(
    case: Case,
    *,
    agency: Agency,
    role: str,
    actor: Actor,
    now: datetime,
    official: Official | None = None,
) -> Party:
    """The unit or person with this part in the case; a second lead replaces the first, who stays as coordinating."""
    case = locked_open(case, "add_party", actor)
    if role not in PartyRole.values:
        raise InvalidInput("Chọn vai: chủ trì, phối hợp hoặc để biết.", "role")
    return put_party(case, agency=agency, role=role, official=official, actor=actor, now=now)


def put_party(
    case: Case, *, agency: Agency, role: str, official: Official | None, actor: Actor, now: datetime
) -> Party:
    """The party, written without asking for authority: steps that include it have asked for theirs."""
    if role == PartyRole.LEAD:
        case.parties.filter(role=PartyRole.LEAD).update(role=PartyRole.COORDINATING)
    case.parties.filter(agency=agency, official=official).delete()
    party = Party.objects.create(case=case, agency=agency, official=official, role=role)
    ledger.write(case, actor=actor, step="add_party", at=now, agency=agency.code, role=str(role))
    index(case)
    return party


@transaction.atomic
def add_note(case: Case, *, text: str, actor: Actor, now: datetime) -> Note:
    """The remark on the case (ý kiến).

    Raises:
        InvalidInput: it is empty.
    """
    case = locked(case)
    authority.check(actor, "add_note", case)
    if not text.strip():
        raise InvalidInput("Nhập nội dung ý kiến.", "text")
    note = Note.objects.create(case=case, text=text.strip(), by=actor.official, at=now)
    ledger.write(case, actor=actor, step="add_note", at=now, reason=note.text)
    return note


def index(case: Case) -> None:
    """Put the case into search, in the scope of its agency and its parties."""
    search.put_many([case_document(case)])
