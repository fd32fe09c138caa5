"""Letters that stand open too long: the head is told once a month, they can be ended with a reason, and then they are wiped."""

from datetime import timedelta

import pytest

from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.core.models import LedgerEntry
from hoiam.letters import actions as do
from hoiam.letters.actions import Named
from hoiam.letters.jobs.messages import tell_heads_of_standing
from hoiam.letters.models import LetterPerson
from hoiam.letters.queries import letter_list, letter_tabs, question_tabs
from hoiam.monitoring.models import Notice
from tests.factories import NOW
from tests.letters.conftest import LATER
from tests.letters.test_names_are_hidden import names_nobody

DAYS = 90
LONG_AGO = NOW - timedelta(days=DAYS + 1)
TEN_YEARS = timedelta(days=3700)


def test_what_stands_open_too_long_has_a_tab_oldest_first(desk):
    older = desk.received(at=LONG_AGO - timedelta(days=9))
    old = desk.classified("petition", at=LONG_AGO)
    desk.received(at=NOW - timedelta(days=DAYS - 1))
    ended = do.file(
        desk.classified("petition", at=LONG_AGO), filing="no_letter", actor=desk.focal, now=LATER
    )
    found = list(letter_list(desk.head, tab="standing"))
    assert [row.pk for row in found] == [older.pk, old.pk, ended.pk]
    do.close(ended, note="Không có địa chỉ.", actor=desk.clerk, now=LATER)
    assert letter_tabs(desk.head)["standing"] == 2


def test_heads_are_told_once_a_month_and_no_name_is_in_it(desk):
    desk.received(at=LONG_AGO)
    do.receive_question(
        desk.agency, "Ai nộp phí?", Named("Lê Mẫu"), channel="post", actor=desk.clerk, now=LONG_AGO
    )
    assert question_tabs(desk.head)["standing"] == 1
    assert tell_heads_of_standing(NOW) == 1 == tell_heads_of_standing(NOW + timedelta(days=1))
    told = Notice.objects.system("test").filter(key__startswith="letters-standing")
    assert {notice.official_id for notice in told} == {desk.head.pk, desk.deputy.pk}
    text = f"{told[0].title} {told[0].text}"
    assert "1 đơn thư, 1 câu hỏi pháp luật" in text and "90 ngày" in text
    assert told[0].path.endswith("/letters/?tab=standing") and names_nobody(text) == []
    tell_heads_of_standing(NOW + timedelta(days=31))
    assert told.all().count() == 4


def test_nothing_is_told_of_what_is_fresh_or_over(desk):
    desk.received(at=NOW - timedelta(days=DAYS))
    letter = do.file(
        desk.classified("petition", at=LONG_AGO), filing="no_letter", actor=desk.focal, now=LATER
    )
    do.close(letter, note="Không có địa chỉ.", actor=desk.clerk, now=LATER)
    assert tell_heads_of_standing(NOW) == 0


def test_an_accepted_letter_is_discontinued_by_a_head_with_a_ground_and_a_reason(desk):
    letter = desk.assigned("complaint", channel="press")
    assert letter.clocks.filter(state="run", rule="DT-08").exists()
    typed = {"filing": "withdrawn", "reason": "Đơn rút ngày 04/8/2026.", "now": LATER}
    with pytest.raises(NotAllowed, match="trình lãnh đạo"):
        do.discontinue(letter, actor=desk.focal, **typed)
    with pytest.raises(InvalidInput, match="Ghi căn cứ"):
        do.discontinue(letter, actor=desk.head, **{**typed, "reason": " "})
    with pytest.raises(InvalidInput, match="Chọn lý do"):
        do.discontinue(letter, actor=desk.head, **{**typed, "filing": "no_sender"})
    with pytest.raises(InvalidInput, match="trùng với đơn nào"):
        do.discontinue(letter, actor=desk.head, **{**typed, "filing": "repeated"})
    letter = do.discontinue(letter, actor=desk.head, **typed)
    assert (letter.state, letter.filing) == ("filed", "withdrawn")
    assert not letter.clocks.filter(state="run", event="accepted").exists()
    assert LedgerEntry.objects.get(step="discontinue").reason == "Đơn rút ngày 04/8/2026."


def test_what_is_owed_to_the_paper_stays_owed(desk):
    letter = desk.accepted("denunciation", channel="press")
    letter = do.discontinue(
        letter, filing="withdrawn", reason="Rút đơn.", actor=desk.head, now=LATER
    )
    assert list(letter.clocks.filter(state="run").values_list("rule", flat=True)) == ["TL-04"]


def test_an_ended_letter_nobody_closed_is_wiped_when_nothing_was_done_for_as_long(desk):
    letter = do.file(desk.classified("petition"), filing="no_letter", actor=desk.focal, now=NOW)
    seen_at = NOW + timedelta(days=900)
    do.reveal_people(letter, reason="Xem lại", actor=desk.head, now=seen_at)
    five_years = timedelta(days=1830)
    assert do.wipe_due(now=NOW + five_years) == 0
    assert LetterPerson.objects.system("test").exists()
    assert do.wipe_due(now=seen_at + five_years) == 1
    assert not LetterPerson.objects.system("test").exists()


def test_an_open_letter_is_told_of_and_never_wiped_by_itself(desk):
    desk.accepted("petition")
    assert do.wipe_due(now=NOW + TEN_YEARS) == 0
    assert tell_heads_of_standing(NOW + TEN_YEARS) == 1
