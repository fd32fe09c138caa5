"""The synthesis of opinion (tổng hợp dư luận) of a week or a month: counts, trends, and what was answered.

Counts come from monitoring, answers from this room's cases; like the outlook it is put together on the floor that sees
both, and kept in monitoring's row.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.outlooks import make_outlook
from hoiam.handling.queries.ahead import Answer, answers_of
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM, show_date, show_number
from hoiam.monitoring.actions.digest import found_or_new, keep, make_digest
from hoiam.monitoring.actions.sheets import change
from hoiam.monitoring.models import Digest
from hoiam.monitoring.queries.digest import scope_of
from hoiam.monitoring.queries.opinion import (
    GRADES,
    Opinion,
    StoryFacts,
    by_kind,
    by_outlet,
    by_place,
    by_severity,
    by_stance,
    opinion_of,
    tally,
)
from hoiam.monitoring.queries.periods import Period, month_of, week_of
from hoiam.monitoring.states import DigestKind, Severity, Stance

MUST_ANSWER = "MD-41"
MOST_STORIES, MOST_ROWS = 10, 15
WORDS = {DigestKind.WEEK: "tuần", DigestKind.MONTH: "tháng"}
TALLIES = (
    ("kind", "Theo loại tin", by_kind, ()),
    ("stance", "Theo sắc thái đối với Hệ thống", by_stance, ()),
    ("severity", "Theo mức độ", by_severity, GRADES),
    ("place", "Theo tỉnh, đơn vị", by_place, ()),
    ("outlet", "Theo báo", by_outlet, ()),
)


def period_for(kind: str, day: date) -> Period:
    """The week or the month that holds the day."""
    return month_of(day) if kind == DigestKind.MONTH else week_of(day)


@transaction.atomic
def make_synthesis(
    agency: Agency, kind: str, day: date, *, actor: Actor | None, now: datetime
) -> Digest:
    """The synthesis of the week or month that holds the day, as known now; remarks people wrote stay.

    A period still running is told up to now, and its sentences say so.

    Raises:
        InvalidInput: the period has not begun.
        NotAllowed: the actor may not make digests for this agency.
    """
    period = period_for(kind, day)
    digest = found_or_new(agency, kind, period.last)
    if actor is not None:
        authority.check(actor, "make_digest", digest)
    today = now.astimezone(VIETNAM).date()
    if period.first > today:
        raise InvalidInput("Chưa đến những ngày này. Hãy chọn hôm nay hoặc ngày đã qua.", "day")
    digest.first = period.first
    digest.content = _content(agency, kind, period, today)
    return keep(digest, actor=actor, now=now, count=digest.content["count"])


def _content(agency: Agency, kind: str, period: Period, today: date) -> dict[str, Any]:
    here, there = opinion_of(agency, period), opinion_of(agency, period.before)
    answers = answers_of(scope_of(agency), set(here.stories))
    return {
        "count": len(here.reports),
        "stories": len(here.stories),
        "outlets": len({report.outlet for report in here.reports}),
        "before": len(there.reports) if there.was_watched else None,
        "sentences": _sentences(here, there, WORDS[DigestKind(kind)], today),
        "days": [[day.isoformat(), count] for day, count in here.by_day()],
        "tallies": [
            {
                "code": code,
                "title": title,
                "rows": [
                    [row.name, row.items, row.stories, row.before]
                    for row in tally(here, there, division, order)[:MOST_ROWS]
                ],
            }
            for code, title, division, order in TALLIES
        ],
        "top": [_top(*row, answers) for row in here.most_covered(MOST_STORIES)],
        "answers": _answers(here, answers),
    }


def _sentences(here: Opinion, there: Opinion, span: str, today: date) -> list[str]:
    running = f" (đến {show_date(today)}, kỳ chưa hết)" if here.period.last >= today else ""
    if not here.reports:
        return [
            f"Trong {span}{running} không có tin, bài liên quan.",
            _compared(here, there, span),
        ]
    items = len(here.reports)
    outlets = len({report.outlet for report in here.reports})
    lines = [
        f"Trong {span}{running} có {show_number(items)} bài về {show_number(len(here.stories))} vụ việc, "
        f"trên {show_number(outlets)} báo.",
        _compared(here, there, span),
    ]
    return [*lines, *_leanings(here, there), _busiest(here)]


def _compared(here: Opinion, there: Opinion, span: str) -> str:
    if not there.was_watched:
        return f"Không so sánh: {span} trước chưa được theo dõi trọn kỳ."
    items, before = len(here.reports), len(there.reports)
    return f"So với {span} trước ({show_number(before)} bài): {change(items, before)}."


def _leanings(here: Opinion, there: Opinion) -> list[str]:
    """How much of it speaks against the System, then and now; shares only beside their counts."""
    bad = sum(report.stance == Stance.NEGATIVE for report in here.reports)
    was = sum(report.stance == Stance.NEGATIVE for report in there.reports)
    share = show_number(round(100 * bad / len(here.reports)))
    grave = len([s for s in here.stories.values() if s.severity >= default_number(MUST_ANSWER)])
    then = f", kỳ trước {show_number(was)}" if there.was_watched else ""
    return [
        f"Bài bất lợi cho Hệ thống: {show_number(bad)} ({share}% số bài){then}.",
        f"Vụ việc cần xác minh, trả lời: {show_number(grave)}.",
    ]


def _busiest(here: Opinion) -> str:
    day, count = max(here.by_day(), key=lambda each: each[1])
    return f"Ngày nhiều bài nhất: {show_date(day)}, {show_number(count)} bài."


def _top(story: StoryFacts, items: int, outlets: int, answers: dict[int, Answer]) -> dict[str, Any]:
    return {
        "story": story.pk,
        "title": story.title,
        "items": items,
        "outlets": outlets,
        "severity": story.severity,
        "severity_label": str(Severity(str(story.severity)).label),
        "agency": "; ".join(story.agencies),
        "answer": _answer_words(story, answers.get(story.pk)),
    }


def _answer_words(story: StoryFacts, answer: Answer | None) -> str:
    if answer is None:
        must = story.severity >= default_number(MUST_ANSWER)
        return "Chưa mở hồ sơ" if must else "Không phải trả lời"
    if answer.is_answered:
        return "Đã trả lời"
    return "Đang xử lý" if answer.is_open else "Đã đóng, không trả lời"


def _answers(here: Opinion, answers: dict[int, Answer]) -> dict[str, Any]:
    must = [pk for pk, s in here.stories.items() if s.severity >= default_number(MUST_ANSWER)]
    found = [answers.get(pk) for pk in must]
    answered = sum(each is not None and each.is_answered for each in found)
    waiting = sum(each is not None and each.is_open and not each.is_answered for each in found)
    without = sum(each is None for each in found)
    closed = len(must) - answered - waiting - without
    counts = (
        (answered, "đã trả lời"),
        (waiting, "đang xử lý"),
        (without, "chưa mở hồ sơ"),
        (closed, "đã đóng mà không trả lời"),
    )
    parts = [f"{show_number(count)} {words}" for count, words in counts if count]
    said = f"Trong {show_number(len(must))} vụ việc cần xác minh, trả lời: {', '.join(parts)}."
    if not must:
        said = "Không có vụ việc nào phải xác minh, trả lời."
    return {
        "must": len(must),
        "answered": answered,
        "waiting": waiting,
        "without": without,
        "closed": closed,
        "sentences": [said],
    }


def make_sheet(
    agency: Agency, kind: str, day: date, *, actor: Actor | None, now: datetime
) -> Digest:
    """The digest of any kind for the day, week or month that holds `day`: what a page or a command asks for by name."""
    if kind == DigestKind.DAY:
        return make_digest(agency, day, actor=actor, now=now)
    if kind == DigestKind.OUTLOOK:
        return make_outlook(agency, day, actor=actor, now=now)
    return make_synthesis(agency, kind, day, actor=actor, now=now)
