"""Việc của tôi: what this person has to do today, in five groups in order of need."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, Subquery

from hoiam.agencies.states import SIGNING_ROLES
from hoiam.core.actor import Actor
from hoiam.handling.models import (
    Clock,
    Directive,
    Duty,
    OutletWatch,
    Paper,
    PaperVersion,
    Party,
    Remedy,
)
from hoiam.handling.queries.cases import papers_visible_to
from hoiam.handling.queries.directives import (
    directive_light,
    open_directives,
    open_remedies,
    remedy_light,
)
from hoiam.handling.queries.lights import clock_light, open_clocks, warning_light
from hoiam.handling.queries.outlet_watch import proposals_for
from hoiam.handling.queries.press_work import press_work
from hoiam.handling.queries.speaking import duties_of
from hoiam.handling.states import PaperState, PartyRole
from hoiam.kit.rulebook import Light, light
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Warning
from hoiam.monitoring.queries import warnings_visible_to
from hoiam.monitoring.states import WarningState

SOON = timedelta(days=7)  # not-law: how far ahead the work list looks
MOST_ROWS = 60


@dataclass(frozen=True)
class WorkRow:
    """One thing to do: the verb first, then the matter."""

    # clock | directive | remedy | paper | warning | enquiry | content | promise | notice | duty | watch
    kind: str
    pk: int
    case_pk: int | None
    verb: str
    title: str
    light: Light
    due_at: datetime | None
    meta: tuple[str, ...]
    tag: str
    is_law: bool
    holder: str
    is_mine: bool


@dataclass
class WorkList:
    """The five groups; each list is sorted by what is due first."""

    late: list[WorkRow] = field(default_factory=list)
    today: list[WorkRow] = field(default_factory=list)
    soon: list[WorkRow] = field(default_factory=list)
    approve: list[WorkRow] = field(default_factory=list)
    fresh: list[WorkRow] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many rows in all."""
        return sum(map(len, (self.late, self.today, self.soon, self.approve, self.fresh)))


def work_list(actor: Actor, *, now: datetime) -> WorkList:
    """The work of one person now: clocks of own cases, papers to approve, fresh warnings, in a fixed number of queries.

    Clocks with no number (at once, next issue) stand under "today": the law sets no number, the work does not wait.
    """
    work = WorkList()
    for clock in (
        open_clocks(actor)
        .filter(mine(actor))
        .filter(Q(due_at=None) | Q(due_at__lte=now + SOON))[:MOST_ROWS]
    ):
        row = _clock_row(clock, actor, now)
        _group(work, row, now).append(row)
    for duty in duties_of(actor, now, SOON)[:MOST_ROWS]:
        row = _duty_row(duty, now)
        _group(work, row, now).append(row)
    for row in _dated_rows(actor, now):
        _group(work, row, now).append(row)
    work.today += [_reply_row(watch, actor) for watch in proposals_for(actor)[:MOST_ROWS]]
    _add_press_desk(work, actor, now)
    work.approve = [_paper_row(paper, now) for paper in papers_to_approve(actor)[:MOST_ROWS]]
    work.fresh = [_warning_row(warning, actor, now) for warning in _fresh(actor, now)[:MOST_ROWS]]
    return work


def _add_press_desk(work: WorkList, actor: Actor, now: datetime) -> None:
    """What the press desk waits for, among the clocks and in their order."""
    for found in press_work(actor, now=now, most=MOST_ROWS):
        row = WorkRow(case_pk=None, is_law=found.rule.startswith("HB"), **found.told())
        _group(work, row, now).append(row)
    for group in (work.late, work.today, work.soon):
        group.sort(key=lambda row: (row.due_at is None, row.due_at or now))


def _dated_rows(actor: Actor, now: datetime) -> list[WorkRow]:
    """Directives and remedies of my cases that are due soon, or name no day."""
    ahead = Q(due_at=None) | Q(due_at__lte=now + SOON)
    led = Party.objects.filter(role=PartyRole.LEAD, agency__in=_own(actor)).values("case")
    mine = (
        Q(case__holder=actor.official)
        | Q(case__holder=None, case__agency__in=_own(actor))
        | Q(case__holder=None, case__in=led)
    )
    directives = open_directives(actor).filter(mine).filter(ahead)[:MOST_ROWS]
    remedies = open_remedies(actor).filter(mine).filter(ahead)[:MOST_ROWS]
    return [
        *(
            _dated_row("directive", each, each.content, directive_light(each, now), actor)
            for each in directives
        ),
        *(
            _dated_row("remedy", each, each.what, remedy_light(each, now), actor)
            for each in remedies
        ),
    ]


def _own(actor: Actor) -> list[int]:
    return [post.agency_id for post in actor.posts]


def papers_to_approve(actor: Actor) -> list[Paper]:
    """Papers that wait for a signature this person may give: own agency, drafted by somebody else."""
    agencies = [p.agency_id for p in actor.posts if p.role in SIGNING_ROLES]
    if not agencies:
        return []
    rows = papers_visible_to(actor).filter(state=PaperState.SUBMITTED, agency__in=agencies)
    first = PaperVersion.objects.filter(paper=OuterRef("pk")).order_by("pk").values("by")[:1]
    return list(
        rows.exclude(drafted_by=actor.official)
        .alias(first_by=Subquery(first))
        .filter(~Q(first_by=actor.pk) | Q(first_by=None))
        .select_related("drafted_by")
        .order_by("submitted_at", "pk")
    )


