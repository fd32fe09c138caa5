"""Tightening: a unit's stricter number binds it and the units below, from its day on, never looser than law or superior."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.handling import actions
from hoiam.handling.actions.clocks import start_clock
from hoiam.handling.queries.tightenings import rules_in_force
from tests import factories as make
from tests.factories import NOW, TODAY

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def tighten(place, who, **fields):
    first = {"rule": "PN-01", "number": 12, "valid_from": TODAY, "reason": "báo địa phương nhanh"}
    return actions.set_tightening(place, actor=who, now=NOW, **{**first, **fields})


def started(tree, rule="PN-01", place=None, start=NOW):
    return start_clock(make.case(place or tree.province), rule, start)


def test_the_units_number_is_counted_beside_the_laws(tree, head):
    row = tighten(tree.province, head)
    clock = started(tree)
    assert (clock.due_at, clock.law_due_at, clock.tightening) == (
        NOW + 12 * HOUR,
        NOW + 24 * HOUR,
        row,
    )
    assert any("siết từ 24 giờ (luật) xuống 12 giờ" in step for step in clock.steps)
    line = ledger.of(tree.province).get(step="set_tightening")
    assert (line.reason, line.data["law"]) == ("báo địa phương nhanh", 24)


def test_late_by_ones_own_number_is_not_late_by_law(tree, head, focal):
    tighten(tree.province, head, rule="TL-02", number=2)
    clock = started(tree, "TL-02", start=NOW - 5 * DAY)
    assert clock.law_due_at is None  # begun before the number was set
    now_ours = started(tree, "TL-02")
    done = actions.finish_clock(
        now_ours, at=NOW + 6 * DAY, note="CV 3", actor=focal, now=NOW + 7 * DAY
    )
    assert (done.is_late, done.is_late_by_law) == (True, False)


def test_a_superiors_number_binds_below_and_others_are_not_bound(tree, head):
    tighten(tree.centre, make.head(tree.centre), number=10)
    assert started(tree).due_at == NOW + 10 * HOUR
    tighten(tree.province, head, number=8)
    assert started(tree).due_at == NOW + 8 * HOUR
    assert started(tree, place=tree.other).due_at == NOW + 10 * HOUR


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"number": 24}, "number", "không được nới"),
        ({"number": 10}, "number", "đã đặt 10 giờ"),
        ({"rule": "CC-02", "number": 1}, "number", "ràng buộc cơ quan báo chí"),
        ({"rule": "PN-02h"}, "number", "hãy dùng PN-01"),
        ({"reason": " "}, "reason", "Ghi lý do"),
        ({"valid_from": TODAY - DAY}, "valid_from", "từ hôm nay"),
    ],
)
def test_what_is_not_stricter_is_refused_at_its_field(tree, head, fields, field, says):
    tighten(tree.centre, make.head(tree.centre), number=10)
    with pytest.raises(InvalidInput, match=says) as refused:
        tighten(tree.province, head, **{"number": 8, **fields})
    assert refused.value.field == field
    assert tree.province.tightenings.count() == 0


def test_a_second_number_ends_the_first_and_the_same_is_refused(tree, head):
    first = tighten(tree.province, head)
    with pytest.raises(InvalidInput, match="đã đặt rồi"):
        tighten(tree.province, head)
    tighten(tree.province, head, number=6, valid_from=TODAY + DAY)
    first.refresh_from_db()
    assert first.valid_to == TODAY
    assert started(tree).due_at == NOW + 12 * HOUR
    assert started(tree, start=NOW + DAY).due_at == NOW + DAY + 6 * HOUR


def test_ended_the_law_counts_again_from_tomorrow(tree, head):
    row = tighten(tree.province, head)
    with pytest.raises(InvalidInput):
        actions.end_tightening(row, reason="", actor=head, now=NOW)
    actions.end_tightening(row, reason="thừa", actor=head, now=NOW)
    with pytest.raises(WrongState):
        actions.end_tightening(row, reason="thừa", actor=head, now=NOW)
    assert started(tree, start=NOW + DAY).due_at == NOW + DAY + 24 * HOUR


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.RECORDS_CLERK, Role.ADMINISTRATOR])
def test_only_deciders_of_the_unit_tighten(tree, role):
    with pytest.raises(NotAllowed):
        tighten(tree.province, make.actor(tree.province, role))
    with pytest.raises(NotAllowed):
        tighten(tree.province, make.head(tree.other))


def test_the_list_shows_the_law_and_what_binds(tree, head, django_assert_num_queries):
    tighten(tree.province, head)
    with django_assert_num_queries(1):
        found = {one.rule.id: one for one in rules_in_force(tree.province, TODAY)}
    assert (found["PN-01"].version.number, found["PN-01"].tightening.number) == (24, 12)
    assert found["PN-02"].tightening is None
    assert "PN-02h" not in found
