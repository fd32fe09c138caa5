"""Letters in the actor's sight, their lights, the register, the page of one's own code."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count, Min, Prefetch, Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook import Light, light
from hoiam.letters.models import ClockExtension, LetterClock, LetterFile, ReaderLetter
from hoiam.letters.policies import reads_letters
from hoiam.letters.queries.standing import letter_stands
from hoiam.letters.states import (
    ENDED,
    OPEN_LETTERS,
    ClockState,
    LetterState,
)
from hoiam.monitoring.calendars import calendar_in_use

TABS = ("open", "sort", "mine", "ended", "standing", "closed", "all")


def letters_visible_to(actor: Actor) -> ScopedQuerySet:
    """Letters of the actor's agencies for who works on letters; for anybody the letters they were given to settle."""
    if not actor.is_active:
        return ReaderLetter.objects.none().narrowed()
    if not reads_letters(actor):
        return ReaderLetter.objects.narrowed(holder=actor.pk)
    if actor.sees_everything:
        return ReaderLetter.objects.narrowed()
    return ReaderLetter.objects.filter(
        Q(agency__in=actor.agency_ids) | Q(holder=actor.pk)
    ).narrowed()


def letter_list(
    actor: Actor, *, tab: str = "open", kind: str = "", channel: str = "", words: str = ""
) -> ScopedQuerySet:
    """The letters of a tab with what a row draws; those in work by what is due first, the others newest first."""
    rows = letters_visible_to(actor).filter(_in_tab(tab, actor))
    if kind:
        rows = rows.filter(kind=kind)
    if channel:
        rows = rows.filter(channel=channel)
    if words.strip():
        rows = rows.filter(
            Q(title__icontains=words.strip())
            | Q(content__icontains=words.strip())
            | Q(forwarder__icontains=words.strip())
        )
    running = Q(clocks__state=ClockState.RUNNING)
    rows = rows.annotate(due_at=Min("clocks__due_at", filter=running)).select_related(
        "agency", "holder", "press_agency"
    )
    running_clocks = LetterClock.objects.filter(state=ClockState.RUNNING)
    rows = rows.prefetch_related(Prefetch("clocks", running_clocks, to_attr="running"))
    if tab in ("open", "sort", "mine"):
        return rows.order_by("due_at", "pk")
    if tab == "standing":
        return rows.order_by("received_at", "pk")
    return rows.order_by("-received_at", "-pk")


def letter_tabs(actor: Actor) -> dict[str, int]:
    """How many letters each tab holds, in one query."""
    return letters_visible_to(actor).aggregate(
        **{tab: Count("pk", filter=_in_tab(tab, actor)) for tab in TABS}
    )


def _in_tab(tab: str, actor: Actor) -> Q:
    return {
        "open": Q(state__in=OPEN_LETTERS),
        "sort": Q(state=LetterState.RECEIVED),
        "mine": Q(state__in=OPEN_LETTERS, holder=actor.pk),
        "ended": Q(state__in=ENDED),
        "standing": letter_stands(actor.today),
        "closed": Q(state__in=(LetterState.CLOSED, LetterState.SPLIT)),
    }.get(tab, Q(pk__isnull=False))


def letter_pages(actor: Actor) -> ScopedQuerySet:
    """Letters with all that the page of one draws; nobody's name is among it."""
    clocks = LetterClock.objects.prefetch_related(
        Prefetch("extensions", ClockExtension.objects.select_related("by"))
    )
    files = LetterFile.objects.system("told by kind and size alone; opening one asks for the right")
    return (
        letters_visible_to(actor)
        .select_related(
            "agency__parent", "holder", "press_agency", "parent", "came_from", "repeat_of", "unit",
            "handed_to", "drafted_by", "approved_by", "entered_by", "legal_question",
        )
        .prefetch_related(Prefetch("clocks", clocks), Prefetch("files", files))
    )  # fmt: skip


def clock_light(clock: LetterClock, now: datetime) -> Light:
    """The light of one clock."""
    if clock.state == ClockState.CANCELLED:
        return Light("ok", "done", "không còn áp dụng")
    work = "done" if clock.state == ClockState.DONE else "run"
    return light(
        clock.due_at, now, work, unit=clock.unit, start=clock.started_at, done_at=clock.ended_at,
        calendar=calendar_in_use(),
    )  # fmt: skip


def letter_light(letter: ReaderLetter, clocks: Iterable[LetterClock], now: datetime) -> Light:
    """The light of the clock that is due first; of a letter without a running clock, its state in words."""
    first = min(clocks, key=lambda clock: (clock.due_at, clock.pk), default=None)
    if first is not None:
        return clock_light(first, now)
    work = "run" if letter.state in OPEN_LETTERS else "done"
    return Light("ok", work, str(letter.get_state_display()).lower())


def register_rows(actor: Actor, first: date, last: date) -> ScopedQuerySet:
    """The letters received on these days, in the order of the register."""
    return (
        letters_visible_to(actor)
        .filter(received_at__date__gte=first, received_at__date__lte=last)
        .select_related("agency", "holder", "press_agency", "handed_to")
        .prefetch_related("clocks")
        .order_by("agency__sort_key", "year", "ordinal")
    )


def letter_by_code(code: str) -> ReaderLetter | None:
    """The letter its writer looks up by the code they were given; None when no code is this."""
    rows = ReaderLetter.objects.system("who wrote it holds the code").select_related("agency")
    return rows.filter(code=code.strip().upper()).first() if code.strip() else None


def letters_sent_since(sender_key: str, since: datetime) -> int:
    """How many letters one sender left by the public form since a moment."""
    rows = ReaderLetter.objects.system("the public form counts its senders")
    return rows.filter(sender_key=sender_key, received_at__gte=since).count()
