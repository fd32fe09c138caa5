"""Tổng quan: lights, what is late, provinces, reports a day, spreading stories, statutory indicators."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import case_agency
from hoiam.core.actor import Actor
from hoiam.desk.presenters.overview import (
    LEGEND,
    day_chart,
    indicator_figures,
    light_rows,
    province_rows,
    spread_rows,
    tile_figures,
)
from hoiam.desk.rim import actor_of, desk, now_of
from hoiam.handling.queries import (
    directives_since,
    late_board,
    lights_table,
    open_clocks,
    province_lamps,
)
from hoiam.monitoring.queries import items_by_day, province_counts, spreading_stories
from hoiam.scheme.queries import indicators_of, report_period
from hoiam.scheme.queries.shares import shares

PERIODS = (7, 30, 90)
USUAL_PERIOD = 30
# How far back the usual level is learnt, before the period that is shown.
LEARNT = 60


@desk
def overview(request: HttpRequest) -> HttpResponse:
    """One page that is read at a glance and printed on one sheet."""
    period = _period(request)
    shown = {"period": period, "periods": PERIODS}
    return render(
        request, "desk/overview.html", shown | _work(request, period) | _press(request, period)
    )


def _period(request: HttpRequest) -> int:
    asked = request.GET.get("ky", "")
    return int(asked) if asked in {str(period) for period in PERIODS} else USUAL_PERIOD


def _work(request: HttpRequest, period: int) -> dict[str, Any]:
    """Lights, the late board, provinces, indicators and schemes."""
    actor, now = actor_of(request), now_of(request)
    since = now - timedelta(days=period)
    clocks, orders = list(open_clocks(actor)), list(directives_since(actor, since))
    counts = lights_table(actor, clocks, orders, now=now, since=since)
    lamps = province_lamps(actor, clocks, orders, now=now, since=since)
    whole = actor.sees_everything
    provinces = province_rows(lamps, province_counts(actor, since=since), whole=whole)
    law = report_period(actor.today)
    place = own_agency(actor)
    return {
        "lights": light_rows(counts),
        "with_due": sum(counts.values()),
        "late_count": counts.get(("late", "wait"), 0) + counts.get(("late", "run"), 0),
        "late": late_board(clocks, orders, now=now),
        "provinces": provinces,
        "totals": (sum(p.cases for p in provinces), sum(p.warnings for p in provinces)),
        "legend": LEGEND,
        "tiles": tile_figures(provinces) if whole else None,
        "indicators": indicator_figures(indicators_of(place, law)),
        "place": place,
        "law": law,
        "shares": shares(actor, now),
    }


def _press(request: HttpRequest, period: int) -> dict[str, Any]:
    """Reports a day with the usual level, and the stories that spread."""
    actor = actor_of(request)
    first = actor.today - timedelta(days=period + LEARNT - 1)
    counts = items_by_day(actor, first=first, last=actor.today)
    return {
        "days": day_chart(counts, period),
        "first_day": counts[-period][0],
        "reports": sum(count for _, count in counts[-period:]),
        "spreading": spread_rows(spreading_stories(actor, now=now_of(request))),
    }


def own_agency(actor: Actor) -> Agency:
    """The agency whose figures a person reads first: of the first post, or the province that has its seal."""
    first = actor.posts[0].agency_id
    # Who signs in has the posts with their agencies beside the account already.
    _, posts = getattr(actor.official, "posts_read", (None, ()))
    known = next((post.agency for post in posts if post.agency_id == first), None)
    return case_agency(known or Agency.objects.select_related("parent").get(pk=first))
