"""Repeated work on speaking: periodic duties raise themselves, and authorisations about to end are told of."""

from datetime import date, datetime

from hoiam.agencies.models import Official
from hoiam.core.jobs import daily, job
from hoiam.handling.actions.duties import raise_duties
from hoiam.handling.models import Authorisation
from hoiam.handling.queries.speaking import ending_everywhere
from hoiam.kit.rulebook import default
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.actions.work_notices import tell

RAISED_AT = "00:20"
WARNED_AT = "MD-87"  # the hour of the other reminders


@daily(RAISED_AT)
@job()
def periodic_duties(now: datetime) -> int:
    """Raise what today's periods owe; run twice, it raises nothing twice."""
    return raise_duties(actor=None, now=now)


@daily(str(default(WARNED_AT).value))
@job()
def warn_of_ending_rights(now: datetime, slot: str) -> int:
    """Tell holder and giver of each authorisation that ends within the warned days (MD-78); how many are ending.

    Once when it comes within those days and once on its last day: after it whoever speaks has no right (NĐ 244/2026
    Đ3.5). A stop of the machine over the first morning is made good on the next.
    """
    today = datetime.fromisoformat(slot).astimezone(VIETNAM).date()
    ending = ending_everywhere(today)
    for right in ending:
        _warn(right, today, now)
    return len(ending)


def _warn(right: Authorisation, today: date, now: datetime) -> None:
    is_last = right.to_on == today
    when = "hôm nay" if is_last else f"ngày {show_date(right.to_on)}"
    subject = f"Ủy quyền phát ngôn hết hạn {when}: {right.case.number}"
    text = (
        f"Ủy quyền phát ngôn của {right.official} ({right.title}), giấy số {right.number}, hết hạn {when}. "
        "Sau ngày đó người được ủy quyền không còn quyền phát ngôn về vụ việc. "
        "Nếu vụ việc chưa xong, hãy soạn giấy ủy quyền mới trước khi hết hạn."
    )
    # A changed last day, were it ever possible, is another occasion; the last day itself is one too.
    key = f"right:{right.pk}:{right.to_on:%Y%m%d}:{'last' if is_last else 'ahead'}"
    tell(_concerned(right), subject, text, key, now, page=("desk-authorisation", right.pk))


def _concerned(right: Authorisation) -> list[Official]:
    """Who holds the right and who gave it, while they are still here."""
    return [who for who in (right.official, right.signed_by) if who is not None and who.is_active]
