"""Điểm thi đua: what units lost in report rounds, and what each loss costs."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.rounds import ScoreRuleForm
from hoiam.desk.rim import actor_of, desk, now_of, refuse
from hoiam.desk.typed import number_in
from hoiam.desk.views.files import attached
from hoiam.kit.papers.sheets import EXCEL, csv_table, excel_table
from hoiam.kit.vietnamese import show_number
from hoiam.scheme import actions
from hoiam.scheme.models import ScoreRule
from hoiam.scheme.queries.scores import YearScore, rules_on, scores_of_year, years_of
from hoiam.scheme.states import Loss

PER_PAGE = 50
LABELS = ["Đơn vị", "Đợt báo cáo", "Tình trạng", "Bị trừ về", "Điểm trừ", "Không trừ vì"]


def _year(request: HttpRequest, years: list[int]) -> int:
    asked = number_in(request.GET.get("nam"))
    known = [*years, actor_of(request).today.year]
    return asked if asked is not None and asked in known else known[0]


@desk
def scores(request: HttpRequest) -> HttpResponse:
    """The units in sight by points lost in a year, with each loss."""
    actor = actor_of(request)
    years = years_of(actor)
    year = _year(request, years)
    found = scores_of_year(year, actor, now_of(request))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "year": year, "years": years, "page": page, "rules": rules_on(actor.today),
        "labels": dict(Loss.choices),
        "may_set": authority.can(actor, "set_score_rule", ScoreRule),
    }  # fmt: skip
    return render(request, "desk/rounds/scores.html", context)


@desk
def scores_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list as an Excel or CSV file, one loss a row."""
    actor = actor_of(request)
    year = _year(request, years_of(actor))
    rows = _file_rows(scores_of_year(year, actor, now_of(request)))
    name = f"diem-tru-bao-cao-{year}.{kind}"
    if kind == "xlsx":
        title = f"Điểm thi đua bị trừ trong các đợt báo cáo năm {year}"
        data = excel_table(title, LABELS, rows, [34, 44, 28, 18, 10, 44])
        return attached(request, data, name, EXCEL)
    if kind == "csv":
        return attached(request, csv_table(LABELS, rows), name, "text/csv; charset=utf-8")
    raise Http404("no such kind")


def _file_rows(found: list[YearScore]) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for unit in found:
        for score in unit.scores:
            first = [str(unit.agency), str(score.report.round), score.standing.words]
            if not score.lines:
                rows.append([*first, "", 0, ""])
            rows += [
                [
                    *first, line.label, line.counted,
                    f"{line.waiver.reason} ({line.waiver.by})" if line.waiver else "",
                ]
                for line in score.lines
            ]  # fmt: skip
    return rows


@desk
def rules(request: HttpRequest) -> HttpResponse:
    """What each loss costs, every version of it; the centre sets a new one."""
    actor = actor_of(request)
    may_set = authority.can(actor, "set_score_rule", ScoreRule)
    form = ScoreRuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_score_rule(actor=actor, now=now_of(request), **form.cleaned_data)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(
                request, f"Đã đặt điểm trừ: {show_number(form.cleaned_data['points'])}."
            )
            return redirect("desk-round-score-rules")
    context = {
        "now_rules": rules_on(actor.today), "labels": dict(Loss.choices), "form": form,
        "kept": list(ScoreRule.objects.select_related("set_by").order_by("-set_at")[:100]),
        "may_set": may_set,
    }  # fmt: skip
    return render(
        request, "desk/rounds/score_rules.html", context, status=422 if form.errors else 200
    )
