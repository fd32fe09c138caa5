"""What the press wrote in a period, counted: by kind, stance, severity, place, outlet, day and story."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Level
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item, Warning
from hoiam.monitoring.queries.digest import scope_of
from hoiam.monitoring.queries.periods import NOT_OURS, ONE_DAY, Period, items_in
from hoiam.monitoring.states import Severity, Stance, StoryKind

UNKNOWN = "Chưa phân loại"
NO_OUTLET = "Không rõ báo"
NO_PLACE = "Chưa gán đơn vị"
GRADES = tuple(str(grade.label) for grade in reversed(Severity))


@dataclass(frozen=True)
class Report:
    """One item as it is counted."""

    story: int
    day: date
    outlet: str
    kind: str
    stance: str
    severity: int


@dataclass(frozen=True)
class StoryFacts:
    """One story as the list of the most covered tells it."""

    pk: int
    title: str
    severity: int
    agencies: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Opinion:
    """The reports of one period with the facts of their stories.

    `was_watched` is False when the house holds no report as old as its first day: what was counted then is not all.
    """

    period: Period
    reports: tuple[Report, ...] = ()
    stories: dict[int, StoryFacts] = field(default_factory=dict)
    was_watched: bool = True

    def by_day(self) -> list[tuple[date, int]]:
        """Reports of each day, days without any included."""
        found = Counter(report.day for report in self.reports)
        return [(day, found[day]) for day in self.period.days]

    def most_covered(self, limit: int) -> list[tuple[StoryFacts, int, int]]:
        """Stories with their reports and outlets, most reports first, then the gravest."""
        items: Counter[int] = Counter(report.story for report in self.reports)
        outlets: dict[int, set[str]] = defaultdict(set)
        for report in self.reports:
            outlets[report.story].add(report.outlet)
        ranked = sorted(
            self.stories.values(), key=lambda story: (-items[story.pk], -story.severity, story.pk)
        )
        return [(story, items[story.pk], len(outlets[story.pk])) for story in ranked[:limit]]


Label = Callable[[Report], Iterable[str]]


def opinion_of(agency: Agency, period: Period) -> Opinion:
    """The reports of an agency and those below it in a period (the centre: of the nation); at most four queries."""
    scope = scope_of(agency)
    rows = items_in(scope, period).values_list(
        "story", "at", "channel__press_agency__name", "outlet", "finding__kind",
        "finding__stance", "finding__severity", "story__kind", "story__stance", "story__severity",
    )  # fmt: skip
    reports = tuple(_report(*row) for row in rows)
    stories = _stories(scope, agency, {report.story for report in reports})
    watched = Item.objects.filter(at__lt=period.start + ONE_DAY).exists()
    return Opinion(period, reports, stories, watched)


def _report(
    story: int,
    at: datetime,
    press: str | None,
    outlet: str,
    kind: str | None,
    stance: str | None,
    severity: int | None,
    story_kind: str,
    story_stance: str,
    story_severity: int,
) -> Report:
    """A clipped report has no finding of its own and is counted as its story."""
    return Report(
        story,
        at.astimezone(VIETNAM).date(),
        press or outlet or NO_OUTLET,
        kind or story_kind,
        stance or story_stance,
        story_severity if severity is None else severity,
    )


def _stories(scope: set[int] | None, agency: Agency, keys: set[int]) -> dict[int, StoryFacts]:
    rows = Warning.objects.system("counted for an agency, not for a person").filter(story__in=keys)
    if scope is not None:
        rows = rows.filter(agency__in=scope)
    rows = rows.exclude(state__in=NOT_OURS).select_related("story", "agency")
    found: dict[int, list[Warning]] = defaultdict(list)
    for warning in rows.order_by("pk"):
        found[warning.story_id].append(warning)
    return {pk: _facts(pk, warnings, agency) for pk, warnings in found.items()}


def _facts(pk: int, warnings: list[Warning], agency: Agency) -> StoryFacts:
    places = [warning.agency for warning in warnings]
    names = [place.name if place else NO_PLACE for place in places]
    whole = agency.level == Level.CENTRE
    marks = [(place.province if whole and place else "") or name for place, name in zip(places, names, strict=True)]  # fmt: skip
    return StoryFacts(
        pk,
        warnings[0].story.title,
        max(warning.severity for warning in warnings),
        tuple(dict.fromkeys(names)),
        tuple(dict.fromkeys(marks)),
    )


@dataclass(frozen=True)
class TallyRow:
    """One line: reports and stories of the period, reports of the period before, None when it was not watched whole."""

    name: str
    items: int
    stories: int
    before: int | None


def tally(
    now: Opinion, before: Opinion, of: Callable[[Opinion], Label], order: Sequence[str] = ()
) -> list[TallyRow]:
    """The lines of one division, most reports first; those of the period before that fell silent included.

    Args:
        order: names that stand in this order of their own, as grades do; others follow.
    """
    here, there = _counted(now, of(now)), _counted(before, of(before))
    rows = [
        TallyRow(
            name,
            *here.get(name, (0, 0)),
            there.get(name, (0, 0))[0] if before.was_watched else None,
        )
        for name in dict.fromkeys([*here, *there])
    ]
    rows.sort(key=lambda row: (-row.items, -(row.before or 0), row.name))
    return sorted(rows, key=lambda row: order.index(row.name) if row.name in order else len(order))


def _counted(opinion: Opinion, label: Label) -> dict[str, tuple[int, int]]:
    items: Counter[str] = Counter()
    stories: dict[str, set[int]] = defaultdict(set)
    for report in opinion.reports:
        for name in label(report):
            items[name] += 1
            stories[name].add(report.story)
    return {name: (items[name], len(stories[name])) for name in items}


def by_kind(opinion: Opinion) -> Label:
    """What kind of report."""
    names = dict(StoryKind.choices)
    return lambda report: [names.get(report.kind, UNKNOWN)]


def by_stance(opinion: Opinion) -> Label:
    """Stance toward the System."""
    names = dict(Stance.choices)
    return lambda report: [names.get(report.stance, UNKNOWN)]


def by_severity(opinion: Opinion) -> Label:
    """Severity in words."""
    return lambda report: [str(Severity(str(report.severity)).label)]


def by_place(opinion: Opinion) -> Label:
    """Provinces for the centre, offices for a province; a report about several counts in each."""
    return lambda report: opinion.stories[report.story].places


def by_outlet(opinion: Opinion) -> Label:
    """The press agency, or the name on the report."""
    return lambda report: [report.outlet]
