"""A letter from a paper to the published answer; splitting, passing on, repeats, many signers, two people at once."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs.models import OutgoingMail
from hoiam.kit.papers import read_paper
from hoiam.letters import actions as do
from hoiam.letters.actions import Drafted, Named, Part, Sorted, Written
from hoiam.letters.actions.papers import letter_word, words_for
from hoiam.letters.models import LegalQuestion, LetterPerson, PublishedAnswer, ReaderLetter
from hoiam.letters.queries import letters_visible_to, published_answers, repeats_of
from tests import factories as make
from tests.factories import NOW
from tests.letters.conftest import LATER, MAIL, NAME, written
from tests.letters.test_names_are_hidden import names_nobody

ON = LATER.date()


def kept():
    return ReaderLetter.objects.system("test")


def text_of(data):
    return read_paper(data, "van-ban.docx").text


def test_a_letter_of_a_paper_is_answered_and_paper_and_citizen_are_told(desk):
    letter = desk.answered("petition", channel="press")
    with pytest.raises(WrongState, match="Chưa báo kết quả cho Báo Sông Thanh"):
        do.close(letter, actor=desk.clerk, now=LATER)
    letter = do.tell_press(
        letter, what="result", number="46/VP", on=ON, actor=desk.clerk, now=LATER
    )
    letter = do.tell_citizen(letter, way="email", actor=desk.clerk, now=LATER)
    letter = do.close(letter, actor=desk.clerk, now=LATER)
    mail = OutgoingMail.objects.get(key__startswith=f"letter:{letter.pk}:")

    assert letter.state == "closed" and mail.address == MAIL
    assert "45/THADSTG-VP" in mail.text and "Đã chi trả đủ." in mail.text
    assert names_nobody(mail.text) == []


def test_the_papers_to_the_press_name_nobody_and_the_citizens_only_for_a_reason(desk):
    letter = desk.answered("denunciation", channel="press")
    assert words_for(letter) == ["answer", "acceptance", "result", "accepted"]
    for code in words_for(letter):
        data = letter_word(letter, code, actor=desk.clerk, now=LATER)
        assert names_nobody(text_of(data)) == []
    assert "Báo Sông Thanh" in text_of(letter_word(letter, "result", actor=desk.clerk, now=LATER))
    named = letter_word(letter, "answer", actor=desk.head, now=LATER, reason="Gửi trả lời")
    assert NAME in text_of(named)
    with pytest.raises(NotAllowed):
        letter_word(letter, "answer", actor=desk.clerk, now=LATER, reason="Gửi trả lời")


def test_a_question_in_a_letter_becomes_a_published_answer(desk):
    letter = desk.classified("question")
    question = do.pass_to_questions(letter, actor=desk.focal, now=LATER)
    draft = Drafted("Khi nào được trả tiền?", "Sau khi bán tài sản.", "procedure",
                    ["Luật Thi hành án dân sự 106/2025/QH15"], TODAY)  # fmt: skip
    question = do.draft_legal_answer(question, draft, actor=desk.examiner, now=LATER)
    with pytest.raises(NotAllowed, match="không tự kiểm tra"):
        do.check_legal_answer(question, note="", actor=desk.examiner, now=LATER)
    question = do.check_legal_answer(question, note="", actor=desk.deputy, now=LATER)
    question = do.publish_legal_answer(question, actor=desk.head, now=LATER)
    answer = published_answers(LATER).get()

    assert kept().get(pk=letter.pk).state == "handed_over"
    assert (answer.slug, answer.law_day) == ("khi-nao-duoc-tra-tien", TODAY)
    assert answer.answer_html == "<p>Sau khi bán tài sản.</p>"
    assert names_nobody(question.asked) == []
    page = Client().get(reverse("portal-letter-state", args=[letter.code])).content.decode()
    assert f'href="{reverse("portal-letter-state", args=[question.code])}"' in page


TODAY = NOW.date()


def published(desk, laws, law_day):
    """A published answer of its own law."""
    question = do.send_question(
        desk.agency, "Bao lâu trả lời báo?", Named("Lê Mẫu", "asker"), now=NOW
    )
    draft = Drafted("Bao lâu trả lời báo?", "Theo luật.", "press", laws, law_day)
    question = do.draft_legal_answer(question, draft, actor=desk.examiner, now=LATER)
    question = do.check_legal_answer(question, note="Đã xem.", actor=desk.deputy, now=LATER)
    return do.publish_legal_answer(question, actor=desk.head, now=LATER)


def test_an_answer_is_flagged_when_a_law_it_cites_changed_and_is_cleared_by_a_lawyer(desk):
    old = published(desk, ["Luật Báo chí 103/2016"], date(2026, 6, 30))
    published(desk, ["Luật Báo chí 126/2025/QH15"], date(2026, 6, 30))
    published(desk, ["NĐ 9/2017/NĐ-CP"], date(2026, 7, 1))

    assert do.flag_changed_laws(now=LATER) == 1 and do.flag_changed_laws(now=LATER) == 0
    row = PublishedAnswer.objects.system("test").get(source=old)
    assert row.is_under_review and "126/2025/QH15 từ 01/07/2026" in row.review_reason
    do.review_legal_answer(old, note="Đối chiếu Luật 126/2025.", actor=desk.deputy, now=LATER)
    assert do.flag_changed_laws(now=LATER) == 0
    row.refresh_from_db(from_queryset=PublishedAnswer.objects.system("test"))
    assert not row.is_under_review and row.law_day == LATER.date()


def test_an_old_law_is_told_to_the_lawyer_before_it_is_published(desk):
    question = do.send_question(desk.agency, "Hỏi?", Named(), now=NOW)
    draft = Drafted("Hỏi?", "Đáp.", "press", ["Nghị định số 62/2015/NĐ-CP"], TODAY)
    question = do.draft_legal_answer(question, draft, actor=desk.examiner, now=LATER)
    with pytest.raises(InvalidInput, match="NĐ 152/2026"):
        do.check_legal_answer(question, note=" ", actor=desk.deputy, now=LATER)


def test_who_drafted_does_not_approve(desk):
    letter = desk.assigned("petition")
    letter = do.draft_answer(letter, text="Trả lời.", actor=desk.head, now=LATER)
    with pytest.raises(NotAllowed, match="Người soạn không tự duyệt"):
        do.approve_answer(letter, actor=desk.head, now=LATER)
    assert do.approve_answer(letter, actor=desk.deputy, now=LATER).state == "approved"


def test_a_mixed_letter_is_split_and_each_part_has_the_clocks_of_the_whole(desk):
    letter = desk.classified("mixed", channel="press")
    with pytest.raises(WrongState, match="Tách đơn trước"):
        do.accept(letter, actor=desk.head, now=LATER)
    parts = [
        Part("petition", "", "Ông Trần Văn Tám kiến nghị."),
        Part("denunciation", "", "Tố cáo."),
    ]
    one, two = do.split(letter, parts, actor=desk.focal, now=LATER)

    assert {c.rule for c in one.clocks.all()} == {"DT-01", "TL-02"}
    assert {c.rule for c in two.clocks.all()} == {"TL-04"}
    assert one.received_at == letter.received_at and names_nobody(one.content) == []
    assert not letter.clocks.filter(state="run").exists()
    assert one.is_by_press and two.is_by_press


def test_passed_on_the_other_agency_has_it_and_ours_does_not_see_theirs(desk):
    letter = desk.classified("petition", competence="system")
    letter = do.hand_over(letter, agency=desk.tree.other, actor=desk.focal, now=LATER)
    theirs = kept().get(came_from=letter)
    there = make.head(desk.tree.other)

    assert (theirs.agency, theirs.state, theirs.received_at) == (desk.tree.other, "received", LATER)
    assert list(letters_visible_to(there)) == [theirs]
    assert theirs not in list(letters_visible_to(desk.head))
    assert LetterPerson.objects.system("test").get(letter=theirs).name == NAME
    assert letter.clocks.get(rule="DT-01").ended_by == "hand_over"


def test_the_same_letter_again_is_offered_never_decided_and_filed_only_after_an_answer(desk):
    first = desk.classified("petition")
    second = desk.received(at=LATER)
    other = desk.received(
        at=LATER, written=Written("Việc khác", "Hỏi về lịch tiếp công dân của trụ sở.")
    )

    assert [(r.letter.pk, r.why) for r in repeats_of(second, desk.head)] == [
        (first.pk, "nội dung giống 100%, cùng người gửi")
    ]
    assert repeats_of(other, desk.head) == []
    second = do.classify(
        second, Sorted("petition", condition="met", competence="ours"), actor=desk.focal, now=LATER
    )
    with pytest.raises(InvalidInput, match="trùng với đơn nào"):
        do.file(second, filing="repeated", actor=desk.focal, now=LATER)
    second = do.mark_repeat(second, first, actor=desk.focal, now=LATER)
    with pytest.raises(InvalidInput, match="chưa được trả lời"):
        do.file(second, filing="repeated", actor=desk.focal, now=LATER)
    kept().filter(pk=first.pk).update(state="closed", closed_at=LATER)
    assert do.file(second, filing="repeated", actor=desk.focal, now=LATER).state == "filed"


@pytest.mark.parametrize(("signers", "have", "fits"), [
    (4, 0, True), (5, 0, False), (5, 2, True), (10, 3, False), (11, 3, True), (11, 6, False),
])  # fmt: skip
def test_many_signers_appoint_representatives(desk, signers, have, fits):
    people = [Named(f"Đại Diện {n}", "representative") for n in range(have)]
    letter = desk.received(written=written(people=[Named(NAME), *people]))
    found = Sorted("complaint", "enforcement", "met", "ours", signers=signers)
    if fits:
        assert do.classify(letter, found, actor=desk.focal, now=LATER).signers == signers
    else:
        with pytest.raises(InvalidInput, match="NĐ 152/2026 Đ77"):
            do.classify(letter, found, actor=desk.focal, now=LATER)


def test_a_denunciation_of_nobody_opens_no_clock_of_settling(desk):
    letter = desk.accepted("denunciation", text=written(people=[]))
    assert letter.is_anonymous
    assert set(letter.clocks.values_list("rule", flat=True)) == {"MD-130"}
    letter = do.assign(letter, official=desk.examiner.official, actor=desk.focal, now=LATER)
    assert letter.state == "assigned"


def test_of_two_people_at_once_the_second_is_told(desk):
    letter = desk.received()
    seen = letter.version
    do.classify(letter, Sorted("petition"), actor=desk.focal, now=LATER, seen=seen)
    with pytest.raises(Conflict, match="vừa được người khác xử lý"):
        do.classify(
            letter, Sorted("complaint", "enforcement"), actor=desk.head, now=LATER, seen=seen
        )
    drafted = desk.drafted("petition")
    with pytest.raises(Conflict, match="vừa được người khác lưu"):
        do.draft_answer(drafted, text="Bản khác.", actor=desk.head, now=LATER, seen=0)


def test_reopened_it_begins_again_and_the_diary_keeps_the_answer(desk):
    letter = desk.answered("petition")
    letter = do.tell_citizen(letter, way="post", actor=desk.clerk, now=LATER)
    letter = do.close(letter, actor=desk.clerk, now=LATER)
    letter = do.reopen(letter, reason="Có chứng cứ mới", actor=desk.focal, now=LATER)

    assert (letter.state, letter.answered_at, letter.draft) == (
        "classified",
        None,
        "Đã chi trả đủ.",
    )
    letter = do.accept(letter, actor=desk.head, now=LATER + timedelta(days=1))
    assert letter.state == "accepted"


def test_a_question_is_sent_once(desk):
    one, two = (
        do.send_question(desk.agency, "Hỏi một câu?", Named(), now=NOW, sender_key="k")
        for _ in range(2)
    )
    assert one == two and LegalQuestion.objects.system("test").count() == 1
