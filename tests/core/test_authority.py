"""The one authority: yes, no in a sentence, and never silence about what nobody ruled on."""

from datetime import date

import pytest

from hoiam.core import authority
from hoiam.core.actor import Actor, PostFact
from hoiam.core.errors import HoiAmError, NotAllowed


class Door:
    def __init__(self, locked=False):
        self.locked = locked


class Window(Door):
    pass


class Person:
    pk, is_active = 1, True


KEEPER = Actor(Person(), date(2026, 8, 5), (PostFact(1, "Nhà", "centre", "keeper"),))
GUEST = Actor(Person(), date(2026, 8, 5), (PostFact(1, "Nhà", "centre", "guest"),))
NOBODY = Actor(Person(), date(2026, 8, 5))


@authority.policy(Door, "open_door", "close_door", refusal="Chỉ người gác cửa được mở cửa.")
def _keeper(actor, door):
    return actor.has_role("keeper") and not getattr(door, "locked", False)


def test_the_policy_decides_by_actor_and_subject():
    found = [
        authority.can(who, "open_door", door)
        for who in (KEEPER, GUEST)
        for door in (Door(), Door(locked=True))
    ]
    assert found == [True, False, False, False]


@pytest.mark.parametrize("who", [None, NOBODY])
def test_nobody_and_who_holds_no_post_may_nothing(who):
    assert authority.can(who, "open_door", Door()) is False


def test_a_class_stands_for_a_subject_that_is_not_there_yet():
    assert authority.can(KEEPER, "open_door", Door) is True


def test_check_refuses_in_the_words_of_the_policy():
    authority.check(KEEPER, "open_door", Door())
    with pytest.raises(NotAllowed) as refused:
        authority.check(GUEST, "open_door", Door())
    assert str(refused.value) == "Chỉ người gác cửa được mở cửa."
    assert isinstance(refused.value, HoiAmError)


@pytest.mark.parametrize("ask", [authority.can, authority.check])
def test_an_action_nobody_ruled_on_raises_even_for_nobody(ask):
    for who in (KEEPER, None):
        with pytest.raises(LookupError, match="no policy for paint on Door"):
            ask(who, "paint", Door())


def test_a_policy_is_not_inherited_by_accident():
    with pytest.raises(LookupError, match="no policy for open_door on Window"):
        authority.can(KEEPER, "open_door", Window())


def test_two_policies_for_one_action_are_a_bug():
    with pytest.raises(LookupError, match="already has a policy"):
        authority.policy(Door, "open_door", refusal="")(lambda actor, door: True)


def test_allowed_gives_what_a_page_may_offer():
    assert authority.allowed(KEEPER, ["open_door", "close_door"], Door()) == {
        "open_door",
        "close_door",
    }
    assert authority.allowed(GUEST, ["open_door"], Door()) == set()
    with pytest.raises(LookupError):
        authority.allowed(KEEPER, ["paint"], Door())


def test_every_registered_rule_can_be_walked():
    assert {(Door, "open_door"), (Door, "close_door")} <= authority.registered()