def mine(actor: Actor) -> Q:
    """The condition that a clock is this person's to act on."""
    # Held by me; or held by nobody at an agency where I sit: the case's own, or the one that leads.
    own = _own(actor)
    led = Party.objects.filter(role=PartyRole.LEAD, agency__in=own).values("case")
    return (
        Q(holder=actor.official)
        | Q(holder=None, case__agency__in=own)
        | Q(holder=None, case__in=led)
        | Q(case__holder=actor.official)
    )


def _fresh(actor: Actor, now: datetime) -> list[Warning]:
    own = _own(actor)
    rows = warnings_visible_to(actor).filter(state=WarningState.NEW)
    if actor.sees_everything:
        rows = rows.filter(Q(agency=None) | Q(agency__in=own) | Q(severity=3))
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=now)
    return (
        rows.filter(awake)
        .exclude(severity=0)
        .select_related("story__lead_item", "agency")
        .order_by(F("due_at").asc(nulls_last=True), "-at")
    )


def _group(work: WorkList, row: WorkRow, now: datetime) -> list[WorkRow]:
    if row.light.time == "late":
        return work.late
    if row.light.work == "pause":  # others are waited for: its due time moves on resuming
        return work.soon
    local = now.astimezone(VIETNAM).date()
    if (
        row.due_at is None
        or row.due_at.astimezone(VIETNAM).date() <= local
        or row.light.time == "due"
    ):
        return work.today
    return work.soon


def _clock_row(clock: Clock, actor: Actor, now: datetime) -> WorkRow:
    return WorkRow(
        kind="clock",
        pk=clock.pk,
        case_pk=clock.case_id,
        verb=clock.title,
        title=clock.case.title,
        light=clock_light(clock, now),
        due_at=clock.due_at,
        meta=(clock.case.number, clock.case.agency.name),
        tag=f"{clock.rule} · mặc định" if clock.badge else clock.rule,
        is_law=not clock.badge,
        holder=_holder(clock.holder, actor),
        is_mine=clock.holder_id == actor.pk,
    )


DATED = {
    "directive": ("Trả lời văn bản chỉ đạo", "chỉ đạo"),
    "remedy": ("Chấn chỉnh nội bộ", "đã lên lịch"),
}


def _dated_row(
    kind: str, thing: Directive | Remedy, title: str, shown: Light, actor: Actor
) -> WorkRow:
    verb, tag = DATED[kind]
    case = thing.case
    who = str(thing) if kind == "directive" else thing.who
    return WorkRow(
        kind=kind,
        pk=thing.pk,
        case_pk=case.pk,
        verb=verb,
        title=title,
        light=shown,
        due_at=thing.due_at,
        meta=(case.number, who, case.title),
        tag=tag,
        is_law=False,
        holder=_holder(case.holder, actor),
        is_mine=case.holder_id == actor.pk,
    )


def _paper_row(paper: Paper, now: datetime) -> WorkRow:
    return WorkRow(
        kind="paper",
        pk=paper.pk,
        case_pk=paper.case_id,
        verb="Duyệt văn bản",
        title=str(paper),
        light=Light("ok", "run", "chờ duyệt"),
        due_at=paper.submitted_at,
        meta=(paper.case.number, paper.addressee),
        tag="",
        is_law=False,
        holder=str(paper.drafted_by),
        is_mine=True,
    )


def _duty_row(duty: Duty, now: datetime) -> WorkRow:
    return WorkRow(
        kind="duty",
        pk=duty.pk,
        case_pk=None,
        verb="Việc định kỳ",
        title=duty.title,
        light=light(duty.due_at, now, "wait"),
        due_at=duty.due_at,
        meta=(duty.agency.name,),
        tag=f"{duty.rule} · mặc định" if duty.badge else duty.rule,
        is_law=not duty.badge,
        holder="Chưa giao",
        is_mine=False,
    )


def _reply_row(watch: OutletWatch, actor: Actor) -> WorkRow:
    return WorkRow(
        kind="watch",
        pk=watch.pk,
        case_pk=watch.case_id,
        verb="Xác nhận kết quả ở báo",
        title=f"{watch.outlet}: {str(watch.get_proposal_display()).lower()}",
        light=Light("due", "run", "chờ xác nhận"),
        due_at=None,
        meta=(watch.case.number, watch.case.title),
        tag="",
        is_law=False,
        holder=_holder(watch.case.holder, actor),
        is_mine=watch.case.holder_id == actor.pk,
    )


def _warning_row(warning: Warning, actor: Actor, now: datetime) -> WorkRow:
    item = warning.story.lead_item
    outlet = item.outlet if item else ""
    return WorkRow(
        kind="warning",
        pk=warning.pk,
        case_pk=None,
        verb="Sàng lọc",
        title=warning.story.title,
        light=warning_light(warning, now),
        due_at=warning.due_at,
        meta=tuple(x for x in (str(warning.agency or "Chưa gán đơn vị"), outlet) if x),
        tag="",
        is_law=False,
        holder="Chưa ai nhận",
        is_mine=False,
    )


def _holder(official: object, actor: Actor) -> str:
    if official is None:
        return "Chưa giao"
    return "Tôi" if getattr(official, "pk", None) == actor.pk else str(official)
