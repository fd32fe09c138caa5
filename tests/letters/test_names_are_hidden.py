"""What is kept beside the sealed text names nobody: rows, diary, search; who has the right sees it once, and it is logged."""

import re

import pytest

from hoiam.core import search
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.models import LedgerEntry, SearchDocument
from hoiam.kit.vietnamese import fold
from hoiam.letters import actions as do
from hoiam.letters.actions import Named, Part, Sorted
from hoiam.letters.actions.hiding import hide_again
from hoiam.letters.models import LetterPerson, ReaderLetter
from hoiam.letters.queries import repeats_of
from tests.letters.conftest import LATER, NAME, written

MARKS = ("tran van tam", "van tam", "ong tam", "0912345678", "0912 345 678", "ben song", "tam@thu")


def names_nobody(text):
    folded = fold(text)
    # Whole words: "hệ thống tạm ngừng" names nobody.
    return [mark for mark in MARKS if re.search(rf"(?<!\w){re.escape(mark)}(?!\w)", folded)]


def test_the_row_of_a_letter_holds_no_name_in_any_column(desk):
    letter = desk.received()
    row = ReaderLetter.objects.system("test").filter(pk=letter.pk).values().get()

    assert names_nobody(str(row)) == []
    assert "chậm trả tiền" in row["content"] and "[đã che]" in row["content"]


def test_what_people_type_into_reasons_and_notes_is_hidden_in_the_diary(desk):
    letter = desk.received()
    note = "Ông Trần Văn Tám (0912 345 678) đã gọi"
    letter = do.classify(letter, Sorted("denunciation", note=note), actor=desk.focal, now=LATER)
    do.reveal_people(letter, reason="Gọi cho Trần Văn Tám", actor=desk.head, now=LATER)

    lines = "\n".join(f"{e.reason} {e.data}" for e in LedgerEntry.objects.all())
    assert names_nobody(lines) == [] and names_nobody(letter.sorting_note) == []
    assert "đã gọi" in lines


def test_search_finds_the_matter_and_never_the_writer(desk):
    desk.received()
    assert search.find("chậm trả tiền", scope=None) != []
    assert search.find("Trần Văn Tám", scope=None) == []
    assert search.find('"0912345678"', scope=None) == []
    assert all(search.find("chậm trả tiền", scope={f"agency:{desk.agency.pk}"}) == [] for _ in [0])
    assert SearchDocument.objects.filter(kind="letter").count() == 1
    assert search.reindex() >= 1 and search.find("Trần Văn Tám", scope=None) == []


def test_a_person_added_later_is_taken_out_of_what_stood_there(desk):
    letter = desk.received(written=None)
    letter = do.add_person(letter, Named("Lê Thị Chín", "named"), actor=desk.focal, now=LATER)
    assert letter.version == 1
    other = desk.received()
    do.add_person(other, Named("Nguyễn Quang Ba"), actor=desk.focal, now=LATER)
    assert LetterPerson.objects.system("test").filter(letter=other).count() == 2


@pytest.mark.parametrize("kind", ["denunciation", None])
def test_a_denouncer_is_told_to_the_head_and_the_holder_alone(desk, kind):
    letter = desk.received()
    if kind:
        letter = do.classify(letter, Sorted(kind), actor=desk.focal, now=LATER)
    for actor in (desk.clerk, desk.focal, desk.examiner):
        with pytest.raises(NotAllowed, match="Danh tính người gửi"):
            do.reveal_people(letter, reason="Xem", actor=actor, now=LATER)
    told = do.reveal_people(letter, reason="Mời làm việc", actor=desk.deputy, now=LATER)

    assert [person.name for person in told.people] == [NAME]
    assert NAME in told.content
    seen = LedgerEntry.objects.get(step="reveal_people")
    assert (seen.actor_id, seen.reason) == (desk.deputy.pk, "Mời làm việc")


def test_a_reason_is_owed_and_a_holder_may_know(desk):
    letter = desk.assigned("denunciation")
    with pytest.raises(InvalidInput, match="Ghi vì sao"):
        do.reveal_people(letter, reason=" ", actor=desk.head, now=LATER)
    assert do.reveal_people(letter, reason="Mời làm việc", actor=desk.examiner, now=LATER).people


def test_of_a_petition_the_desk_may_know_who_wrote(desk):
    letter = desk.classified("petition")
    assert do.reveal_people(letter, reason="Gọi lại", actor=desk.clerk, now=LATER).people
    with pytest.raises(NotAllowed):
        do.reveal_people(letter, reason="Gọi lại", actor=desk.examiner, now=LATER)


def test_an_answer_that_names_who_wrote_is_not_saved(desk):
    letter = desk.assigned("denunciation")
    with pytest.raises(InvalidInput, match="tên, điện thoại"):
        do.draft_answer(letter, text="Trả lời ông trần văn tám.", actor=desk.examiner, now=LATER)
    do.draft_answer(letter, text="Trả lời người gửi.", actor=desk.examiner, now=LATER)


def unknown_to(actor, *letters):
    for letter in letters:
        with pytest.raises(NotAllowed, match="Danh tính người gửi"):
            do.reveal_people(letter, reason="Xem", actor=actor, now=LATER)


