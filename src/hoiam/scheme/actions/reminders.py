"""Reminding a unit of what it has late."""

from datetime import datetime

from django.db import IntegrityError, transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.models import Reminder
from hoiam.scheme.queries.lateness import late_clocks_of


@transaction.atomic
def remind_of_lateness(agency: Agency, *, actor: Actor, now: datetime, text: str = "") -> Reminder:
    """The reminder, mailed to the desk of the unit and to who holds its late work.

    Raises:
        InvalidInput: nothing runs late there.
        Conflict: the same person has reminded it today.
    """
    authority.check(actor, "remind_of_lateness", agency)
    late = late_clocks_of(agency, now)
    if not late:
        raise InvalidInput("Đơn vị này không còn việc quá hạn; tải lại trang để xem số mới.")
    try:
        with transaction.atomic():
            reminder = Reminder.objects.create(
                agency=agency,
                day=now.astimezone(VIETNAM).date(),
                at=now,
                by=actor.official,
                text=text.strip(),
                late_count=len(late),
            )
    except IntegrityError as error:
        raise Conflict(
            "Hôm nay bạn đã nhắc đơn vị này. Cần gấp hơn thì gọi điện hoặc yêu cầu giải trình."
        ) from error
    ledger.write(reminder, actor=actor, step="remind_of_lateness", at=now, agency=agency.code)
    outbox.post("lateness_reminded", reminder.pk, at=now)
    return reminder
