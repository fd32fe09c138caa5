"""Theo dõi: the triage list, clipping by hand, and opening a case from a row."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import FetchError
from hoiam.desk.context import tab_counts
from hoiam.desk.forms.watch import (
    AssignForm,
    ClipForm,
    DismissForm,
    DuplicateForm,
    FilterForm,
    OpenCaseForm,
    SnoozeForm,
)
from hoiam.desk.presenters.watch import news_row
from hoiam.desk.rim import actor_of, attempt, back, desk, now_of, refuse
from hoiam.handling.actions import open_case as opening
from hoiam.kit.news import Page
from hoiam.monitoring.actions import triage as verbs
from hoiam.monitoring.actions.clip import ClipDetails, ClippedFile
from hoiam.monitoring.actions.clip import clip as clipping
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.pages import read_page
from hoiam.monitoring.models import Warning
from hoiam.monitoring.queries import (
    silent_sources,
    triage_list,
    warnings_visible_to,
    with_what_a_row_shows,
)
from hoiam.monitoring.queries.notices import open_bursts

PER_PAGE = 30
BURSTS_SHOWN = 5
TABS = (
    ("open", "Cần xử lý"),
    ("new", "Chưa nhận"),
    ("taken", "Đang xử lý"),
    ("read", "Đã đọc, vào hồ sơ"),
    ("dismissed", "Đã bỏ"),
    ("all", "Tất cả"),
)
UNDO = "watch.undo"
UNDO_SECONDS = 10


@desk
def triage(request: HttpRequest) -> HttpResponse:
    """The list of one tab, narrowed by the filters in the address."""
    actor, now = actor_of(request), now_of(request)
    tab = request.GET.get("tab", "open")
    form = FilterForm(request.GET or None, actor=actor)
    rows = triage_list(actor, now=now, tab=tab, **form.narrowing(now))
    counts = tab_counts(request)
    pages = Paginator(with_what_a_row_shows(rows), PER_PAGE)
    if not form.has_changed():
        # The tab's count is already known: the list is not counted a second time.
        pages.count = counts.get(tab, counts["open"])
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "desk/watch.html",
        {
            "filters": form,
            "tabs": [(key, label, counts[key]) for key, label in TABS],
            "tab": tab if tab in counts else "open",
            "page": page,
            "rows": [news_row(warning, actor, now) for warning in page],
            "undo": _undo(request),
            "bursts": open_bursts(actor)[:BURSTS_SHOWN],
            "silent": cache.get_or_set("watch.silent", lambda: silent_sources().count(), 60),
        },
    )


def _undo(request: HttpRequest) -> dict[str, Any] | None:
    """The row just settled, while it may be taken back with one press."""
    kept = request.session.get(UNDO)
    left = UNDO_SECONDS - (now_of(request).timestamp() - kept["at"]) if kept else 0
    if left <= 0:
        return None
    return {"text": kept["text"], "url": kept["url"], "seconds": int(left) + 1}


def _warning(request: HttpRequest, pk: int) -> Warning:
    rows = warnings_visible_to(actor_of(request)).select_related("story__lead_item", "agency")
    return get_object_or_404(rows, pk=pk)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One press on a row: take, read, dismiss, restore."""
    warning = _warning(request, pk)
    if verb == "dismiss":
        form = DismissForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Chọn lý do tin không liên quan.")
            return back(request, reverse("desk-watch"))
        done = attempt(request, verbs.dismiss, warning, **form.cleaned_data)
        if done:
            _offer_undo(
                request,
                warning,
                f"Đã bỏ: “{warning.story.title}” · lý do: {done.get_dismissal_display()}",
            )
    elif verb == "take":
        attempt(request, verbs.take, warning, done="Đã nhận. Tin ở mục Đang xử lý.")
    elif verb == "read":
        if attempt(request, verbs.mark_read, warning):
            _offer_undo(request, warning, f"Đã đọc: “{warning.story.title}”")
    elif verb == "restore":
        request.session.pop(UNDO, None)
        attempt(request, verbs.restore, warning, done="Đã đưa tin trở lại danh sách.")
    return back(request, reverse("desk-watch"))


def _offer_undo(request: HttpRequest, warning: Warning, text: str) -> None:
    request.session[UNDO] = {
        "text": text,
        "url": reverse("desk-warning-act", args=[warning.pk, "restore"]),
        "at": now_of(request).timestamp(),
    }


def _ask(
    request: HttpRequest, warning: Warning, form: Any, title: str, button: str, hint: str = ""
) -> HttpResponse:
    """A page with one small form about one row."""
    context = {"warning": warning, "form": form, "ask": title, "button": button, "hint": hint}
    return render(request, "desk/warning_form.html", context)


