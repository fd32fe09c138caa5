"""The press desk in private calendars: whose days stand there, which do not, and nothing of the matter."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.handling.actions import enquiry as enquiries
from hoiam.handling.actions.briefing import record_briefing, withdraw_briefing
from hoiam.handling.actions.conference import cancel_conference
from hoiam.handling.models import PressQuestion
from hoiam.handling.queries.timetables import Owner, events_of
from tests import factories as make
from tests.factories import NOW
from tests.handling.press_desk import SIX, conference, enquiry

DAY = timedelta(days=1)


def titles(owner, now=NOW):
    return [(event.title, event.start) for event in events_of(owner, now)]


def unit(place):
    return Owner(None, place)


def test_a_conference_stands_with_the_last_moment_of_its_notice_until_it_went(tree, focal):
    made = conference(tree.province, focal)
    starts = SIX["starts_at"]
    expected = [("Gửi thông báo họp báo", starts - DAY), ("Họp báo", starts)]

    assert titles(unit(tree.province)) == titles(Owner(focal, None)) == expected
    assert titles(unit(tree.other)) == titles(Owner(make.head(tree.other), None)) == []
    made.needs_notice = False
    made.save()
    assert titles(unit(tree.province)) == expected[1:]


def test_nothing_of_the_matter_stands_in_it_and_an_edit_moves_the_entry(tree, focal):
    made = conference(tree.province, focal)
    event = events_of(unit(tree.province), NOW)[-1]

    assert SIX["title"] not in event.title + event.note and event.end == SIX["ends_at"]
    made.version += 1
    made.save()
    assert events_of(unit(tree.province), NOW)[-1].sequence == event.sequence + 1


def test_a_conference_called_off_or_long_over_leaves_the_calendar(tree, focal, head):
    made = conference(tree.province, focal)
    assert titles(unit(tree.province), NOW + 70 * DAY) == []
    cancel_conference(made, actor=head, now=NOW, reason="Dời sang tháng sau")
    assert titles(unit(tree.province)) == []


def test_a_briefing_stands_until_it_is_withdrawn(tree, focal, head):
    said = {"organiser": "Ban Tuyên giáo", "topics": "Kết quả quý", "speaker": "Ông Thử"}
    made = record_briefing(tree.province, at=NOW - DAY, actor=focal, now=NOW, **said)

    assert titles(unit(tree.province)) == [("Giao ban báo chí", NOW - DAY)]
    withdraw_briefing(made, actor=head, now=NOW, reason="ghi nhầm")
    assert titles(unit(tree.province)) == []


def test_an_interview_is_its_holders_and_is_gone_once_answered(tree, focal, head):
    asked = enquiry(tree.province, focal, kind="interview", wished_at=NOW + DAY)
    enquiry(tree.province, focal)  # no interview: not in the calendar
    expected = [("ĐN 1/2026: phỏng vấn", NOW + DAY)]

    assert titles(Owner(focal, None)) == titles(Owner(head, None)) == expected
    enquiries.assign_enquiry(asked, official=head.official, actor=focal, now=NOW)
    assert (titles(Owner(focal, None)), titles(Owner(head, None))) == ([], expected)
    enquiries.answer_enquiry(
        asked, actor=head, now=NOW, form="interview", spokesperson="Trưởng", text="Đã xong."
    )
    assert titles(Owner(head, None)) == titles(unit(tree.province)) == []


@pytest.mark.parametrize("kept", [False, True])
def test_a_promised_answer_stands_with_who_holds_it(tree, focal, kept):
    made = conference(tree.province, focal, needs_notice=False, no_notice_reason="giao ban nội bộ")
    lan = make.actor(tree.region1, Role.HEAD_OF_REGION)
    PressQuestion.objects.create(
        conference=made, outlet="Báo Sông Thanh", question="Bao giờ xong?", promised_at=NOW + 3 * DAY,
        holder=lan.official, recorded_by=focal.official, recorded_at=NOW, kept_at=NOW if kept else None,
    )  # fmt: skip
    expected = [] if kept else [("Trả lời câu đã hẹn tại họp báo", NOW + 3 * DAY)]

    assert titles(Owner(lan, None)) == expected
    assert titles(unit(tree.province))[1:] == expected
    assert titles(Owner(focal, None)) == [("Họp báo", SIX["starts_at"])]
