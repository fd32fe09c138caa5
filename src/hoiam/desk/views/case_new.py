"""Mở hồ sơ: a case that no warning brought."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.case_new import CaseNewForm
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.handling.actions import open_case_by_hand


@desk
def new(request: HttpRequest) -> HttpResponse:
    """What was typed is kept whatever goes wrong."""
    start = {"received_at": now_of(request), "channel": request.GET.get("channel", "")}
    form = CaseNewForm(request.POST or None, initial=start, actor=actor_of(request))
    if not form.places:
        messages.error(request, "Chỉ đầu mối truyền thông hoặc lãnh đạo đơn vị được mở hồ sơ.")
        return redirect("desk-cases")
    if request.method == "POST" and form.is_valid():
        agency, typed = form.typed()
        try:
            case = open_case_by_hand(agency, actor=actor_of(request), now=now_of(request), **typed)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã mở {case.number}. Việc tiếp theo: sàng lọc.")
            return redirect("desk-case", pk=case.pk)
    return render(request, "desk/case_new.html", {"form": form}, status=422 if form.errors else 200)
