"""A site rule that keeps finding nothing switches itself off, and only then."""

from datetime import UTC, datetime

import pytest

from hoiam.kit.news import RuleHealth, after_page, switched_on

AT = datetime(2026, 4, 5, tzinfo=UTC)
FRESH = RuleHealth("vccorp", "bao.example", version=2)


def after(outcomes: str, start: RuleHealth = FRESH) -> RuleHealth:
    """The health after these pages, "+" read and "-" missed."""
    for one in outcomes:
        start = after_page(start, version=2, read=one == "+", at=AT)
    return start


@pytest.mark.parametrize(
    ("outcomes", "why"),
    [
        ("---", ""),
        ("----", "4 trang đầu tiên đều đọc ra rỗng"),
        ("+---", ""),
        ("+++++---", ""),
        ("++++----", "4 trong 8 trang gần nhất đọc ra rỗng"),
        ("+" * 40 + "-" * 9, ""),
        ("+" * 40 + "-" * 10, "10 trong 20 trang gần nhất đọc ra rỗng"),
        ("-+" * 3, ""),
    ],
)
def test_too_many_empty_pages_switch_a_rule_off(outcomes, why):
    health = after(outcomes)
    assert (health.why, health.off_since, health.is_off) == (why, AT if why else None, bool(why))


def test_an_off_rule_keeps_its_first_reason_and_moment():
    off = after("----")
    later = after_page(off, version=2, read=False, at=AT.replace(year=2027))
    assert (later.why, later.off_since, later.recent) == (off.why, AT, "-----")


def test_a_good_page_does_not_switch_an_off_rule_on():
    assert after("+", after("----")).is_off is True


def test_a_new_version_begins_anew():
    health = after_page(after("----"), version=3, read=False, at=AT)
    assert (health.version, health.recent, health.is_off) == (3, "-", False)


def test_a_rule_switched_on_has_nothing_held_against_it():
    assert switched_on(after("----")) == FRESH
