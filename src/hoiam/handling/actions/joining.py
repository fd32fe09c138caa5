"""Two cases of one matter become one, or one becomes two: nothing that was kept is lost on the way."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.cases import index
from hoiam.handling.actions.clocks import OPEN, end_clock
from hoiam.handling.actions.closing import close
from hoiam.handling.actions.moments import put_moment
from hoiam.handling.actions.moving import (
    locked_open,
    locked_two,
    refuse_before_signer,
    refuse_closed,
)
from hoiam.handling.actions.opening import put_case
from hoiam.handling.models import (
    Case,
    CaseItem,
    CaseMoment,
    Clock,
    Directive,
    LeftOutItem,
    Obligation,
    Outcome,
    Party,
)
from hoiam.handling.queries.outcomes import Proof
from hoiam.handling.states import CaseState, ClockState, MomentKind
from hoiam.monitoring.models import Story

# Rows with rules of their own; every other row that points to a case moves as it is.
BY_THEMSELVES = frozenset({Case, CaseItem, CaseMoment, LeftOutItem, Obligation, Party})


@transaction.atomic
def merge_cases(case: Case, *, other: Case, reason: str, actor: Actor, now: datetime) -> Case:
    """The elder of two cases of one agency with all the younger had; the younger closes as its duplicate.

    Reports, facts, notes, files, papers, statements, directives and clocks move. Of the starting moments those the elder
    has not; its own stay what they are. Clocks of product defaults count the younger's steps and end with it; those of
    law run on.

    Raises:
        InvalidInput: the same case twice, another agency's, or no reason.
        NotAllowed: the actor may not decide on both.
        WrongState: one of them is closed, or a paper of the younger lies before its signer.
    """
    if case.pk == other.pk:
        raise InvalidInput("Chọn hồ sơ khác để nhập.", "other")
    elder, younger = _by_age(*locked_two(case, other))
    for each in (elder, younger):
        authority.check(actor, "merge_cases", each)
        refuse_closed(each)
    if elder.agency_id != younger.agency_id:
        raise InvalidInput("Chỉ nhập được hai hồ sơ của cùng một cơ quan.", "other")
    if not reason.strip():
        raise InvalidInput("Ghi vì sao hai hồ sơ là một vụ việc.", "reason")
    refuse_before_signer(younger)
    _end_defaults(younger, now)
    _move_obligations(younger, elder, now)
    _move_items(younger, elder)
    _move_moments(younger, elder)
    _move_parties(younger, elder)
    _move_the_rest(younger, elder)
    _take_over(younger, elder)
    before = Case.objects.system("what had been merged before comes along")
    before.filter(merged_into=younger).update(merged_into=elder)
    ledger.write(
        elder, actor=actor, step="merge_cases", at=now, reason=reason.strip(), other=younger.number
    )
    note = f"{reason.strip()} (nhập vào {elder.number})"
    close(
        younger,
        actor=actor,
        now=now,
        result="duplicate",
        note=note,
        proof=Proof(original=elder),
        merged_into=elder,
    )
    index(elder)
    return elder


def _by_age(one: Case, other: Case) -> tuple[Case, Case]:
    elder, younger = sorted((one, other), key=lambda case: (case.opened_at, case.pk))
    return elder, younger


def _end_defaults(younger: Case, now: datetime) -> None:
    rows = Clock.objects.system("steps of a case that ends").filter(case=younger, state__in=OPEN)
    for clock in rows:
        if clock.is_default:
            end_clock(clock, at=now, state=ClockState.CANCELLED)


def _move_obligations(younger: Case, elder: Case, now: datetime) -> None:
    has = {obligation.letter: obligation for obligation in elder.obligations.all()}
    for obligation in younger.obligations.all():
        same = has.get(obligation.letter)
        if same is None:
            obligation.case = elder
            obligation.save(update_fields=["case"])
            continue
        # One duty, told twice: its clocks and orders go on under the elder's.
        Clock.objects.system("one duty, told twice").filter(obligation=obligation).update(
            obligation=same
        )
        Directive.objects.system("one duty, told twice").filter(obligation=obligation).update(
            obligation=same
        )
        if obligation.ended_at is None:
            if same.ended_at is not None:
                Outcome.objects.filter(obligation=same).update(obligation=None)
                same.ended_at, same.result = None, ""
                same.save(update_fields=["ended_at", "result"])
            obligation.ended_at, obligation.result = now, "duplicate"
            obligation.save(update_fields=["ended_at", "result"])


def _move_items(younger: Case, elder: Case) -> None:
    known = set(elder.case_items.values_list("item", flat=True))
    younger.case_items.exclude(item__in=known).update(case=elder, is_lead=False)
    elder.left_out.filter(item__in=elder.case_items.values("item")).delete()
    gone = set(elder.left_out.values_list("item", flat=True))
    kept = elder.case_items.values("item")
    younger.left_out.exclude(item__in=gone).exclude(item__in=kept).update(case=elder)


def _move_moments(younger: Case, elder: Case) -> None:
    has = set(elder.moments.values_list("kind", flat=True))
    moving = younger.moments.exclude(kind__in=has - {MomentKind.PAPER_RECEIVED.value})
    moving.update(case=elder)


def _move_parties(younger: Case, elder: Case) -> None:
    has = set(elder.parties.values_list("agency", "official"))
    for party in younger.parties.all():
        if (party.agency_id, party.official_id) not in has:
            Party.objects.create(
                case=elder, agency=party.agency, official=party.official, role=_beside(party.role)
            )


def _beside(role: str) -> str:
    return "coordinating" if role == "lead" else role


def _move_the_rest(younger: Case, elder: Case) -> None:
    last = elder.facts.aggregate(last=Max("position"))["last"] or 0
    for fact in younger.facts.all():
        fact.position += last
        fact.save(update_fields=["position"])
    for relation in Case._meta.related_objects:
        if relation.related_model not in BY_THEMSELVES and relation.field.name == "case":
            rows = relation.related_model._base_manager.filter(case=younger)
            rows.update(case=elder)


def _take_over(younger: Case, elder: Case) -> None:
    elder.severity = max(elder.severity, younger.severity)
    elder.event_on = elder.event_on or younger.event_on
    seen = [at for at in (elder.first_seen_at, younger.first_seen_at) if at is not None]
    elder.first_seen_at = min(seen, default=None)
    elder.save(update_fields=["severity", "event_on", "first_seen_at"])


@transaction.atomic
def split_case(
    case: Case,
    *,
    title: str,
    reason: str,
    items: Collection[int],
    letters: Collection[str] = (),
    actor: Actor,
    now: datetime,
) -> Case:
    """The new case with these reports and obligations of the old one, which stays open.

    The obligations take their clocks and directives along; the moment of receiving is the same for both.

    Args:
        items: keys of reports of the case; one at least stays.
        letters: types of the obligations that go along.

    Raises:
        InvalidInput: nothing chosen, all reports chosen, what is not the case's, or no title or reason.
        WrongState: the case is closed, or a paper lies before its signer.
    """
    case = locked_open(case, "split_case", actor)
    refuse_before_signer(case)
    chosen = list(case.case_items.filter(item__in=items))
    _check_split(case, chosen, items, title, reason)
    duties = list(case.obligations.filter(letter__in=letters))
    if len(duties) != len(set(letters)):
        raise InvalidInput(
            "Nghĩa vụ đã chọn không thuộc hồ sơ. Tải lại trang rồi chọn lại.", "letters"
        )
    made = put_case(
        case.agency,
        actor=actor,
        now=now,
        title=title.strip(),
        severity=case.severity,
        channel=case.channel,
        incoming_number=case.incoming_number,
        incoming_on=case.incoming_on,
        incoming_from=case.incoming_from,
        event_on=case.event_on,
        first_seen_at=min((row.item.first_seen_at for row in chosen), default=None),
        holder=case.holder,
        came_from=case,
        story=_free_story(case, chosen),
    )
    for party in case.parties.all():
        Party.objects.create(
            case=made, agency=party.agency, official=party.official, role=party.role
        )
    told = {"actor": actor, "at": now, "reason": reason.strip()}
    ledger.write(made, step="split_off", other=case.number, **told)
    ledger.write(case, step="split_case", other=made.number, items=len(chosen), **told)
    received = case.moments.filter(kind=MomentKind.RECEIVED, replaced_by=None).last()
    put_moment(made, MomentKind.RECEIVED, received.at if received else now, actor=actor, now=now)
    _carry(case, made, chosen, duties)
    index(made)
    return made


def _check_split(
    case: Case, chosen: Collection[CaseItem], items: Collection[int], title: str, reason: str
) -> None:
    if not title.strip():
        raise InvalidInput("Ghi tên vụ việc của hồ sơ mới.", "title")
    if not reason.strip():
        raise InvalidInput("Ghi vì sao tách hồ sơ.", "reason")
    if not chosen:
        raise InvalidInput("Chọn ít nhất một bài chuyển sang hồ sơ mới.", "items")
    if len(chosen) != len(set(items)):
        raise InvalidInput("Bài đã chọn không thuộc hồ sơ. Tải lại trang rồi chọn lại.", "items")
    if len(chosen) == case.case_items.count():
        raise InvalidInput("Phải để lại ít nhất một bài ở hồ sơ này.", "items")


def _free_story(case: Case, chosen: Collection[CaseItem]) -> Story | None:
    """The story of the reports that leave, where it is another one and no open case of the agency has it."""
    story = next((row.item.story for row in chosen if row.item.story_id), None)
    if story is None or story.pk == case.story_id:
        return None
    rows = Case.objects.system("one open case a story and agency").filter(story=story)
    taken = rows.filter(agency=case.agency).exclude(state=CaseState.CLOSED).exists()
    return None if taken else story


def _carry(
    case: Case, made: Case, chosen: Collection[CaseItem], duties: Collection[Obligation]
) -> None:
    CaseItem.objects.filter(pk__in=[row.pk for row in chosen]).update(case=made, is_lead=False)
    for each in (case, made):
        lead_again(each)
    Obligation.objects.filter(pk__in=[duty.pk for duty in duties]).update(case=made)
    for model in (Clock, Directive):
        rows = model.objects.system("an obligation takes its clocks and orders along")
        rows.filter(obligation__in=duties).update(case=made)
    Outcome.objects.filter(obligation__in=duties).update(case=made)


def lead_again(case: Case) -> None:
    """Nothing; the case has one leading report when it has any."""
    rows = case.case_items.order_by("-is_lead", "id")
    first = rows.first()
    if first is not None and not first.is_lead:
        first.is_lead = True
        first.save(update_fields=["is_lead"])
