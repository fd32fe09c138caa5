"""Việc của tôi: the first page of the day."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hoiam.desk.presenters.cooperation import approval_rows
from hoiam.desk.presenters.doing import matter_work_rows, work_rows
from hoiam.desk.presenters.letters import work_rows as letter_rows
from hoiam.desk.presenters.rounds import waiting_rows
from hoiam.desk.presenters.rounds import work_rows as report_rows
from hoiam.desk.presenters.work import beyond, groups, kpis
from hoiam.desk.rim import actor_of, desk, now_of
from hoiam.handling.queries import work_list
from hoiam.kit.rulebook import default_number
from hoiam.letters.queries import waiting_for
from hoiam.scheme.queries.approvals import approvals_for
from hoiam.scheme.queries.waiting import reports_at_hand, tasks_and_matters

TASKS_SHOWN = "MD-127"


@desk
def work(request: HttpRequest) -> HttpResponse:
    """The five groups of work, letters, reports owed, tasks of schemes that are due first, four figures with their periods."""
    actor, now = actor_of(request), now_of(request)
    todo = work_list(actor, now=now)
    period = timedelta(days=30)  # not-law: the period of the figures below the list
    most = default_number(TASKS_SHOWN)
    letters = letter_rows(waiting_for(actor, now=now, most=most), now)
    near, asked = tasks_and_matters(actor, now, most)
    tasks = work_rows(near)
    owed, rounds = reports_at_hand(actor, now, most)
    reports = report_rows(owed, now)
    matters = matter_work_rows(asked, actor.today)
    approving = [*waiting_rows(rounds), *approval_rows(approvals_for(actor, most))]
    found = groups(todo, now, [*letters, *reports, *tasks, *matters], approving)
    return render(
        request,
        "desk/home.html",
        {
            "work": todo,
            "groups": found,
            "counts": {group.key: group.count for group in found},
            "letters": beyond(letters, now),
            "tasks": beyond(tasks, now),
            "reports": beyond(reports, now),
            "kpis": kpis(actor, now, period),
        },
    )
