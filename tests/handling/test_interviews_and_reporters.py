"""An interview reviewed before it is printed, and the register of accredited reporters."""

import hashlib
from datetime import date, timedelta

import pytest

from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.handling.actions.accreditation import (
    accredit_reporter,
    confirm_accreditation,
    end_accreditation,
)
from hoiam.handling.actions.enquiry import link_enquiry
from hoiam.handling.actions.enquiry_texts import demand_review, keep_text, report_misrendering
from hoiam.handling.queries.accreditation import accreditation_list, is_stale
from hoiam.handling.queries.enquiry_texts import comparison_of
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.handling.press_desk import enquiry

AGREED = "Việc kéo dài vì tài sản đang tranh chấp."


@pytest.fixture
def interview(tree, focal):
    return enquiry(tree.province, focal, kind="interview")


def printed(interview, by, text):
    keep_text(interview, stage="agreed", text=AGREED, actor=by, now=NOW)
    keep_text(interview, stage="published", text=text, actor=by, now=NOW)
    return comparison_of(interview.texts.all())


def test_the_demand_to_review_stands_once_and_only_for_interviews(tree, focal, interview):
    asked = demand_review(interview, by="Ông Thử", actor=focal, now=NOW)
    assert (asked.review_demanded_at, asked.review_demanded_by) == (NOW, "Ông Thử")
    with pytest.raises(WrongState, match="đã được ghi"):
        demand_review(interview, by="Bà Mẫu", actor=focal, now=NOW)
    with pytest.raises(WrongState, match="Chỉ cuộc phỏng vấn"):
        demand_review(enquiry(tree.province, focal), by="Ông Thử", actor=focal, now=NOW)


def test_texts_are_kept_with_their_hash_and_none_is_overwritten(focal, interview):
    first = keep_text(interview, stage="sent", text=AGREED + "\r\n", actor=focal, now=NOW)
    keep_text(interview, stage="sent", text=AGREED + " Sửa.", actor=focal, now=NOW)
    assert interview.texts.count() == 2
    assert first.digest == hashlib.sha256(AGREED.encode()).hexdigest()
    with pytest.raises(InvalidInput, match="Dán nội dung"):
        keep_text(interview, stage="sent", text=" ", actor=focal, now=NOW)


def test_printed_word_for_word_frees_the_paper_whatever_stands_around_it(focal, interview):
    around = f"Lời dẫn của báo.\n\n“{AGREED}”\n\nẢnh: PV"
    assert printed(interview, focal, around).is_exact
    with pytest.raises(WrongState, match="Chưa thấy khác biệt"):
        report_misrendering(interview, reason="x", actor=focal, now=NOW)


def test_another_word_is_shown_and_leads_to_obligation_h(tree, focal, interview):
    compared = printed(interview, focal, "Việc kéo dài vì cán bộ chậm.")
    assert not compared.is_exact
    assert any(piece.kind == "deleted" and "tài sản" in piece.text for piece in compared.pieces)
    with pytest.raises(WrongState, match="Gắn đề nghị"):
        report_misrendering(interview, reason="đổi nguyên nhân", actor=focal, now=NOW)
    case = make.case(tree.province)
    linked = link_enquiry(interview, case=case, actor=focal, now=NOW)
    report_misrendering(linked, reason="đổi nguyên nhân", actor=focal, now=NOW)
    assert {o.letter for o in case.obligations.all()} == {"a", "h"}


def entered(tree, by, name="Hà Văn Sóng", confirmed=TODAY, **typed):
    press = make.channel(name=f"Báo của {name}").press_agency
    return accredit_reporter(
        tree.province, press_agency=press, full_name=name, valid_from=date(2026, 1, 5),
        confirmed_on=confirmed, actor=by, now=NOW, **typed,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("confirmed", "stale"), [(date(2026, 2, 6), False), (date(2026, 2, 5), True)]
)
def test_an_old_confirmation_is_marked_by_the_default_of_months(tree, focal, confirmed, stale):
    assert is_stale(entered(tree, focal, confirmed=confirmed), TODAY) is stale


def test_confirming_again_takes_the_mark_away_and_ending_leaves_it_in_peace(tree, focal):
    old = entered(tree, focal, confirmed=date(2026, 1, 5))
    with pytest.raises(InvalidInput, match="ai ở tòa soạn"):
        confirm_accreditation(old, confirmed_on=TODAY, confirmed_with=" ", actor=focal, now=NOW)
    with pytest.raises(InvalidInput, match="phía trước"):
        ahead = TODAY + timedelta(days=1)
        confirm_accreditation(old, confirmed_on=ahead, confirmed_with="x", actor=focal, now=NOW)
    new = confirm_accreditation(
        old, confirmed_on=TODAY, confirmed_with="thư ký tòa soạn", actor=focal, now=NOW
    )
    assert not is_stale(new, TODAY)
    ended = end_accreditation(new, valid_to=TODAY, reason="chuyển báo", actor=focal, now=NOW)
    with pytest.raises(WrongState, match="đã kết thúc"):
        end_accreditation(ended, valid_to=TODAY, reason="x", actor=focal, now=NOW)


def test_the_same_reporter_stands_once_and_a_stranger_keeps_out(tree, focal):
    entered(tree, focal)
    with pytest.raises(InvalidInput, match="đã có trong danh sách"):
        accredit_reporter(
            tree.province, press_agency=make.PressAgency.objects.get(), full_name="Hà Văn  Sóng",
            valid_from=TODAY, confirmed_on=TODAY, actor=focal, now=NOW,
        )  # fmt: skip
    stranger = make.focal_point(tree.other)
    assert not accreditation_list(stranger, today=TODAY, tab="all").exists()
    with pytest.raises(NotAllowed):
        entered(tree, stranger, name="Người Lạ")
