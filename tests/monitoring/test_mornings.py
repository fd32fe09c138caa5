"""The morning digest over days off and stops, its reasons, and its letter."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.kit.rulebook import default
from hoiam.monitoring.actions.digest import make_digest, send_digest, write_remarks
from hoiam.monitoring.actions.digest_letters import digest_html, digest_text
from hoiam.monitoring.actions.sheets import title_of
from hoiam.monitoring.jobs.schedules import MORNING, first_untold, is_sending_day, morning_digests
from hoiam.monitoring.models import Digest, Finding, Item
from tests import factories as make

WHY = "a test looks"


def morning(day):
    """07:10 of the day in Viet Nam."""
    return datetime(day.year, day.month, day.day, 0, 10, tzinfo=UTC)


def run(day, later=timedelta()):
    slot = morning(day)
    return morning_digests.func(now=slot + later, slot=slot.isoformat())


@pytest.fixture
def tree(db):
    return make.tree()


@pytest.fixture
def desk(tree):
    return make.focal_point(tree.province)


def spans():
    rows = Digest.objects.system(WHY).order_by("day")
    return [(digest.first_day, digest.day) for digest in rows]


def test_it_is_made_before_half_past_seven():
    assert str(default(MORNING).value) < "07:30"


def test_the_weekend_is_told_on_monday_in_one_digest(tree, desk):
    make.warning(tree.province, make.story(make.item("Chuyện thứ Bảy", at=datetime(2026, 8, 8, 5, tzinfo=UTC), is_relevant=True)))  # fmt: skip
    assert [run(date(2026, 8, day)) for day in (7, 8, 9, 10)] == [1, 0, 0, 1]
    assert spans() == [(date(2026, 8, 6), date(2026, 8, 6)), (date(2026, 8, 7), date(2026, 8, 9))]
    told = Digest.objects.system(WHY).get(day=date(2026, 8, 9))
    assert told.content["count"] == 1
    assert title_of(told) == "Điểm tin báo chí từ ngày 07/08/2026 đến ngày 09/08/2026"


def test_a_holiday_is_a_day_off_and_a_worked_saturday_is_not(db):
    days = [date(2026, 9, 2), date(2026, 8, 22), date(2026, 8, 31), date(2026, 9, 3)]
    assert [is_sending_day(day) for day in days] == [False, True, False, True]


def test_after_a_stop_the_missed_days_are_told_once(tree, desk):
    assert run(date(2026, 8, 4)) == 1
    assert run(date(2026, 8, 7)) == 1
    assert run(date(2026, 8, 7), timedelta(minutes=5)) == 0
    assert spans() == [(date(2026, 8, 3), date(2026, 8, 3)), (date(2026, 8, 4), date(2026, 8, 6))]


def test_a_digest_sent_by_hand_while_its_day_ran_does_not_close_the_day(tree, desk):
    evening = datetime(2026, 8, 6, 9, tzinfo=UTC)
    by_hand = make_digest(tree.province, date(2026, 8, 6), actor=desk, now=evening)
    send_digest(by_hand, actor=desk, now=evening)
    assert first_untold(tree.province, date(2026, 8, 9)) == date(2026, 8, 7)
    assert run(date(2026, 8, 7)) == 1
    assert first_untold(tree.province, date(2026, 8, 7)) == date(2026, 8, 7)


def test_a_stop_of_a_month_is_made_good_for_two_weeks_only(tree, desk):
    run(date(2026, 7, 1))
    assert first_untold(tree.province, date(2026, 8, 5)) == date(2026, 7, 23)


def test_made_anew_by_hand_it_keeps_its_days(tree, desk):
    run(date(2026, 8, 10))
    again = make_digest(tree.province, date(2026, 8, 9), actor=desk, now=morning(date(2026, 8, 10)))
    assert again.first_day == date(2026, 8, 7)


def finding(story, *reasons):
    rows = [
        {"rule": rule, "field": "title", "start": 0, "end": 1, "text": text, "weight": weight}
        for rule, text, weight in reasons
    ]
    item = Item.objects.get(story=story)
    item.is_relevant = True
    item.save()
    return Finding.objects.create(item=item, at=make.NOW, reasons=rows, severity=2)


def why_told(tree, desk):
    made = make_digest(tree.province, make.TODAY, actor=desk, now=make.NOW)
    return made.content["sections"][0]["entries"][0]["why"]


def test_why_an_item_was_chosen_is_told_in_words_that_tell(tree, desk):
    warning = make.warning(tree.province)
    found = finding(
        warning.story, ("co-quan-dich-danh", "THADS tỉnh Thanh Giang", 9), ("co-quan-hanh-dong", "đã", 7),
        ("co-quan-hanh-dong", "cho biết", 7), ("cham-keo-dai", "chậm chi trả", 3),
    )  # fmt: skip
    found.attributions.create(agency=tree.province, agency_today=tree.province, name="x")
    assert why_told(tree, desk) == (
        "Bài nêu đích danh THADS tỉnh Thanh Giang; có cụm từ “chậm chi trả”."
    )


def test_without_a_finding_the_warning_s_own_words_stand(tree, desk):
    warning = make.warning(tree.province, why="Ghi nhận bằng tay.")
    Item.objects.filter(story=warning.story).update(is_relevant=True)
    assert why_told(tree, desk) == "Ghi nhận bằng tay."


def test_the_letter_is_text_and_plain_html_with_everything_escaped(tree, desk):
    warning = make.warning(tree.province, make.story(make.item("Kê biên <b>tàu</b>", is_relevant=True, outlet="Báo Đò Mới")))  # fmt: skip
    made = make_digest(tree.province, make.TODAY, actor=desk, now=make.NOW)
    write_remarks(made, " Đã trình lãnh đạo. ", actor=desk, now=make.NOW)
    send_digest(made, actor=desk, now=make.NOW)
    deliver_due(make.NOW)
    [mail] = OutgoingMail.objects.filter(subject__startswith="Điểm tin báo chí ngày 05/08/2026")
    assert mail.html == digest_html(made)
    assert "Kê biên &lt;b&gt;tàu&lt;/b&gt;" in mail.html
    for words in ("<script", "<link", "<img", "src=", "href=", "<style"):
        assert words not in mail.html
    assert "NHẬN XÉT, ĐỀ XUẤT\n\nĐã trình lãnh đạo." in digest_text(made)
    assert warning.story.title not in mail.html
