"""Việc của tôi: the first page of the day."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hoiam.desk.presenters.doing import work_rows
from hoiam.desk.presenters.letters import work_rows as letter_rows
from hoiam.desk.presenters.rounds import work_rows as report_rows
from hoiam.desk.presenters.work import groups, kpis
from hoiam.desk.rim import actor_of, desk, now_of
from hoiam.handling.queries import work_list
from hoiam.kit.rulebook import default_number
from hoiam.letters.queries import waiting_for
from hoiam.scheme.queries.doing import pressing
from hoiam.scheme.queries.rounds import owed_by

TASKS_SHOWN = "MD-127"


@desk
def work(request: HttpRequest) -> HttpResponse:
    """The five groups of work, letters, reports owed, tasks of schemes that are due first, four figures with their periods."""
    actor, now = actor_of(request), now_of(request)
    todo = work_list(actor, now=now)
    letters = waiting_for(actor, now=now, most=default_number(TASKS_SHOWN))
    period = timedelta(days=30)  # not-law: the period of the figures below the list
    return render(
        request,
        "desk/home.html",
        {
            "work": todo,
            "groups": groups(todo, now),
            "letters": letter_rows(letters, now),
            "tasks": work_rows(pressing(actor, now, default_number(TASKS_SHOWN))),
            "reports": report_rows(owed_by(actor, now, default_number(TASKS_SHOWN)), now),
            "kpis": kpis(actor, now, period),
        },
    )
