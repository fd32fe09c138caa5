"""Báo đăng lại: what the machine found and people confirm, put together by article, outlet, province or month; one article's reach."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.scope import ScopedQuerySet
from hoiam.desk.forms import distribution as forms
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.cooperation import diary_of
from hoiam.desk.presenters.distribution import (
    BOOK,
    BY,
    grouped,
    print_light,
    province_of,
    shares_words,
    tabs,
)
from hoiam.desk.rim import actor_of, attempt, back, desk
from hoiam.desk.sheets import spreadsheet
from hoiam.desk.views.spokespersons import take
from hoiam.kit.papers.sheets import Cell
from hoiam.kit.recognition.places import read_rows
from hoiam.kit.rulebook.defaults import default_number
from hoiam.kit.vietnamese import show_datetime
from hoiam.newsroom.actions import prints as verbs
from hoiam.newsroom.models import Article, Package, PartnerPrint
from hoiam.newsroom.queries import articles_visible_to, prints_visible_to, reach_of
from hoiam.newsroom.queries.packages import packages_visible_to, with_sendings
from hoiam.newsroom.states.distribution import PRINT_TRANSITIONS, PrintState

PER_PAGE = 50
AREA = "desk-prints"
TABS = {
    "cho": ("Chờ xác nhận", PrintState.FOUND),
    "dung": ("Đã xác nhận", PrintState.CONFIRMED),
    "khong": ("Không phải", PrintState.REJECTED),
}
ACTIONS: dict[str, tuple[Callable[..., Any], str]] = {
    "confirm_print": (verbs.confirm_print, "Đã xác nhận, tính là đăng lại."),
    "reject_print": (verbs.reject_print, "Đã ghi. Máy không ghép lại cặp này."),
    "restore_print": (verbs.restore_print, "Đã đưa về chờ xác nhận."),
}
HEAD = ("Bài của đơn vị", "Đơn vị", "Báo, kênh", "Tỉnh", "Tiêu đề trên báo", "Đăng lúc", "Đường dẫn", "Phần lấy lại", "Tình trạng")  # fmt: skip


def _asked(request: HttpRequest) -> ScopedQuerySet:
    rows = prints_visible_to(actor_of(request))
    query = request.GET.get("q", "").strip()[:100]
    if query:
        found = Q(outlet__icontains=query) | Q(article__title__icontains=query)
        rows = rows.filter(found | Q(title__icontains=query))
    return rows


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """The board: by state, or put together."""
    rows, by = _asked(request), request.GET.get("theo", "")
    tab = request.GET.get("tab", "cho")
    tab = tab if tab in TABS else "cho"
    context: dict[str, Any] = {
        "tabs": tabs(AREA), "tab": tab, "seg": [(key, label) for key, (label, _) in TABS.items()],
        "bys": BY.items(), "by": by if by in BY else "", "query": request.GET.get("q", "")[:100],
    }  # fmt: skip
    if by in BY:
        standing = rows.exclude(state=PrintState.REJECTED)
        groups = grouped(standing.order_by("pk"), by)
        context["page"] = Paginator(groups, PER_PAGE).get_page(request.GET.get("page"))
        return render(request, "desk/distribution/prints_by.html", context)
    page = Paginator(rows.filter(state=TABS[tab][1]), PER_PAGE).get_page(request.GET.get("page"))
    may = "confirm_print"
    context |= {
        "page": page,
        "days": default_number("MD-151"),
        "rows": [
            (row, shares_words(row), authority.can(actor_of(request), may, row)) for row in page
        ],
    }
    return render(request, "desk/distribution/prints.html", context)


@desk
def excel(request: HttpRequest) -> HttpResponse:
    """What was found and confirmed, a line each."""
    names = {row["code"]: row["name"] for row in read_rows("provinces.csv")}
    rows = _asked(request).exclude(state=PrintState.REJECTED).order_by("-printed_at", "-pk")
    lines: list[tuple[Cell, ...]] = [HEAD, *(_line(row, names) for row in rows)]
    return spreadsheet(request, lines, name="bao-dang-lai", title="Báo đăng lại")


def _line(row: PartnerPrint, names: dict[str, str]) -> tuple[Cell, ...]:
    when = show_datetime(row.printed_at) if row.printed_at else "chưa rõ"
    return (
        row.article.title, row.article.agency.name, row.outlet, province_of(row, names),
        row.title, when, row.url or row.place, shares_words(row), str(row.get_state_display()),
    )  # fmt: skip


def _print(request: HttpRequest, pk: int) -> PartnerPrint:
    rows = prints_visible_to(actor_of(request)).select_related("entered_by", "decided_by")
    found: PartnerPrint = get_object_or_404(rows, pk=pk)
    return found


@desk
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One reprint: why the machine thinks so, what was taken over, the decision."""
    return _page(request, _print(request, pk))


def _page(
    request: HttpRequest, found: PartnerPrint, failed: forms.RejectForm | None = None
) -> HttpResponse:
    may = _may(request, found)
    url = reverse("desk-print-act", args=[found.pk, "reject_print"])
    reject = failed or forms.RejectForm(url=url, subject=found)
    reject.url = url
    reject.is_open = failed is not None
    context = {
        "print": found, "light": print_light(found), "shares": shares_words(found), "may": may,
        "forms": [reject] if "reject_print" in may else [], "form": failed,
        "diary": diary_of(found, BOOK), "tabs": tabs(AREA),
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/distribution/print.html", context, status=status)


def _may(request: HttpRequest, found: PartnerPrint) -> set[str]:
    allowed = authority.allowed(actor_of(request), PRINT_TRANSITIONS, found)
    return {verb for verb in allowed if found.state in PRINT_TRANSITIONS[verb].sources}


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One decision."""
    found = _print(request, pk)
    if verb not in ACTIONS:
        raise Http404("no such verb")
    action, done = ACTIONS[verb]
    if verb == "reject_print" and verb in _may(request, found):
        form = forms.RejectForm(request.POST, subject=found)
        if not form.is_valid() or take(request, form, action, found) is None:
            return _page(request, found, form)
        messages.success(request, done)
    elif attempt(request, action, found, done=done) is None:
        return redirect("desk-print", pk=pk)
    return back(request, reverse("desk-print", args=[pk]))


@desk
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """How far one article came: to whom it was sent, who printed it; a reprint somebody saw is entered here."""
    actor = actor_of(request)
    found: Article = get_object_or_404(articles_visible_to(actor), pk=pk)
    form = forms.PrintForm(request.POST or None)
    if request.method == "POST":
        if turned_away(request, "enter_print", found):
            return redirect("desk-article-reach", pk=pk)
        if form.is_valid() and take(request, form, verbs.enter_print, found) is not None:
            messages.success(request, "Đã ghi báo đăng lại.")
            return redirect("desk-article-reach", pk=pk)
    sent: list[Package] = list(
        with_sendings(packages_visible_to(actor).filter(contents__article=found))
    )
    context = {
        "article": found, "reach": reach_of(found), "form": form, "packages": sent,
        "waiting": prints_visible_to(actor).filter(article=found, state=PrintState.FOUND),
        "may_enter": authority.can(actor, "enter_print", found), "tabs": tabs(AREA),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "desk/distribution/article.html", context, status=status)
