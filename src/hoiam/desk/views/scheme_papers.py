"""Văn bản giao việc: brought in, shown beside what the machine read, mended part by part, confirmed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.core import authority, blobs
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.schemes import (
    HeadForm,
    ReasonForm,
    ThemesForm,
    head_initial,
    picked,
)
from hoiam.desk.forms.source_papers import (
    AskedForm,
    ConfirmForm,
    PaperForm,
    PaperTaskForm,
    asked_initial,
    paper_task_initial,
)
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters import source_papers as shown
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.typed import number_in
from hoiam.desk.views.files import attached
from hoiam.kit.vietnamese import fold
from hoiam.scheme import actions
from hoiam.scheme.actions.reading import TO_ROUND, TO_TASK
from hoiam.scheme.actions.source_papers import working_copy
from hoiam.scheme.models import Scheme, SourcePaper
from hoiam.scheme.policies import giving_agency
from hoiam.scheme.queries import schemes_visible_to, source_papers_visible_to
from hoiam.scheme.queries.addressed import addressed_parts, addressees_of
from hoiam.scheme.queries.parts import titles_of
from hoiam.scheme.queries.schemes import titled
from hoiam.scheme.queries.units import Register
from hoiam.scheme.states import PAPER_TRANSITIONS, SchemeState, SourcePaperState

PER_PAGE = 30
PARTS = ("head", "themes", "tasks", "obligations")
TITLES = {"head": "Thông tin văn bản", "themes": "Chủ đề trọng tâm", "tasks": "Nhiệm vụ", "obligations": "Yêu cầu khác"}  # fmt: skip
ROUND_PATH = "/desk/rounds/new/"


def own_agency(request: HttpRequest) -> Agency | None:
    """The agency for which the person may write, or None."""
    pk = giving_agency(actor_of(request))
    return Agency.objects.get(pk=pk) if pk else None


def _paper(request: HttpRequest, pk: int) -> SourcePaper:
    return get_object_or_404(source_papers_visible_to(actor_of(request)), pk=pk)


@desk
def paper_list(request: HttpRequest) -> HttpResponse:
    """Papers brought in, newest first."""
    rows = titled(source_papers_visible_to(actor_of(request)))
    page = Paginator(rows.prefetch_related(_made()), PER_PAGE).get_page(request.GET.get("page"))
    may = giving_agency(actor_of(request)) is not None
    return render(request, "desk/schemes/papers.html", {"page": page, "may": may})


def _made() -> Any:
    rows = Scheme.objects.system("the paper it was made from is in sight").only("pk", "title", "short", "paper")  # fmt: skip
    return Prefetch("schemes", rows)


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A paper brought in and read."""
    agency = own_agency(request)
    if agency is None:
        messages.error(request, "Chỉ Cục và THADS tỉnh đưa văn bản vào được. Đơn vị bạn xem được việc đã giao.")  # fmt: skip
        return redirect("desk-scheme-papers")
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = actions.add_source_paper(
                agency, actor=actor_of(request), now=now_of(request), data=file.read(), file_name=file.name,
            )  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
        else:
            return redirect("desk-scheme-paper", pk=made.pk)
    status = 422 if form.errors else 200
    return render(request, "desk/schemes/paper_new.html", {"form": form, "agency": agency}, status=status)  # fmt: skip


