"""A unit's part in a task: progress, done, again, exempt, handed over; each one step of the table and one line of the diary."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.models import Assignment, Progress, Task
from hoiam.scheme.states import (
    ASSIGNMENT_TRANSITIONS,
    AssignmentRole,
    AssignmentState,
    SchemeState,
)

MOST = 100


def locked(row: Assignment) -> Assignment:
    """The part reloaded under lock, with what policies ask as it stands once the lock is held.

    What is joined to a locked row is as old as the question: who waited while the scheme was closed or replaced would still
    see it running. It is read after the lock.
    """
    rows = Assignment.objects.system("reload under lock").select_for_update()
    found = rows.get(pk=row.pk)
    found.task = Task.objects.select_related("scheme").get(pk=found.task_id)
    found.agency = Agency.objects.select_related("parent").get(pk=found.agency_id)
    return found


def check_running(row: Assignment) -> None:
    """Nothing when the scheme is being carried out.

    Raises:
        WrongState: it is a draft, or was closed.
    """
    state = row.task.scheme.state
    if state != SchemeState.ACTIVE:
        raise WrongState(
            f"“{row.task.scheme}” đang ở tình trạng “{SchemeState(state).label}” nên không ghi thêm được. "
            "Cần ghi tiếp thì đề nghị cơ quan chủ trì mở lại."
        )


def tell(
    row: Assignment,
    step: str,
    *,
    actor: Actor,
    now: datetime,
    words: str = "",
    other: Assignment | None = None,
    **data: Any,
) -> None:
    """Both diaries: the one people read, and the ledger."""
    Progress.objects.create(
        assignment=row,
        at=now,
        by=actor.official,
        step=step,
        percent=row.percent,
        words=words,
        other=other,
    )
    ledger.write(row, actor=actor, step=step, at=now, reason=words, percent=row.percent, **data)


def _move(row: Assignment, step: str, *, actor: Actor) -> Assignment:
    """The part after the step, not saved yet."""
    row = locked(row)
    authority.check(actor, step, row)
    check_running(row)
    transition = ASSIGNMENT_TRANSITIONS[step]
    if row.state not in transition.sources:
        raise WrongState(
            f"Việc đang ở tình trạng “{AssignmentState(row.state).label}”, không làm “{transition.label}” được. "
            "Tải lại trang để xem ai vừa ghi."
        )
    row.state = transition.target
    return row


def _checked(percent: int) -> int:
    if not 0 <= percent <= MOST:
        raise InvalidInput("Tiến độ là số từ 0 đến 100.", "percent")
    return percent


@transaction.atomic
def report_progress(
    row: Assignment,
    *,
    actor: Actor,
    now: datetime,
    percent: int,
    words: str,
    seen: int | None = None,
) -> Assignment:
    """The part with its new percent and what was done.

    Args:
        seen: the percent that stood on the page when it was opened; None when nobody looked.

    Raises:
        InvalidInput: the percent is not 0–100, or it is not said what was done.
        Conflict: somebody reported since the page was opened.
    """
    if not words.strip():
        raise InvalidInput("Ghi đã làm được gì, còn gì.", "words")
    _checked(percent)
    row = _move(row, "report_progress", actor=actor)
    if seen is not None and seen != row.percent:
        raise Conflict(
            f"Trong lúc bạn ghi, người khác đã báo {row.percent} % (trang của bạn còn {seen} %). "
            "Đọc nhật ký bên dưới rồi ghi lại."
        )
    row.percent, row.moved_at = percent, now
    row.save(update_fields=["state", "percent", "moved_at"])
    tell(row, "report_progress", actor=actor, now=now, words=words.strip())
    return row


@transaction.atomic
def finish_assignment(
    row: Assignment, *, actor: Actor, now: datetime, words: str = ""
) -> Assignment:
    """The part done.

    Raises:
        InvalidInput: the task names a product, and neither a product nor a word is there to show it.
    """
    row = _move(row, "finish_assignment", actor=actor)
    has_product = row.products.filter(removed_at=None).exists()
    if row.task.products and not has_product and not words.strip():
        raise InvalidInput(
            "Nhiệm vụ này phải có sản phẩm. Nộp sản phẩm trước, hoặc ghi rõ kết quả và nơi xem.",
            "words",
        )
    row.percent, row.moved_at, row.finished_at = MOST, now, now
    row.save(update_fields=["state", "percent", "moved_at", "finished_at"])
    tell(row, "finish_assignment", actor=actor, now=now, words=words.strip())
    return row


@transaction.atomic
def reopen_assignment(row: Assignment, *, actor: Actor, now: datetime, words: str) -> Assignment:
    """The part going on again after it was done or exempted.

    Raises:
        InvalidInput: no reason.
    """
    if not words.strip():
        raise InvalidInput("Ghi lý do làm tiếp.", "words")
    row = _move(row, "reopen_assignment", actor=actor)
    row.moved_at, row.finished_at, row.reason = now, None, ""
    row.percent = min(row.percent, MOST - 1)
    row.save(update_fields=["state", "percent", "moved_at", "finished_at", "reason"])
    tell(row, "reopen_assignment", actor=actor, now=now, words=words.strip())
    return row


@transaction.atomic
def exempt_assignment(row: Assignment, *, actor: Actor, now: datetime, reason: str) -> Assignment:
    """The part the unit need not do.

    Raises:
        InvalidInput: no reason.
    """
    if not reason.strip():
        raise InvalidInput("Ghi lý do miễn.", "reason")
    row = _move(row, "exempt_assignment", actor=actor)
    row.reason = reason.strip()
    row.save(update_fields=["state", "reason"])
    tell(row, "exempt_assignment", actor=actor, now=now, words=row.reason)
    outbox.post("task_exempted", row.pk, at=now)
    return row


@transaction.atomic
def hand_over(
    row: Assignment, *, actor: Actor, now: datetime, to: Agency, reason: str
) -> Assignment:
    """The part of the unit that takes the work on; the old one stays with its history.

    Raises:
        InvalidInput: no reason, the same unit, or one that is no longer there.
        NotAllowed: the unit is out of the actor's sight.
        Conflict: the unit has finished its own part, or was exempted from it.
    """
    if not reason.strip():
        raise InvalidInput("Ghi lý do, văn bản bàn giao.", "reason")
    _one_at_a_time(row.task_id)
    old = _move(row, "hand_over", actor=actor)
    _check_taker(old, to, actor, now)
    new = _taken(old, to, now)
    old.reason = f"Đã bàn giao cho {to}: {reason.strip()}"
    old.save(update_fields=["state", "reason"])
    tell(old, "hand_over", actor=actor, now=now, words=reason.strip(), other=new, to=to.code)
    told = {"other": old, "from_": old.agency.code}
    tell(new, "take_over", actor=actor, now=now, words=reason.strip(), **told)
    outbox.post("task_handed_over", new.pk, at=now)
    return new


def _one_at_a_time(task: int) -> None:
    """Parts of one task change hands one after another: two givers of one taker make one row, and none waits for the other."""
    Task.objects.select_for_update(no_key=True).get(pk=task)


def _check_taker(old: Assignment, to: Agency, actor: Actor, now: datetime) -> None:
    if to.pk == old.agency_id:
        raise InvalidInput("Chọn đơn vị khác để bàn giao.", "to")
    if not actor.sees(to.pk):
        raise NotAllowed("Chỉ bàn giao cho đơn vị trong phạm vi của cơ quan bạn.")
    today = now.astimezone(VIETNAM).date()
    if to.valid_to is not None and to.valid_to < today:
        raise InvalidInput(f"{to} không còn hoạt động. Chọn đơn vị kế thừa.", "to")


def _taken(old: Assignment, to: Agency, now: datetime) -> Assignment:
    """The taker's own part: made anew, or the one it has already, which keeps its own progress."""
    rows = Assignment.objects.system("the taker's part").select_for_update(of=("self",))
    found = rows.select_related("agency", "task__scheme").filter(task=old.task, agency=to).first()
    if found is None:
        begun = old.percent > 0
        return Assignment.objects.create(
            task=old.task,
            agency=to,
            role=old.role,
            state=AssignmentState.DOING if begun else AssignmentState.OPEN,
            percent=min(old.percent, MOST - 1),
            moved_at=now if begun else None,
            handed_from=old,
        )
    if found.state not in (AssignmentState.OPEN, AssignmentState.DOING):
        raise Conflict(
            f"{to} đã có phần việc này ở tình trạng “{AssignmentState(found.state).label}”. "
            "Mở lại phần việc đó trước khi bàn giao thêm."
        )
    if found.role != AssignmentRole.LEAD:
        found.role = old.role
    found.handed_from = found.handed_from or old
    found.save(update_fields=["role", "handed_from"])
    return found
