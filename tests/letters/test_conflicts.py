"""Whom a denunciation names learns nothing of who wrote and decides nothing; nobody hands such a letter to themselves."""

import pytest

from hoiam.agencies.states import Role
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.core.models import LedgerEntry
from hoiam.letters import actions as do
from hoiam.letters.actions import Named, Part, Sorted
from hoiam.letters.policies import is_denounced
from tests import factories as make
from tests.letters.conftest import LATER, TEXT, written

NAME = "Phan Quốc Bảy"
ABOUT = "Tố cáo ông Phan Quốc Bảy nhận tiền của đương sự."


@pytest.fixture
def bay(desk):
    """A deputy by the name the letters of these tests denounce."""
    actor = make.actor(desk.agency, Role.DEPUTY)
    type(actor.official).objects.filter(pk=actor.pk).update(full_name=NAME)
    actor.official.refresh_from_db()
    return actor


def letter_saying(desk, *lines, kind="denunciation"):
    text = written(content="\n".join([TEXT, *lines]))
    return desk.classified(kind, text=text)


def test_nobody_hands_a_denunciation_to_themselves(desk):
    letter = desk.accepted("denunciation")
    with pytest.raises(NotAllowed, match="Không tự giao cho mình đơn tố cáo"):
        do.assign(letter, official=desk.focal.official, actor=desk.focal, now=LATER)
    assert not LedgerEntry.objects.filter(step="assign").exists()
    letter = do.assign(letter, official=desk.focal.official, actor=desk.head, now=LATER)
    assert letter.holder_id == desk.focal.pk


def test_a_petition_may_be_taken_by_who_hands_it_out(desk):
    letter = desk.accepted("petition")
    assert do.assign(letter, official=desk.focal.official, actor=desk.focal, now=LATER).holder_id


@pytest.mark.parametrize("said", ["in the text", "as a person named"])
def test_whom_it_names_is_not_given_the_letter(desk, bay, said):
    letter = letter_saying(desk, ABOUT if said == "in the text" else "Không nêu tên ai.")
    if said == "as a person named":
        letter = do.add_person(letter, Named(NAME.upper(), "named"), actor=desk.focal, now=LATER)
    letter = do.accept(letter, actor=desk.head, now=LATER)
    with pytest.raises(InvalidInput, match="nêu tên Phan Quốc Bảy") as refused:
        do.assign(letter, official=bay.official, actor=desk.head, now=LATER)
    assert refused.value.field == "official"
    do.assign(letter, official=desk.examiner.official, actor=desk.head, now=LATER)


def test_whom_it_names_does_not_learn_who_wrote_even_as_a_deputy_or_holder(desk, bay):
    letter = letter_saying(desk)
    assert do.reveal_people(letter, reason="Mời làm việc", actor=bay, now=LATER).people
    letter = do.accept(letter, actor=desk.head, now=LATER)
    letter = do.assign(letter, official=bay.official, actor=desk.head, now=LATER)
    letter = do.add_person(letter, Named(NAME, "named"), actor=desk.focal, now=LATER)
    with pytest.raises(NotAllowed, match="Danh tính người gửi"):
        do.reveal_people(letter, reason="Mời làm việc", actor=bay, now=LATER)
    with pytest.raises(NotAllowed, match="nêu tên bạn"):
        do.draft_answer(letter, text="Không có cơ sở.", actor=bay, now=LATER)


def steps(desk, letter, actor):
    return {
        "accept": lambda: do.accept(letter, actor=actor, now=LATER),
        "file": lambda: do.file(letter, filing="no_letter", actor=actor, now=LATER),
        "split": lambda: do.split(
            letter, [Part("petition", "", "Một"), Part("petition", "", "Hai")], actor=actor,
            now=LATER,
        ),
        "sorted as a petition": lambda: do.classify(
            letter, Sorted("petition"), actor=actor, now=LATER
        ),
    }  # fmt: skip


@pytest.mark.parametrize("step", ["accept", "file", "split", "sorted as a petition"])
def test_whom_it_names_decides_nothing_about_it(desk, bay, step):
    letter = letter_saying(desk, ABOUT)
    lines = LedgerEntry.objects.count()
    with pytest.raises(NotAllowed, match="nêu tên bạn"):
        steps(desk, letter, bay)[step]()
    assert LedgerEntry.objects.count() == lines
    steps(desk, letter, desk.head)[step]()


def test_who_is_named_and_alone_can_pass_it_on(desk, bay):
    letter = desk.received(written=written(content=f"{TEXT}\n{ABOUT}"))
    found = Sorted("denunciation", condition="met", competence="system")
    letter = do.classify(letter, found, actor=bay, now=LATER)
    letter = do.hand_over(letter, agency=desk.tree.other, actor=bay, now=LATER)
    assert letter.state == "handed_over"


@pytest.mark.parametrize(
    ("line", "kind", "is_about"),
    [
        (ABOUT, "denunciation", True),
        ("Toi to cao PHAN  QUOC BAY.", "denunciation", True),
        (f"Kính gửi: ông {NAME}, Trưởng THADS tỉnh", "denunciation", False),
        (f"Đồng kính gửi ông {NAME}", "denunciation", False),
        ("Ông Quốc Bảy và bà Bảy.", "denunciation", False),
        (ABOUT, "petition", False),
    ],
)
def test_what_counts_as_naming(desk, bay, line, kind, is_about):
    letter = letter_saying(desk, line, kind=kind)
    assert is_denounced(bay.official, letter) is is_about
