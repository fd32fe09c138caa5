"""Press enquiries in the actor's sight, their lights, and what I3 counts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Prefetch, Q, QuerySet

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import ContentRequest, Enquiry, InterviewText
from hoiam.handling.policies import DESK
from hoiam.handling.queries.calendars import calendar_seen
from hoiam.handling.states import OPEN_ENQUIRIES, EnquiryState
from hoiam.kit.rulebook import Light, light

TABS = ("open", "mine", "answered", "refused", "other", "all")
CLOSED_WORDS = {
    EnquiryState.REFUSED: "đã từ chối",
    EnquiryState.REFERRED: "đã hướng dẫn",
    EnquiryState.DISCARDED: "không phải báo chí",
}


def enquiries_visible_to(actor: Actor) -> ScopedQuerySet:
    """Enquiries of the actor's agencies, those a unit of theirs was asked to help with, and those they hold."""
    if not actor.is_active:
        return Enquiry.objects.none().narrowed()
    if actor.sees_everything:
        return Enquiry.objects.narrowed()
    asked = ContentRequest.objects.filter(unit__in=actor.agency_ids).values("enquiry")
    return Enquiry.objects.filter(
        Q(agency__in=actor.agency_ids) | Q(pk__in=asked) | Q(holder=actor.pk)
    ).narrowed()


def enquiry_list(actor: Actor, *, tab: str = "open", words: str = "") -> ScopedQuerySet:
    """The enquiries of a tab with what a row draws; the open ones by what is due first, the others newest first."""
    rows = enquiries_visible_to(actor).select_related("agency", "holder")
    if words.strip():
        rows = rows.filter(
            Q(outlet__icontains=words.strip())
            | Q(reporter_name__icontains=words.strip())
            | Q(questions__icontains=words.strip())
        )
    rows = rows.filter(_in_tab(tab, actor))
    if tab in ("open", "mine"):
        return rows.order_by(F("answer_due_at").asc(nulls_last=True), "pk")
    return rows.order_by("-received_at", "-pk")


def enquiry_tabs(actor: Actor) -> dict[str, int]:
    """How many enquiries each tab holds, in one query."""
    return enquiries_visible_to(actor).aggregate(
        **{tab: Count("pk", filter=_in_tab(tab, actor)) for tab in TABS}
    )


def _in_tab(tab: str, actor: Actor) -> Q:
    waits = Q(state__in=OPEN_ENQUIRIES)
    return {
        "open": waits,
        "mine": waits & Q(holder=actor.pk),
        "answered": Q(state=EnquiryState.ANSWERED),
        "refused": Q(state=EnquiryState.REFUSED),
        "other": Q(state__in=(EnquiryState.REFERRED, EnquiryState.DISCARDED)),
    }.get(tab, Q(pk__isnull=False))


def enquiry_pages(actor: Actor) -> ScopedQuerySet:
    """Enquiries with all that the page of one draws."""
    return (
        enquiries_visible_to(actor)
        .select_related("agency", "holder", "case", "press_agency", "drafted_by", "entered_by")
        .prefetch_related(
            Prefetch(
                "content_requests",
                ContentRequest.objects.select_related("unit", "asked_by", "supplied_by"),
            ),
            Prefetch("texts", InterviewText.objects.select_related("recorded_by")),
        )
    )


def content_requests_of(actor: Actor) -> QuerySet[ContentRequest]:
    """What units of the actor are still asked to supply for enquiries that wait."""
    own = [post.agency_id for post in actor.posts]
    seen = enquiries_visible_to(actor).filter(state__in=OPEN_ENQUIRIES).values("pk")
    return (
        ContentRequest.objects.filter(unit__in=own, supplied_at=None, enquiry__in=seen)
        .select_related("enquiry", "unit")
        .order_by("due_at", "pk")
    )


def enquiries_to_do(actor: Actor) -> ScopedQuerySet:
    """Enquiries that wait for this person: held by them, or by nobody at an agency whose desk they are on."""
    desks = [post.agency_id for post in actor.posts if post.role in DESK]
    return (
        enquiries_visible_to(actor)
        .filter(state__in=OPEN_ENQUIRIES)
        .filter(Q(holder=actor.pk) | Q(holder=None, agency__in=desks))
        .select_related("agency", "holder")
        .order_by(F("answer_due_at").asc(nulls_last=True), "pk")
    )


def due_of(enquiry: Enquiry) -> tuple[datetime | None, str]:
    """What is owed next and by when: acknowledging (MD-80) until it is done, then answering (MD-81)."""
    if enquiry.acknowledged_at is None:
        return enquiry.acknowledge_due_at, "MD-80"
    return enquiry.answer_due_at, "MD-81"


def enquiry_light(enquiry: Enquiry, now: datetime) -> Light:
    """The light of what is owed next; product defaults, for the law sets no number."""
    if enquiry.state == EnquiryState.ANSWERED:
        return light(
            enquiry.answer_due_at,
            now,
            "done",
            unit="working_day",
            done_at=enquiry.answered_at,
            calendar=calendar_seen(),
        )
    if enquiry.state not in OPEN_ENQUIRIES:
        return Light("ok", "done", CLOSED_WORDS[EnquiryState(enquiry.state)])
    due, rule = due_of(enquiry)
    work = "wait" if enquiry.acknowledged_at is None else "run"
    unit = "working_hour" if rule == "MD-80" else "working_day"
    return light(due, now, work, unit=unit, start=enquiry.received_at, calendar=calendar_seen())


@dataclass(frozen=True)
class AnswerCount:
    """The two terms of I3."""

    answered: int
    received: int


def answer_count(agency: Agency, *, first: datetime, end: datetime) -> AnswerCount:
    """I3 of one agency: enquiries received from `first` up to, not including, `end`, and those of them answered.

    What turned out to be no enquiry of the press is in neither term. Source: NĐ 244/2026, Phụ lục.
    """
    rows = (
        Enquiry.objects.system("counted for the yearly report")
        .filter(agency=agency, received_at__gte=first, received_at__lt=end)
        .exclude(state=EnquiryState.DISCARDED)
    )
    found = rows.aggregate(
        answered=Count("pk", filter=Q(answered_at__isnull=False)), received=Count("pk")
    )
    return AnswerCount(found["answered"], found["received"])


def enquiry_by_code(code: str) -> Enquiry | None:
    """The enquiry its writer opens by the code they were given; None when no code is this."""
    rows = Enquiry.objects.system("who wrote it holds the code").select_related("agency")
    return rows.filter(code=code.strip().upper()).first() if code.strip() else None


def sent_since(sender_key: str, since: datetime) -> int:
    """How many enquiries one sender left by the public form since a moment."""
    rows = Enquiry.objects.system("the public form counts its senders")
    return rows.filter(sender_key=sender_key, received_at__gte=since).count()
