"""Plans under a scheme, later versions of it, and campaigns: new drafts made of what is there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import answering
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.scheme.actions.scheme_values import (
    QuotaFields,
    SchemeFields,
    TaskFields,
    fields_of,
    quota_fields_of,
)
from hoiam.scheme.actions.schemes import create_scheme, locked
from hoiam.scheme.models import Quota, Scheme, Task
from hoiam.scheme.queries.parts import Units
from hoiam.scheme.queries.timing import Timing, in_year
from hoiam.scheme.states import QuotaPeriod, Rhythm, SchemeKind, SchemeState

FIRST_YEAR, LAST_YEAR = 2009, 2100
TIMED = ("rhythm", "starts_on", "ends_on", "due_on", "due_kind", "per_year")


@transaction.atomic
def derive_yearly_plan(
    scheme: Scheme, *, actor: Actor, now: datetime, owner: Agency, year: int
) -> Scheme:
    """The draft of one agency's plan of the year under the scheme: tasks that run in it and name the agency or its offices.

    Raises:
        Conflict: the agency has a plan of this year under the scheme.
        InvalidInput: no task of the scheme runs in this year for this agency.
        WrongState: the scheme has not been given out.
    """
    authority.check(actor, "create_scheme", owner)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidInput(f"Ghi năm từ {FIRST_YEAR} đến {LAST_YEAR}.", "year")
    scheme = locked(scheme)
    if scheme.state == SchemeState.DRAFT:
        raise WrongState("Đề án còn đang soạn. Giao thực hiện rồi mới lập kế hoạch năm.")
    there = Scheme.objects.system("one plan a year, agency and scheme")
    if there.filter(parent=scheme, owner=owner, starts_on__year=year).exists():
        raise Conflict(f"{owner} đã có kế hoạch năm {year} theo Đề án này. Hãy mở kế hoạch đó.")
    tasks = _tasks_in(scheme, owner, year, now)
    if not tasks:
        raise InvalidInput(
            f"Năm {year} không có nhiệm vụ nào của Đề án giao cho {owner}. Chọn năm khác.", "year"
        )
    return create_scheme(
        owner,
        actor=actor,
        now=now,
        parent=scheme,
        fields=SchemeFields(
            kind=SchemeKind.YEARLY_PLAN,
            title=f"Kế hoạch năm {year} thực hiện {scheme.title}"[:500],
            short=f"Kế hoạch năm {year}: {scheme}"[:80],
            issuer=owner.full_name,
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
        ),
        themes=[theme.text for theme in scheme.themes.all()],
        tasks=[fields for _, fields in tasks],
        quotas=_quotas_of((task for task, _ in tasks), owner),
        derived={task.ref: task.pk for task, _ in tasks},
    )


def _tasks_in(
    scheme: Scheme, owner: Agency, year: int, now: datetime
) -> list[tuple[Task, TaskFields]]:
    units = Units(owner, now.astimezone(VIETNAM).date())
    found = []
    for task in scheme.tasks.select_related("theme"):
        timing = in_year(Timing(**{name: getattr(task, name) for name in TIMED}), year)
        if timing is None or not units.roles(task.units):
            continue
        words = task.time if timing.rhythm == Rhythm.DATED else f"Năm {year}"
        parts = tuple(part for part in task.units if units.of(part))
        fields = replace(fields_of(task), time=words, units=parts, span={}, **vars(timing))
        found.append((task, fields))
    return found


def _quotas_of(tasks: Iterable[Task], owner: Agency) -> list[tuple[str, QuotaFields]]:
    rows = Quota.objects.filter(task__in=list(tasks)).select_related("task", "agency")
    units = Units(owner, date.min)
    return [
        (row.task.ref, quota_fields_of(row))
        for row in rows
        if row.agency is None or units.may_give(row.agency)
    ]


@transaction.atomic
def replace_scheme(scheme: Scheme, *, actor: Actor, now: datetime) -> Scheme:
    """The draft of a new version, with everything the present one says, to be changed and then given out in its place.

    Raises:
        Conflict: such a draft is being written.
        WrongState: the scheme is not running.
    """
    scheme = locked(scheme)
    authority.check(actor, "replace_scheme", scheme)
    if scheme.state != SchemeState.ACTIVE:
        raise WrongState("Chỉ lập bản thay thế cho Đề án, kế hoạch đang thực hiện.")
    drafts = Scheme.objects.system("one new version at a time").filter(
        replaces=scheme.pk, state=SchemeState.DRAFT
    )
    if drafts.exists():
        raise Conflict("Đang có một bản thay thế được soạn. Hãy sửa tiếp bản đó.")
    tasks = list(scheme.tasks.select_related("theme"))
    names = ("kind", "title", "short", "issuer", "signer", "starts_on", "ends_on")
    today = now.astimezone(VIETNAM).date()
    # The agency that wrote it may have ended since: who followed it goes on.
    owner = answering(scheme.owner, today) or scheme.owner
    return create_scheme(
        owner,
        actor=actor,
        now=now,
        parent=scheme.parent,
        replaces=scheme,
        fields=SchemeFields(**{name: getattr(scheme, name) for name in names}),
        themes=[theme.text for theme in scheme.themes.all()],
        tasks=[fields_of(task) for task in tasks],
        quotas=_quotas_of(tasks, owner),
        derived={task.ref: task.derived_from_id for task in tasks if task.derived_from_id},
    )


@dataclass(frozen=True)
class CampaignFields:
    """A campaign (đợt truyền thông): days, whom it asks, and how many pieces on which channel."""

    title: str
    starts_on: date | None
    ends_on: date | None
    units: tuple[dict[str, object], ...]
    lead: str
    channel: str
    count: int
    unit_word: str = "bài"
    period: str = QuotaPeriod.WHOLE
    theme: str = ""


@transaction.atomic
def create_campaign(
    owner: Agency,
    *,
    actor: Actor,
    now: datetime,
    fields: CampaignFields,
    parent: Scheme | None = None,
) -> Scheme:
    """The draft of a campaign with one task and its quota, to be given out.

    Raises:
        InvalidInput: its days, its units or its quota are missing or wrong.
    """
    if not (fields.starts_on and fields.ends_on):
        raise InvalidInput("Ghi ngày bắt đầu và ngày kết thúc của đợt.", "starts_on")
    if not fields.units:
        raise InvalidInput("Ghi đơn vị tham gia đợt, mỗi dòng một đơn vị hoặc một nhóm.", "units")
    task = TaskFields(
        ref="1",
        title=f"Đăng {fields.unit_word} trong {fields.title[:1].lower()}{fields.title[1:]}",
        products=(f"{fields.unit_word.capitalize()} trên {fields.channel}",),
        time=f"Từ {show_date(fields.starts_on)} đến {show_date(fields.ends_on)}",
        lead=fields.lead,
        units=fields.units,
        rhythm=Rhythm.DATED,
        starts_on=fields.starts_on,
        ends_on=fields.ends_on,
        due_on=fields.ends_on,
        due_kind="by",
        theme=1 if fields.theme else None,
    )
    quota = QuotaFields(fields.channel, fields.period, fields.count, fields.unit_word)
    return create_scheme(
        owner,
        actor=actor,
        now=now,
        parent=parent,
        fields=SchemeFields(
            kind=SchemeKind.CAMPAIGN,
            title=fields.title,
            issuer=owner.full_name,
            starts_on=fields.starts_on,
            ends_on=fields.ends_on,
        ),
        themes=[fields.theme] if fields.theme else [],
        tasks=[task],
        quotas=[("1", quota)],
    )
