"""Notices in Word to who wrote: taken up, refused or discontinued, passed on; without a name unless a reason is given."""

import pytest

from hoiam.core.errors import NotAllowed
from hoiam.core.models import LedgerEntry
from hoiam.kit.papers import read_paper
from hoiam.letters import actions as do
from hoiam.letters.actions.papers import letter_word, words_for
from tests.letters.conftest import LATER, NAME, PLACE, written
from tests.letters.test_names_are_hidden import names_nobody


def text_of(letter, code, actor, **more):
    data = letter_word(letter, code, actor=actor, now=LATER, **more)
    return " ".join(read_paper(data, "van-ban.docx").text.split())


@pytest.mark.parametrize(
    ("kind", "about", "act", "due"),
    [
        (
            "complaint", "administrative", "thụ lý giải quyết khiếu nại",
            "Hạn giải quyết: ngày 04/09/2026 (Luật Khiếu nại 2011 Đ28)",
        ),
        ("complaint", "enforcement", "thụ lý giải quyết khiếu nại", ""),
        ("denunciation", "", "thụ lý giải quyết tố cáo", "(Luật Tố cáo 2018 Đ30)"),
        ("petition", "", "tiếp nhận, xử lý kiến nghị, phản ánh", ""),
    ],
)  # fmt: skip
def test_what_was_taken_up_and_by_when_where_the_law_surely_says_so(desk, kind, about, act, due):
    letter = desk.accepted(kind, **({"about": about} if about else {}))
    told = text_of(letter, "accepted", desk.clerk)
    assert "THÔNG BÁO" in told and f"{act} kể từ ngày" in told and letter.number in told
    assert due in told and ("Hạn giải quyết" in told) is bool(due)
    assert "chưa đối chiếu" not in told and names_nobody(told) == []


def test_the_reason_stands_in_a_refusal_and_what_was_taken_up_is_discontinued(desk):
    letter = desk.classified("complaint", condition="unmet")
    letter = do.file(letter, filing="unmet", reason="Đã mời hai lần.", actor=desk.focal, now=LATER)
    told = text_of(letter, "refused", desk.clerk)
    assert words_for(letter) == ["refused"]
    assert "không thụ lý giải quyết khiếu nại. Lý do: Không đủ điều kiện" in told
    # Every sentence of a paper ends.
    assert f"có nội dung: {letter.title}. Sau khi" in told
    assert f"Lý do: {letter.get_filing_display()}. " in told
    other = do.discontinue(
        desk.accepted("petition"), filing="withdrawn", reason="Rút đơn.", actor=desk.head, now=LATER
    )
    told = text_of(other, "refused", desk.clerk)
    assert "đình chỉ tiếp nhận, xử lý kiến nghị" in told and "Người gửi rút đơn" in told


def test_where_a_letter_went_or_where_to_send_it(desk):
    sent = desk.classified("petition", competence="system")
    sent = do.hand_over(sent, agency=desk.tree.other, actor=desk.focal, now=LATER)
    assert words_for(sent) == ["transfer", "guided"]
    told = text_of(sent, "guided", desk.clerk)
    assert f"đã chuyển đơn đến {desk.tree.other.full_name}" in told
    guided = desk.classified("petition", competence="outside")
    guided = do.hand_over(guided, guided_to="Tòa án nhân dân tỉnh", actor=desk.focal, now=LATER)
    told = text_of(guided, "guided", desk.clerk)
    assert words_for(guided) == ["guided"]
    assert "Nơi có thẩm quyền: Tòa án nhân dân tỉnh" in told and "đã chuyển đơn" not in told


def test_who_wrote_is_named_for_a_reason_alone_and_it_is_logged(desk):
    letter = desk.accepted("denunciation")
    with pytest.raises(NotAllowed):
        text_of(letter, "accepted", desk.clerk, reason="Gửi thông báo")
    told = text_of(letter, "accepted", desk.head, reason="Gửi thông báo")
    assert f"Ông/Bà {NAME}" in told and PLACE in told
    assert LedgerEntry.objects.filter(step="reveal_people").count() == 1


def test_nobody_is_told_of_a_letter_nobody_signed(desk):
    letter = desk.accepted("denunciation", text=written(people=[]))
    assert words_for(letter) == []
