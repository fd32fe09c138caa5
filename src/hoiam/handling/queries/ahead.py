"""What an agency's own work lets one see of a week: open cases with their clocks; which stories were answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch

from hoiam.handling.models import Case, Clock, Paper, Statement
from hoiam.handling.states import CaseState, ClockState, PaperState

WHY = "told to the agency whose cases these are"
OPEN = (ClockState.WAITING, ClockState.RUNNING, ClockState.PAUSED)
# Papers that answer: to the press, to a citizen; a report to the superior is none.
ANSWERS = (
    "response", "correction_demand", "conclusion_notice", "answer", "refusal", "measures_notice",
    "press_release",
)  # fmt: skip


@dataclass(frozen=True)
class OpenCase:
    """A case not closed yet with its running clocks, first due first; a paused clock waits for others."""

    case: Case
    clocks: tuple[Clock, ...]

    def late(self, now: datetime) -> int:
        """How many of its clocks have run out."""
        return sum(c.due_at is not None and c.due_at < now for c in self.clocks)

    def due(self, now: datetime, end: datetime) -> int:
        """How many run out from now until a moment."""
        return sum(c.due_at is not None and now <= c.due_at < end for c in self.clocks)


@dataclass(frozen=True)
class Answer:
    """How a story was answered: a statement or a paper sent, a case still open, or closed without either."""

    is_answered: bool
    is_open: bool


def open_cases_of(agency_ids: set[int] | None) -> list[OpenCase]:
    """Open cases of these agencies (None: of all), the first due first; two queries."""
    rows = Case.objects.system(WHY).exclude(state=CaseState.CLOSED)
    if agency_ids is not None:
        rows = rows.filter(agency__in=agency_ids)
    clocks = Clock.objects.filter(state__in=OPEN).exclude(state=ClockState.PAUSED)
    first_due = clocks.order_by(F("due_at").asc(nulls_last=True), "pk")
    rows = rows.select_related("agency").prefetch_related(
        Prefetch("clocks", first_due, to_attr="running")
    )
    found = [OpenCase(case, tuple(case.running)) for case in rows]
    return sorted(found, key=_first_due)


def _first_due(each: OpenCase) -> tuple[bool, float, int]:
    due = each.clocks[0].due_at if each.clocks else None
    return due is None, due.timestamp() if due else 0.0, each.case.pk


def answers_of(agency_ids: set[int] | None, stories: set[int]) -> dict[int, Answer]:
    """For each of the stories that became a case of these agencies, how it was answered; one query."""
    rows = Case.objects.system(WHY).filter(story__in=stories)
    if agency_ids is not None:
        rows = rows.filter(agency__in=agency_ids)
    spoken = Exists(Statement.objects.filter(case=OuterRef("pk")))
    sent = Exists(
        Paper.objects.filter(
            case=OuterRef("pk"),
            kind__in=ANSWERS,
            state__in=[PaperState.SENT, PaperState.DELIVERED],
        )
    )
    found: dict[int, Answer] = {}
    for case in rows.annotate(spoken=spoken, sent=sent).order_by("pk"):
        before = found.get(case.story_id or 0, Answer(False, False))
        found[case.story_id or 0] = Answer(
            before.is_answered or case.spoken or case.sent,
            before.is_open or case.state != CaseState.CLOSED,
        )
    return found
