"""Letters taken at the place of receiving citizens: who came is told what became of it within the time of DT-06."""

from datetime import timedelta

import pytest

from hoiam.core.errors import InvalidInput
from hoiam.letters import actions as do
from tests.letters.conftest import LATER


def clock(letter):
    return letter.clocks.get(rule="DT-06")


def test_being_taken_up_does_not_end_it_and_telling_who_came_does(desk):
    letter = desk.accepted("petition", channel="reception")
    assert clock(letter).state == "run"
    with pytest.raises(InvalidInput, match="trước khi thụ lý"):
        do.tell_taken_up(
            letter,
            way="post",
            at=letter.accepted_at - timedelta(hours=1),
            actor=desk.clerk,
            now=LATER,
        )
    letter = do.tell_taken_up(letter, way="post", actor=desk.clerk, now=LATER)
    assert (clock(letter).state, clock(letter).ended_by) == ("done", "tell_taken_up")
    # The answer is still to be told.
    assert letter.told_citizen_at is None and letter.state == "accepted"


def test_a_letter_passed_on_ends_it_when_who_came_is_told(desk):
    letter = desk.classified("petition", channel="reception", competence="outside")
    letter = do.hand_over(letter, guided_to="Tòa án", actor=desk.focal, now=LATER)
    assert clock(letter).state == "run"
    do.tell_citizen(letter, way="by_hand", actor=desk.clerk, now=LATER)
    assert clock(letter).state == "done"
