"""The reports of a case: put in, taken out with a reason, and those of its story that came since."""

from datetime import datetime

from django.db import transaction

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.joining import lead_again
from hoiam.handling.actions.moving import locked_open
from hoiam.handling.models import Case, CaseItem, LeftOutItem
from hoiam.handling.queries import fresh_items
from hoiam.monitoring.models import Item


@transaction.atomic
def add_item(case: Case, *, item: Item, actor: Actor, now: datetime) -> CaseItem:
    """The item as part of the case (a reprint, a later report); one that was taken out comes back.

    Raises:
        InvalidInput: it is already there.
        WrongState: the case is closed.
    """
    case = locked_open(case, "add_item", actor)
    if case.case_items.filter(item=item).exists():
        raise InvalidInput("Bài này đã có trong hồ sơ.", "item")
    case.left_out.filter(item=item).delete()
    added = CaseItem.objects.create(case=case, item=item, added_at=now)
    lead_again(case)
    ledger.write(case, actor=actor, step="add_item", at=now, item=item.pk, title=item.title[:200])
    return added


@transaction.atomic
def add_story_items(case: Case, *, actor: Actor, now: datetime) -> int:
    """How many reports of the case's story that came since are in it now; those once taken out stay out.

    Raises:
        InvalidInput: none came.
        WrongState: the case is closed.
    """
    case = locked_open(case, "add_story_items", actor)
    found = list(fresh_items(case).order_by("at", "pk"))
    if not found:
        raise InvalidInput("Không còn bài mới nào của vụ việc này. Tải lại trang để xem.")
    CaseItem.objects.bulk_create(CaseItem(case=case, item=item, added_at=now) for item in found)
    lead_again(case)
    ledger.write(
        case,
        actor=actor,
        step="add_story_items",
        at=now,
        count=len(found),
        items=[i.pk for i in found],
    )
    return len(found)


@transaction.atomic
def take_out_item(
    case: Case, *, item: Item, reason: str, actor: Actor, now: datetime
) -> LeftOutItem:
    """The item out of the case, kept with its reason and not offered again.

    Raises:
        InvalidInput: it is not in the case, is the only one, a paper is about it, or no reason.
        WrongState: the case is closed.
    """
    case = locked_open(case, "take_out_item", actor)
    row = case.case_items.filter(item=item).first()
    if row is None:
        raise InvalidInput("Bài này không còn trong hồ sơ. Tải lại trang.", "item")
    if not reason.strip():
        raise InvalidInput("Ghi vì sao đưa bài ra khỏi hồ sơ.", "reason")
    if case.case_items.count() == 1:
        raise InvalidInput("Hồ sơ phải còn ít nhất một bài. Thêm bài khác trước.", "item")
    about = case.papers.filter(item=item).exclude(state="withdrawn").first()
    if about is not None:
        raise InvalidInput(f"Văn bản “{about}” nói về bài này. Thu hồi văn bản trước.", "item")
    row.delete()
    lead_again(case)
    kept = LeftOutItem.objects.create(
        case=case, item=item, reason=reason.strip(), by=actor.official, at=now
    )
    ledger.write(
        case,
        actor=actor,
        step="take_out_item",
        at=now,
        reason=reason.strip(),
        item=item.pk,
        title=item.title[:200],
    )
    return kept
