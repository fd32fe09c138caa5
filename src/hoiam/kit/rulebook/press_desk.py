"""Press conferences and interviews by the law of their day: what a notice must say, when it must have arrived."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from hoiam.kit.vietnamese import VIETNAM, show_date

from .deadlines import Deadline, compute
from .errors import NotInForce
from .files import read_yaml
from .registry import rule
from .rules import Source


@dataclass(frozen=True)
class NoticeItem:
    """One thing the written notice of a press conference must state."""

    code: str
    title: str


@dataclass(frozen=True)
class NoticeContent:
    """What the notice must state on a day, and where that stands."""

    items: tuple[NoticeItem, ...]
    source: Source


def notice_content(day: date) -> NoticeContent:
    """Give back what a notice of a press conference on this day must state: six items, four before 01/7/2026.

    >>> [len(notice_content(day).items) for day in (date(2026, 6, 30), date(2026, 7, 1))]
    [4, 6]

    Raises:
        NotInForce: the day lies before the first law of the rulebook.
    """
    found = _in_force("conference_notice", day)
    titles = _data()["items"]
    items = tuple(NoticeItem(code, titles[code]) for code in found["items"])
    return NoticeContent(items, Source(**found["source"]))


def interview_source(day: date) -> Source:
    """Give back where it stands that who is interviewed may review the answer before it is printed.

    >>> str(interview_source(date(2026, 7, 1)))
    'Luật 126/2025 Đ33'

    Raises:
        NotInForce: the day lies before the first law of the rulebook.
    """
    return Source(**_in_force("interview", day)["source"])


def notice_deadline(starts_at: datetime) -> Deadline:
    """Give back the last moment at which the notice of a conference may reach the authority (HB-01, HB-01h).

    >>> notice_deadline(datetime(2026, 8, 7, 9, tzinfo=VIETNAM)).due.isoformat()
    '2026-08-06T09:00:00+07:00'

    Raises:
        NotInForce: the conference lies before the first law of the rulebook.
    """
    return compute(_in_line("HB-01", starts_at), starts_at)


def ban_deadline(starts_at: datetime) -> Deadline | None:
    """Give back the last moment at which the authority may forbid the conference (HB-02); None before 01/7/2026.

    The earlier law set no number: no answer meant that the conference might be held.
    """
    try:
        return compute("HB-02", starts_at)
    except NotInForce:
        return None


def _in_line(rule_id: str, moment: datetime) -> str:
    """The rule itself, or the one it followed, whichever is in force at the moment."""
    day = moment.astimezone(VIETNAM).date()
    for name in (rule_id, *rule(rule_id).follows):
        try:
            rule(name).at(day)
        except NotInForce:
            continue
        return name
    return rule_id


def _in_force(name: str, day: date) -> dict[str, Any]:
    rows: dict[date, dict[str, Any]] = _data()[name]
    for since, row in rows.items():
        if since <= day and (row["valid_to"] is None or day <= row["valid_to"]):
            return row
    raise NotInForce(f"Quy định này chỉ có từ {show_date(min(rows))}; chọn ngày từ đó trở đi.")


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml("press_desk.yaml")
    return data
