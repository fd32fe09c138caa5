"""The letterhead of an agency: symbol, place, governing body's line, address at the foot, drafter's mark."""

import re
from datetime import datetime

from django.core.cache import cache
from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import TREE_KEY
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import squash

# NĐ 30/2020/NĐ-CP, Phụ lục I, ô 3: capitals, groups joined by "-", no spaces.
SYMBOL = re.compile(r"[A-ZĐÀ-Ỹ0-9]+(-[A-ZĐÀ-Ỹ0-9]+)*")


@transaction.atomic
def save_letterhead(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    symbol: str,
    seat: str,
    governing: str,
    contact: str,
    marks_drafter: bool,
    reason: str,
) -> Agency:
    """The agency with its letterhead changed; papers already numbered stay as they are.

    Raises:
        NotAllowed: the actor is not chief of office or administrator there.
        InvalidInput: the symbol is not one, the place is blank, or it is not said why.
    """
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    authority.check(actor, "save_letterhead", agency)
    symbol = squash(symbol)
    if not SYMBOL.fullmatch(symbol):
        words = "Ký hiệu viết hoa, không dấu cách, các nhóm nối bằng gạch ngang, ví dụ THADSTG."
        raise InvalidInput(words, "symbol")
    if not seat.strip():
        raise InvalidInput("Ghi địa danh đứng trước ngày tháng.", "seat")
    if not reason.strip():
        raise InvalidInput("Ghi lý do sửa thể thức.", "reason")
    new = {
        "symbol": symbol[:40],
        "seat": squash(seat)[:80],
        "governing": squash(governing)[:250],
        "contact": squash(contact)[:250],
        "marks_drafter": marks_drafter,
    }
    changed = {name: value for name, value in new.items() if getattr(agency, name) != value}
    before = {name: getattr(agency, name) for name in changed}
    for name, value in changed.items():
        setattr(agency, name, value)
    agency.save(update_fields=list(changed) or None)
    ledger.write(
        agency,
        actor=actor,
        step="save_letterhead",
        at=now,
        reason=reason.strip(),
        before=before,
        after=changed,
    )
    cache.delete(TREE_KEY)
    return agency
