"""What is kept beside the sealed text names nobody: rows, diary, search; who has the right sees it once, and it is logged."""

import pytest

from hoiam.core import search
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.core.models import LedgerEntry, SearchDocument
from hoiam.kit.vietnamese import fold
from hoiam.letters import actions as do
from hoiam.letters.actions import Named, Sorted
from hoiam.letters.models import LetterPerson, ReaderLetter
from tests.letters.conftest import LATER, NAME

MARKS = ("tran van tam", "van tam", "ong tam", "0912345678", "0912 345 678", "ben song", "tam@thu")


def names_nobody(text):
    folded = fold(text)
    return [mark for mark in MARKS if mark in folded]


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
