"""Starting moments: each recorded once, in order, with its clocks; conditions are answered by people."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.handling import actions
from hoiam.handling.actions.moments import answer_delivered, correction_published
from hoiam.handling.models import Clock
from hoiam.handling.states import ClockState, MomentKind
from hoiam.kit.rulebook import compute
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def running(case):
    rows = case.clocks.filter(state=ClockState.RUNNING).order_by("rule", "pk")
    return [(clock.rule, clock.started_at) for clock in rows]


def record(case, kind, moment, who, now=NOW, **fields):
    return actions.record_moment(case, kind=kind, at=moment, actor=who, now=now, **fields)


def with_obligation(tree, who, letter, **fields):
    case = make.case(tree.province, **fields)
    actions.open_obligation(case, letter=letter, actor=who, now=NOW)
    return case


def test_the_hour_of_the_happening_replaces_the_midnight_of_its_day(tree, focal):
    case = with_obligation(tree, focal, "e", event_on=date(2026, 6, 20))
    midnight = case.clocks.get()
    assert "Chỉ biết ngày xảy ra" in midnight.steps[-1]
    record(case, "happened_at", at("2026-06-20T14:30"), focal)
    midnight.refresh_from_db()
    new = case.clocks.get(state=ClockState.RUNNING)
    assert (midnight.state, new.rule, new.due_at) == (
        ClockState.CANCELLED,
        "PN-02h",
        at("2026-06-21T14:30"),
    )
    assert (new.moment.kind, new.note) == ("happened_at", "")
    assert not any("Chỉ biết ngày" in step for step in new.steps)


def test_a_happening_found_to_lie_before_july_brings_back_the_old_law(tree, focal):
    case = with_obligation(tree, focal, "e")
    record(case, "received_at", at("2026-07-02T09:00"), focal)
    assert running(case) == [("PN-01", at("2026-07-02T09:00"))]
    record(case, "happened_at", at("2026-06-30T20:00"), focal)
    case.refresh_from_db()
    assert case.event_on == date(2026, 6, 30)
    assert running(case) == [("PN-02h", at("2026-06-30T20:00"))]


def test_another_day_of_the_happening_owes_a_reason_and_turns_the_law_back(tree, focal):
    case = with_obligation(tree, focal, "e", event_on=date(2026, 6, 30))
    record(case, "received_at", at("2026-07-02T09:00"), focal)
    with pytest.raises(InvalidInput, match="30/06/2026") as refused:
        record(case, "happened_at", at("2026-07-01T07:00"), focal)
    assert (refused.value.field, case.moments.count()) == ("reason", 1)
    record(case, "happened_at", at("2026-07-01T07:00"), focal, reason="biên bản ghi 01/7")
    assert running(case) == [("PN-01", at("2026-07-02T09:00"))]


@pytest.mark.parametrize(
    ("kind", "moment", "says"),
    [
        ("received_at", "2026-07-31T23:59", "Sự việc xảy ra 01/08/2026"),
        ("paper_received_at", "2026-07-31T08:00", "không thể trước đó"),
        ("accepted_at", "2026-08-02T08:00", "không thể trước lúc nhận văn bản"),
        ("happened_at", "2026-08-04T08:00", "sự việc không thể xảy ra sau đó"),
        ("refused_at", "2026-08-06T08:00", "không thể ở phía trước"),
    ],
)
def test_a_moment_out_of_order_is_refused_at_its_field(tree, focal, kind, moment, says):
    case = make.case(tree.province, event_on=date(2026, 8, 1))
    record(case, "paper_received_at", at("2026-08-03T08:00"), focal)
    with pytest.raises(InvalidInput, match=says) as refused:
        record(case, kind, at(moment), focal)
    assert (refused.value.field, case.moments.count()) == ("at", 1)


@pytest.mark.parametrize("kind", ["accepted_at", "concluded_at", "received_at", "happened_at"])
def test_a_second_moment_without_reason_is_refused_and_with_one_replaces(tree, focal, kind):
    case = make.case(tree.province)
    first = record(case, kind, NOW - 3 * HOUR, focal)
    with pytest.raises(InvalidInput, match="đã ghi là") as refused:
        record(case, kind, NOW - 2 * HOUR, focal)
    assert refused.value.field == "reason"
    second = record(case, kind, NOW - 2 * HOUR, focal, reason="ghi nhầm giờ")
    assert second.replaces_id == first.pk


def test_the_same_letter_recorded_by_two_people_stands_once(tree, focal, head):
    case = make.case(tree.province)
    record(case, "paper_received_at", NOW - HOUR, focal)
    with pytest.raises(InvalidInput, match="vừa được ghi") as refused:
        record(case, "paper_received_at", NOW - HOUR, head)
    assert refused.value.field == "at"
    record(case, "paper_received_at", NOW, head)
    assert case.moments.count() == 2


def test_refusing_information_owes_its_reason_at_once(tree, focal):
    case = with_obligation(tree, focal, "a")
    record(case, "refused_at", NOW - HOUR, focal)
    clock = case.clocks.get()
    assert (clock.rule, clock.due_at, clock.unit) == ("PN-08", None, "immediate")


@pytest.mark.parametrize(
    ("matter", "accepting", "resolving"),
    [
        ({"matter": "administrative", "round": "1"}, ["DT-02"], ["DT-03"]),
        ({"matter": "administrative", "round": "2"}, ["DT-02"], ["DT-04"]),
        ({"matter": "enforcement", "group": "a"}, ["DT-07"], ["DT-08"]),
        ({"matter": "denunciation"}, ["TL-04"], ["DT-05", "TL-04"]),
    ],
)
def test_a_forwarded_complaint_from_letter_to_conclusion(tree, focal, matter, accepting, resolving):
    case = with_obligation(tree, focal, "d")
    record(case, "paper_received_at", NOW - 2 * HOUR, focal)
    assert running(case) == []
    actions.choose_clocks(case, answers={"d": matter}, actor=focal, now=NOW)
    assert [rule for rule, _ in running(case)] == accepting
    record(case, "accepted_at", NOW - HOUR, focal)
    assert [rule for rule, _ in running(case)] == resolving
    record(case, "concluded_at", NOW, focal)
    left = [rule for rule, _ in running(case)]
    assert left == ["TL-03", *(["TL-04"] if matter["matter"] == "denunciation" else [])]
    assert case.clocks.get(rule="TL-03").due_at == compute("TL-03", NOW).due


def test_a_complaint_before_july_takes_the_older_rules(tree, focal):
    case = with_obligation(tree, focal, "d")
    record(case, "paper_received_at", at("2026-06-29T08:00"), focal)
    actions.choose_clocks(
        case, answers={"d": {"matter": "enforcement", "group": "b"}}, actor=focal, now=NOW
    )
    record(case, "accepted_at", at("2026-06-30T08:00"), focal)
    assert [rule for rule, _ in running(case)] == ["DT-08h", "TL-02h"]
    assert case.clocks.get(rule="DT-08h").values == {"group": "b"}
    assert case.clocks.get(rule="DT-07h").state == ClockState.DONE


def test_a_petition_runs_beside_the_notice_to_the_paper(tree, focal):
    case = with_obligation(tree, focal, "c")
    record(case, "paper_received_at", NOW, focal)
    assert [rule for rule, _ in running(case)] == ["TL-02"]
    actions.choose_clocks(case, answers={"c": {"content": "petition"}}, actor=focal, now=NOW)
    assert [rule for rule, _ in running(case)] == ["DT-01", "TL-02"]
    line = ledger.of(case).get(step="choose_clocks")
    assert (line.data["answers"], line.data["rules"]) == ({"content": "petition"}, ["DT-01"])


def test_a_changed_answer_owes_a_reason_and_keeps_what_was(tree, focal):
    case = with_obligation(tree, focal, "d")
    record(case, "paper_received_at", NOW, focal)
    choose = {"actor": focal, "now": NOW}
    actions.choose_clocks(case, answers={"d": {"matter": "administrative"}}, **choose)
    with pytest.raises(InvalidInput, match="Chưa có câu trả lời nào mới"):
        actions.choose_clocks(case, answers={"d": {"matter": "administrative"}}, **choose)
    with pytest.raises(InvalidInput, match="“khiếu nại hành chính”") as refused:
        actions.choose_clocks(case, answers={"d": {"matter": "denunciation"}}, **choose)
    assert refused.value.field == "reason"
    actions.choose_clocks(
        case, answers={"d": {"matter": "denunciation"}}, reason="đọc lại đơn", **choose
    )
    assert [rule for rule, _ in running(case)] == ["TL-04"]
    assert case.clocks.get(rule="DT-02").state == ClockState.CANCELLED
    with pytest.raises(InvalidInput) as unknown:
        actions.choose_clocks(case, answers={"d": {"matter": "rumour"}}, **choose)
    assert unknown.value.field == "d_matter"


def test_who_only_keeps_records_does_not_choose(tree, focal, clerk):
    case = with_obligation(tree, focal, "d")
    with pytest.raises(NotAllowed):
        actions.choose_clocks(case, answers={"d": {"matter": "denunciation"}}, actor=clerk, now=NOW)


@pytest.mark.parametrize(
    ("media", "moment", "rules"),
    [
        ("online", NOW, ["TL-05"]),
        ("weekly_print", NOW, ["TL-06"]),
        ("magazine", NOW, []),
        ("television", at("2026-06-30T08:00"), ["TL-05h"]),
    ],
)
def test_the_outlet_that_got_our_answer_has_its_own_time(tree, focal, media, moment, rules):
    case = with_obligation(tree, focal, "b")
    opened = answer_delivered(case, moment, media_type=media, actor=focal, now=NOW)
    assert [clock.rule for clock in opened] == rules
    answer_delivered(case, moment - DAY, media_type="weekly_print", actor=focal, now=NOW)
    actions.choose_clocks(case, answers={"b": {"media_type": "online"}}, actor=focal, now=NOW)
    assert len(running(case)) == len(rules) + 1  # another outlet's answer changes nothing of theirs


def test_a_published_correction_is_kept_for_the_days_of_the_default(tree, focal):
    case = with_obligation(tree, focal, "h")
    (clock,) = correction_published(case, NOW, media_type="online", actor=focal, now=NOW)
    assert (clock.rule, clock.badge != "") == ("CC-05", True)
    assert any("MD-06" in step for step in clock.steps)
    assert (
        correction_published(case, NOW + HOUR, media_type="radio", actor=focal, now=NOW + HOUR)
        == []
    )


def test_initial_information_before_july_is_asked_for(tree, focal):
    case = with_obligation(tree, focal, "f", event_on=date(2026, 6, 20))
    assert running(case) == []
    actions.choose_clocks(case, answers={"f": {"urgent": "yes"}}, actor=focal, now=NOW)
    assert running(case) == [("PN-02h", at("2026-06-20T00:00"))]


def test_no_moment_opens_a_clock_twice(tree, focal):
    case = with_obligation(tree, focal, "c")
    for n in range(3):
        record(case, MomentKind.PAPER_RECEIVED, NOW - n * HOUR, focal)
    actions.choose_clocks(case, answers={"c": {"content": "petition"}}, actor=focal, now=NOW)
    rows = Clock.objects.system("test").filter(case=case).values_list("rule", "moment")
    assert len(rows) == len(set(rows)) == 6
