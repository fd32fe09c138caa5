"""The foot of the public pages: who answers for their content, and where the house is reached (TT 32/2017 Đ16)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.kit.vietnamese import nfc, squash
from hoiam.newsroom.actions.stamps import turn_stamp
from hoiam.newsroom.models import PortalFoot

LONGEST = {"responsible": 150, "title": 150, "address": 250, "phone": 60, "email": 250}
MISSING = {
    "responsible": "Ghi họ và tên người chịu trách nhiệm nội dung.",
    "title": "Ghi chức vụ của người chịu trách nhiệm.",
    "address": "Ghi địa chỉ trụ sở.",
    "phone": "Ghi số điện thoại.",
    "email": "Ghi thư điện tử.",
}


@transaction.atomic
def save_portal_foot(
    agency: Agency, *, actor: Actor, now: datetime, seen: int | None = None, **typed: str
) -> PortalFoot:
    """The foot of every public page from now on.

    Args:
        typed: responsible, title, address, phone, email; all are owed.
        seen: the version the actor had before the eyes.

    Raises:
        NotAllowed: the actor does not keep the portal.
        InvalidInput: something is missing, too long or no mail address.
        Conflict: somebody saved it since.
    """
    authority.check(actor, "save_portal_foot", agency)
    said = {name: _said(name, typed.get(name, "")) for name in LONGEST}
    try:
        validate_email(said["email"])
    except ValidationError as error:
        raise InvalidInput("Thư điện tử chưa đúng. Viết như ten@coquan.gov.vn.", "email") from error
    foot = PortalFoot.objects.select_for_update().filter(pk=1).first() or PortalFoot(pk=1)
    if seen is not None and seen != foot.version:
        raise Conflict("Người khác vừa sửa chân trang. Những gì bạn gõ vẫn còn; xem lại rồi lưu lần nữa.")  # fmt: skip
    for name, value in said.items():
        setattr(foot, name, value)
    foot.version += 1
    foot.save()
    ledger.write(foot, actor=actor, step="save_portal_foot", at=now, **said)
    turn_stamp()
    return foot


def _said(name: str, text: str) -> str:
    said = squash(nfc(text))
    if not said:
        raise InvalidInput(MISSING[name], name)
    if len(said) > LONGEST[name]:
        raise InvalidInput(f"Dài quá {LONGEST[name]} ký tự. Rút gọn lại.", name)
    return said
