"""What a notice of a press conference must say and when it must have arrived, under both generations of the law."""

from datetime import date, datetime

import pytest

from hoiam.kit.rulebook import NotInForce, default, rule
from hoiam.kit.rulebook.press_desk import (
    ban_deadline,
    interview_source,
    notice_content,
    notice_deadline,
)
from hoiam.kit.vietnamese import VIETNAM

LAST_OF_OLD, FIRST_OF_NEW = date(2026, 6, 30), date(2026, 7, 1)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)


def test_a_notice_says_four_things_before_and_six_since_the_new_decree():
    old, new = notice_content(LAST_OF_OLD), notice_content(FIRST_OF_NEW)

    assert [item.code for item in old.items] == ["place", "starts_at", "content", "host"]
    assert [item.code for item in new.items[4:]] == ["legality_documents", "invited"]
    assert (str(old.source), str(new.source)) == ("Luật 103/2016 Đ41", "NĐ 237/2026 Đ22.3-4")


@pytest.mark.parametrize(
    ("day", "rule_id"), [(LAST_OF_OLD, "HB-01h"), (FIRST_OF_NEW, "HB-01"), (date(2027, 2, 9), "HB-01")]
)  # fmt: skip
def test_the_notice_arrives_a_day_of_hours_before_by_the_rule_of_that_day(day, rule_id):
    deadline = notice_deadline(at(day))

    assert deadline.rule == rule_id
    assert (at(day) - deadline.due).total_seconds() == 24 * 3600


def test_only_the_new_law_gives_the_authority_a_last_moment_to_forbid():
    assert ban_deadline(at(LAST_OF_OLD)) is None
    assert ban_deadline(at(FIRST_OF_NEW, 21)).due == at(FIRST_OF_NEW, 9)


def test_interviews_rest_on_the_law_of_their_day():
    assert str(interview_source(LAST_OF_OLD)) == "Luật 103/2016"
    assert str(interview_source(FIRST_OF_NEW)) == "Luật 126/2025 Đ33"
    with pytest.raises(NotInForce, match="01/01/2017"):
        interview_source(date(2016, 12, 31))


def test_the_times_of_the_press_desk_are_defaults_with_the_badge():
    for name in ("MD-80", "MD-81", "MD-82", "MD-83", "MD-84"):
        assert default(name).badge.startswith("mặc định sản phẩm")
        assert not rule(name).versions[0].is_law
