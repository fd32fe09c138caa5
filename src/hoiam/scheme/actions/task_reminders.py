"""Reminding a unit of one part in one task: once a day, whoever does it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from hoiam.core import authority, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, WrongState
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.actions.doing import check_running, locked, tell
from hoiam.scheme.models import Assignment, TaskReminder
from hoiam.scheme.states import AssignmentRole, AssignmentState

OPEN = (AssignmentState.OPEN, AssignmentState.DOING)


@transaction.atomic
def remind_of_task(row: Assignment, *, actor: Actor, now: datetime, text: str = "") -> TaskReminder:
    """The reminder, mailed to the desk of the unit.

    Raises:
        WrongState: there is nothing left to do.
        Conflict: the unit was reminded of it today.
    """
    row = locked(row)
    authority.check(actor, "remind_of_task", row)
    check_running(row)
    if row.state not in OPEN or row.role == AssignmentRole.INFORMED:
        raise WrongState("Đơn vị không còn phải làm việc này; tải lại trang.")
    try:
        with transaction.atomic():
            made = TaskReminder.objects.create(
                assignment=row,
                day=now.astimezone(VIETNAM).date(),
                at=now,
                by=actor.official,
                text=text.strip(),
            )
    except IntegrityError as error:
        raise Conflict("Hôm nay đơn vị đã được nhắc việc này; mỗi việc nhắc một lần trong ngày.") from error  # fmt: skip
    tell(row, "remind_of_task", actor=actor, now=now, words=text.strip())
    outbox.post("task_reminded", made.pk, at=now)
    return made
