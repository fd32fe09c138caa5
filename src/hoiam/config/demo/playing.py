"""Playing what people did: screening warnings, moving cases and papers, making digests."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import actor_on
from hoiam.config.demo.moments import Now
from hoiam.config.demo.reading import Report, read
from hoiam.core.actor import Actor
from hoiam.handling import actions as handling
from hoiam.handling.actions.opening import Incoming
from hoiam.handling.models import Case, Clock, Paper
from hoiam.handling.states import ClockState
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions import triage
from hoiam.monitoring.actions.digest import send_digest
from hoiam.monitoring.actions.intake import Intake
from hoiam.monitoring.jobs.messages import fold_together
from hoiam.monitoring.models import Item, Warning
from hoiam.monitoring.states import DigestKind, WarningState

# Arguments of steps that are moments, agencies and officials in the data.
MOMENTS = frozenset({"received_at", "at", "due_at", "published_at", "until"})
PAPER_STEPS = frozenset(
    {
        "submit_paper",
        "return_paper",
        "approve_paper",
        "mark_sent",
        "mark_delivered",
        "record_check",
        "withdraw_paper",
    }
)
CLOCK_STEPS = frozenset({"pause_clock", "resume_clock", "extend_clock", "finish_clock"})
OPEN = (ClockState.WAITING, ClockState.RUNNING, ClockState.PAUSED)
# A warning nobody's script names is read within the hour, and in the morning when it came at night.
READING = timedelta(minutes=50)
# One number of the province's own, so that the pages of rules and clocks show how it looks.
TIGHTENED: dict[str, Any] = {
    "when": "50d 08:00",
    "who": "truong",
    "rule": "DT-01",
    "number": 4,
    "reason": "Người dân gửi đơn qua báo thường đã chờ lâu.",
}
DAY_BEGINS, DAY_ENDS = time(7, 35), time(16, 30)


class Queue(Protocol):
    """Where events are put."""

    def add(self, at: datetime, run: Callable[[datetime], None]) -> None:
        """One more event."""


class Play:
    """The people of the province and what they do, by the scripts of the data."""

    def __init__(
        self, clock: Now, agencies: dict[str, Agency], people: dict[str, Official]
    ) -> None:
        self.clock, self.agencies, self.people = clock, agencies, people
        self.items: dict[str, int] = {}
        self.cases: dict[str, int] = {}
        self.papers: dict[tuple[str, str], int] = {}
        self._actors: dict[tuple[str, date], Actor] = {}
        self._named = {step["story"] for step in read("triage.yaml")["steps"]}
        self._named |= {case["story"] for case in read("cases.yaml")}
        self._named |= set(read("triage.yaml")["left"])

    def actor(self, username: str, at: datetime) -> Actor:
        """The person with the posts of that day."""
        key = (username, at.astimezone(VIETNAM).date())
        if key not in self._actors:
            self._actors[key] = actor_on(self.people[username], key[1])
        return self._actors[key]

    def schedule(self, queue: Queue) -> None:
        """Every written step as an event."""
        queue.add(self.clock.before(TIGHTENED["when"]), self.tighten)
        for case in read("cases.yaml"):
            for step in case["steps"]:
                queue.add(
                    self.clock.before(step["when"]),
                    lambda at, case=case, step=step: self.take_step(case, dict(step), at),
                )
        for step in read("triage.yaml")["steps"]:
            queue.add(
                self.clock.before(step["when"]),
                lambda at, step=step: self.screen(dict(step), at),
            )
        for row in read("triage.yaml")["digests"]:
            queue.add(self.clock.before(row["when"]), lambda at, row=row: self.digest(row, at))

    def tighten(self, at: datetime) -> None:
        """The province's own stricter number for one rule."""
        actor = self.actor(TIGHTENED["who"], at)
        handling.set_tightening(
            self.agencies["thads-thanh-giang"],
            rule=TIGHTENED["rule"],
            number=TIGHTENED["number"],
            valid_from=actor.today,
            reason=TIGHTENED["reason"],
            actor=actor,
            now=at,
        )

    def came(self, report: Report, taken: Intake, queue: Queue, at: datetime) -> None:
        """Remember what came in; warnings no script names are read soon after."""
        self.items[report.key] = taken.items[0].pk
        if report.story in self._named:
            return
        for warning in taken.warnings:
            queue.add(_soon(at), lambda then, warning=warning: self.read(warning, then))

    def read(self, warning: Warning, at: datetime) -> None:
        """The warning as read by the desk it stands before, unless somebody was quicker."""
        warning = Warning.objects.system("a reader of the demonstration").get(pk=warning.pk)
        who = "trung-uong" if warning.agency_id is None else "dau-moi"
        if warning.state == WarningState.NEW:
            triage.mark_read(warning, actor=self.actor(who, at), now=at)

    def warning(self, story: str, agency: str | None = None) -> Warning:
        """The warning of a story before this agency, or its first one."""
        item = Item.objects.get(pk=self.items[story])
        rows = Warning.objects.system("a step of the demonstration").filter(story=item.story)
        if agency is not None:
            rows = rows.filter(agency__code=agency)
        return rows.order_by("pk")[0]

    def screen(self, step: dict[str, Any], at: datetime) -> None:
        """One written step on a warning."""
        warning = self.warning(step["story"], step.get("agency"))
        typed = {k: step[k] for k in ("reason", "note") if k in step}
        if "until" in step:
            typed["until"] = self.clock.now + timedelta(hours=int(step["until"]))
        if "of" in step:
            typed["of"] = self.warning(step["of"])
        if "holder" in step:
            typed["holder"] = self.people[step["holder"]]
        moved = getattr(triage, step["do"])(
            warning, actor=self.actor(step["who"], at), now=at, **typed
        )
        if step["do"] == "mark_duplicate":
            fold_together(moved.pk, at)

    def take_step(self, case: dict[str, Any], step: dict[str, Any], at: datetime) -> None:
        """One written step on a case, its papers or its clocks."""
        key, do = case["story"], step.pop("do")
        del step["when"]
        typed: dict[str, Any] = {"actor": self.actor(step.pop("who"), at), "now": at}
        if do == "open_case":
            warning = self.warning(key, case.get("agency"))
            self.cases[key] = handling.open_case(warning, **typed, **self._typed(step)).pk
        elif do == "open_case_by_hand":
            place, paper = self.agencies[case["agency"]], Incoming(sender=step.pop("sender"))
            made = handling.open_case_by_hand(place, incoming=paper, **typed, **self._typed(step))
            self.cases[key] = made.pk
        elif do == "draft_paper":
            name = step.pop("paper")
            made = handling.draft_paper(self._case(key), **typed, **self._typed(step))
            self.papers[key, name] = made.pk
        elif do in PAPER_STEPS:
            paper = Paper.objects.system("a step of the demonstration").get(
                pk=self.papers[key, step.pop("paper")]
            )
            getattr(handling, do)(paper, **typed, **self._typed(step))
        elif do in CLOCK_STEPS:
            clock = Clock.objects.system("a step of the demonstration").get(
                case=self.cases[key], rule=step.pop("rule"), state__in=OPEN
            )
            getattr(handling, do)(clock, **typed, **self._typed(step))
        else:
            getattr(handling, do)(self._case(key), **typed, **self._typed(step))

    def _case(self, key: str) -> Case:
        return Case.objects.system("a step of the demonstration").get(pk=self.cases[key])

    def _typed(self, step: dict[str, Any]) -> dict[str, Any]:
        typed = dict(step)
        for name, value in step.items():
            if name in MOMENTS:
                typed[name] = self.clock.before(value)
            elif name in {"lead", "agency"}:
                typed[name] = self.agencies[value]
            elif name == "official":
                typed[name] = self.people[value]
            elif name == "event_on":
                typed[name] = self.clock.before(f"{value} 00:00").date()
            elif name == "due_on":
                typed[name] = self.clock.days_ago(-value)
            elif name == "fields":
                typed[name] = {k: self._dated(v) for k, v in value.items()}
        return typed

    def _dated(self, value: Any) -> Any:
        """A paper's field; `12w` in a field of a date is the day meant."""
        if isinstance(value, dict):
            return self.clock.before(f"{value['day']} 00:00").date().isoformat()
        return value

    def digest(self, row: dict[str, Any], at: datetime) -> None:
        """A digest of the day before, a synthesis or an outlook, made and sent."""
        agency = self.agencies.get(row["agency"]) or Agency.objects.get(code=row["agency"])
        actor, day = self.actor(row["who"], at), self.clock.days_ago(row["day"])
        kind = row.get("kind", DigestKind.DAY)
        made = handling.make_sheet(agency, kind, day, actor=actor, now=at)
        send_digest(made, actor=actor, now=at)


def _soon(at: datetime) -> datetime:
    """Within the hour by day; at the next morning otherwise."""
    local = at.astimezone(VIETNAM)
    if local.time() < DAY_BEGINS:
        return datetime.combine(local.date(), DAY_BEGINS, tzinfo=VIETNAM) + READING / 2
    if local.time() > DAY_ENDS:
        return (
            datetime.combine(local.date() + timedelta(days=1), DAY_BEGINS, tzinfo=VIETNAM)
            + READING / 2
        )
    return at + READING
