"""Loading the demonstration: sixty days lived through in the order of time, in one transaction."""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from hoiam.agencies.models import Channel
from hoiam.config.demo.cooperation import CooperationPlay
from hoiam.config.demo.distributing import DistributionPlay
from hoiam.config.demo.doing import Doing
from hoiam.config.demo.editing import Editing
from hoiam.config.demo.letters import LettersPlay
from hoiam.config.demo.means import MeansPlay
from hoiam.config.demo.moments import Now
from hoiam.config.demo.playing import Play
from hoiam.config.demo.portal import PortalPlay
from hoiam.config.demo.press_desk import PressDesk
from hoiam.config.demo.province import (
    hosts,
    make_agencies,
    make_people,
    make_press,
    make_sources,
    note_days,
    note_readings,
)
from hoiam.config.demo.proving import prove_some
from hoiam.config.demo.reading import Report, outlets, reports
from hoiam.config.demo.reporting import report_some
from hoiam.config.demo.scheme import SchemePlay, make_other_provinces
from hoiam.config.demo.signing import return_signed, word_papers
from hoiam.config.demo.social import SocialPlay
from hoiam.config.demo.speaking import Speaking, SpokenFor
from hoiam.config.demo.telling import tell_some
from hoiam.config.demo.watching import look_around
from hoiam.config.demo.writing import WritingPlay
from hoiam.core.models import OutboxMessage
from hoiam.handling.models import Case
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import Line, take_in
from hoiam.monitoring.models import Item

Progress = Callable[[str], None]
# Long before the first report, so that every post is held on every day of the data.
BEGINNING = timedelta(days=130)


@dataclass(frozen=True)
class Made:
    """How much was made."""

    items: int
    cases: int


@dataclass(order=True)
class Event:
    """Something that happens at a moment; events of one moment keep the order they were written in."""

    at: datetime
    order: int
    run: Callable[[datetime], None] = field(compare=False)


class Timeline:
    """Events run in the order of time; what runs may add later events."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._count = 0

    def add(self, at: datetime, run: Callable[[datetime], None]) -> None:
        """One more event."""
        self._count += 1
        heapq.heappush(self._events, Event(at, self._count, run))

    def run(self, until: datetime) -> None:
        """Everything up to a moment, oldest first."""
        while self._events and self._events[0].at <= until:
            event = heapq.heappop(self._events)
            event.run(event.at)


def has_data() -> bool:
    """Whether the database already holds an item or a case."""
    return (
        Item.objects.exists()
        or Case.objects.system("demonstration data goes into an empty house only").exists()
    )


@transaction.atomic
def load(*, now: datetime, progress: Progress = print) -> Made:
    """How much was made: the fictional province, its news, warnings and cases; all of it, or nothing on a fault.

    Raises:
        ValueError: the database already holds items or cases.
    """
    if has_data():
        raise ValueError("Dữ liệu mẫu chỉ nạp vào cơ sở dữ liệu trống.")
    clock, start = Now(now), now - BEGINNING
    agencies = make_agencies()
    make_press()
    people = make_people(agencies, start) | make_other_provinces(start)
    play = Play(clock, agencies, people)
    sources = make_sources(start)
    progress("Đã lập tỉnh Thanh Giang (hư cấu): cơ quan, người, báo chí, nguồn tin.")
    timeline = Timeline()
    _schedule_reports(timeline, clock, play, {key: s.pk for key, s in sources.items()})
    portal = _schedule_work(timeline, play, now)
    timeline.run(now)
    portal.finish()
    note_readings(sources, clock, Counter(report.outlet for report in reports()))
    tell_some(agencies, people, now)
    look_around(now)
    return_signed(agencies, people, now)
    prove_some(agencies, people, now)
    report_some(agencies, people, now, start)
    Editing(clock, agencies, people).run()
    note_days()
    # Nobody is written to about what lies in the past.
    OutboxMessage.objects.filter(done_at=None).update(done_at=now)
    progress("Đã diễn lại 60 ngày tin tức, sàng lọc và xử lý hồ sơ.")
    cases = Case.objects.system("count of what was made").count()
    return Made(items=Item.objects.count(), cases=cases)


def _schedule_work(timeline: Timeline, play: Play, now: datetime) -> PortalPlay:
    """What people do, in every room; the portal is given back, as it is filled up at the end."""
    clock, agencies, people, actor = play.clock, play.agencies, play.people, play.actor
    play.schedule(timeline)
    for of_cases in (PressDesk, Doing, SocialPlay):
        of_cases(play).schedule(timeline)
    speaking = Speaking(clock, agencies, people, actor)
    speaking.schedule(timeline)
    SpokenFor(speaking).schedule(timeline)
    word_papers(agencies, people, now)
    SchemePlay(clock, actor).schedule(timeline)
    for of_people in (CooperationPlay, MeansPlay, WritingPlay, LettersPlay):
        of_people(clock, agencies, people, actor).schedule(timeline)
    DistributionPlay(clock, agencies, actor).schedule(timeline)
    portal = PortalPlay(clock, actor)
    portal.schedule(timeline)
    return portal


def _schedule_reports(timeline: Timeline, clock: Now, play: Play, sources: dict[str, int]) -> None:
    line = Line(now=clock.now)
    names = {outlet["name"]: key for key, outlet in outlets().items()}
    channels = {names[c.name]: c.pk for c in Channel.objects.filter(name__in=names)}
    addresses = hosts(outlets())
    for number, report in enumerate(reports()):
        published = clock.before(report.at) + timedelta(minutes=report.after)
        # The collector finds a report some minutes after it was published.
        seen = published + timedelta(minutes=4 + number % 13)

        def arrive(at: datetime, report: Report = report, published: datetime = published) -> None:
            incoming = Incoming(
                title=report.title,
                url=report.url(addresses[report.outlet]),
                sapo=clock.told(report.sapo),
                body=clock.told(report.body),
                outlet=outlets()[report.outlet]["press"],
                author=report.author,
                section=report.section,
                published_at=published,
                published_raw=published.isoformat(),
                published_from="feed",
                first_seen_at=at,
                home_province=outlets()[report.outlet]["province"],
                source_id=sources.get(report.outlet),
                channel_id=channels.get(report.outlet),
            )
            taken = take_in([incoming], now=at, line=line)
            play.came(report, taken, timeline, at)

        timeline.add(min(seen, clock.now), arrive)