@desk
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Chuyển: put the row before another unit or a person."""
    warning = _warning(request, pk)
    form = AssignForm(request.POST or None, actor=actor_of(request), warning=warning)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.assign_warning(
                warning, actor=actor_of(request), now=now_of(request), **form.cleaned_data
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã chuyển tin.")
            return redirect("desk-watch")
    return _ask(request, warning, form, "Chuyển tin", "Chuyển")


@desk
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Trùng: name the row that tells the same."""
    warning = _warning(request, pk)
    form = DuplicateForm(request.POST or None, actor=actor_of(request), warning=warning)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.mark_duplicate(
                warning, actor=actor_of(request), now=now_of(request), **form.cleaned_data
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            _offer_undo(request, warning, f"Đã đánh dấu trùng: “{warning.story.title}”")
            return redirect("desk-watch")
    return _ask(
        request,
        warning,
        form,
        "Đánh dấu trùng",
        "Đánh dấu trùng",
        "Các bài sẽ được gộp về tin gốc.",
    )


@desk
def snooze(request: HttpRequest, pk: int) -> HttpResponse:
    """Hẹn lại: the row comes back at a moment; its due time does not move."""
    warning = _warning(request, pk)
    start = {"until": SnoozeForm.tomorrow(now_of(request))}
    form = SnoozeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.snooze(warning, actor=actor_of(request), now=now_of(request), **form.cleaned_data)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã hẹn. Hạn sàng lọc không đổi.")
            return redirect("desk-watch")
    return _ask(
        request,
        warning,
        form,
        "Hẹn lại",
        "Hẹn lại",
        "Hạn sàng lọc vẫn chạy, không dời theo giờ hẹn.",
    )


@desk
def open_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Mở hồ sơ: the matter becomes a case of the agency."""
    warning = _warning(request, pk)
    start = {"title": warning.story.title, "received_at": now_of(request)}
    form = OpenCaseForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            case = opening(
                warning, actor=actor_of(request), now=now_of(request), **form.cleaned_data
            )
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, f"Đã mở {case.number}. Việc tiếp theo: sàng lọc.")
            return redirect("desk-case", pk=case.pk)
    return _ask(request, warning, form, "Mở hồ sơ xử lý", "Mở hồ sơ")


@desk
def clip(request: HttpRequest) -> HttpResponse:
    """Ghi nhận tin ngoài nguồn: what was typed is kept whatever goes wrong."""
    form = ClipForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        incoming = _incoming(request, form)
        if incoming is not None:
            try:
                item = clipping(
                    incoming,
                    _details(form.cleaned_data),
                    actor=actor_of(request),
                    now=now_of(request),
                    file=_file(form.cleaned_data["file"]),
                )
            except HoiAmError as error:
                refuse(form, error)
            else:
                messages.success(request, "Đã ghi nhận. Tin đã vào danh sách Theo dõi.")
                return redirect("desk-story", pk=item.story_id)
    return render(request, "desk/clip.html", {"form": form})


def _incoming(request: HttpRequest, form: ClipForm) -> Incoming | None:
    """What was typed, completed by the page when there is an address; None when neither gives a title."""
    data = form.cleaned_data
    typed = Incoming(
        title=data["title"],
        url=data["url"],
        sapo=data["sapo"],
        outlet=data["outlet"],
        published_at=data["published_at"],
        published_from="person" if data["published_at"] else "",
    )
    if not data["url"]:
        return typed
    try:
        read = read_page(data["url"], actor=actor_of(request), now=now_of(request))
    except HoiAmError as error:
        if typed.title and isinstance(error, FetchError):
            # What can be saved is saved: the report stands with the fault written on it.
            messages.warning(request, f"Chưa chụp được trang: {error}")
            return replace(typed, problems=(str(error),))
        form.add_error("url", f"{error} Hãy tự nhập tiêu đề và tên báo để vẫn ghi nhận được.")
        return None
    page = read.page
    return replace(
        typed,
        title=typed.title or page.title,
        sapo=typed.sapo or page.sapo,
        body=page.body,
        outlet=typed.outlet or page.outlet,
        author=page.author,
        section=page.section,
        published_at=typed.published_at or page.published_at,
        published_from=typed.published_from or page.published_from or "",
        published_precision=_precision(typed, page),
        capture_id=read.capture.pk,
        problems=tuple(page.problems),
    )


def _precision(typed: Incoming, page: Page) -> str:
    # What a person types has its hour.
    return typed.published_precision if typed.published_at else page.published_precision or "minute"


def _details(data: dict[str, Any]) -> ClipDetails:
    names = ("medium", "issue", "page", "programme", "aired_at", "note")
    return ClipDetails(**{name: data[name] for name in names})


def _file(uploaded: Any) -> ClippedFile | None:
    return ClippedFile(uploaded.name, uploaded.read()) if uploaded else None
