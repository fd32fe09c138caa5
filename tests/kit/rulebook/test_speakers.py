"""Who may speak, on both sides of 01/7/2026."""

from datetime import date

import pytest

from hoiam.kit.rulebook import BADGE, NotInForce, UnknownName, default, speaking_law

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("level", "day", "kinds", "roles", "source"),
    [
        ("centre", BEFORE, ("head", "permanent", "authorised"), (), "NĐ 09/2017 Đ3.2"),
        ("province", BEFORE, ("head", "authorised"), ("deputy",), "NĐ 09/2017 Đ3.2"),
        ("district", date(2024, 1, 5), ("head", "authorised"), ("deputy",), "NĐ 09/2017 Đ3.2"),
        ("centre", AFTER, ("head", "permanent", "authorised"), (), "NĐ 244/2026 Đ3.2"),
        ("province", AFTER, ("head", "permanent", "authorised"), (), "NĐ 244/2026 Đ3.2"),
    ],
)
def test_law_of_the_day(level, day, kinds, roles, source):
    law = speaking_law(level, day)

    assert (law.kinds, law.authorised_roles, str(law.source)) == (kinds, roles, source)
    assert law.badge is None


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_a_regional_office_has_none_of_its_own_by_default(day):
    law = speaking_law("region", day)

    assert (law.kinds, law.confidence, law.badge) == ((), "C", BADGE)
    assert default(law.default).value is False


def test_before_the_first_law_and_for_a_military_office_nothing_is_said():
    with pytest.raises(NotInForce, match="30/03/2017"):
        speaking_law("centre", date(2017, 3, 29))
    with pytest.raises(UnknownName):
        speaking_law("military", AFTER)
