"""Reading: the work list, lights, figures and indicators, each in a fixed number of queries, and none of them writes."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.handling import queries
from hoiam.handling.models import Directive, Obligation, Pause
from hoiam.handling.queries.calendars import calendar_seen
from hoiam.handling.states import CaseState, ClockState, PaperState, PartyRole
from tests import factories as make
from tests.factories import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SINCE = NOW - timedelta(days=30)


def pks(rows):
    return [row.pk for row in rows]


def test_the_work_list_puts_each_thing_in_its_group(tree, head):
    case = make.case(tree.province, holder=head.official)
    late = make.clock(case, "MD-03", NOW - DAY)
    today = make.clock(case, "MD-05", NOW + 2 * HOUR)
    no_number = make.clock(case, "PH-01", None, unit="immediate")
    soon = make.clock(case, "TL-02", NOW + 5 * DAY)
    make.clock(case, "TL-01", NOW + 8 * DAY)
    make.clock(case, "TL-03", NOW - DAY, state=ClockState.DONE, ended_at=NOW)
    elsewhere = make.case(tree.other)
    make.clock(elsewhere, "MD-03", NOW - DAY)
    paper = make.paper(case, PaperState.SUBMITTED)
    make.paper(case, PaperState.SUBMITTED, by=head.official)
    make.paper(case, PaperState.DRAFT)
    fresh = make.warning(tree.province)
    make.warning(tree.province, make.story(), severity=0)
    make.warning(tree.province, make.story(), snoozed_until=NOW + HOUR)
    make.warning(tree.other, make.story())
    work = queries.work_list(head, now=NOW)
    assert pks(work.late) == [late.pk]
    assert pks(work.today) == [today.pk, no_number.pk]
    assert pks(work.soon) == [soon.pk]
    assert pks(work.approve) == [paper.pk]
    assert pks(work.fresh) == [fresh.pk]
    assert work.total == 6
    row = work.late[0]
    assert (row.verb, row.title, row.holder, row.is_mine, row.is_law, row.tag) == (
        "Việc MD-03",
        "Vụ việc 1",
        "Tôi",
        True,
        False,
        "MD-03 · mặc định",
    )
    assert (row.light.time, row.light.work, row.light.words) == ("late", "run", "quá 1 ngày")
    assert row.meta == ("HS 1/2026", "THADS tỉnh Thanh Giang")


def test_what_nobody_holds_is_everybodys_at_the_agency_and_at_who_leads(tree, head, focal):
    case = make.case(tree.province, CaseState.ASSIGNED)
    make.party(case, tree.region1, PartyRole.LEAD)
    make.party(case, tree.region2, PartyRole.INFORMED)
    clock = make.clock(case, "MD-03", NOW + HOUR)

    def seen(who):
        return pks(queries.work_list(who, now=NOW).today)

    chiefs = [make.actor(place, Role.HEAD_OF_REGION) for place in (tree.region1, tree.region2)]
    assert [seen(who) for who in (head, focal, *chiefs)] == [[clock.pk]] * 3 + [[]]
    clock.holder = focal.official
    clock.save()
    assert [seen(who) for who in (head, focal, chiefs[0])] == [[], [clock.pk], []]


def test_a_paused_clock_stands_still(tree, head):
    case = make.case(tree.province, holder=head.official)
    clock = make.clock(case, "MD-03", NOW + 5 * DAY, state=ClockState.PAUSED)
    Pause.objects.create(clock=clock, since=NOW, reason="chờ Tòa án")
    later = NOW + 10 * DAY
    work = queries.work_list(head, now=later)
    assert (work.late, pks(work.soon)) == ([], [clock.pk])
    assert work.soon[0].light.words == "tạm dừng · còn 5 ngày (tổng 11 ngày, phần cơ quan 1 ngày)"
    assert late_board(head, now=later) == []


def test_a_cancelled_clock_says_so(tree):
    clock = make.clock(make.case(tree.province), due_at=NOW - DAY, state=ClockState.CANCELLED)
    found = queries.clock_light(clock, NOW)
    assert (found.time, found.work, found.words) == ("ok", "done", "không còn áp dụng")


def busy(tree, rows):
    """So many cases with a late and an open clock, a paused one, a paper, parties and a warning each."""
    for _ in range(rows):
        case = make.case(tree.province, CaseState.ASSIGNED, story=make.story())
        make.party(case, tree.region1, PartyRole.LEAD)
        make.clock(case, "MD-03", NOW - DAY)
        make.clock(case, "TL-01", NOW + 3 * DAY)
        waiting = make.clock(case, "MD-05", NOW + DAY, state=ClockState.PAUSED)
        Pause.objects.create(clock=waiting, since=NOW - HOUR, reason="chờ")
        make.paper(case, PaperState.SUBMITTED)
        make.fact(case)
        make.moment(case)
        make.warning(tree.province, make.story())
        duty(case, "e")


def duty(case, *letters):
    for letter in letters:
        Obligation.objects.create(
            case=case, letter=letter, confirmed_by=case.opened_by, opened_at=NOW
        )


def late_board(who, now=NOW, **limit):
    return queries.late_board(queries.open_clocks(who), now=now, **limit)


def lights_table(who):
    clocks, orders = queries.open_clocks(who), queries.directives_since(who, SINCE)
    return queries.lights_table(who, clocks, orders, now=NOW, since=SINCE)


def province_lamps(who):
    return queries.province_lamps(who, queries.open_clocks(who), now=NOW, since=SINCE)


READINGS = {
    "work_list": (11, lambda who: queries.work_list(who, now=NOW).total),
    "lights_table": (4, lambda who: lights_table(who)),
    "late_board": (2, lambda who: late_board(who)),
    "province_lamps": (3, lambda who: province_lamps(who)),
    "case_list": (
        5,
        lambda who: [
            (str(c.agency), [str(p.agency) for p in c.parties.all()], c.open_clocks)
            for c in queries.case_list(who)
        ],
    ),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", READINGS)
def test_a_reading_takes_the_same_queries_whatever_its_rows(
    tree, head, django_assert_num_queries, name, rows
):
    busy(tree, rows)
    calendar_seen()  # kept by the process for a minute, not read by every page
    most, read = READINGS[name]
    with django_assert_num_queries(most) as asked:
        read(head)
    # PostgreSQL reads long lists through a declared cursor; a union begins with a bracket there.
    assert {q["sql"].lstrip("(").split()[0] for q in asked.captured_queries} <= {
        "SELECT",
        "DECLARE",
    }


def test_the_lights_are_counted_by_time_and_work(tree, head):
    case = make.case(tree.province)
    for due_at, fields in (
        (NOW - DAY, {}),
        (NOW - DAY, {"state": ClockState.WAITING}),
        (NOW + HOUR, {}),
        (NOW + 9 * DAY, {}),
        (NOW + 9 * DAY, {"state": ClockState.PAUSED}),
        (NOW + 9 * DAY, {"state": ClockState.DONE, "ended_at": NOW - DAY}),
        (NOW - 3 * DAY, {"state": ClockState.DONE, "ended_at": NOW - DAY}),
        (NOW - 3 * DAY, {"state": ClockState.DONE, "ended_at": SINCE - DAY}),
        (NOW - 3 * DAY, {"state": ClockState.CANCELLED, "ended_at": NOW}),
    ):
        make.clock(case, "TL-01", due_at, **fields)
    make.clock(make.case(tree.other), "TL-01", NOW - DAY)
    assert lights_table(head) == {
        ("late", "run"): 1,
        ("late", "wait"): 1,
        ("due", "run"): 1,
        ("ok", "run"): 2,
        ("ok", "done"): 1,
        ("late", "done"): 1,
    }


def test_the_late_board_begins_with_what_is_longest_late(tree, head):
    case = make.case(tree.province)
    little, much = make.clock(case, due_at=NOW - HOUR), make.clock(case, due_at=NOW - 9 * DAY)
    make.clock(case, due_at=NOW + HOUR)
    found = late_board(head)
    assert [(clock.pk, lamp.time) for clock, lamp in found] == [
        (much.pk, "late"),
        (little.pk, "late"),
    ]
    assert [clock.pk for clock, _ in late_board(head, limit=1)] == [much.pk]


def order(case, due_at, **fields):
    return Directive.objects.create(
        case=case, issuer="UBND tỉnh", number="12/UBND", content="Báo cáo vụ việc", due_at=due_at,
        received_at=NOW - 2 * DAY, received_by=case.opened_by, **fields,
    )  # fmt: skip


def test_orders_of_other_authorities_count_among_the_lights(tree, head):
    case, closed = make.case(tree.province), make.case(tree.province, CaseState.CLOSED)
    late = order(case, NOW - DAY)
    soon, free = order(case, NOW + 9 * DAY), order(case, None)
    order(case, NOW - DAY, answered_at=NOW)
    order(case, NOW + DAY, answered_at=SINCE - DAY)
    order(closed, NOW - DAY)
    order(make.case(tree.other), NOW - DAY)
    clock = make.clock(case, due_at=NOW - HOUR)
    assert lights_table(head) == {
        ("late", "run"): 2,
        ("ok", "run"): 2,
        ("late", "done"): 1,
    }
    clocks, orders = queries.open_clocks(head), queries.directives_since(head, SINCE)
    assert [each for each, _ in queries.late_board(clocks, orders, now=NOW)] == [late, clock]
    assert set(queries.open_directives(head)) == {late, soon, free}
    lamps = queries.province_lamps(head, [], orders, now=NOW, since=SINCE)
    assert lamps == {"Thanh Giang": (2, "late", "run")}


def test_an_order_is_on_the_work_list_of_who_holds_the_case_or_leads_it(tree, head):
    case = make.case(tree.province)
    make.party(case, tree.region1, PartyRole.LEAD)
    chief, other = (
        make.actor(place, Role.HEAD_OF_REGION) for place in (tree.region1, tree.region2)
    )
    late = order(case, NOW - DAY)
    rows = {who: queries.work_list(who, now=NOW).late for who in (head, chief, other)}
    assert {who: [(row.kind, row.pk) for row in found] for who, found in rows.items()} == {
        head: [("directive", late.pk)], chief: [("directive", late.pk)], other: [],
    }  # fmt: skip


def test_a_province_shows_its_worst_lamp(tree):
    ours, theirs = make.case(tree.province), make.case(tree.other)
    make.case(tree.province, CaseState.CLOSED, opened_at=SINCE - DAY)
    make.clock(ours, "TL-01", NOW + 9 * DAY)
    make.clock(ours, "TL-02", NOW - DAY)
    make.clock(theirs, "TL-01", NOW + 9 * DAY)
    centre = make.head(tree.centre)
    assert province_lamps(centre) == {
        "Thanh Giang": (1, "late", "run"),
        "Lam Hà": (1, "ok", "run"),
    }
    own = province_lamps(make.head(tree.other))
    assert own == {"Lam Hà": (1, "ok", "run")}


def test_the_tabs_of_the_case_list(tree, head):
    running, done = make.case(tree.province), make.case(tree.province, CaseState.CLOSED)
    make.case(tree.other)
    found = {tab: pks(queries.case_list(head, tab=tab)) for tab in ("open", "closed", "all")}
    assert found == {"open": [running.pk], "closed": [done.pk], "all": [done.pk, running.pk]}
    assert pks(queries.case_list(head, tab="all", agency=tree.other.pk)) == []


def test_a_warning_is_lit_until_it_is_settled(tree):
    fresh = make.warning(tree.province, due_at=NOW + HOUR / 4)
    late = make.warning(tree.other, make.story(), due_at=NOW - 30 * HOUR, state="taken")
    read = make.warning(tree.province, make.story(), due_at=NOW - DAY, state="read")
    unasked = make.warning(tree.province, make.story(), due_at=None, severity=0)
    found = [queries.warning_light(row, NOW) for row in (fresh, late, read, unasked)]
    assert [(lamp.time, lamp.work) for lamp in found] == [
        ("due", "wait"),
        ("late", "run"),
        ("ok", "done"),
        ("ok", "wait"),
    ]
