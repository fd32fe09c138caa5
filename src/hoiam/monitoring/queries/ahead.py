"""What the press lets one see of the week ahead: growing stories, announced days, marks of old stories, rhythm."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from hoiam.agencies.models import Agency
from hoiam.kit.news import Announced, announced, mark_in, surprise
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Story
from hoiam.monitoring.queries.digest import scope_of
from hoiam.monitoring.queries.opinion import Opinion, StoryFacts, opinion_of
from hoiam.monitoring.queries.periods import ONE_DAY, Period, items_in, stories_of, week_of

LOOK_BACK = "MD-40"
USUAL_WEEKS = "MD-42"
MUST_ANSWER = "MD-41"
LONGEST_READ = 20_000
# What the first reports of a quiet office are measured against, as in the kit's own prior.
PRIOR_A_WEEK = 0.21
LEARNT = 4  # weeks of its own before a week of an office can be called unusual


@dataclass(frozen=True)
class Growing:
    """A story with more reports last week than the week before."""

    story: StoryFacts
    before: int
    items: int


@dataclass(frozen=True)
class Event:
    """An announced day with the story and the report that tells of it."""

    found: Announced
    story: int
    title: str
    severity: int
    outlet: str


@dataclass(frozen=True)
class Anniversary:
    """A mark of an earlier grave story that falls into the week."""

    story: int
    title: str
    severity: int
    happened: date
    day: date
    words: str


@dataclass(frozen=True)
class Rhythm:
    """New stories a week: the weeks before and the last one, what is usual, which weeks were unusual."""

    weeks: tuple[tuple[date, int], ...]
    usual: float
    unusual: tuple[date, ...]

    @property
    def last_is_unusual(self) -> bool:
        """Whether the last whole week had more stories than chance brings."""
        return bool(self.weeks) and self.weeks[-1][0] in self.unusual


def growing_stories(last: Opinion, before: Opinion, limit: int = 10) -> list[Growing]:
    """Stories that gained: at least two reports last week and more than the week before, the gravest first.

    Stories that ask for nothing (severity 0) are left out.
    """
    here = Counter(report.story for report in last.reports)
    there = Counter(report.story for report in before.reports)
    grown = [
        Growing(last.stories[pk], there[pk], count)
        for pk, count in here.items()
        if count > max(1, there[pk]) and pk in last.stories and last.stories[pk].severity
    ]
    grown.sort(key=lambda each: (-each.story.severity, each.before - each.items, each.story.pk))
    return grown[:limit]


def announced_events(agency: Agency, week: Period, *, today: date, until: date) -> list[Event]:
    """Days from the week's first to `until` that recent reports announce, soonest first; one a story, kind and day.

    Read is what was published up to `today`, so that an outlook made anew in mid-week knows what the week brought.
    """
    back = timedelta(days=default_number(LOOK_BACK))
    recent = Period(week.first - back, max(week.first - ONE_DAY, today))
    found: dict[tuple[int, str, date], Event] = {}
    rows = items_in(scope_of(agency), recent).select_related("story", "channel__press_agency")
    for item in rows:
        published = item.at.astimezone(VIETNAM).date()
        texts = (("title", item.title), ("sapo", item.sapo), ("text", item.body[:LONGEST_READ]))
        for each in announced(texts, published):
            if week.first <= each.day <= until and item.story is not None:
                outlet = item.channel.press_agency.name if item.channel else item.outlet
                event = Event(each, item.story.pk, item.story.title, item.story.severity, outlet)
                found.setdefault((item.story.pk, each.kind, each.day), event)
    return sorted(found.values(), key=lambda e: (e.found.day, -e.severity, e.story))


def anniversaries(agency: Agency, week: Period) -> list[Anniversary]:
    """Marks of stories that had to be answered, by their first report."""
    rows = Story.objects.filter(
        pk__in=stories_of(scope_of(agency)),
        merged_into=None,
        severity__gte=default_number(MUST_ANSWER),
        first_at__lt=week.start,
    )
    found = []
    for pk, title, severity, at in rows.values_list("pk", "title", "severity", "first_at"):
        happened = at.astimezone(VIETNAM).date()
        mark = mark_in(happened, week.first, week.last)
        if mark is not None:
            found.append(Anniversary(pk, title, severity, happened, mark.day, mark.words))
    return sorted(found, key=lambda each: (each.day, -each.severity, each.story))


def rhythm(agency: Agency, week: Period) -> Rhythm:
    """New stories of each of the weeks before this one, by the day of their first report."""
    count = default_number(USUAL_WEEKS) + 1
    mondays = [week.first - timedelta(weeks=back) for back in range(count, 0, -1)]
    whole = Period(mondays[0], week.first - ONE_DAY)
    rows = Story.objects.filter(
        pk__in=stories_of(scope_of(agency)),
        merged_into=None,
        first_at__gte=whole.start,
        first_at__lt=whole.end,
    )
    found = Counter(
        week_of(at.astimezone(VIETNAM).date()).first
        for at in rows.values_list("first_at", flat=True)
    )
    counts = [found[monday] for monday in mondays]
    # Weeks before the first story are weeks nobody watched, not quiet ones.
    begun = next((place for place, number in enumerate(counts) if number), len(counts) - 1)
    unusual = [
        mondays[place]
        for place in range(begun + LEARNT, len(counts))
        if _is_unusual(counts[begun:place], counts[place])
    ]
    past = counts[begun:-1]
    usual = sum(past) / max(1, len(past))
    return Rhythm(tuple(zip(mondays, counts, strict=True)), usual, tuple(unusual))


def _is_unusual(past: list[int], count: int) -> bool:
    """Whether chance rarely brings so many, by the kit's model with a week as its step.

    The model's prior weighs two weeks of days; weighing weeks, it must not hold more than the office's own past says.
    """
    own = sum(past) / max(1, len(past))
    return surprise(past, count, prior_per_day=max(PRIOR_A_WEEK, own)).is_unusual


def last_two_weeks(agency: Agency, week: Period) -> tuple[Opinion, Opinion]:
    """What was written in the week before this one, and in the week before that."""
    last = week.before
    return opinion_of(agency, last), opinion_of(agency, last.before)
