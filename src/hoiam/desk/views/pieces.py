"""Bài gửi đến: what editors see of pieces sent in; and who wrote what, with its Excel file."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hoiam.agencies.models import Agency
from hoiam.desk.presenters.writing import tabs
from hoiam.desk.rim import actor_of, desk, now_of
from hoiam.desk.sheets import spreadsheet
from hoiam.desk.typed import number_in
from hoiam.kit.vietnamese import VIETNAM, read_date, show_date
from hoiam.newsroom.queries import submissions_visible_to
from hoiam.newsroom.queries.writers import Written, by_person, by_unit, written
from hoiam.newsroom.states.submissions import SubmissionState
from hoiam.newsroom.states.themes import THEMES

PER_PAGE = 40
S = SubmissionState
STATES = (S.SENT, S.RETURNED, S.ACCEPTED, S.PRINTED, S.DECLINED)
HEAD = ("Người viết", "Đơn vị", "Tên bài", "Tình trạng", "Ngày gửi", "Nơi đăng", "Ngày đăng", "Lượt đọc")  # fmt: skip


@desk
def inbox(request: HttpRequest) -> HttpResponse:
    """Pieces sent by the agencies in sight: by where they stand, unit, theme, words of the title."""
    actor = actor_of(request)
    rows = submissions_visible_to(actor).exclude(state__in=[S.DRAFT, S.WITHDRAWN])
    state = request.GET.get("state", S.SENT)
    if state in STATES:
        rows = rows.filter(state=state)
    unit, theme = number_in(request.GET.get("unit")), number_in(request.GET.get("theme"))
    units = Agency.objects.filter(pk__in=rows.order_by().values("agency")).order_by("sort_key")
    rows = rows.filter(agency=unit) if unit else rows
    rows = rows.filter(theme=theme) if theme else rows
    words = request.GET.get("q", "").strip()[:100]
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(writer_name__icontains=words))
    page = Paginator(rows.order_by("-sent_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "state": state, "states": [(each.value, each.label) for each in STATES],
        "units": units, "unit_id": unit, "theme": theme, "themes": THEMES, "words": words, "tabs": tabs("desk-pieces"),
    }  # fmt: skip
    return render(request, "desk/writing/inbox.html", context)


def _days(request: HttpRequest) -> tuple[date, date]:
    """The days asked for: this year where none are."""
    today = now_of(request).astimezone(VIETNAM).date()
    first = read_date(request.GET.get("from", ""), today) or today.replace(month=1, day=1)
    last = read_date(request.GET.get("to", ""), today) or today
    return min(first, last), max(first, last)


def _rows(request: HttpRequest) -> list[Written]:
    actor = actor_of(request)
    first, last = _days(request)
    return written(None if actor.sees_everything else actor.agency_ids, first, last)


@desk
def writers(request: HttpRequest) -> HttpResponse:
    """People and units of the agencies in sight: sent, taken in, printed, read."""
    rows = _rows(request)
    first, last = _days(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "tallies": [("Theo người", by_person(rows)[:PER_PAGE]), ("Theo đơn vị", by_unit(rows)[:PER_PAGE])],
        "first": first, "last": last, "tabs": tabs("desk-writers"),
        "printed": sum(row.printed_on is not None for row in rows),
        "reads": sum(row.reads for row in rows),
    }  # fmt: skip
    return render(request, "desk/writing/writers.html", context)


@desk
def writers_excel(request: HttpRequest) -> HttpResponse:
    """The same rows as an Excel file."""
    rows = [
        (
            row.writer, row.unit, row.title, row.state, _day(row.sent_on), row.printed_in,
            _day(row.printed_on), row.reads,
        )
        for row in _rows(request)
    ]  # fmt: skip
    return spreadsheet(request, [HEAD, *rows], name="ai-viet-gi", title="Ai viết gì")


def _day(day: date | None) -> str:
    return show_date(day) if day else ""
