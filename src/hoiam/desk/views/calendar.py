"""Lịch nghỉ: the days off and worked of a year, those announced since, entering and withdrawing one."""

from datetime import date

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.rules import DayForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.calendar import known_years, year_of
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.typed import number_in
from hoiam.handling.actions import announce_day, withdraw_day
from hoiam.handling.models import CalendarDay
from hoiam.handling.queries.calendars import calendar_now


@desk
def days(request: HttpRequest) -> HttpResponse:
    """A year of the calendar; the centre enters what was announced."""
    actor = actor_of(request)
    form = DayForm(request.POST or None)
    if request.method == "POST":
        if turned_away(request, "announce_day", CalendarDay):
            return redirect("desk-calendar")
        if form.is_valid() and _announce(request, form):
            return redirect("desk-calendar")
    rows = CalendarDay.objects.select_related("entered_by", "withdrawn_by").order_by("-pk")
    shown = {
        "form": form,
        "may": authority.can(actor, "announce_day", CalendarDay),
        "rows": [(row, row.recounts.count()) for row in rows[:20]],
        "years": known_years(),
        "year": year_of(calendar_now(), _year(request, actor.today)),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/calendar.html", shown, status=status)


def _year(request: HttpRequest, today: date) -> int:
    asked = number_in(request.GET.get("nam"))
    return asked if asked is not None and asked in known_years() else today.year


def _announce(request: HttpRequest, form: DayForm) -> bool:
    try:
        announce_day(actor=actor_of(request), now=now_of(request), **form.cleaned_data)
    except HoiAmError as error:
        refuse(form, error)
        return False
    except IntegrityError:
        form.add_error("day", "Ngày này vừa được người khác nhập. Tải lại trang để xem.")
        return False
    messages.success(request, "Đã nhập. Mọi hạn đang mở qua ngày này được tính lại trong ít phút.")
    return True


@desk
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Thu hồi một ngày đã nhập."""
    row = get_object_or_404(CalendarDay, pk=pk)
    reason = request.POST.get("reason", "")
    attempt(
        request, withdraw_day, row, reason=reason, done="Đã thu hồi. Các hạn đang được tính lại."
    )
    return redirect("desk-calendar")