@pytest.mark.parametrize("said_by", ["who wrote", "the desk"])
def test_a_denouncer_stays_unknown_when_the_letter_is_sorted_as_something_else(desk, said_by):
    letter = desk.received(written=written(people=[Named(NAME, "denouncer")]) if said_by == "who wrote" else None)  # fmt: skip
    if said_by == "the desk":
        letter = do.classify(letter, Sorted("denunciation"), actor=desk.focal, now=LATER)
    letter = do.classify(letter, Sorted("petition"), actor=desk.focal, now=LATER)
    unknown_to(desk.focal, letter)
    unknown_to(desk.clerk, letter)
    assert do.reveal_people(letter, reason="Mời", actor=desk.head, now=LATER).people

    letter = do.classify(letter, Sorted("question"), actor=desk.focal, now=LATER)
    with pytest.raises(WrongState, match="người tố cáo"):
        do.pass_to_questions(letter, actor=desk.focal, now=LATER)


def test_a_denouncer_is_not_known_by_the_other_part_of_the_letter(desk):
    letter = do.classify(desk.received(), Sorted("mixed"), actor=desk.focal, now=LATER)
    parts = [Part("petition", "Kiến nghị", "Một"), Part("denunciation", "Tố cáo", "Hai")]
    unknown_to(desk.clerk, *do.split(letter, parts, actor=desk.focal, now=LATER))


def test_the_same_sender_is_told_only_to_who_may_know_both(desk):
    first = desk.classified("petition")
    second = desk.received(at=LATER, written=written(content="Việc hoàn toàn khác, về một con đò."))
    assert [row.why for row in repeats_of(second, desk.head)] == ["cùng người gửi"]
    assert repeats_of(second, desk.focal) == [] == repeats_of(second, desk.clerk)

    second = do.classify(second, Sorted("petition"), actor=desk.focal, now=LATER)
    assert [row.letter.pk for row in repeats_of(second, desk.focal)] == [first.pk]


def test_a_person_added_after_the_draft_is_taken_out_of_the_draft(desk):
    letter = desk.assigned("denunciation")
    said = "Bà Nguyễn Quang Ba và ông Lê Văn Chín đã được mời."
    letter = do.draft_answer(letter, text=said, actor=desk.examiner, now=LATER)
    letter = do.add_person(letter, Named("Lê Văn Chín", "named"), actor=desk.focal, now=LATER)
    letter = do.add_person(letter, Named("Nguyễn Quang Ba"), actor=desk.focal, now=LATER)
    row = ReaderLetter.objects.system("test").get(pk=letter.pk)
    assert "Quang Ba" not in row.draft and "Lê Văn Chín" in row.draft


SAID = f"Đã gọi ông {NAME} (0912 345 678)"


def test_an_extension_names_nobody_on_the_page_nor_after_a_person_was_added(desk):
    letter = desk.accepted("denunciation")
    clock = letter.clocks.get(rule="DT-05")
    letter = do.extend_clock(
        letter, clock=clock, ground="vụ việc phức tạp", reason=f"{SAID} và bà Lê Thị Chín",
        signed_by="Thủ trưởng", paper=f"9/QĐ về {NAME}", actor=desk.head, now=LATER,
    )  # fmt: skip
    more = clock.extensions.get()
    assert names_nobody(f"{more.reason} {more.paper}") == [] and "Đã gọi" in more.reason
    do.add_person(letter, Named("Lê Thị Chín", "named"), actor=desk.focal, now=LATER)
    more.refresh_from_db()
    assert "Chín" not in more.reason


@pytest.mark.parametrize(
    ("role", "address", "told"),
    [
        ("sender", "xã Bến Đò", "Ủy ban nhân dân xã Bến Đò"),
        ("denouncer", "xã Bến Đò", "Ủy ban nhân dân [đã che]"),
        ("sender", "thôn Hạ, xã Bến Đò", "Tòa án ở [đã che]"),
    ],
)
def test_the_commune_to_go_to_keeps_its_name_but_no_home_and_no_denouncers(
    desk, role, address, told
):
    letter = desk.classified("petition", competence="outside")
    LetterPerson.objects.system("test").filter(letter=letter).delete()
    do.add_person(letter, Named("Hồ Thị Hai", role, address), actor=desk.focal, now=LATER)
    letter.refresh_from_db()
    typed = f"Ủy ban nhân dân {address}" if "Ủy ban" in told else f"Tòa án ở {address}"
    letter = do.hand_over(letter, guided_to=typed, actor=desk.focal, now=LATER)
    assert letter.guided_to == told
    hide_again(letter)
    assert letter.guided_to == told


def test_where_a_letter_was_guided_to_names_nobody(desk):
    letter = desk.classified("denunciation", competence="outside")
    letter = do.hand_over(letter, guided_to=f"Tòa án, {SAID}", actor=desk.focal, now=LATER)
    assert names_nobody(letter.guided_to) == [] and letter.guided_to.startswith("Tòa án")


def asked(desk):
    asker = Named(NAME, phone="0912345678")
    return do.receive_question(
        desk.agency, "Ai nộp phí?", asker, channel="post", actor=desk.clerk, now=LATER
    )


def test_notes_of_a_legal_question_name_nobody(desk):
    draft = do.Drafted("Ai nộp phí?", "Người được thi hành án.", "fees", ["NĐ 152/2026/NĐ-CP"], LATER.date())  # fmt: skip
    question = do.draft_legal_answer(asked(desk), draft, actor=desk.examiner, now=LATER)
    question = do.check_legal_answer(question, note=SAID, actor=desk.deputy, now=LATER)
    other = do.refer_question(asked(desk), to=f"UBND, {SAID}", actor=desk.focal, now=LATER)
    lines = "\n".join(f"{e.reason} {e.data}" for e in LedgerEntry.objects.all())
    assert names_nobody(f"{question.check_note} {other.referred_to} {lines}") == []
    assert "Đã gọi" in question.check_note and other.referred_to.startswith("UBND")
