"""Every clock of a letter from cases a lawyer can read, on both sides of 01/7/2026 and over Tết."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from hoiam.agencies.states import Role
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.models import CalendarDay
from hoiam.handling.queries.calendars import forget_calendar
from hoiam.kit.lists import yaml_of
from hoiam.kit.rulebook import letter_clocks, national_calendar
from hoiam.kit.vietnamese import VIETNAM
from hoiam.letters import actions as do
from hoiam.letters.actions.clocks import recount_clocks
from hoiam.letters.models import LetterClock
from tests import factories as make
from tests.factories import NOW
from tests.letters.conftest import LATER

CASES = yaml_of((Path(__file__).parent / "cases" / "clocks.yaml").read_text(encoding="utf-8"))
END = time(23, 59, 59)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def played(desk, case):
    """The letter as the case tells it."""
    channel = "press" if case.get("by_press") else case.get("channel", "post")
    found = {name: case[name] for name in ("about", "round") if name in case}
    start = at(case["received"])
    letter = desk.classified(case["kind"], at=start, channel=channel, **found)
    if "accepted" in case:
        when = at(case["accepted"])
        letter = do.accept(
            letter,
            actor=desk.head,
            now=when,
            case=case.get("case", ""),
            group=case.get("group", ""),
        )
    if "concluded" in case:
        when = at(case["concluded"])
        letter = do.assign(letter, official=desk.examiner.official, actor=desk.focal, now=when)
        letter = do.draft_answer(letter, text="Kết luận.", actor=desk.examiner, now=when)
        letter = do.approve_answer(letter, actor=desk.head, now=when)
        letter = do.answer(letter, number="9/KL", on=when.date(), actor=desk.clerk, now=when)
    return letter


def working_days_after(first, count):
    day = first
    while count:
        day += timedelta(days=1)
        count -= national_calendar().is_working(day)
    return day


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["situation"][:60])
def test_the_letter_opens_exactly_the_clocks_of_the_law(desk, case):
    letter = played(desk, case)
    rows = LetterClock.objects.filter(letter=letter).exclude(rule="MD-130")
    due = {row.rule: row.due_at.astimezone(VIETNAM) for row in rows}
    expected = dict(case["due"])
    if case.get("about_tet"):
        first = at(case["received"]).date()
        expected = {"DT-01": working_days_after(first, 5), "TL-02": working_days_after(first, 15)}
        assert (expected["TL-02"] - first).days > 21  # a week of Tết lies between

    assert due == {rule: datetime.combine(d, END, VIETNAM) for rule, d in expected.items()}
    assert all(row.steps and row.source for row in rows)


def test_before_the_law_nothing_is_guessed():
    assert letter_clocks("received", date(2009, 1, 1), "complaint", about="administrative") == ()


def test_a_complaint_about_enforcement_wants_its_group(desk):
    letter = desk.classified("complaint")
    with pytest.raises(InvalidInput, match="nhóm khiếu nại"):
        do.accept(letter, actor=desk.head, now=NOW)


def test_telling_the_paper_ends_its_clock_and_the_answer_ends_the_citizens(desk):
    letter = desk.answered("petition", channel="press")
    late = NOW + timedelta(days=40)
    do.tell_press(letter, what="result", number="46/VP", on=late.date(), actor=desk.clerk, now=late)
    rows = {c.rule: (c.state, c.ended_by, c.is_late) for c in letter.clocks.all()}

    assert rows["DT-01"] == ("done", "answer", False)
    assert rows["TL-02"] == ("done", "tell_result", True)


def test_more_time_only_as_the_law_allows(desk):
    letter = desk.accepted("denunciation")
    clock = letter.clocks.get(rule="DT-05")
    granted = {
        "reason": "Nhiều nơi",
        "signed_by": "Thủ trưởng",
        "paper": "9/QĐ",
        "actor": desk.head,
    }
    with pytest.raises(InvalidInput, match="Chọn trường hợp"):
        do.extend_clock(letter, clock=clock, ground="tùy ý", now=LATER, **granted)
    letter = do.extend_clock(letter, clock=clock, ground="vụ việc phức tạp", now=LATER, **granted)
    longer = letter.clocks.get(rule="DT-05")
    assert clock.due_at.astimezone(VIETNAM).date() == date(2026, 9, 4)
    assert longer.due_at.astimezone(VIETNAM).date() == date(2026, 10, 5)  # 04/10 is a Sunday
    assert longer.extensions.get().signed_by == "Thủ trưởng"
    assert any("9/QĐ" in str(s) or "Thủ trưởng" in s for s in longer.steps)
    petition = desk.accepted("petition")
    with pytest.raises(WrongState, match="không cho gia hạn"):
        do.extend_clock(
            petition, clock=petition.clocks.get(rule="DT-01"), ground="", now=LATER, **granted
        )


def test_an_announced_day_off_moves_the_clocks_that_count_working_days(desk):
    letter = desk.classified("petition")
    before = letter.clocks.get(rule="DT-01").due_at
    by = make.official("lich", desk.agency, Role.ADMINISTRATOR)
    CalendarDay.objects.create(
        day=date(2026, 8, 10), kind="off", name="Nghỉ bão", source="Công văn hư cấu",
        entered_by=by, entered_at=NOW,
    )  # fmt: skip
    forget_calendar()
    assert recount_clocks(now=LATER) == 1 and recount_clocks(now=LATER) == 0
    forget_calendar()
    assert letter.clocks.get(rule="DT-01").due_at - before == timedelta(days=1)
