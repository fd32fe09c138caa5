"""Who is told of what: warnings, signals, silent sources, trials; and the climb when nobody acknowledges."""

import logging
from datetime import date, datetime, timedelta

from django.db import DatabaseError, transaction

from hoiam.agencies.models import Agency, Official, Post
from hoiam.agencies.queries import in_force
from hoiam.agencies.states import Level, Role
from hoiam.core import outbox
from hoiam.core.errors import HoiAmError
from hoiam.core.jobs import every, job
from hoiam.core.outbox import handles
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM, show_number
from hoiam.monitoring.actions.deliveries import send_to_line
from hoiam.monitoring.actions.escalation import escalate, unanswered
from hoiam.monitoring.actions.letters import event_of, short_text, warning_text
from hoiam.monitoring.actions.notices import Message, tell
from hoiam.monitoring.actions.signals import note_silences
from hoiam.monitoring.actions.sources import silence_of
from hoiam.monitoring.actions.warn import SETTLED
from hoiam.monitoring.addresses import path_of, story_path, watch_path, whole
from hoiam.monitoring.defaults import number
from hoiam.monitoring.models import Signal, Source, UnitLine, Warning
from hoiam.monitoring.queries.routing import Told, lines_places, place_of, told_later, told_now
from hoiam.monitoring.queries.source_pasts import pasts_of
from hoiam.monitoring.states import NoticeKind, SignalKind

WHY = "tell who must act"
# From which severity the superior is told at once: a product default (workflow.md §2, step 2).
SUPERIOR_RULE = "MD-07"
# An imported archive stands on the list, but wakes nobody.
ARCHIVE = timedelta(days=14)  # not-law: how old a story may be for telling to be of use
NAMED = 5
SILENT = "Các nguồn này im lâu hơn thường lệ."
_log = logging.getLogger(__name__)


@handles("warning_raised")
def tell_the_desk(warning_id: int, now: datetime) -> None:
    """Tell whom the unit's routing names; once for each person and severity. A row of no agency is the centre's."""
    warning = _warning(warning_id)
    today = now.astimezone(VIETNAM).date()
    place = place_of(warning, today)
    if warning.severity == 0 or now - warning.story.last_at > ARCHIVE or place is None:
        return
    if warning.state in SETTLED:
        return
    message = Message(
        kind=NoticeKind.RAISED,
        severity=warning.severity,
        title=warning.story.title,
        text=warning_text(warning),
        path=story_path(warning.story_id),
        warning=warning,
    )
    key = f"warning:{warning.pk}:{warning.severity}"
    routed = warning.severity
    if warning.agency is None:
        # Nobody but a person can say whose it is: a note of nobody does not wait for the digest.
        routed = max(routed, number("signals", "tell_as"))
    _tell_in_its_hours("warning_raised", warning.pk, place, routed, message, key, now)
    _tell_lines(warning, place, "warning", warning.why, key, warning.severity, now)


def _tell_in_its_hours(
    kind: str, pk: int, place: Agency, severity: int, message: Message, key: str, now: datetime
) -> None:
    """Tell those whose rows hold now; where rows are for other hours only, the same message comes again then."""
    later = told_later(place, severity, now)
    if later is not None:
        outbox.post(kind, pk, at=later)
        return
    tell(told_now(place, severity, now), message, key=key, now=now)


def _warning(pk: int) -> Warning:
    rows = Warning.objects.system(WHY).select_related("story", "agency__parent")
    return rows.get(pk=pk)


def _tell_lines(
    warning: Warning,
    place: Agency,
    event: str,
    words: str,
    key: str,
    severity: int,
    now: datetime,
) -> None:
    today = now.astimezone(VIETNAM).date()
    places = lines_places(place, severity, default_number(SUPERIOR_RULE), today)
    lines = UnitLine.objects.system(WHY).filter(
        agency__in=places, is_paused=False, least_severity__lte=severity
    )
    for line in lines.order_by("pk"):
        payload = event_of(warning, event, words)
        payload["text"] = short_text(warning, whole(story_path(warning.story_id)))
        send_to_line(line, payload, key=key, now=now, warning=warning)


