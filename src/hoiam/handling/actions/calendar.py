"""Days announced by the Prime Minister, entered at the centre over the calendar that ships; withdrawn with a reason."""

from datetime import date, datetime

from django.db import transaction

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.models import CalendarDay
from hoiam.handling.queries.calendars import calendar_now, forget_calendar
from hoiam.handling.states import DayKind
from hoiam.kit.rulebook import national_calendar
from hoiam.kit.vietnamese import show_date, show_weekday


@transaction.atomic
def announce_day(
    *, day: date, kind: str, name: str, source: str, actor: Actor, now: datetime
) -> CalendarDay:
    """The day over the calendar; every open clock it touches is counted again in the background.

    Args:
        source: the paper that announced it.

    Raises:
        InvalidInput: something is missing, the year is one without a calendar, or the day is so already.
    """
    authority.check(actor, "announce_day", CalendarDay)
    if kind not in DayKind.values:
        raise InvalidInput("Chọn “Nghỉ” hoặc “Làm bù, làm việc”.", "kind")
    if not name.strip():
        raise InvalidInput("Ghi tên ngày, ví dụ “nghỉ hoán đổi dịp 24/11”.", "name")
    if not source.strip():
        raise InvalidInput("Ghi số, ký hiệu, ngày của văn bản thông báo.", "source")
    if national_calendar().grade_of(day.year) is None:
        raise InvalidInput(
            f"Năm {day.year} chưa có lịch trong sản phẩm. Kiểm tra lại năm; nếu đúng, chờ bản cập nhật lịch.",
            "day",
        )
    _refuse_as_it_is(day, kind)
    row = CalendarDay.objects.create(
        day=day,
        kind=kind,
        name=name.strip()[:120],
        source=source.strip()[:250],
        entered_by=actor.official,
        entered_at=now,
    )
    ledger.write(
        row,
        actor=actor,
        step="announce_day",
        at=now,
        reason=row.source,
        day=day.isoformat(),
        kind=str(kind),
        name=row.name,
    )
    return _changed(row, now)


def _refuse_as_it_is(day: date, kind: str) -> None:
    # Who entered first is seen here; two at the same moment meet the constraint of the table.
    rows = CalendarDay.objects.select_for_update().filter(day=day, withdrawn_at=None)
    known = rows.first()
    if known is not None:
        raise InvalidInput(
            f"Ngày {show_date(day)} đã nhập là “{known.get_kind_display()}” ({known.name}). "
            "Nếu sai, thu hồi dòng đó trước.",
            "day",
        )
    calendar, told = calendar_now(), f"{show_weekday(day)} {show_date(day)}"
    if kind == DayKind.OFF and not calendar.is_working(day):
        raise InvalidInput(f"{told} vốn đã nghỉ ({calendar.reason_off(day)}).", "day")
    if kind == DayKind.WORK and calendar.is_working(day):
        raise InvalidInput(f"{told} vốn là ngày làm việc.", "day")


@transaction.atomic
def withdraw_day(row: CalendarDay, *, reason: str, actor: Actor, now: datetime) -> CalendarDay:
    """The day as if it had not been announced; clocks it had moved are counted again.

    Raises:
        InvalidInput: no reason.
        WrongState: it was withdrawn before.
    """
    authority.check(actor, "announce_day", CalendarDay)
    row = CalendarDay.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.withdrawn_at is not None:
        raise WrongState("Ngày này đã thu hồi. Tải lại trang để xem.")
    if not reason.strip():
        raise InvalidInput("Ghi lý do thu hồi.", "reason")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = now, actor.official, reason.strip()
    row.recounted_at = None
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why", "recounted_at"])
    ledger.write(
        row,
        actor=actor,
        step="withdraw_day",
        at=now,
        reason=reason.strip(),
        day=row.day.isoformat(),
    )
    return _changed(row, now)


def _changed(row: CalendarDay, now: datetime) -> CalendarDay:
    transaction.on_commit(forget_calendar)
    outbox.post("calendar_changed", row.pk, at=now)
    return row
