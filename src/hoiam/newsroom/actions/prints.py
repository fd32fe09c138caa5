"""Reprints as people decide about them: entered by hand, confirmed, rejected, looked at again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Channel
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.vietnamese import squash
from hoiam.newsroom.actions.stamps import turn_stamp
from hoiam.newsroom.models import Article, PartnerPrint
from hoiam.newsroom.states.distribution import PRINT_TRANSITIONS, FoundBy, PrintState


@dataclass(frozen=True)
class PrintTyped:
    """A reprint as somebody saw it; `place` is the issue and page, or the hour of broadcast."""

    outlet: str = ""
    channel: Channel | None = None
    title: str = ""
    url: str = ""
    place: str = ""
    printed_at: datetime | None = None


@transaction.atomic
def enter_print(
    article: Article, *, actor: Actor, now: datetime, typed: PrintTyped
) -> PartnerPrint:
    """The reprint a person saw; it needs no other confirmation.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: no outlet, nothing that shows it, a time that cannot be, or the address is entered already.
    """
    authority.check(actor, "enter_print", article)
    outlet = squash(typed.outlet) or (str(typed.channel) if typed.channel else "")
    if not outlet:
        raise InvalidInput("Chọn hoặc ghi tên báo, kênh.", "outlet")
    if not typed.url.strip() and not squash(typed.place):
        raise InvalidInput("Ghi đường dẫn, hoặc số báo và trang, giờ phát sóng.", "url")
    if typed.printed_at is not None and typed.printed_at > now:
        raise InvalidInput("Thời điểm đăng không thể ở phía trước.", "printed_at")
    if typed.printed_at is not None and typed.printed_at < article.published_at:
        raise InvalidInput("Báo đăng trước khi bài lên cổng thì không phải đăng lại.", "printed_at")
    rows = PartnerPrint.objects.system("an address is once an article").filter(article=article)
    if typed.url and rows.filter(url=typed.url.strip()).exists():
        raise InvalidInput("Đường dẫn này đã có ở bài này. Tìm trong danh sách.", "url")
    made = PartnerPrint.objects.create(
        article=article, channel=typed.channel, outlet=outlet[:200], title=squash(typed.title),
        url=typed.url.strip(), place=squash(typed.place)[:150], printed_at=typed.printed_at,
        seen_at=now, found_by=FoundBy.PERSON, state=PrintState.CONFIRMED,
        entered_by=actor.official, decided_by=actor.official, decided_at=now,
    )  # fmt: skip
    ledger.write(made, actor=actor, step="enter_print", at=now, outlet=made.outlet)
    turn_stamp()
    return made


@transaction.atomic
def confirm_print(found: PartnerPrint, *, actor: Actor, now: datetime) -> PartnerPrint:
    """The reprint as true: counted, and told in public.

    Raises:
        NotAllowed, WrongState: as their names say.
    """
    return _moved(found, "confirm_print", actor, now, "")


@transaction.atomic
def reject_print(
    found: PartnerPrint, *, actor: Actor, now: datetime, reason: str = ""
) -> PartnerPrint:
    """The reprint as none; the machine never ties the two again.

    Raises:
        InvalidInput: one that was confirmed is rejected without a reason.
        NotAllowed, WrongState: as their names say.
    """
    return _moved(found, "reject_print", actor, now, reason)


@transaction.atomic
def restore_print(found: PartnerPrint, *, actor: Actor, now: datetime) -> PartnerPrint:
    """The rejected reprint waiting for a decision again.

    Raises:
        NotAllowed, WrongState: as their names say.
    """
    return _moved(found, "restore_print", actor, now, "")


def _moved(
    found: PartnerPrint, verb: str, actor: Actor, now: datetime, reason: str
) -> PartnerPrint:
    rows = PartnerPrint.objects.system("reload under lock").select_for_update(of=("self",))
    row: PartnerPrint = rows.select_related("article").get(pk=found.pk)
    authority.check(actor, verb, row)
    step = PRINT_TRANSITIONS[verb]
    if row.state not in step.sources:
        raise WrongState(
            f"Mục này đang “{row.get_state_display()}”. Tải lại trang để xem ai vừa xử lý."
        )
    if verb == "reject_print" and row.state == PrintState.CONFIRMED and not squash(reason):
        raise InvalidInput("Đã xác nhận rồi: ghi lý do bỏ.", "reason")
    row.state, row.note = step.target, squash(reason)[:300]
    row.decided_by, row.decided_at = actor.official, now
    row.save(update_fields=["state", "note", "decided_by", "decided_at"])
    ledger.write(row, actor=actor, step=verb, at=now, reason=row.note, outlet=row.outlet)
    turn_stamp()
    return row
