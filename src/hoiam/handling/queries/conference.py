"""Press conferences and briefings in the actor's sight, what a notice still lacks, and what I1 and I2 count."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import (
    Briefing,
    ConferenceNotice,
    Coverage,
    Invitation,
    PressConference,
    PressQuestion,
)
from hoiam.handling.states import ConferenceState
from hoiam.kit.rulebook import Deadline
from hoiam.kit.rulebook.press_desk import (
    NoticeContent,
    NoticeItem,
    ban_deadline,
    notice_content,
    notice_deadline,
)
from hoiam.kit.vietnamese import VIETNAM

COMING = (ConferenceState.PLANNED, ConferenceState.NOTIFIED)


def conferences_visible_to(actor: Actor) -> ScopedQuerySet:
    """Conferences of the actor's agencies, and those where an answer was promised by the actor."""
    if not actor.is_active:
        return PressConference.objects.none().narrowed()
    if actor.sees_everything:
        return PressConference.objects.narrowed()
    held = PressQuestion.objects.filter(holder=actor.pk).values("conference")
    return PressConference.objects.filter(
        Q(agency__in=actor.agency_ids) | Q(pk__in=held)
    ).narrowed()


def conference_list(actor: Actor, *, tab: str = "coming") -> ScopedQuerySet:
    """The conferences of a tab (`coming`, `held`, `all`) with what a row draws."""
    rows = conferences_visible_to(actor).order_by("-starts_at", "-pk")
    if tab == "coming":
        rows = rows.filter(state__in=COMING).order_by("starts_at", "pk")
    elif tab == "held":
        rows = rows.filter(state=ConferenceState.HELD)
    waits = Q(questions__promised_at__isnull=False, questions__kept_at=None)
    return rows.select_related("agency").annotate(
        invited_count=Count("invitations", filter=Q(invitations__is_walk_in=False), distinct=True),
        promise_count=Count("questions", filter=waits, distinct=True),
    )


def conference_pages(actor: Actor) -> ScopedQuerySet:
    """Conferences with all that the page of one draws."""
    return (
        conferences_visible_to(actor)
        .select_related("agency", "case", "planned_by", "minutes_by")
        .prefetch_related(
            Prefetch("notices", ConferenceNotice.objects.select_related("sent_by")),
            Prefetch("invitations", Invitation.objects.select_related("press_agency", "reporter")),
            Prefetch("questions", PressQuestion.objects.select_related("holder")),
            Prefetch("coverage", Coverage.objects.select_related("item")),
            "handouts",
        )
    )


def promises_of(actor: Actor) -> QuerySet[PressQuestion]:
    """Answers this person promised at a conference and has not given yet, first due first."""
    return (
        PressQuestion.objects.filter(
            holder=actor.pk, promised_at__isnull=False, kept_at=None,
            conference__in=conferences_visible_to(actor).values("pk"),
        )
        .select_related("conference", "conference__agency", "holder")
        .order_by("promised_at", "pk")
    )  # fmt: skip


def briefings_visible_to(actor: Actor) -> ScopedQuerySet:
    """Briefings of the actor's agencies that were not withdrawn, newest first."""
    if not actor.is_active:
        return Briefing.objects.none().narrowed()
    rows = Briefing.objects.filter(withdrawn_at=None).select_related("agency", "recorded_by")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


@dataclass(frozen=True)
class Notice:
    """Where the notice of one conference stands by the law of its day.

    `content` and `due` are None when no hour was set or no law of the rulebook reaches that far back; `ban` is None
    where the law gives the authority no number.
    """

    content: NoticeContent | None
    missing: tuple[NoticeItem, ...]
    due: Deadline | None
    ban: Deadline | None

    def is_late(self, conference: PressConference) -> bool:
        """Whether the notice reached the authority (or, not yet acknowledged, was sent) after the last moment."""
        at = conference.notice_received_at or conference.notice_sent_at
        return bool(at and self.due and self.due.due and at > self.due.due)


def notice_of(conference: PressConference, *, now: datetime) -> Notice:
    """What the law of the conference's day wants of its notice, and what is still missing.

    Raises:
        NotInForce: the conference lies before the first law of the rulebook.
    """
    at = conference.starts_at
    content = notice_content((at or now).astimezone(VIETNAM).date())
    missing = tuple(item for item in content.items if not _says(conference, item.code))
    if at is None:
        return Notice(content, missing, None, None)
    return Notice(content, missing, notice_deadline(at), ban_deadline(at))


def _says(conference: PressConference, code: str) -> bool:
    if code == "invited":
        return any(not guest.is_walk_in for guest in conference.invitations.all())
    if code == "place" and conference.online:
        return True
    value = getattr(conference, code)
    return bool(value.strip() if isinstance(value, str) else value)


def conferences_held(agency: Agency, *, first: datetime, end: datetime) -> int:
    """I1 of one agency: conferences held from `first` up to, not including, `end`. Source: NĐ 244/2026, Phụ lục."""
    rows = PressConference.objects.system("counted for the yearly report")
    return rows.filter(agency=agency, held_at__gte=first, held_at__lt=end).count()


def briefings_attended(agency: Agency, *, first: datetime, end: datetime) -> int:
    """I2 of one agency: briefings it came to on its own initiative. Source: NĐ 244/2026, Phụ lục."""
    rows = Briefing.objects.system("counted for the yearly report").filter(withdrawn_at=None)
    return rows.filter(agency=agency, on_own_initiative=True, at__gte=first, at__lt=end).count()