@desk
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The text beside what was read of it; confirming makes the scheme."""
    found = _paper(request, pk)
    running = _running(request, found)
    form = ConfirmForm(request.POST or None, running=running, initial=_amends(found, running))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.confirm_source_paper(
                found, actor=actor_of(request), now=now_of(request),
                edition=_edition(request), **form.choice(),
            )  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
        else:
            return _confirmed(request, found, made)
    return _paper_page(request, found, form)


def _confirmed(request: HttpRequest, found: SourcePaper, made: Scheme) -> HttpResponse:
    """To the draft made; a paper that only orders reports has nothing to do there, so it leads to its demands."""
    rounds = _counts(working_copy(found))["round_count"]
    if rounds and not made.tasks.exists():
        words = f"Đã xác nhận. Văn bản có {rounds} yêu cầu báo cáo: mở đợt ở mục “Yêu cầu khác”."
        messages.success(request, words)
        return redirect("desk-scheme-paper", pk=found.pk)
    more = f" Còn {rounds} yêu cầu báo cáo: mở đợt ở trang văn bản gốc." if rounds else ""
    messages.success(request, f"Đã lập bản soạn “{made}”. Xem lại rồi giao thực hiện.{more}")
    return redirect("desk-scheme", pk=made.pk)


def _running(request: HttpRequest, found: SourcePaper) -> Any:
    rows = schemes_visible_to(actor_of(request))
    return rows.filter(owner=found.agency_id, state=SchemeState.ACTIVE)


def _amends(found: SourcePaper, running: Any) -> dict[str, Any]:
    """The running scheme whose number this paper names when its own name says that it amends or replaces one."""
    about = fold(working_copy(found)["head"]["title"])
    amends, replaces = "sua doi" in about or "bo sung" in about, "thay the" in about
    if not (amends or replaces):
        return {}
    text = fold(found.text)
    named = [row for row in running if row.number and fold(row.number) in text]
    if len(named) != 1:
        return {}
    return {"replaces": named[0], "keeps_others": amends}


def _edition(request: HttpRequest) -> int:
    typed = number_in(request.POST.get("edition"))
    return -1 if typed is None else typed


def _counts(copy: dict[str, Any]) -> dict[str, int]:
    """How many tasks a draft would have, and how many demands wait to become rounds of reports."""
    rounds = sum(row["becomes"] == TO_ROUND for row in copy["obligations"])
    asked = sum(row["becomes"] == TO_TASK for row in copy["obligations"])
    return {"task_count": len(copy["tasks"]) + asked, "round_count": rounds}


def _paper_page(request: HttpRequest, found: SourcePaper, form: Any) -> HttpResponse:
    pages = shown.pages_of(found)
    at = min(max(number_in(request.GET.get("page")) or 1, 1), len(pages))
    copy = working_copy(found)
    context = {
        "paper": found,
        "copy": copy,
        "issued_on": head_initial(copy["head"])["issued_on"] or None,
        "text": shown.window(found, *pages[at - 1]),
        "at": at,
        "pages": range(1, len(pages) + 1),
        "form": form,
        "drop": ReasonForm(auto_id="drop-%s"),
        "may": _open_verbs(request, found),
        "schemes": list(_made_schemes(request, found)),
        "twins": _twins(request, found, copy["head"]["number"]),
        "round_url": _round_url(),
        "to_round": TO_ROUND,
        "addressees": addressees_of(found),
        "demands": shown.demands(copy["obligations"]),
        "bases": found.reading.get("legal_bases") or (),
        "unnamed": sum(not row.get("units") for row in copy["obligations"]),
        **_counts(copy),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/schemes/paper.html", context, status=status)


def _made_schemes(request: HttpRequest, found: SourcePaper) -> Any:
    return schemes_visible_to(actor_of(request)).filter(paper=found)


def _twins(request: HttpRequest, found: SourcePaper, number: str) -> list[Scheme]:
    """Schemes of the same number made from elsewhere, told before a second one is made by oversight."""
    if not number or found.state != SourcePaperState.READ:
        return []
    rows = schemes_visible_to(actor_of(request)).filter(owner=found.agency_id, number=number)
    return list(rows.exclude(paper=found))


def _open_verbs(request: HttpRequest, found: SourcePaper) -> set[str]:
    open_to = [n for n, step in PAPER_TRANSITIONS.items() if found.state in step.sources]
    return authority.allowed(actor_of(request), open_to, found)


def _round_url() -> str:
    """Where a round of reports is opened, when the house has that page."""
    try:
        resolve(ROUND_PATH)
    except Resolver404:
        return ""
    return ROUND_PATH


@desk
def part(request: HttpRequest, pk: int, name: str, at: int | None = None) -> HttpResponse:
    """One part of the paper beside the place it was read from; what was typed stays when saving is refused."""
    found = _paper(request, pk)
    row = _row(found, name, at)
    if turned_away(request, "save_confirmed", found):
        return redirect("desk-scheme-paper", pk=pk)
    form = _form(request, found, name, row)
    if request.method == "POST" and form.is_valid():
        value = form.row() if at is None else {**row, **form.row()}
        part_name = name if at is None else f"{name}.{at}"
        try:
            actions.save_confirmed(
                found, actor=actor_of(request), now=now_of(request), edition=_edition(request),
                part=part_name, value=value,
            )  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu.")
            return redirect(_after(request, found, name, at))
    return _part_page(request, found, name, at, row, form)


def _after(request: HttpRequest, found: SourcePaper, name: str, at: int | None) -> str:
    """The next row when that was asked, else the paper."""
    rows = working_copy(_paper(request, found.pk))[name]
    if at is not None and "next" in request.POST and at + 1 < len(rows):
        return reverse("desk-scheme-paper-part", args=[found.pk, name, at + 1])
    return reverse("desk-scheme-paper", args=[found.pk])


def _row(found: SourcePaper, name: str, at: int | None) -> Any:
    """The part as it stands; an empty row one past the last."""
    is_list = name in ("tasks", "obligations")
    if name not in PARTS or is_list == (at is None):
        raise Http404("no such part")
    value = working_copy(found)[name]
    if at is None:
        return value
    if at > len(value):
        raise Http404("no such row")
    return value[at] if at < len(value) else {}


def _form(request: HttpRequest, found: SourcePaper, name: str, row: Any) -> Any:
    data = picked(request.POST) if request.method == "POST" else None
    if name == "head":
        return HeadForm(data, initial=head_initial(row))
    if name == "themes":
        return ThemesForm(data, initial={"themes": "\n".join(row)})
    copy = working_copy(found)
    issued = head_initial(copy["head"])["issued_on"] or None
    register = Register(issued, actor_of(request).today)
    titles = titles_of(row.get("units", ()), _names(row))
    if name == "tasks":
        return PaperTaskForm(
            data, register=register, themes=copy["themes"], initial=paper_task_initial(row, titles)
        )
    return AskedForm(data, register=register, initial=asked_initial(row, titles))


def _names(row: dict[str, Any]) -> dict[int, str]:
    keys = [part["agency"] for part in row.get("units", ()) if "agency" in part]
    return dict(Agency.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def _part_page(
    request: HttpRequest, found: SourcePaper, name: str, at: int | None, row: Any, form: Any
) -> HttpResponse:
    prefix = row.get("from", "") if at is not None else ""
    begin, end = shown.around(found, prefix or name)
    total = len(working_copy(found)[name]) if at is not None else 0
    context = {
        "paper": found,
        "name": name,
        "at": at,
        "number": at + 1 if at is not None else 0,
        "total": total,
        "is_new": at is not None and at == total,
        "row": row,
        "title": TITLES[name],
        "form": form,
        "offers": getattr(form, "offers", []),
        "fields": shown.sourced(found, form, prefix)
        if at is None or prefix
        else [shown.Sourced(bound, ()) for bound in form.visible_fields()],
        "text": shown.window(found, begin, end),
        "edition": found.edition,
    }
    status = 422 if form.errors else 200
    return render(request, "desk/schemes/paper_part.html", context, status=status)


@desk
@require_POST
def remove(request: HttpRequest, pk: int, name: str, at: int) -> HttpResponse:
    """One row taken out of what will be made."""
    found = _paper(request, pk)
    _row(found, name, at)
    attempt(
        request, actions.save_confirmed, found, edition=_edition(request), part=f"{name}.{at}",
        value=None, done="Đã bỏ dòng này; bản máy đọc vẫn được giữ.",
    )  # fmt: skip
    return redirect("desk-scheme-paper", pk=pk)


@desk
@require_POST
def addressed(request: HttpRequest, pk: int) -> HttpResponse:
    """The units the paper is addressed to, put where a demand of it names none."""
    found = _paper(request, pk)
    parts = addressed_parts(found, actor_of(request).today)
    if not parts:
        words = (
            "Không rõ nơi kính gửi là đơn vị nào trong Hệ thống. Mở từng yêu cầu, ghi tên đơn vị."
        )
        messages.error(request, words)
        return redirect("desk-scheme-paper", pk=pk)
    rows = [
        row if row.get("units") else {**row, "units": parts}
        for row in working_copy(found)["obligations"]
    ]
    attempt(
        request, actions.save_confirmed, found, edition=_edition(request), part="obligations",
        value=rows, done="Đã ghi nơi kính gửi vào các yêu cầu chưa có đơn vị.",
    )  # fmt: skip
    return redirect("desk-scheme-paper", pk=pk)


@desk
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper put aside."""
    found = _paper(request, pk)
    reason = request.POST.get("reason", "")
    attempt(request, actions.drop_source_paper, found, reason=reason, done="Đã bỏ văn bản; tệp vẫn được giữ.")  # fmt: skip
    return redirect("desk-scheme-paper", pk=pk)


@desk
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it came, to save."""
    found = _paper(request, pk)
    return attached(
        request, blobs.read(found.blob), found.file_name, "application/octet-stream", found.blob
    )
