"""Points lost in report rounds: by unit and round, by unit and year, by the rules in force on the last day of each round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.kit.rulebook import BADGE, default_number
from hoiam.scheme.models import ReportRound, ScoreRule, ScoreWaiver, UnitReport
from hoiam.scheme.queries.rounds import for_board, unit_reports_visible_to
from hoiam.scheme.queries.standing import Standing, standing_of
from hoiam.scheme.states import Loss, RoundState

DEFAULTS = {
    Loss.LATE: "MD-115",
    Loss.WRONG: "MD-116",
    Loss.INCOMPLETE: "MD-116",
    Loss.MISSING: "MD-117",
}


@dataclass(frozen=True)
class PointRule:
    """What one loss costs; `badge` says that no rule was set and the product's default stands."""

    loss: str
    points: Decimal
    since: date | None
    why: str
    badge: str = ""


@dataclass(frozen=True)
class LossLine:
    """One loss of one report: its points, and the waiver that takes it away."""

    loss: str
    label: str
    points: Decimal
    waiver: ScoreWaiver | None
    badge: str

    @property
    def counted(self) -> Decimal:
        """What is lost in the end."""
        return Decimal(0) if self.waiver else self.points


@dataclass(frozen=True)
class ReportScore:
    """What one unit lost in one round."""

    report: UnitReport
    standing: Standing
    lines: tuple[LossLine, ...]

    @property
    def total(self) -> Decimal:
        """Points lost, waived ones left out."""
        return sum((line.counted for line in self.lines), Decimal(0))


@dataclass(frozen=True)
class YearScore:
    """What one unit lost in one year, round by round."""

    agency: Agency
    scores: tuple[ReportScore, ...]

    @property
    def total(self) -> Decimal:
        """Points lost in the year."""
        return sum((score.total for score in self.scores), Decimal(0))

    def count(self, status: str) -> int:
        """How many reports have this status or this loss."""
        return sum(
            score.standing.status == status or status in score.standing.losses
            for score in self.scores
        )

    @property
    def on_time(self) -> int:
        """How many reports came in time."""
        return self.count("on_time")

    @property
    def late(self) -> int:
        """How many reports came late."""
        return self.count("late")

    @property
    def faulty(self) -> int:
        """How many reports were wrong or incomplete."""
        return sum(bool({"wrong", "incomplete"} & set(s.standing.losses)) for s in self.scores)

    @property
    def missing(self) -> int:
        """How many reports never came."""
        return self.count("missing")


def rule_on(loss: str, day: date, rules: Iterable[ScoreRule]) -> PointRule:
    """The rule for one loss on a day: the newest one set for a day not after it, else the product's default."""
    known = [rule for rule in rules if rule.loss == loss and rule.since <= day]
    if known:
        newest = max(known, key=lambda rule: (rule.since, rule.pk))
        return PointRule(loss, newest.points, newest.since, newest.why)
    md = DEFAULTS[Loss(loss)]
    return PointRule(loss, Decimal(default_number(md)), None, md, BADGE)


def rules_on(day: date) -> list[PointRule]:
    """The rule in force on a day for each loss."""
    rules = list(ScoreRule.objects.all())
    return [rule_on(loss, day, rules) for loss in Loss.values]


def score_of(
    report: UnitReport, round_: ReportRound, now: datetime, rules: Sequence[ScoreRule]
) -> ReportScore:
    """What one unit lost in one round; its versions and waivers are read with it."""
    standing = standing_of(round_, list(report.versions.all()), now)
    waived = {w.loss: w for w in report.waivers.all() if w.withdrawn_at is None}
    lines = []
    for loss in standing.losses:
        rule = rule_on(loss, round_.last_day, rules)
        label = str(Loss(loss).label)
        lines.append(LossLine(loss, label, rule.points, waived.get(loss), rule.badge))
    return ReportScore(report, standing, tuple(lines))


def scores_of_year(year: int, actor: Actor, now: datetime) -> list[YearScore]:
    """What each unit in sight lost in a year; a merged unit's rows stand under its own name."""
    rules = list(ScoreRule.objects.all())
    rows = unit_reports_visible_to(actor).filter(round__year=year)
    rows = rows.exclude(round__state=RoundState.DRAFT).order_by("round__due_on", "round_id")
    found: dict[int, list[ReportScore]] = {}
    for report in for_board(rows):
        found.setdefault(report.agency_id, []).append(score_of(report, report.round, now, rules))
    scores = [YearScore(own[0].report.agency, tuple(own)) for own in found.values()]
    return sorted(scores, key=lambda s: (-s.total, s.agency.level, s.agency.sort_key))


def years_of(actor: Actor) -> list[int]:
    """The years that have rounds in sight, newest first."""
    rows = unit_reports_visible_to(actor).exclude(round__state=RoundState.DRAFT)
    return list(rows.order_by("-round__year").values_list("round__year", flat=True).distinct())
