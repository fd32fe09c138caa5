"""Chủ đề trọng tâm: schemes with themes, and one of them measured; a person confirms or changes what words suggest."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.desk.presenters.cooperation import tabs
from hoiam.desk.presenters.themes import (
    period_named,
    period_words,
    periods_offered,
    table_of,
    totals,
)
from hoiam.desk.rim import actor_of, attempt, desk
from hoiam.desk.sheets import spreadsheet
from hoiam.desk.typed import number_in
from hoiam.kit.vietnamese import show_date
from hoiam.monitoring.queries.periods import Period
from hoiam.scheme.actions.theme_marks import choose_theme, suggest_marks
from hoiam.scheme.models import Scheme, Theme
from hoiam.scheme.queries.themes import Piece, fit_items, pieces_of, schemes_with_themes

PER_PAGE = 30
AREA = "desk-themes"
FILTERS = (("kenh", "channel"), ("tinh", "province"), ("thang", "month"), ("ai", "writer"))
HEAD = ("Chủ đề", "Tin, bài", "Ai viết", "Nơi đăng", "Loại hình, kênh", "Tỉnh", "Ngày", "Số bài cùng vụ việc", "Ai chọn chủ đề")  # fmt: skip


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """Schemes in sight that name themes."""
    page = Paginator(schemes_with_themes(actor_of(request)), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "desk/cooperation/themes.html", {"page": page, "tabs": tabs(AREA)})


def _scheme(request: HttpRequest, pk: int) -> Scheme:
    found: Scheme = get_object_or_404(schemes_with_themes(actor_of(request)), pk=pk)
    return found


def _period(request: HttpRequest) -> tuple[str, Period]:
    return period_named(request.GET.get("ky", ""), actor_of(request).today)


@desk
def measured(request: HttpRequest, pk: int) -> HttpResponse:
    """One scheme: pieces of each theme, by channel, province and month; the pieces themselves, filtered."""
    actor, found = actor_of(request), _scheme(request, pk)
    name, period = _period(request)
    themes = list(found.themes.all())
    pieces = pieces_of(found, actor, period)
    asked = {key: request.GET.get(key, "") for key, _ in FILTERS}
    theme = request.GET.get("cd", "")
    page = Paginator(_chosen(pieces, theme, asked), PER_PAGE).get_page(request.GET.get("page"))
    numbers = {each.pk: each for each in themes}
    context = {
        "scheme": found, "themes": themes, "period": period, "name": name,
        "periods": [(key, period_words(key)) for key, _ in periods_offered(actor.today)], "theme": theme, "asked": asked,
        "count": len(pieces), "unknown": sum(piece.theme is None for piece in pieces),
        "totals": totals(pieces, themes),
        "by_channel": table_of(pieces, "channel", themes), "by_month": table_of(pieces, "month", themes),
        "by_province": table_of(pieces, "province", themes), "by_writer": table_of(pieces, "writer", themes),
        "kept": request.GET.urlencode(), "is_narrowed": bool(theme) or any(asked.values()),
        "page": page, "rows": [(piece, numbers.get(piece.theme or 0)) for piece in page],
        "may": authority.can(actor, "choose_theme", found), "tabs": tabs(AREA),
    }  # fmt: skip
    return render(request, "desk/cooperation/themes_of.html", context)


def _chosen(pieces: list[Piece], theme: str, asked: Mapping[str, str]) -> list[Piece]:
    if theme == "0":
        pieces = [piece for piece in pieces if piece.theme is None]
    elif (wanted := number_in(theme)) is not None:
        pieces = [piece for piece in pieces if piece.theme == wanted]
    for key, by in FILTERS:
        if asked[key]:
            pieces = [piece for piece in pieces if getattr(piece, by) == asked[key]]
    return pieces


@desk
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The pieces as they are filtered, as a spreadsheet."""
    actor, found = actor_of(request), _scheme(request, pk)
    name, period = _period(request)
    numbers = {each.pk: each.number for each in found.themes.all()}
    asked = {key: request.GET.get(key, "") for key, _ in FILTERS}
    pieces = _chosen(pieces_of(found, actor, period), request.GET.get("cd", ""), asked)
    rows = [
        (numbers.get(each.theme or 0, "chưa rõ"), each.title, each.writer, each.outlet, each.channel,
         each.province, show_date(each.day), each.copies, "người" if each.is_chosen else "máy gợi ý" if each.words else "")
        for each in pieces
    ]  # fmt: skip
    return spreadsheet(request, [HEAD, *rows], name=f"chu-de-{name}", title="Chủ đề trọng tâm")


@desk
@require_POST
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The theme of one item as a person says; or the words asked again over the whole period."""
    found, actor = _scheme(request, pk), actor_of(request)
    name, period = period_named(request.POST.get("ky", ""), actor.today)
    back = f"{reverse('desk-themes-of', args=[pk])}?ky={name}"
    if request.POST.get("verb") == "suggest":
        attempt(request, _suggest, found, period=period, done="Máy đã đọc các tin chưa có chủ đề của kỳ này.")  # fmt: skip
        return redirect(back)
    scope = None if actor.sees_everything else set(actor.agency_ids)
    asked, theme = request.POST.get("item", ""), request.POST.get("theme", "")
    whole = Period(date(period.first.year - 1, 1, 1), actor.today)
    item = get_object_or_404(fit_items(scope, whole), pk=number_in(asked))
    number = number_in(theme)
    chosen = get_object_or_404(Theme, scheme=found, pk=number) if number else None
    attempt(request, choose_theme, found, item=item, theme=chosen, done="Đã ghi chủ đề.")
    return redirect(back)


def _suggest(scheme: Scheme, *, actor: Any, now: Any, period: Period) -> int:
    authority.check(actor, "choose_theme", scheme)
    return suggest_marks(scheme, period=period, now=now) or 1
