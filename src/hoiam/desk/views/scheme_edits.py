"""Writing schemes, plans and campaigns by hand while they are drafts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.schemes import (
    CampaignForm,
    HeadForm,
    PlanForm,
    QuotaForm,
    TaskForm,
    ThemesForm,
    picked,
    task_initial,
)
from hoiam.desk.guard import turned_away
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.scheme_papers import own_agency
from hoiam.desk.views.schemes import scheme_of
from hoiam.kit.rulebook import default
from hoiam.scheme import actions
from hoiam.scheme.actions.plans import CampaignFields
from hoiam.scheme.actions.scheme_values import SchemeFields, fields_of
from hoiam.scheme.actions.source_papers import task_fields
from hoiam.scheme.models import Quota, Scheme, Task
from hoiam.scheme.queries.parts import names_in, titles_of
from hoiam.scheme.queries.units import Register, agency_classes

PIECES = "MD-111"
TRADITION = "Ngày truyền thống Thi hành án dân sự 19/7"
NOT_YOURS = "Chỉ Cục và THADS tỉnh lập Đề án, kế hoạch. Đơn vị bạn xem và thực hiện việc đã giao."


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A scheme or plan written by hand."""
    agency = own_agency(request)
    if agency is None:
        messages.error(request, NOT_YOURS)
        return redirect("desk-schemes")
    form = HeadForm(request.POST or None, initial={"issuer": agency.full_name})
    if request.method == "POST" and form.is_valid():
        made = _tried(request, form, actions.create_scheme, agency, fields=form.values())
        if made is not None:
            return redirect("desk-scheme", pk=made.pk)
    return _page(request, form, "Soạn Đề án, kế hoạch mới")


def _tried(request: HttpRequest, form: Any, action: Any, *args: Any, **kwargs: Any) -> Any:
    """What the action gives back; None when it refused, which the form then shows."""
    try:
        return action(*args, actor=actor_of(request), now=now_of(request), **kwargs) or True
    except HoiAmError as error:
        refuse(form, error)
        return None


def _page(
    request: HttpRequest, form: Any, title: str, scheme: Scheme | None = None, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "scheme": scheme, "offers": getattr(form, "offers", []), **more}  # fmt: skip
    return render(request, "desk/schemes/edit.html", context, status=422 if form.errors else 200)


