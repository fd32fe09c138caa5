"""Who acts: what posts give, and what an account without posts does not."""

from datetime import date

from hoiam.core.actor import Actor, PostFact

HEAD = PostFact(7, "THADS tỉnh Thanh Giang", "province", "head")


class Person:
    def __init__(self, is_active=True):
        self.pk, self.is_active = 5, is_active

    def __str__(self):
        return "Nguyễn Văn Thử"


def actor(*posts, ids=(), everything=False, person=None):
    return Actor(person or Person(), date(2026, 8, 5), posts, frozenset(ids), everything)


def test_the_actor_is_the_official_of_a_day():
    who = actor(HEAD)
    assert (who.pk, str(who), who.today) == (5, "Nguyễn Văn Thử", date(2026, 8, 5))


def test_only_a_live_account_with_a_post_is_active():
    found = [actor(HEAD), actor(), actor(HEAD, person=Person(is_active=False))]
    assert [who.is_active for who in found] == [True, False, False]


def test_rows_of_no_agency_belong_to_the_centre():
    own, centre = actor(HEAD, ids=(7,)), actor(HEAD, everything=True)
    assert [own.sees(pk) for pk in (7, 8, None)] == [True, False, False]
    assert [centre.sees(pk) for pk in (7, 8, None)] == [True, True, True]


def test_a_role_is_held_anywhere_or_at_one_agency():
    who = actor(HEAD)
    assert who.has_role("head", "deputy")
    assert who.has_role("head", agency_id=7)
    assert not who.has_role("head", agency_id=8)
    assert not who.has_role("deputy")
    assert not who.has_role()
