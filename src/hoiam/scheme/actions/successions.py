"""An obligation never dies with a merger: open parts of a unit that ended go on at the one that answers for it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import answering
from hoiam.core import ledger, outbox
from hoiam.core.actor import Actor
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.scheme.models import Assignment, Task
from hoiam.scheme.queries.parts import WEIGHT
from hoiam.scheme.states import AssignmentRole, AssignmentState, SchemeState

OPEN = (AssignmentState.OPEN, AssignmentState.DOING)
WHY = "work of a unit that ended passes on"


@transaction.atomic
def pass_on_assignments(*, actor: Actor | None, now: datetime) -> int:
    """How many open parts passed to a successor: it gets its own row, the old one stays as it was reported, marked as passed on.

    When several units became one, the successor starts where the least advanced of them stood. A unit nobody is known to
    follow keeps its rows: the register must say who answers first.
    """
    today = now.astimezone(VIETNAM).date()
    rows = Assignment.objects.system(WHY).select_for_update(of=("self",))
    ended = rows.filter(
        agency__valid_to__lt=today, state__in=OPEN, task__scheme__state=SchemeState.ACTIVE
    ).select_related("agency", "task__scheme")
    found: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
    heirs: dict[int, Agency | None] = {}
    for part in ended.order_by("pk"):
        if part.agency_id not in heirs:
            heirs[part.agency_id] = answering(part.agency, today)
        heir = heirs[part.agency_id]
        if heir is not None:
            found[part.task_id, heir.pk].append(part)
    there = _there(found)
    known = {heir.pk: heir for heir in heirs.values() if heir is not None}
    for (task, heir_pk), parts in found.items():
        _pass_on(parts, known[heir_pk], (task, heir_pk) in there, today, actor=actor, now=now)
    for heir_pk in {heir for _, heir in found}:
        outbox.post("assignments_passed_on", heir_pk, at=now)
    return sum(map(len, found.values()))


def _there(found: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    keys = list(found)
    rows = Assignment.objects.system(WHY).filter(
        task__in={task for task, _ in keys}, agency__in={heir for _, heir in keys}
    )
    return set(rows.order_by().values_list("task_id", "agency_id"))


def _pass_on(
    parts: Sequence[Assignment],
    heir: Agency,
    has_own: bool,
    today: date,
    *,
    actor: Actor | None,
    now: datetime,
) -> None:
    """The successor's row, unless it has a part of its own already, and the old rows marked."""
    if not has_own:
        least = min(parts, key=lambda part: part.percent)
        Assignment.objects.create(
            task_id=least.task_id,
            agency=heir,
            role=min((AssignmentRole(part.role) for part in parts), key=WEIGHT.index),
            state=least.state,
            percent=least.percent,
            moved_at=least.moved_at or now,
            handed_from=least,
        )
    words = f"Chuyển cho {heir} từ {show_date(today)} do thay đổi tổ chức"
    for part in parts:
        ledger.write(
            part, actor=actor, step="pass_on_assignment", at=now, reason=words,
            to=heir.code, state=part.state, percent=part.percent,
        )  # fmt: skip
        part.state, part.reason = AssignmentState.EXEMPT, words
        part.save(update_fields=["state", "reason"])


def tasks_passed_to(agency: Agency) -> list[Task]:
    """Tasks whose open part came to this agency from one before it."""
    rows = Assignment.objects.system(WHY).filter(
        agency=agency, state__in=OPEN, task__scheme__state=SchemeState.ACTIVE
    )
    return [row.task for row in rows.exclude(handed_from=None).select_related("task__scheme", "handed_from") if row.handed_from and row.handed_from.agency_id != agency.pk]  # fmt: skip
