"""Báo tin và leo thang: a unit's rules of telling, its lines, and what was sent over them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_visible_to, case_agency
from hoiam.agencies.states import Level
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.notices import LineForm, RoutingForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.notices import line_row
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.monitoring.actions import deliveries
from hoiam.monitoring.actions import lines as keeping
from hoiam.monitoring.actions import routing as verbs
from hoiam.monitoring.defaults import badge
from hoiam.monitoring.models import Delivery, UnitLine
from hoiam.monitoring.queries.notices import lines_visible_to
from hoiam.monitoring.queries.routing import routing_of
from hoiam.monitoring.states import Carrier

PER_PAGE = 30


def _unit(request: HttpRequest, pk: int) -> Agency:
    return get_object_or_404(agencies_visible_to(actor_of(request)), pk=pk)


@desk
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is told and when it goes up: read by the unit, changed by its head or administrator."""
    actor, unit = actor_of(request), _unit(request, pk)
    if case_agency(unit).pk != unit.pk:
        return redirect("desk-routing", pk=case_agency(unit).pk)
    kept = routing_of(unit)
    may = authority.can(actor, "save_routing", unit)
    form = RoutingForm(request.POST or None, rows=kept, is_centre=unit.level == Level.CENTRE)
    if request.method == "POST":
        if turned_away(request, "save_routing", unit):
            return redirect("desk-routing", pk=pk)
        if form.is_valid() and _save(request, unit, form):
            return redirect("desk-routing", pk=pk)
    if not may:
        for field in form.fields.values():
            field.disabled = True
    shown = {"unit": unit, "form": form, "may": may, "is_own": kept.is_own, "badge": badge()}
    return render(request, "desk/routing.html", shown)


def _save(request: HttpRequest, unit: Agency, form: RoutingForm) -> bool:
    try:
        verbs.save_routing(unit, actor=actor_of(request), now=now_of(request), **form.typed())
    except HoiAmError as error:
        refuse(form, error)
        return False
    messages.success(request, "Đã lưu quy tắc báo tin và leo thang.")
    return True


@desk
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the product defaults."""
    unit = _unit(request, pk)
    attempt(request, verbs.reset_routing, unit, done="Đã về mặc định của sản phẩm.")
    return redirect("desk-routing", pk=pk)


@desk
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's webhooks and chat services, and adding one."""
    actor, unit = actor_of(request), _unit(request, pk)
    may = authority.allowed(actor, ["add_line", "add_chat"], unit)
    form = LineForm(request.POST or None, may_chat="add_chat" in may)
    if request.method == "POST":
        if turned_away(request, "add_line", unit):
            return redirect("desk-lines", pk=pk)
        if form.is_valid():
            try:
                made = keeping.add_line(unit, actor=actor, now=now_of(request), **form.cleaned_data)
            except HoiAmError as error:
                refuse(form, error)
            else:
                messages.success(request, "Đã thêm kênh. Hãy bấm “Gửi thử”.")
                return redirect("desk-line", pk=made.pk)
    found = lines_visible_to(actor).filter(agency=unit)
    shown = {"unit": unit, "form": form, "lines": found, "may": "add_line" in may}
    return render(request, "desk/lines.html", shown)


def _line(request: HttpRequest, pk: int) -> UnitLine:
    return get_object_or_404(lines_visible_to(actor_of(request)), pk=pk)


@desk
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """One line: its figures and every sending, with the button that sends again."""
    found, now = _line(request, pk), now_of(request)
    may = authority.can(actor_of(request), "replay", found)
    sent = Delivery.objects.narrowed(line=found).order_by("-pk")
    page = Paginator(sent, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/line.html",
        {
            "line": found,
            "is_webhook": found.carrier == Carrier.WEBHOOK,
            "page": page,
            "rows": [line_row(delivery, now, may=may) for delivery in page],
            "may": may,
        },
    )


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One press on a line: try, pause, run, a new secret."""
    found = _line(request, pk)
    if verb == "try":
        done = "Đang gửi thử. Tải lại trang sau ít giây để xem kết quả."
        attempt(request, keeping.try_line, found, done=done)
    elif verb == "pause":
        attempt(request, keeping.pause_line, found, paused=True, done="Đã tạm dừng kênh.")
    elif verb == "run":
        attempt(request, keeping.pause_line, found, paused=False, done="Kênh chạy lại.")
    elif verb == "secret":
        done = "Đã tạo khóa ký mới. Hãy đưa khóa này cho bên nhận."
        attempt(request, keeping.renew_secret, found, done=done)
    return redirect("desk-line", pk=pk)


@desk
@require_POST
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Gửi lại: the same body once more."""
    seen = lines_visible_to(actor_of(request)).values("pk")
    rows = Delivery.objects.narrowed(line__in=seen).select_related("line__agency", "warning")
    delivery = get_object_or_404(rows, pk=pk)
    attempt(request, deliveries.replay, delivery, done="Đang gửi lại.")
    return redirect("desk-line", pk=delivery.line_id)
