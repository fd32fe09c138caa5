"""Breaches of the procedure of speaking: recorded with what they rest on, handled by somebody else, never asking who told."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.actions.files import SentFile, keep
from hoiam.agencies.models import Agency, Official
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.models import Breach, Case
from hoiam.handling.states import BreachHandling, BreachKind
from hoiam.kit.vietnamese import VIETNAM, squash


@transaction.atomic
def record_breach(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    happened_on: date,
    text: str,
    found_by: str,
    basis: str,
    official: Official | None = None,
    case: Case | None = None,
    file: SentFile | None = None,
) -> Breach:
    """The breach on the register.

    Raises:
        InvalidInput: unknown kind, a day ahead, or what, by whom or on what ground is missing; a case of another agency.
    """
    authority.check(actor, "record_breach", agency)
    if kind not in BreachKind.values:
        raise InvalidInput("Chọn loại vi phạm.", "kind")
    if happened_on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày xảy ra không thể ở phía trước.", "happened_on")
    for value, field, words in (
        (text, "text", "nội dung vi phạm"),
        (found_by, "found_by", "ai phát hiện"),
        (basis, "basis", "căn cứ: điều khoản hoặc quy chế bị vi phạm"),
    ):
        if not value.strip():
            raise InvalidInput(f"Ghi {words}.", field)
    if case is not None and case.agency_id != agency.pk:
        raise InvalidInput("Hồ sơ đã chọn không phải của cơ quan này.", "case")
    blob, name = keep(file)
    made = Breach.objects.create(
        agency=agency,
        kind=kind,
        happened_on=happened_on,
        official=official,
        case=case,
        text=text.strip(),
        found_by=squash(found_by)[:150],
        basis=squash(basis)[:250],
        recorded_by=actor.official,
        recorded_at=now,
        blob=blob,
        file_name=name,
    )
    ledger.write(made, actor=actor, step="record_breach", at=now, kind=kind, agency=agency.code)
    return made


@transaction.atomic
def handle_breach(
    breach: Breach, *, actor: Actor, now: datetime, handling: str, handled_on: date, result: str
) -> Breach:
    """The breach with how it was handled and what came of it.

    Raises:
        InvalidInput: unknown handling, no result, or a day ahead or before the breach.
        NotAllowed: the person named in it does not judge himself.
        WrongState: it was handled already.
    """
    rows = Breach.objects.system("reload under lock").select_for_update(of=("self",))
    breach = rows.select_related("agency").get(pk=breach.pk)
    authority.check(actor, "handle_breach", breach)
    if breach.handling:
        raise WrongState("Vi phạm này đã có kết quả xử lý. Tải lại trang để xem.")
    if handling not in BreachHandling.values:
        raise InvalidInput("Chọn hình thức xử lý.", "handling")
    if not result.strip():
        raise InvalidInput("Ghi kết quả: văn bản số nào, ai ký, đã khắc phục gì.", "result")
    if not breach.happened_on <= handled_on <= now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày xử lý phải sau ngày xảy ra và không ở phía trước.", "handled_on")
    breach.handling, breach.result, breach.handled_on = handling, result.strip(), handled_on
    breach.handled_by, breach.handled_at = actor.official, now
    breach.save()
    ledger.write(breach, actor=actor, step="handle_breach", at=now, handling=handling)
    return breach
