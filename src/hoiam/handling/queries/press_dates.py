"""What the press desk adds to a private calendar: conferences, briefings, interviews, notices and answers promised.

A person has those of the desks they sit on and what they promised or hold themselves; a unit has its own.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Briefing, Enquiry, PressConference, PressQuestion
from hoiam.handling.policies import CLERKS
from hoiam.handling.queries.conference import COMING
from hoiam.handling.queries.timetables import Event, Owner, calendar_source
from hoiam.handling.states import OPEN_ENQUIRIES, ConferenceState, EnquiryKind
from hoiam.kit.rulebook import RulebookError
from hoiam.kit.rulebook.press_desk import notice_deadline

KEPT = timedelta(days=60)  # not-law: how long a calendar still shows what is over
LASTS = timedelta(hours=1)  # not-law: how long an hour without an end is drawn
MOST = 200
RINGS = (timedelta(days=1), timedelta(hours=1))  # not-law: before a meeting with the press
STANDING = (*COMING, ConferenceState.HELD)


@calendar_source
def conference_events(owner: Owner, now: datetime) -> Iterator[Event]:
    """Conferences that stand, each with the last moment of its notice while none has gone (HB-01)."""
    rows = PressConference.objects.narrowed(agency__in=_desks(owner), state__in=STANDING)
    for row in rows.filter(starts_at__gte=now - KEPT).order_by("starts_at", "pk")[:MOST]:
        yield Event(
            uid=f"conference-{row.pk}",
            title=row.get_kind_display(),
            start=row.starts_at,
            end=row.ends_at or row.starts_at + LASTS,
            stamp=row.planned_at,
            address="desk-conference",
            key=row.pk,
            note=row.get_state_display(),
            sequence=row.version,
            alarms=RINGS,
        )
        if row.needs_notice and row.state == ConferenceState.PLANNED:
            yield from _notice(row)


def _notice(row: PressConference) -> Iterator[Event]:
    try:
        due = notice_deadline(row.starts_at)
    except RulebookError:  # before the first law of the rulebook
        return
    if due.due is not None:
        yield Event(
            uid=f"notice-{row.pk}",
            title="Gửi thông báo họp báo",
            start=due.due,
            end=due.due,
            stamp=row.planned_at,
            address="desk-conference",
            key=row.pk,
            note=due.rule,
            sequence=row.version,
            alarms=RINGS[:1],
        )


@calendar_source
def promise_events(owner: Owner, now: datetime) -> Iterator[Event]:
    """Answers promised at conferences that are not given yet: the holder's, or the unit's."""
    whose = Q(conference__agency=owner.agency)
    if owner.actor is not None:
        whose = Q(holder=owner.actor.pk)
    rows = PressQuestion.objects.filter(whose, promised_at__isnull=False, kept_at=None)
    for row in rows.order_by("promised_at", "pk")[:MOST]:
        assert row.promised_at is not None  # excluded by the query
        yield Event(
            uid=f"promise-{row.pk}",
            title="Trả lời câu đã hẹn tại họp báo",
            start=row.promised_at,
            end=row.promised_at,
            stamp=row.recorded_at,
            address="desk-conference",
            key=row.conference_id,
            alarms=RINGS[:1],
        )


@calendar_source
def briefing_events(owner: Owner, now: datetime) -> Iterator[Event]:
    """Briefings the unit came to, as they were recorded afterwards."""
    rows = Briefing.objects.narrowed(agency__in=_desks(owner), withdrawn_at=None)
    for row in rows.filter(at__gte=now - KEPT).order_by("at", "pk")[:MOST]:
        yield Event(
            uid=f"briefing-{row.pk}",
            title="Giao ban báo chí",
            start=row.at,
            end=row.at + LASTS,
            stamp=row.recorded_at,
            address="desk-briefings",
            key=None,
        )


@calendar_source
def interview_events(owner: Owner, now: datetime) -> Iterator[Event]:
    """Interviews that wait for an answer, on the day the press wishes or, without one, the default (MD-81)."""
    for row in _interviews(owner).order_by("received_at", "pk")[:MOST]:
        at = row.wished_at or row.answer_due_at
        if at is not None:
            yield Event(
                uid=f"interview-{row.pk}",
                title=f"{row.number}: phỏng vấn",
                start=at,
                end=at,
                stamp=row.received_at,
                address="desk-enquiry",
                key=row.pk,
                note="báo mong trước lúc này" if row.wished_at else "MD-81 · mặc định",
                alarms=RINGS[:1],
            )


def _interviews(owner: Owner) -> ScopedQuerySet:
    whose = Q(agency__in=_desks(owner))
    if owner.actor is not None:
        whose = Q(holder=owner.actor.pk) | whose & Q(holder=None)
    return Enquiry.objects.narrowed(kind=EnquiryKind.INTERVIEW, state__in=OPEN_ENQUIRIES).filter(
        whose
    )


def _desks(owner: Owner) -> list[int]:
    """The agencies whose press desk the calendar follows."""
    if owner.actor is None:
        return [owner.agency.pk] if owner.agency else []
    return [post.agency_id for post in owner.actor.posts if post.role in CLERKS]
