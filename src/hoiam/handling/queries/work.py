"""Việc của tôi: what this person has to do today, in five groups in order of need."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, Subquery

from hoiam.agencies.states import SIGNING_ROLES
from hoiam.core.actor import Actor
from hoiam.handling.models import Clock, OutletWatch, Paper, PaperVersion, Party
from hoiam.handling.queries.cases import papers_visible_to
from hoiam.handling.queries.lights import clock_light, open_clocks, warning_light
from hoiam.handling.queries.outlet_watch import proposals_for
from hoiam.handling.states import PaperState, PartyRole
from hoiam.kit.rulebook import Light
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Warning
from hoiam.monitoring.queries import warnings_visible_to
from hoiam.monitoring.states import WarningState

SOON = timedelta(days=7)  # not-law: how far ahead the work list looks
MOST_ROWS = 60


@dataclass(frozen=True)
class WorkRow:
    """One thing to do: the verb first, then the matter."""

    kind: str  # clock | paper | warning | watch
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
        .filter(_mine(actor))
        .filter(Q(due_at=None) | Q(due_at__lte=now + SOON))[:MOST_ROWS]
    ):
        row = _clock_row(clock, actor, now)
        _group(work, row, now).append(row)
    work.today += [_reply_row(watch, actor) for watch in proposals_for(actor)[:MOST_ROWS]]
    work.approve = [_paper_row(paper, now) for paper in papers_to_approve(actor)[:MOST_ROWS]]
    work.fresh = [_warning_row(warning, actor, now) for warning in _fresh(actor, now)[:MOST_ROWS]]
    return work


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


def _mine(actor: Actor) -> Q:
    # Held by me; or held by nobody at an agency where I sit: the case's own, or the one that leads.
    own = [post.agency_id for post in actor.posts]
    led = Party.objects.filter(role=PartyRole.LEAD, agency__in=own).values("case")
    return (
        Q(holder=actor.official)
        | Q(holder=None, case__agency__in=own)
        | Q(holder=None, case__in=led)
        | Q(case__holder=actor.official)
    )


def _fresh(actor: Actor, now: datetime) -> list[Warning]:
    own = [post.agency_id for post in actor.posts]
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
