"""Every verb in every state: it goes where the table says, or is refused with a sentence and nothing is written."""

from datetime import date

import pytest

from hoiam.core.errors import HoiAmError, WrongState
from hoiam.core.models import LedgerEntry
from hoiam.letters import actions as do
from hoiam.letters.actions import Named, Part, Sorted
from hoiam.letters.models import ReaderLetter
from hoiam.letters.states import LETTER_TRANSITIONS, LetterState
from tests.letters.conftest import LATER

ON = date(2026, 8, 5)
PARTS = [Part("petition", "Phần một", "Kiến nghị."), Part("denunciation", "Phần hai", "Tố cáo.")]


def verbs(desk, letter):
    """Each verb as it is rightly called."""
    a, c, e = desk.head, desk.clerk, desk.examiner
    sort = Sorted("petition", condition="met", competence="ours")
    first = ReaderLetter.objects.system("test").exclude(pk=letter.pk).order_by("pk").first()
    return {
        "classify": lambda: do.classify(letter, sort, actor=a, now=LATER),
        "split": lambda: do.split(letter, PARTS, actor=a, now=LATER),
        "hand_over": lambda: do.hand_over(letter, agency=desk.tree.other, actor=a, now=LATER),
        "file": lambda: do.file(letter, filing="no_letter", actor=a, now=LATER),
        "discontinue": lambda: do.discontinue(
            letter, filing="withdrawn", reason="Đơn rút ngày 01/8/2026.", actor=a, now=LATER
        ),
        "accept": lambda: do.accept(letter, actor=a, now=LATER, group="a"),
        "assign": lambda: do.assign(letter, official=e.official, actor=a, now=LATER),
        "draft_answer": lambda: do.draft_answer(letter, text="Trả lời.", actor=e, now=LATER),
        "approve_answer": lambda: do.approve_answer(letter, actor=a, now=LATER),
        "return_answer": lambda: do.return_answer(letter, reason="Sửa.", actor=a, now=LATER),
        "answer": lambda: do.answer(letter, number="1/VP", on=ON, actor=c, now=LATER),
        "tell_taken_up": lambda: do.tell_taken_up(letter, way="post", actor=c, now=LATER),
        "tell_citizen": lambda: do.tell_citizen(letter, way="post", actor=c, now=LATER),
        "tell_press": lambda: do.tell_press(
            letter, what="measures", number="2/VP", on=ON, actor=c, now=LATER
        ),
        "pass_to_questions": lambda: do.pass_to_questions(letter, actor=a, now=LATER),
        "mark_repeat": lambda: do.mark_repeat(letter, first, actor=a, now=LATER),
        "add_person": lambda: do.add_person(letter, Named("Lê Thị Chín"), actor=a, now=LATER),
        "extend_clock": lambda: do.extend_clock(
            letter, clock=letter.clocks.filter(state="run").first(), ground="vụ việc cần kéo dài", reason="Phức tạp",
            signed_by="Thủ trưởng", paper="9/QĐ", actor=a, now=LATER,
        ),
        "close": lambda: do.close(letter, note="Không liên lạc được.", actor=c, now=LATER),
        "reopen": lambda: do.reopen(letter, reason="Có tình tiết mới.", actor=a, now=LATER),
    }  # fmt: skip


def put(letter, state):
    """The letter forced into a state, with what the database wants beside it."""
    rows = ReaderLetter.objects.system("test").filter(pk=letter.pk)
    rows.update(state=state, closed_at=LATER, filing="no_letter", told_press_at=LATER)
    return rows.get()


def test_every_verb_of_the_table_is_tried(desk):
    letter = desk.received()
    assert set(verbs(desk, letter)) == set(LETTER_TRANSITIONS)


@pytest.mark.parametrize("state", list(LetterState))
def test_a_verb_is_refused_in_every_state_it_does_not_start_from(desk, state):
    letter = put(desk.classified("petition"), state)
    refused = [name for name, row in LETTER_TRANSITIONS.items() if state not in row.sources]
    lines = LedgerEntry.objects.count()

    for name in refused:
        with pytest.raises(WrongState, match="nên không làm được bước"):
            verbs(desk, letter)[name]()

    assert LedgerEntry.objects.count() == lines
    assert ReaderLetter.objects.system("test").get(pk=letter.pk).state == state


@pytest.mark.parametrize(
    ("verb", "state"),
    [(name, state) for name, row in LETTER_TRANSITIONS.items() for state in sorted(row.sources)],
)
def test_a_verb_goes_where_the_table_says(desk, verb, state):
    by_press = "press" if verb in ("tell_press", "close") else "post"
    kind = {"pass_to_questions": "question", "extend_clock": "complaint"}.get(verb, "petition")
    desk.received()
    competence = "system" if verb == "hand_over" else "ours"
    if verb == "extend_clock":
        letter = desk.accepted(kind)
    else:
        letter = desk.classified(kind, channel=by_press, competence=competence)
    letter = put(letter, state)

    try:
        verbs(desk, letter)[verb]()
    except HoiAmError as error:  # pragma: no cover - said when the test fails
        pytest.fail(f"{verb} from {state}: {error}")

    stands = ReaderLetter.objects.system("test").get(pk=letter.pk)
    assert stands.state == (LETTER_TRANSITIONS[verb].target or state)
    assert stands.version == letter.version + 1
    assert LedgerEntry.objects.filter(subject_id=letter.pk, step=verb).exists()
