"""The weekly outlook (dự báo tuần): what the press shows of the week ahead, and what the agency's own cases show.

It is put together on this floor because this one sees both: monitoring knows no case. Only the row it is kept in, its
letter and its Word file belong to monitoring, which reads them without asking where they came from.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.models import Clock
from hoiam.handling.queries.ahead import OpenCase, open_cases_of
from hoiam.kit.news import risk_level
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime, show_number
from hoiam.monitoring.actions.digest import found_or_new, keep
from hoiam.monitoring.models import Digest
from hoiam.monitoring.queries.ahead import (
    Anniversary,
    Event,
    Growing,
    Rhythm,
    anniversaries,
    announced_events,
    growing_stories,
    last_two_weeks,
    rhythm,
)
from hoiam.monitoring.queries.digest import scope_of
from hoiam.monitoring.queries.periods import Period, week_of
from hoiam.monitoring.states import DigestKind

GRAVE, MUST_ANSWER = "MD-07", "MD-41"
# Announced days of the week after are shown too: a Monday is too late to prepare for a Monday.
AHEAD = timedelta(weeks=1)


@transaction.atomic
def make_outlook(agency: Agency, day: date, *, actor: Actor | None, now: datetime) -> Digest:
    """The outlook of the week that holds the day, made anew from what is known now; remarks people wrote stay.

    Raises:
        InvalidInput: the week begins later than next week.
        NotAllowed: the actor may not make digests for this agency.
    """
    week = week_of(day)
    digest = found_or_new(agency, DigestKind.OUTLOOK, week.last)
    if actor is not None:
        authority.check(actor, "make_digest", digest)
    if week.first > week_of(now.astimezone(VIETNAM).date()).last + timedelta(days=1):
        raise InvalidInput("Chỉ dự báo được tuần này hoặc tuần sau. Hãy chọn ngày gần hơn.", "day")
    digest.first = week.first
    digest.content = _content(agency, week, now)
    return keep(digest, actor=actor, now=now, count=digest.content["count"])


def _content(agency: Agency, week: Period, now: datetime) -> dict[str, Any]:
    cases = open_cases_of(scope_of(agency))
    grown = growing_stories(*last_two_weeks(agency, week))
    today = now.astimezone(VIETNAM).date()
    events = announced_events(agency, week, today=today, until=week.last + AHEAD)
    marks, pace = anniversaries(agency, week), rhythm(agency, week)
    signs = _signs(cases, grown, events, marks, pace, week=week, now=now)
    level = risk_level(signs)
    return {
        "count": len(cases) + len(grown) + len(events) + len(marks),
        "level": {
            "code": level.code,
            "label": level.label,
            "advice": level.advice,
            "reasons": list(level.reasons),
        },
        "cases": [_case(each, now) for each in cases],
        "growing": [_growing(each) for each in grown],
        "events": [_event(each, week) for each in events],
        "anniversaries": [_mark(each) for each in marks],
        "rhythm": _rhythm(pace),
    }


def _signs(
    cases: Sequence[OpenCase],
    grown: Sequence[Growing],
    events: Sequence[Event],
    marks: Sequence[Anniversary],
    pace: Rhythm,
    *,
    week: Period,
    now: datetime,
) -> dict[str, int]:
    grave, must = default_number(GRAVE), default_number(MUST_ANSWER)
    soon = [event for event in events if event.found.day <= week.last]
    hot = [event for event in soon if event.severity >= must]
    return {
        "late_clocks": sum(each.late(now) for each in cases),
        "due_clocks": sum(each.due(now, week.end) for each in cases),
        "grave_growing": sum(each.story.severity >= grave for each in grown),
        "growing": sum(each.story.severity < grave for each in grown),
        "grave_events": len(hot),
        "events": len(soon) - len(hot),
        "anniversaries": len(marks),
        "unusual": int(pace.last_is_unusual),
    }


def _case(each: OpenCase, now: datetime) -> dict[str, Any]:
    first = each.clocks[0] if each.clocks else None
    return {
        "case": each.case.pk,
        "number": each.case.number,
        "title": each.case.title,
        "agency": each.case.agency.name,
        "state": str(each.case.get_state_display()),
        "due": _due_words(first, now),
        "is_late": each.late(now) > 0,
    }


def _due_words(clock: Clock | None, now: datetime) -> str:
    if clock is None or clock.due_at is None:
        return "không có hạn đang chạy" if clock is None else f"{clock.title}: không có số ngày"
    late = "đã quá hạn " if clock.due_at < now else ""
    return f"{clock.title}: {late}{show_datetime(clock.due_at)}"


def _growing(each: Growing) -> dict[str, Any]:
    return {
        "story": each.story.pk,
        "title": each.story.title,
        "severity": each.story.severity,
        "before": each.before,
        "items": each.items,
    }


def _event(each: Event, week: Period) -> dict[str, Any]:
    at = each.found.at
    return {
        "story": each.story,
        "title": each.title,
        "severity": each.severity,
        "kind": each.found.kind,
        "label": each.found.label,
        "day": each.found.day.isoformat(),
        "hour": f"{at.astimezone(VIETNAM):%H:%M}" if at else "",
        "outlet": each.outlet,
        "sentence": each.found.sentence,
        "why": each.found.why,
        "is_later": each.found.day > week.last,
    }


def _mark(each: Anniversary) -> dict[str, Any]:
    return {
        "story": each.story,
        "title": each.title,
        "severity": each.severity,
        "happened": each.happened.isoformat(),
        "day": each.day.isoformat(),
        "words": each.words,
    }


def _rhythm(pace: Rhythm) -> dict[str, Any]:
    return {
        "weeks": [[monday.isoformat(), count] for monday, count in pace.weeks],
        "usual": pace.usual,
        "unusual": [monday.isoformat() for monday in pace.unusual],
        "words": _rhythm_words(pace),
    }


def _rhythm_words(pace: Rhythm) -> str:
    last, counts = pace.weeks[-1]
    if not any(count for _, count in pace.weeks):
        return f"Trong {show_number(len(pace.weeks))} tuần qua chưa có vụ việc nào của đơn vị."
    usual = show_number(round(pace.usual, 1), 1)
    words = f"Mức thường {usual} vụ việc mới mỗi tuần; tuần trước có {show_number(counts)}"
    words += ", nhiều hơn thường lệ." if pace.last_is_unusual else ", không bất thường."
    odd = [show_date(monday) for monday in pace.unusual if monday != last]
    return f"{words} Tuần bất thường trước đó: tuần từ {', '.join(odd)}." if odd else words