@handles("signal_raised")
def tell_of_signal(signal_id: int, now: datetime) -> None:
    """Tell the desks concerned that a story spreads or that an agency has unusually many; what copies alone make rings nowhere."""
    rows = Signal.objects.system(WHY).select_related("story", "agency__parent")
    signal = rows.get(pk=signal_id)
    if signal.figures.get("by_copies"):
        return
    if signal.kind == SignalKind.SPREAD:
        _tell_spread(signal, now)
    elif signal.agency is not None:
        severity = number("signals", "tell_as")
        message = Message(
            kind=NoticeKind.SURPRISE,
            severity=severity,
            title=f"{signal.agency}: nhiều tin bất thường",
            text=f"Tin có việc phải trả lời: {signal.words}.",
            path=watch_path(signal.agency_id),
            signal=signal,
        )
        key = f"signal:{signal.pk}"
        _tell_in_its_hours("signal_raised", signal.pk, signal.agency, severity, message, key, now)


def _tell_spread(signal: Signal, now: datetime) -> None:
    rows = Warning.objects.system(WHY).filter(story=signal.story).exclude(state__in=SETTLED)
    for warning in rows.select_related("story", "agency__parent").order_by("pk"):
        place = place_of(warning, now.astimezone(VIETNAM).date())
        if place is None:
            continue
        severity = max(warning.severity, number("signals", "tell_as"))
        message = Message(
            kind=NoticeKind.SPREAD,
            severity=severity,
            title=warning.story.title,
            text=f"Tin đang lan rộng: {signal.words}.\n{warning_text(warning)}",
            path=story_path(warning.story_id),
            warning=warning,
            signal=signal,
        )
        # The key names the signal alone: who stands behind two rows of one story is told once.
        told = f"signal:{signal.pk}"
        _tell_in_its_hours("signal_raised", signal.pk, place, severity, message, told, now)
        key = f"signal:{signal.pk}:{warning.pk}"
        _tell_lines(warning, place, "spread", signal.words, key, severity, now)


@transaction.atomic
def tell_of_silence(now: datetime) -> int:
    """How many sources just fell silent; whoever keeps the sources is told of all of them in one notice."""
    fresh = note_silences(now=now)
    if not fresh:
        return 0
    names = ", ".join(signal.source.name for signal in fresh[:NAMED])
    more = f" và {show_number(len(fresh) - NAMED)} nguồn khác" if len(fresh) > NAMED else ""
    message = Message(
        kind=NoticeKind.SILENCE,
        severity=1,
        title=f"{show_number(len(fresh))} nguồn im lặng: {names}{more}",
        text="\n".join([SILENT, *_quiet_words([one.source for one in fresh[:NAMED]], now)]),
        path=path_of("desk-sources"),
        signal=fresh[0],
    )
    people = administrators(now.astimezone(VIETNAM).date())
    told = [Told(person, "") for person in people]
    tell(told, message, key=f"silence:{fresh[0].pk}", now=now)
    return len(fresh)


def _quiet_words(sources: list[Source], now: datetime) -> list[str]:
    """Each source with since when it is quiet and what was usual."""
    pasts = pasts_of(sources, now.astimezone(VIETNAM).date())
    found = [(source, silence_of(source, pasts[source.pk], now)) for source in sources]
    return [f"{source.name}: {quiet.words}" for source, quiet in found if quiet is not None]


def administrators(today: date) -> list[Official]:
    """Who keeps the list of sources: administrators of the centre, or of any unit where the centre has none."""
    posts = (
        Post.objects.filter(in_force(today), role=Role.ADMINISTRATOR, official__is_active=True)
        .select_related("official", "agency")
        .order_by("official__sort_key")
    )
    found = {post.official_id: post.official for post in posts}
    central = {p.official_id: p.official for p in posts if p.agency.level == Level.CENTRE}
    return list((central or found).values())


@handles("notice_tried")
def try_out(official_id: int, now: datetime) -> None:
    """Send the person a trial notice by every carrier chosen."""
    person = Official.objects.get(pk=official_id)
    message = Message(
        kind=NoticeKind.TEST,
        severity=1,
        title="Thông báo gửi thử",
        text="Bạn vừa bấm “Gửi thử” ở trang Cách nhận tin. Không cần làm gì.",
        path=path_of("desk-notice-choice"),
    )
    tell([Told(person, "")], message, key=f"test:{now.timestamp():.0f}", now=now)


@every(minutes=1)
@job()
def climb(now: datetime) -> int:
    """Take the next step up for every warning nobody acknowledged in time; how many steps were taken."""
    taken = 0
    for pk in unanswered(now):
        try:
            taken += len(escalate(pk, now=now))
        except (HoiAmError, DatabaseError):
            # One row that cannot go up must not keep the others down; the next minute tries again.
            _log.exception("warning %s could not go up", pk)
    return taken
