"""A unit's stricter number for a rule: set with a reason from a day on, ended with a reason, never looser than the law."""

from datetime import date, datetime, timedelta

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import case_agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.models import Tightening
from hoiam.handling.queries.tightenings import binding_on, strictest
from hoiam.kit.rulebook import UNITS, RulebookError, RuleVersion, check_tightening, is_tighter
from hoiam.kit.vietnamese import show_date

ONE_DAY = timedelta(days=1)  # not-law: the day before another


@transaction.atomic
def set_tightening(
    agency: Agency,
    *,
    rule: str,
    number: int,
    valid_from: date,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Tightening:
    """The stricter number of this agency from that day on, for it and the units below; an earlier one ends the day before.

    Raises:
        InvalidInput: no reason, a day past, a rule that cannot be tightened, or a number no stricter than the law's or
            than a superior's.
    """
    authority.check(actor, "set_tightening", agency)
    # NO KEY: rows that only point to the agency may still be written by others.
    agency = Agency.objects.select_for_update(no_key=True, of=("self",)).get(pk=agency.pk)
    if case_agency(agency).pk != agency.pk:
        raise InvalidInput("Hồ sơ đứng tên THADS tỉnh: đặt con số ở trang của tỉnh.")
    if not reason.strip():
        raise InvalidInput("Ghi lý do siết hạn.", "reason")
    if valid_from < actor.today:
        raise InvalidInput(
            f"Chỉ siết từ hôm nay ({show_date(actor.today)}) trở đi; hạn đã chạy giữ nguyên.",
            "valid_from",
        )
    try:
        version = check_tightening(rule, number, valid_from)
    except RulebookError as error:
        raise InvalidInput(str(error), "number") from error
    _not_laxer_than_above(agency, version, number, valid_from)
    earlier = Tightening.objects.system("one number a rule and agency").filter(
        agency=agency, rule=version.rule_id, valid_to=None
    )
    for row in earlier.select_for_update():
        if (row.number, row.valid_from) == (number, valid_from):
            raise InvalidInput("Con số này đã đặt rồi. Tải lại trang để xem.", "number")
        _end(row, valid_from - ONE_DAY, reason, actor)
    made = Tightening.objects.create(
        agency=agency,
        rule=version.rule_id,
        number=number,
        reason=reason.strip(),
        valid_from=valid_from,
        set_by=actor.official,
        set_at=now,
    )
    ledger.write(
        agency,
        actor=actor,
        step="set_tightening",
        at=now,
        reason=reason.strip(),
        rule=version.rule_id,
        number=number,
        law=version.number,
        valid_from=valid_from.isoformat(),
    )
    return made


def _not_laxer_than_above(agency: Agency, version: RuleVersion, number: int, day: date) -> None:
    above = binding_on(agency, day).filter(rule=version.rule_id).exclude(agency=agency)
    row = strictest(version, above)
    if row is not None and not is_tighter(version, number, row.number):
        unit = UNITS[str(version.unit)]
        raise InvalidInput(
            f"{row.agency} đã đặt {row.number} {unit} cho các đơn vị cấp dưới từ {show_date(row.valid_from)}. "
            "Đơn vị chỉ đặt chặt hơn nữa; nếu không cần, để theo con số của cấp trên.",
            "number",
        )


@transaction.atomic
def end_tightening(row: Tightening, *, reason: str, actor: Actor, now: datetime) -> Tightening:
    """The number no longer in force after today; clocks already counted with it keep it.

    Raises:
        InvalidInput: no reason.
        WrongState: it has been ended.
    """
    rows = Tightening.objects.system("reload under lock").select_for_update(of=("self",))
    row = rows.select_related("agency").get(pk=row.pk)
    authority.check(actor, "set_tightening", row.agency)
    if row.valid_to is not None:
        raise WrongState("Con số này đã thôi áp dụng. Tải lại trang để xem.")
    if not reason.strip():
        raise InvalidInput("Ghi lý do thôi siết.", "reason")
    # One that has not begun never will.
    has_begun = row.valid_from <= actor.today
    _end(row, actor.today if has_begun else row.valid_from - ONE_DAY, reason, actor)
    ledger.write(
        row.agency,
        actor=actor,
        step="end_tightening",
        at=now,
        reason=reason.strip(),
        rule=row.rule,
        number=row.number,
    )
    return row


def _end(row: Tightening, last: date, reason: str, actor: Actor) -> None:
    row.valid_to, row.ended_by, row.ended_why = last, actor.official, reason.strip()
    row.save(update_fields=["valid_to", "ended_by", "ended_why"])
