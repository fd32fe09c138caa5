"""Pages captured for a case: any address now, or a report of it by a plan."""

from datetime import date, datetime

from django.db import transaction

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.moving import locked, locked_open
from hoiam.handling.models import Case, CaseSnapshot
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import show_date
from hoiam.monitoring.actions.snapshots import plan_item, put_snapshot
from hoiam.monitoring.models import CapturePlan, Item, Snapshot
from hoiam.monitoring.queries.periods import ONE_DAY
from hoiam.monitoring.states import ShotRhythm

LONGEST_PLAN = "MD-60"


@transaction.atomic
def capture_page(
    case: Case, *, actor: Actor, now: datetime, url: str = "", item: Item | None = None
) -> Snapshot:
    """The wish to have a page captured for the case: that of one of its reports, or any address.

    Raises:
        InvalidInput: neither is given, the report is another case's, or the address is no public page.
        WrongState: the case is closed.
    """
    case = locked_open(case, "capture_page", actor)
    if item is not None:
        _of_case(case, item)
    made = put_snapshot(item.url if item else url, actor=actor, now=now, item=item)
    CaseSnapshot.objects.create(case=case, snapshot=made)
    ledger.write(case, actor=actor, step="capture_page", at=now, url=made.url)
    return made


@transaction.atomic
def plan_captures(
    case: Case, *, actor: Actor, now: datetime, item: Item, rhythm: str, until: date
) -> CapturePlan:
    """The plan to capture a report of the case each hour or day until a date; it takes the place of the one before.

    Raises:
        InvalidInput: a day gone by, or one farther than MD-60 allows.
        WrongState: the case is closed.
    """
    case = locked_open(case, "plan_captures", actor)
    _of_case(case, item)
    if rhythm not in ShotRhythm.values:
        raise InvalidInput("Chọn nhịp chụp: mỗi giờ hoặc mỗi ngày.", "rhythm")
    last = actor.today + ONE_DAY * default_number(LONGEST_PLAN)
    if not actor.today <= until <= last:
        raise InvalidInput(f"Chọn ngày từ hôm nay đến {show_date(last)}.", "until")
    if not item.url:
        raise InvalidInput("Bài này không có địa chỉ trang nên không chụp được.", "item")
    made = plan_item(item, rhythm=rhythm, until=until, actor=actor, now=now)
    ledger.write(
        case, actor=actor, step="plan_captures", at=now, item=item.pk, rhythm=rhythm,
        until=until.isoformat(),
    )  # fmt: skip
    return made


@transaction.atomic
def stop_captures(case: Case, *, actor: Actor, now: datetime, plan: CapturePlan) -> CapturePlan:
    """The plan, ended; what was captured stays."""
    case = locked(case)
    authority.check(actor, "stop_captures", case)
    _of_case(case, plan.item)
    plan.next_at = None
    plan.save(update_fields=["next_at"])
    ledger.write(case, actor=actor, step="stop_captures", at=now, item=plan.item_id)
    return plan


def _of_case(case: Case, item: Item) -> None:
    if not case.case_items.filter(item=item).exists():
        raise InvalidInput("Bài đã chọn không thuộc hồ sơ này. Tải lại trang rồi chọn lại.", "item")