@desk
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of a draft."""
    found = scheme_of(request, pk)
    if turned_away(request, "edit_scheme", found):
        return redirect("desk-scheme", pk=pk)
    initial = {name: getattr(found, name) for name in SchemeFields.__dataclass_fields__}
    form = HeadForm(request.POST or None, initial=initial)
    write = lambda: _tried(request, form, actions.edit_scheme, found, fields=form.values())  # noqa: E731
    return _mended(request, form, write, "Sửa thông tin chung", found)


def _mended(
    request: HttpRequest, form: Any, write: Callable[[], Any], title: str, found: Scheme
) -> HttpResponse:
    """To the draft once what was typed is written, else the form with what is wrong."""
    if request.method == "POST" and form.is_valid() and write():
        return redirect("desk-scheme", pk=found.pk)
    return _page(request, form, title, found)


@desk
def themes(request: HttpRequest, pk: int) -> HttpResponse:
    """The core content themes of a draft."""
    found = scheme_of(request, pk)
    if turned_away(request, "edit_scheme", found):
        return redirect("desk-scheme", pk=pk)
    texts = found.themes.values_list("text", flat=True)
    form = ThemesForm(request.POST or None, initial={"themes": "\n".join(texts)})
    write = lambda: _tried(request, form, actions.save_themes, found, themes=form.row())  # noqa: E731
    return _mended(request, form, write, "Sửa chủ đề trọng tâm", found)


@desk
def task(request: HttpRequest, pk: int, task: int | None = None) -> HttpResponse:
    """One task of a draft, new or changed."""
    found = scheme_of(request, pk)
    if turned_away(request, "edit_scheme", found):
        return redirect("desk-scheme", pk=pk)
    there = get_object_or_404(found.tasks.select_related("theme"), pk=task) if task else None
    form = _task_form(request, found, there)
    if request.method == "POST" and form.is_valid():
        fields = task_fields(form.row(), {})
        made = _tried(request, form, actions.save_task, found, fields=fields, task=there)
        if made is not None:
            messages.success(request, f"Đã lưu nhiệm vụ {made.ref}.")
            return redirect("desk-scheme", pk=pk)
    title = f"Sửa nhiệm vụ {there.ref}" if there else "Thêm nhiệm vụ"
    return _page(request, form, title, found)


def _task_form(request: HttpRequest, found: Scheme, there: Task | None) -> TaskForm:
    row = vars(fields_of(there)) if there else {"rhythm": "continuous"}
    titles = titles_of(there.units, names_in([there])) if there else {}
    return TaskForm(
        picked(request.POST) if request.method == "POST" else None,
        register=Register(found.issued_on, actor_of(request).today),
        themes=list(found.themes.values_list("text", flat=True)),
        initial=task_initial(row, titles),
    )


@desk
@require_POST
def remove_task(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """A task taken out of a draft."""
    found = scheme_of(request, pk)
    there = get_object_or_404(found.tasks.select_related("scheme"), pk=task)
    attempt(request, actions.remove_task, there, done=f"Đã bỏ nhiệm vụ {there.ref}.")
    return redirect("desk-scheme", pk=pk)


@desk
def quota(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """What is owed in a task of a draft."""
    found = scheme_of(request, pk)
    if turned_away(request, "edit_scheme", found):
        return redirect("desk-scheme", pk=pk)
    there = get_object_or_404(found.tasks.select_related("scheme"), pk=task)
    form = QuotaForm(
        picked(request.POST) if request.method == "POST" else None,
        register=Register(found.issued_on, actor_of(request).today),
    )
    write = lambda: _tried(request, form, actions.add_quota, there, fields=form.values())  # noqa: E731
    return _mended(request, form, write, f"Thêm chỉ tiêu cho nhiệm vụ {there.ref}", found)


@desk
@require_POST
def remove_quota(request: HttpRequest, pk: int, quota: int) -> HttpResponse:
    """A quota taken out of a draft."""
    found = scheme_of(request, pk)
    rows = Quota.objects.filter(task__scheme=found).select_related("task__scheme")
    attempt(request, actions.remove_quota, get_object_or_404(rows, pk=quota), done="Đã bỏ chỉ tiêu.")  # fmt: skip
    return redirect("desk-scheme", pk=pk)


@desk
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One year's plan of one's own agency under a scheme."""
    found, agency = scheme_of(request, pk), own_agency(request)
    if agency is None:
        messages.error(request, NOT_YOURS)
        return redirect("desk-scheme", pk=pk)
    form = PlanForm(request.POST or None, initial={"year": actor_of(request).today.year})
    if request.method == "POST" and form.is_valid():
        made = _tried(request, form, actions.derive_yearly_plan, found, owner=agency, **form.cleaned_data)  # fmt: skip
        if made is not None:
            messages.success(request, "Đã lập bản soạn kế hoạch năm. Sửa cho đúng rồi giao thực hiện.")  # fmt: skip
            return redirect("desk-scheme", pk=made.pk)
    return _page(request, form, f"Lập kế hoạch năm của {agency}", found, note=PLAN_NOTE)


PLAN_NOTE = (
    "Nhiệm vụ chạy trong năm và có giao cho đơn vị bạn hoặc đơn vị trực thuộc được chép sang, "
    "ngày tháng theo năm; sau đó sửa, thêm, bỏ trong bản soạn."
)


@desk
def campaign(request: HttpRequest) -> HttpResponse:
    """A campaign with what every unit owes in it; the Traditional Day is offered first."""
    agency = own_agency(request)
    if agency is None:
        messages.error(request, NOT_YOURS)
        return redirect("desk-schemes")
    form = CampaignForm(
        picked(request.POST) if request.method == "POST" else None,
        register=Register(None, actor_of(request).today),
        initial=_tradition(request, agency),
    )
    if request.method == "POST" and form.is_valid():
        fields = CampaignFields(**form.cleaned_data)
        made = _tried(request, form, actions.create_campaign, agency, fields=fields)
        if made is not None:
            return redirect("desk-scheme", pk=made.pk)
    note = "Điền sẵn cho Ngày truyền thống 19/7, mỗi cơ quan một bài (mặc định sản phẩm – cần cơ quan xác nhận); sửa cho đợt khác."
    return _page(request, form, "Mở đợt truyền thông", note=note)


def _tradition(request: HttpRequest, agency: Agency) -> dict[str, Any]:
    today = actor_of(request).today
    day = today.replace(month=7, day=19)
    if day < today:
        day = day.replace(year=day.year + 1)
    everyone = "system" if agency.level == "centre" else "agencies"
    return {
        "title": f"Đợt truyền thông {TRADITION}/{day.year}",
        "starts_on": day.replace(day=1),
        "ends_on": day,
        "units": agency_classes()[everyone].title,
        "count": default(PIECES).value,
    }


@desk
@require_POST
def ready(request: HttpRequest, key: str) -> HttpResponse:
    """A scheme that ships with the product, entered as a draft."""
    agency = own_agency(request)
    if agency is None:
        messages.error(request, NOT_YOURS)
        return redirect("desk-schemes")
    made = attempt(request, actions.load_ready_scheme, agency, key=key, done="Đã nhập bản soạn. Xem lại rồi giao thực hiện.")  # fmt: skip
    return redirect("desk-scheme", pk=made.pk) if made else redirect("desk-schemes")
