"""The register of accredited reporters of one agency: entered, confirmed again with their office, ended."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency, PressAgency, Reporter
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.models import Accreditation
from hoiam.kit.vietnamese import VIETNAM, nfc, person_sort_key, squash


@transaction.atomic
def accredit_reporter(
    agency: Agency,
    *,
    press_agency: PressAgency,
    full_name: str,
    valid_from: date,
    confirmed_on: date,
    actor: Actor,
    now: datetime,
    card_number: str = "",
    area: str = "",
    confirmed_with: str = "",
    valid_to: date | None = None,
) -> Accreditation:
    """The reporter as accredited; the same name at the same press agency is the same reporter.

    Raises:
        NotAllowed: the actor may not at this agency.
        InvalidInput: name or office missing, days that cannot be, or an accreditation that still stands.
    """
    authority.check(actor, "accredit_reporter", agency)
    name = squash(nfc(full_name))
    if press_agency is None:
        raise InvalidInput("Chọn cơ quan báo chí.", "press_agency")
    if not name:
        raise InvalidInput("Ghi họ và tên phóng viên.", "full_name")
    _days(valid_from, valid_to, confirmed_on, now)
    reporter, _ = Reporter.objects.get_or_create(
        full_name=name[:120],
        press_agency=press_agency,
        defaults={"sort_key": person_sort_key(name)},
    )
    rows = Accreditation.objects.system("one standing accreditation a reporter")
    if rows.filter(agency=agency, reporter=reporter, valid_to=None).exists():
        raise InvalidInput(f"{name} đã có trong danh sách. Hãy xác nhận lại dòng đó.", "full_name")
    made = Accreditation.objects.create(
        agency=agency, reporter=reporter, press_agency=press_agency, card_number=squash(card_number)[:40],
        valid_from=valid_from, valid_to=valid_to, area=squash(nfc(area))[:250], confirmed_on=confirmed_on,
        confirmed_with=squash(nfc(confirmed_with))[:250], recorded_by=actor.official, recorded_at=now,
        fictional=agency.fictional,
    )  # fmt: skip
    ledger.write(made, actor=actor, step="accredit_reporter", at=now, reporter=name)
    return made


def _days(first: date, last: date | None, confirmed: date, now: datetime) -> None:
    if last is not None and last < first:
        raise InvalidInput("Ngày hết phải từ ngày bắt đầu trở đi.", "valid_to")
    if confirmed > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày tòa soạn xác nhận không thể ở phía trước.", "confirmed_on")


@transaction.atomic
def confirm_accreditation(
    accreditation: Accreditation, *, confirmed_on: date, confirmed_with: str, actor: Actor, now: datetime
) -> Accreditation:  # fmt: skip
    """The accreditation as its office confirmed it again.

    Raises:
        WrongState: it has ended.
        InvalidInput: a day ahead or before the last one, or it is not said with whom.
    """
    accreditation = _standing(accreditation, "confirm_accreditation", actor)
    _days(accreditation.valid_from, None, confirmed_on, now)
    if confirmed_on < accreditation.confirmed_on:
        raise InvalidInput("Lần xác nhận mới không thể trước lần đã ghi.", "confirmed_on")
    if not confirmed_with.strip():
        raise InvalidInput("Ghi đã hỏi ai ở tòa soạn, bằng cách nào.", "confirmed_with")
    accreditation.confirmed_on = confirmed_on
    accreditation.confirmed_with = squash(nfc(confirmed_with))[:250]
    accreditation.save(update_fields=["confirmed_on", "confirmed_with"])
    ledger.write(
        accreditation, actor=actor, step="confirm_accreditation", at=now,
        reason=accreditation.confirmed_with, day=confirmed_on.isoformat(),
    )  # fmt: skip
    return accreditation


@transaction.atomic
def end_accreditation(
    accreditation: Accreditation, *, valid_to: date, reason: str, actor: Actor, now: datetime
) -> Accreditation:
    """The accreditation with its last day.

    Raises:
        WrongState: it has ended before.
        InvalidInput: the day lies before its beginning, or no reason.
    """
    accreditation = _standing(accreditation, "end_accreditation", actor)
    _days(accreditation.valid_from, valid_to, accreditation.valid_from, now)
    if not reason.strip():
        raise InvalidInput("Ghi lý do thôi theo dõi.", "reason")
    accreditation.valid_to = valid_to
    accreditation.save(update_fields=["valid_to"])
    ledger.write(
        accreditation, actor=actor, step="end_accreditation", at=now, reason=reason.strip(),
        day=valid_to.isoformat(),
    )  # fmt: skip
    return accreditation


def _standing(accreditation: Accreditation, step: str, actor: Actor) -> Accreditation:
    rows = Accreditation.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("reporter", "press_agency").get(pk=accreditation.pk)
    authority.check(actor, step, found)
    if found.valid_to is not None:
        raise WrongState("Dòng này đã kết thúc. Ghi dòng mới nếu phóng viên trở lại.")
    return found
