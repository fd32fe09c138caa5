"""Going up when nobody acknowledges: each step once, in its own time, in the diary; and what stops it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from hoiam.agencies.models import Post
from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.core.jobs.models import OutgoingMail
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions import triage
from hoiam.monitoring.actions.acknowledge import acknowledge, acknowledge_by_link, mark_seen
from hoiam.monitoring.actions.escalation import escalate
from hoiam.monitoring.actions.routing import save_routing
from hoiam.monitoring.addresses import acknowledge_address, notice_of
from hoiam.monitoring.defaults import EscalationFact, RouteFact, default_routes
from hoiam.monitoring.jobs.telling import climb, tell_the_desk
from hoiam.monitoring.models import Escalation, Notice, Warning
from tests.handling.test_at_once import at_once
from tests.monitoring.house import NOW, fresh, make_actor
from tests.monitoring.test_telling import NIGHT, addresses, another, chooses, notices, raise_to

MINUTE = timedelta(minutes=1)


def steps(warning):
    rows = Escalation.objects.system("a test looks").filter(warning=warning).order_by("pk")
    return [(row.recipient, row.told) for row in rows]


def after(minutes, begin=NOW):
    """How many steps are taken when the job looks so many minutes later."""
    return climb(begin + minutes * MINUTE)


@pytest.fixture
def people(province, centre):
    roles = ("focal_point", "deputy", "chief_of_office", "head")
    made = {role: make_actor(province, role, email=f"{role}@tg.example") for role in roles}
    return made | {"top": make_actor(centre, "focal_point", email="top@tw.example")}


@pytest.fixture
def grave(warning, people):
    """A grave warning everybody named was told of at nine."""
    raise_to(warning, 3)
    tell_the_desk(warning.pk, NOW)
    return fresh(warning)


@pytest.fixture
def usual(warning, people):
    """A warning to be verified, told to the focal point at nine."""
    tell_the_desk(warning.pk, NOW)
    return warning


def notice_to(person, **where):
    return notices(official=person.official, **where).first()


def test_the_chain_is_climbed_step_by_step_each_in_its_time(grave, centre, people):
    save_routing(
        centre, routes=default_routes(), steps=[], ministry_email="vpb@moj.example",
        actor=make_actor(centre, "head"), now=NOW,
    )  # fmt: skip
    taken = [(minute, steps(grave)[-1][0]) for minute in range(200) if after(minute)]
    assert taken == [
        (15, "deputy"),
        (30, "chief_of_office"),
        (45, "head"),
        (75, "superior_desk"),
        (135, "ministry"),
    ]
    assert "vpb@moj.example" in addresses()


def test_a_step_never_runs_twice(grave):
    assert after(15) == 1
    assert [escalate(grave.pk, now=NOW + 15 * MINUTE) for _ in range(3)] == [[], [], []]
    assert after(15 - 60) == 0  # the clock went back
    assert notices(kind="escalated").count() == 1


def test_a_long_stop_or_a_clock_put_forward_tells_one_level_and_gives_it_its_time(grave):
    assert after(24 * 60) == 1
    assert after(24 * 60 + 14) == 0
    assert after(24 * 60 + 15) == 1
    assert steps(grave) == [("deputy", 1), ("chief_of_office", 1)]


def test_each_step_stands_in_the_diary_with_whom_it_told(grave, people):
    after(15)
    entry = ledger.of(grave).order_by("id").last()
    assert (entry.step, entry.actor_name) == ("escalate", "Hệ thống")
    assert entry.reason == f"Cấp phó: báo {people['deputy'].official}"


def test_a_step_nobody_stands_on_is_noted_and_passed_over_at_once(grave, people):
    Post.objects.filter(official=people["deputy"].official).delete()
    assert after(15) == 2
    assert steps(grave) == [("deputy", 0), ("chief_of_office", 1)]
    assert "không có ai để báo" in ledger.of(grave).get(reason__startswith="Cấp phó").reason


def test_without_a_mailbox_of_the_ministry_the_last_step_is_noted_only(grave):
    for minute in range(0, 400, 5):
        after(minute)
    assert steps(grave)[-1] == ("ministry", 0)
    assert after(2000) == 0


def test_acknowledged_in_time_nothing_goes_up(grave, people):
    acknowledge(
        notice_to(people["focal_point"]), actor=people["focal_point"], now=NOW + 14 * MINUTE
    )
    assert [after(minute) for minute in (15, 60, 600)] == [0, 0, 0]


def test_a_superiors_word_does_not_answer_for_the_unit(grave, people):
    acknowledge(notice_to(people["top"]), actor=people["top"], now=NOW + MINUTE)
    assert after(15) == 1


def test_the_one_it_climbed_to_stops_it(grave, people):
    for minute in (15, 30, 45, 75):
        after(minute)
    row = notice_to(people["top"], kind="escalated")
    acknowledge(row, actor=people["top"], now=NOW + 80 * MINUTE)
    assert after(300) == 0


@pytest.mark.parametrize("step", ["take", "mark_read", "dismiss"])
def test_who_acts_on_the_matter_stops_it_and_has_acknowledged(grave, people, step):
    who = people["focal_point"]
    more = {"reason": "court"} if step == "dismiss" else {}
    getattr(triage, step)(grave, actor=who, now=NOW + MINUTE, **more)
    assert after(15) == 0
    assert notice_to(who).acknowledged_at == NOW + MINUTE
    assert notice_to(people["deputy"]).acknowledged_at is None


def test_put_off_it_sleeps_until_its_time(grave, people):
    triage.snooze(grave, actor=people["focal_point"], now=NOW, until=NOW + 60 * MINUTE)
    assert [after(59), after(60)] == [0, 1]


def test_graver_than_what_was_acknowledged_climbs_anew(usual, people):
    acknowledge(notice_to(people["focal_point"]), actor=people["focal_point"], now=NOW)
    raise_to(usual, 3)
    tell_the_desk(usual.pk, NOW + 60 * MINUTE)
    assert [after(74), after(75)] == [0, 1]


def test_a_lesser_matter_counts_working_minutes_only(usual):
    # Told at 09:00; the office rests from 11:30 to 13:00 and leaves at 17:00.
    taken = [(minute, steps(usual)[-1][0]) for minute in range(0, 24 * 60, 5) if after(minute)]
    assert taken == [(60, "deputy"), (120, "chief_of_office"), (330, "head")]
    assert after(24 * 60) == 1  # next morning, 240 working minutes after half past two


def test_what_quiet_hours_hold_back_has_not_been_told_yet(warning, people):
    for name in ("focal_point", "deputy", "chief_of_office", "head", "top"):
        chooses(people[name], quiet_from="22:00", quiet_to="06:00", may_break_quiet=False)
    raise_to(warning, 3)
    tell_the_desk(warning.pk, NIGHT)
    assert after(60, NIGHT) == 0
    morning = datetime(2026, 8, 6, 6, 0, tzinfo=VIETNAM)
    assert [climb(morning + 14 * MINUTE), climb(morning + 15 * MINUTE)] == [0, 1]


def test_old_warnings_climb_no_more(grave):
    assert after(8 * 24 * 60) == 0


def test_a_units_own_minutes_hold(grave, province, people):
    own = [EscalationFact(3, "head", 5 * MINUTE, False)]
    save_routing(province, routes=default_routes(), steps=own, actor=people["head"], now=NOW)
    assert [after(4), after(5)] == [0, 1]
    assert steps(grave) == [("head", 1)]


def test_a_matter_of_nobody_climbs_at_the_centre(centre, province, people):
    row = another(None)
    deputy = make_actor(centre, "deputy")
    tell_the_desk(row.pk, NOW)
    assert after(60) == 1
    assert notice_to(deputy, warning=row).kind == "escalated"


@pytest.mark.parametrize("grave_has_nobody", [[], ["office"], ["off"]])
def test_rows_that_leave_a_grave_matter_to_nobody_are_refused(province, people, grave_has_nobody):
    rows = [RouteFact(3, "head", hours) for hours in grave_has_nobody]
    with pytest.raises(InvalidInput, match="ở mọi giờ"):
        save_routing(province, routes=rows, steps=[], actor=people["head"], now=NOW)


def test_only_the_units_head_or_administrator_changes_its_rows(province, other, people):
    for who in (people["focal_point"], make_actor(other, "head")):
        with pytest.raises(NotAllowed, match="thủ trưởng hoặc quản trị"):
            save_routing(province, routes=default_routes(), steps=[], actor=who, now=NOW)
    keeper = make_actor(province, "administrator")
    save_routing(province, routes=default_routes(), steps=[], actor=keeper, now=NOW)
    assert ledger.of(province).last().step == "save_routing"


def test_a_regional_office_has_no_rows_of_its_own(region):
    who = make_actor(region, "head")
    with pytest.raises(InvalidInput, match="trang của tỉnh"):
        save_routing(region, routes=default_routes(), steps=[], actor=who, now=NOW)


def test_nobody_acknowledges_for_another(grave, people):
    with pytest.raises(NotAllowed, match="người được báo"):
        acknowledge(notice_to(people["head"]), actor=people["deputy"], now=NOW)


def test_acknowledging_twice_keeps_the_first_moment_and_one_line_in_the_diary(usual, people):
    who = people["focal_point"]
    for minute in (1, 2):
        acknowledge(notice_to(who), actor=who, now=NOW + minute * MINUTE)
    assert notice_to(who).acknowledged_at == NOW + MINUTE
    assert [e.step for e in ledger.of(usual)].count("acknowledge") == 1


def test_by_the_link_of_the_letter(usual, people, settings):
    settings.HOIAM_ADDRESS = "https://hoiam.example"
    row = notice_to(people["focal_point"])
    address = acknowledge_address(row.pk)
    assert address.startswith("https://hoiam.example/desk/notices/link/")
    token = address.rstrip("/").rpartition("/")[2]
    assert notice_of(token, 7) == row.pk
    assert notice_of(token, -1) is None  # too old
    assert notice_of(token.replace(f"{row.pk}:", f"{row.pk + 1}:", 1), 7) is None
    done = acknowledge_by_link(row, now=NOW + MINUTE)
    assert (done.acknowledged_by_link, after(120)) == (True, 0)


def test_the_link_of_who_left_does_nothing(usual, people):
    person = people["focal_point"].official
    person.is_active = False
    person.save(update_fields=["is_active"])
    with pytest.raises(NotAllowed):
        acknowledge_by_link(notice_to(people["focal_point"]), now=NOW)
    assert after(60) == 1


def test_what_only_informs_needs_no_acknowledgement(desk):
    row = Notice.objects.create(
        official=desk.official, kind="test", key="x", title="Gửi thử", at=NOW, due_at=NOW
    )
    with pytest.raises(InvalidInput, match="chỉ để biết"):
        acknowledge(row, actor=desk, now=NOW)
    assert mark_seen([row], actor=desk, now=NOW) == 1
    assert mark_seen([row], actor=desk, now=NOW) == 0


def test_two_workers_at_once_take_one_step(transactional_db, request):
    if connection.vendor == "sqlite":
        pytest.skip("one SQLite database in memory has one connection: nobody works at once")
    row = request.getfixturevalue("grave")
    later = NOW + 15 * MINUTE
    found = at_once(*(lambda: escalate(row.pk, now=later) for _ in range(4)))
    assert sorted(len(one) for one in found) == [0, 0, 0, 1]
    assert notices(kind="escalated").count() == 1
    assert Warning.objects.system("a test looks").count() == 1
    assert OutgoingMail.objects.filter(subject__startswith="[Chưa ai xác nhận]").count() == 1


def test_two_workers_at_once_tell_each_person_once(transactional_db, request):
    if connection.vendor == "sqlite":
        pytest.skip("one SQLite database in memory has one connection: nobody works at once")
    request.getfixturevalue("people")
    row = request.getfixturevalue("warning")
    at_once(*(lambda: tell_the_desk(row.pk, NOW) for _ in range(4)))
    assert notices().count() == 1
    assert OutgoingMail.objects.count() == 1
