"""Press conferences as rows and as a page: where the notice stands, who is invited, what was promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hoiam.desk.moments import say_datetime, say_moment
from hoiam.handling.models import PressConference, PressQuestion
from hoiam.handling.queries.calendars import calendar_seen
from hoiam.handling.queries.conference import Notice, notice_of
from hoiam.handling.states import ConferenceKind, ConferenceState
from hoiam.kit.rulebook import Deadline, Light, NotInForce, RulebookError, compute, light
from hoiam.kit.rulebook.press_desk import notice_deadline

PERIODIC = "HB-03h"
OVER = {
    ConferenceState.HELD: "đã tổ chức",
    ConferenceState.CANCELLED: "đã hủy",
    ConferenceState.FORBIDDEN: "không được tổ chức",
}


@dataclass(frozen=True)
class ConferenceRow:
    """One line of the list."""

    conference: PressConference
    light: Light
    second: str


def rows_of(page: Iterable[PressConference], now: datetime) -> list[ConferenceRow]:
    """The rows of one page of the list."""
    return [ConferenceRow(found, light_of(found, now), _second(found, now)) for found in page]


def light_of(conference: PressConference, now: datetime) -> Light:
    """Until it is notified, the light of the notice; then that the day is awaited; then that it is over."""
    if conference.state in OVER:
        return Light("ok", "done", OVER[ConferenceState(conference.state)])
    if conference.state == ConferenceState.NOTIFIED:
        return Light("ok", "run", "đã thông báo")
    if not conference.needs_notice:
        return Light("ok", "run", "không phải thông báo")
    due = _due(conference)
    if due is None:
        return Light("ok", "wait", "chưa định giờ")
    return light(due, now, "wait", unit="hour", start=conference.planned_at)


def _due(conference: PressConference) -> datetime | None:
    if conference.starts_at is None:
        return None
    try:
        return notice_deadline(conference.starts_at).due
    except RulebookError:
        return None


def _second(conference: PressConference, now: datetime) -> str:
    due = _due(conference)
    if conference.state == ConferenceState.PLANNED and conference.needs_notice and due:
        return f"thông báo trước {say_moment(due, now)}"
    return ""


@dataclass(frozen=True)
class NoticeShown:
    """Where the notice stands, in words: what is missing, the last moments, whether it came in time."""

    notice: Notice | None
    fault: str
    is_late: bool
    may_be_held: str
    is_again: bool


def notice_shown(conference: PressConference, now: datetime) -> NoticeShown:
    """The notice of one conference by the law of its day; `fault` says why nothing can be said."""
    try:
        notice = notice_of(conference, now=now)
    except RulebookError as error:
        return NoticeShown(None, str(error), False, "", False)
    is_again = conference.state == ConferenceState.PLANNED and bool(conference.notices.all())
    return NoticeShown(
        notice, "", notice.is_late(conference), _may_be_held(conference, notice, now), is_again
    )


def _may_be_held(conference: PressConference, notice: Notice, now: datetime) -> str:
    """From when the conference may be held, as one sentence."""
    if conference.state != ConferenceState.NOTIFIED:
        return ""
    if notice.ban is None or notice.ban.due is None:
        return "Không có văn bản trả lời thì được tổ chức (Luật 103/2016 Đ41)."
    last = say_datetime(notice.ban.due)
    if now > notice.ban.due:
        return f"Đến {last} không có văn bản không cho tổ chức: được họp đúng giờ đã thông báo."
    return (
        f"Cơ quan chỉ trả lời khi không cho tổ chức, chậm nhất lúc {last} ({notice.ban.source}). "
        "Sau lúc đó không có văn bản thì được họp đúng giờ đã thông báo."
    )


def periodic_of(conference: PressConference) -> Deadline | None:
    """The window of the quarterly conference of earlier years (HB-03h), when it was in force."""
    if conference.kind != ConferenceKind.PERIODIC or conference.starts_at is None:
        return None
    try:
        return compute(PERIODIC, conference.starts_at, calendar=calendar_seen())
    except NotInForce:
        return None


def promises_in(conference: PressConference) -> list[PressQuestion]:
    """Answers promised and not given yet."""
    return [q for q in conference.questions.all() if q.promised_at and not q.kept_at]


def promise_light(question: PressQuestion, now: datetime) -> Light:
    """The light of one promised answer."""
    return light(
        question.promised_at,
        now,
        "done" if question.kept_at else "run",
        unit="working_day",
        start=question.recorded_at,
        done_at=question.kept_at,
        calendar=calendar_seen(),
    )
