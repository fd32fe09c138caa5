"""Cases as rows of the list, and what stands on a case's page: steps, clocks, the article, the next act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from hoiam.core.actor import Actor
from hoiam.desk.components import Step
from hoiam.desk.moments import say_date, say_datetime, say_moment
from hoiam.desk.presenters.clocks import waiting_row
from hoiam.desk.presenters.watch import finding_of, spans_of
from hoiam.handling.models import (
    Case,
    CaseItem,
    CaseMoment,
    Clock,
    Directive,
    Evidence,
    FactRow,
    Obligation,
    Paper,
    Party,
    Statement,
)
from hoiam.handling.queries import (
    Beside,
    cases_visible_to,
    clock_light,
    directive_light,
    fresh_count,
    version_count,
    with_first_writer,
    with_waiting,
)
from hoiam.handling.states import (
    ALWAYS_SHOWN,
    STAGE_OF,
    CaseState,
    ClockState,
    DueKind,
    MomentKind,
    PaperState,
    Stage,
)
from hoiam.kit.rulebook import Light
from hoiam.monitoring.models import Item

OPEN_CLOCKS = frozenset({ClockState.WAITING, ClockState.RUNNING, ClockState.PAUSED})
LONG_TEXT = 900  # characters shown without folding
TIME_RANK = {"late": 0, "due": 1, "ok": 2}
CLOSED_LIGHT = Light("ok", "done", "đã đóng")
NO_CLOCK = Light("ok", "wait", "không có hạn")
NO_LONGER = Light("ok", "done", "không còn áp dụng")


@dataclass(frozen=True)
class CaseRow:
    """One case of the list."""

    light: Light
    second: str
    number: str
    title: str
    url: str
    unit: str
    severity: int
    step: str
    holder: Any
    item_count: int


@dataclass(frozen=True)
class ClockRow:
    """One clock of a case, with its light."""

    clock: Clock
    light: Light
    is_open: bool
    waiting: str = ""


@dataclass(frozen=True)
class Article:
    """The lead report of a case with its marked words, and the other reports."""

    item: Item
    media: str
    title_spans: list[Any]
    sapo_spans: list[Any]
    body_spans: list[Any]
    others: list[tuple[Item, int]]
    versions: int = 0

    @property
    def is_long(self) -> bool:
        """Whether the text is folded behind an excerpt."""
        return len(self.item.body) > LONG_TEXT


def case_pages(actor: Actor) -> QuerySet[Case]:
    """Cases in sight with all their page shows: one query for each kind of row, however many rows."""
    return (
        cases_visible_to(actor)
        .select_related(
            "agency__parent", "holder", "story", "opened_by", "came_from", "merged_into", "outcome"
        )
        .annotate(fresh_count=fresh_count())
        .prefetch_related(
            Prefetch("parties", Party.objects.select_related("agency", "official")),
            Prefetch(
                "moments",
                CaseMoment.objects.select_related("recorded_by", "evidence", "replaced_by"),
            ),
            Prefetch("obligations", Obligation.objects.select_related("outcome")),
            Prefetch("clocks", with_waiting(Clock.objects.select_related("obligation", "holder"))),
            Prefetch("facts", FactRow.objects.select_related("written_by")),
            Prefetch("papers", with_first_writer(Paper.objects.select_related("drafted_by"))),
            Prefetch("case_items", _items()),
            Prefetch("evidence_files", Evidence.objects.select_related("added_by")),
            Prefetch("statements", Statement.objects.select_related("recorded_by")),
        )
    )


def _items() -> QuerySet[CaseItem]:
    rows = CaseItem.objects.select_related(
        "item__finding", "item__channel__press_agency", "item__capture"
    )
    return rows.annotate(version_count=version_count())


def case_row(case: Case, now: datetime) -> CaseRow:
    """One row of the list; `open_clocks` were fetched with the case."""
    light, second = worst_light(case, case.open_clocks, now, case.open_directives)
    return CaseRow(
        light=light,
        second=second,
        number=case.number,
        title=case.title,
        url=reverse("desk-case", args=[case.pk]),
        unit=str(case.agency),
        severity=case.severity,
        step=str(case.get_state_display()),
        holder=case.holder,
        item_count=case.item_count,
    )


def worst_light(
    case: Case, clocks: Iterable[Clock], now: datetime, directives: Iterable[Directive] = ()
) -> tuple[Light, str]:
    """The light of the worst open clock or directive with when it is due; a closed case has none."""
    if case.state == CaseState.CLOSED:
        shown = f"ngày {say_moment(case.closed_at, now)}" if case.closed_at else ""
        return CLOSED_LIGHT, shown
    lit = [(clock_light(clock, now), clock, clock.title) for clock in clocks]
    lit += [(directive_light(each, now), each, str(each)) for each in directives]
    if not lit:
        return NO_CLOCK, ""
    light, worst, name = min(lit, key=lambda row: (TIME_RANK[row[0].time], _due(row[1])))
    return light, f"hạn {say_moment(worst.due_at, now)}" if worst.due_at else name


def _due(timed: Clock | Directive) -> float:
    return timed.due_at.timestamp() if timed.due_at else float("inf")


def clock_rows(case: Case, now: datetime) -> list[ClockRow]:
    """The clocks of a case: open ones first, by what is due first."""
    rows = [
        ClockRow(
            clock=clock,
            light=light_of(clock, now),
            is_open=clock.state in OPEN_CLOCKS,
            waiting=waiting_row(clock, now),
        )
        for clock in case.clocks.all()
    ]
    return sorted(rows, key=lambda row: (not row.is_open, _due(row.clock), row.clock.pk))


@dataclass(frozen=True)
class DirectiveRow:
    """One directive with its light and its day in words."""

    directive: Directive
    light: Light
    due: str


def directive_rows(directives: Iterable[Directive], now: datetime) -> list[DirectiveRow]:
    """The directives of a case: those to be answered first, by what is due first."""
    rows = [DirectiveRow(each, directive_light(each, now), _due_words(each)) for each in directives]
    far = float("inf")
    return sorted(
        rows,
        key=lambda row: (
            row.directive.answered_at is not None,
            row.directive.due_at.timestamp() if row.directive.due_at else far,
        ),
    )


def _due_words(directive: Directive) -> str:
    if directive.due_on is None:
        return "văn bản không ghi hạn"
    return f"{DueKind(directive.due_kind).label.lower()} {say_date(directive.due_on)}"


@dataclass(frozen=True)
class ShownFact:
    """One row of the facts table with the files and reports that prove it."""

    row: FactRow
    files: list[Evidence]
    items: list[Item]


def fact_rows(case: Case, found: Beside) -> list[ShownFact]:
    """The facts of a case with their proofs; all of it was read already."""
    files = {file.pk: file for file in case.evidence_files.all()}
    items = {row.item_id: row.item for row in case.case_items.all()}
    return [
        ShownFact(
            row=fact,
            files=[files[pk] for pk in found.evidence_of.get(fact.pk, ()) if pk in files],
            items=[items[pk] for pk in found.items_of.get(fact.pk, ()) if pk in items],
        )
        for fact in case.facts.all()
    ]


def joined_of(case: Case, found: Beside) -> list[tuple[str, int, str]]:
    """How this case is joined to others: in words, with the key and number of the other."""
    rows = [("Hồ sơ này nhận toàn bộ", pk, number) for pk, number in found.merged]
    rows += [("Từ hồ sơ này mở ra", pk, number) for pk, number in found.went_to]
    if case.merged_into is not None:
        rows.append(("Hồ sơ này đã nhập vào", case.merged_into_id, case.merged_into.number))
    if case.came_from is not None:
        rows.append(("Hồ sơ này từ", case.came_from_id, case.came_from.number))
    return rows


def light_of(clock: Clock, now: datetime) -> Light:
    """The light of one clock; one that no longer applies says so."""
    return NO_LONGER if clock.state == ClockState.CANCELLED else clock_light(clock, now)


def most_urgent(rows: Iterable[ClockRow]) -> ClockRow | None:
    """The open clock that is worst, then due first; None when none runs."""
    found = [row for row in rows if row.is_open]
    return min(found, key=lambda row: (TIME_RANK[row.light.time], _due(row.clock)), default=None)


def stage_of(case: Case) -> Stage:
    """The stage under way: a paper before its signer is "Trình", a signed one waits for "Gửi"."""
    stage = STAGE_OF[CaseState(case.state)]
    if stage == Stage.DRAFT:
        states = {paper.state for paper in case.papers.all()}
        if PaperState.SUBMITTED in states:
            return Stage.SUBMIT
        if PaperState.APPROVED in states:
            return Stage.SEND
    return stage


def steps_of(case: Case) -> list[Step]:
    """The seven stages of the step bar; a closed case has them all behind it."""
    stages = list(Stage)
    now = stages.index(stage_of(case))
    is_closed = case.state == CaseState.CLOSED
    received = next((m.at for m in standing(case) if m.kind == "received_at"), None)
    notes = {Stage.RECEIVE: say_datetime(received) if received else ""}
    if is_closed and case.closed_at:
        notes[Stage.CLOSE] = say_datetime(case.closed_at)
    return [
        Step(
            label=str(stage.label),
            state="past" if at < now or is_closed else "now" if at == now else "next",
            note=notes.get(stage, "") if at < now or is_closed else "",
        )
        for at, stage in enumerate(stages)
    ]


def standing(case: Case) -> list[CaseMoment]:
    """The recorded moments no later entry replaced."""
    return [m for m in case.moments.all() if getattr(m, "replaced_by", None) is None]


def three_moments(case: Case) -> list[tuple[str, list[CaseMoment]]]:
    """The three starting moments by name, each with what is recorded, then those others that are recorded."""
    found = standing(case)
    rows = [(kind, [m for m in found if m.kind == kind]) for kind in MomentKind]
    return [(str(kind.label), have) for kind, have in rows if have or kind in ALWAYS_SHOWN]


def article_of(case: Case, found: Beside) -> Article | None:
    """The lead report with what was matched in it; None for a case without reports."""
    rows = list(case.case_items.all())
    if not rows:
        return None
    items = [row.item for row in rows]
    lead, finding = items[0], finding_of(items[0])
    attributions = found.attributions.get(finding.pk, []) if finding else []
    return Article(
        item=lead,
        media=str(lead.channel.get_media_type_display()) if lead.channel else "",
        title_spans=spans_of(finding, "title", attributions),
        sapo_spans=spans_of(finding, "sapo", attributions),
        body_spans=spans_of(finding, "text", attributions),
        others=[(row.item, row.version_count) for row in rows[1:]],
        versions=rows[0].version_count,
    )
