"""Clocks: opened from the rulebook with frozen steps, ended by what they wait for, moved only when they may be."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.handling import actions
from hoiam.handling.models import Case, Clock
from hoiam.handling.queries.outcomes import Proof
from hoiam.handling.states import CaseState, ClockState, MomentKind
from hoiam.kit.rulebook import BADGE, compute
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW

HOUR = timedelta(hours=1)


def clocks(case, **where):
    return list(case.clocks.filter(**where).order_by("pk"))


def rules(case, **where):
    return [clock.rule for clock in clocks(case, **where)]


def received(tree, at=NOW, **fields):
    """A received case whose moment of receiving is recorded."""
    case = make.case(tree.province, **fields)
    make.moment(case, at)
    return case


def test_an_important_event_opens_24_hours_from_receiving(tree, focal):
    case = received(tree, NOW - 2 * HOUR)
    actions.open_obligation(case, letter="e", actor=focal, now=NOW)
    clock = case.clocks.get()
    expected = compute("PN-01", NOW - 2 * HOUR)
    assert (clock.rule, clock.due_at, clock.state) == (
        "PN-01",
        NOW + 22 * HOUR,
        ClockState.RUNNING,
    )
    assert clock.steps == expected.as_json()["steps"]
    assert (clock.source, clock.badge, clock.unit) == (expected.source, "", "hour")


def test_divergent_opinion_opens_24_hours_from_the_decision(tree, head):
    case = received(tree, NOW - 2 * HOUR, state=CaseState.SCREENED)
    actions.determine_impact(
        case, actor=head, now=NOW, at=NOW - HOUR, has_impact=True, reason="nhiều ý kiến"
    )
    clock = case.clocks.get()
    assert (clock.rule, clock.due_at) == ("PN-02", NOW + 23 * HOUR)
    assert case.obligations.get().letter == "f"


def test_no_impact_opens_nothing(tree, head):
    case = received(tree, state=CaseState.SCREENED)
    actions.determine_impact(case, actor=head, now=NOW, has_impact=False, reason="ít người đọc")
    assert (clocks(case), case.obligations.count()) == ([], 0)


def test_before_july_2026_the_24_hours_ran_from_the_happening(tree, focal):
    case = received(tree, event_on=date(2026, 6, 20))
    actions.open_obligation(case, letter="e", actor=focal, now=NOW)
    clock = case.clocks.get()
    assert (clock.rule, clock.due_at) == (
        "PN-02h",
        datetime(2026, 6, 21, 0, 0, tzinfo=VIETNAM),
    )
    assert clock.steps[-1].startswith("Chỉ biết ngày xảy ra")
    assert "NĐ 09/2017" in clock.source


@pytest.mark.parametrize(
    ("received_on", "rule"), [(date(2026, 6, 30), "TL-01h"), (date(2026, 7, 1), "TL-01")]
)
def test_a_paper_takes_the_law_of_its_own_day(tree, focal, received_on, rule):
    case = make.case(tree.province, event_on=date(2026, 6, 20))
    actions.open_obligation(case, letter="b", actor=focal, now=NOW)
    at = datetime(received_on.year, received_on.month, received_on.day, 8, tzinfo=VIETNAM)
    actions.record_moment(case, kind=MomentKind.PAPER_RECEIVED, at=at, actor=focal, now=NOW)
    assert rules(case) == [rule]
    assert case.clocks.get().due_at == compute(rule, at).due


def test_the_order_of_moment_and_obligation_does_not_matter(tree, focal):
    first, second = make.case(tree.province), make.case(tree.province)
    for case, steps in ((first, "mo"), (second, "om")):
        for step in steps:
            if step == "m":
                actions.record_moment(
                    case, kind=MomentKind.PAPER_RECEIVED, at=NOW, actor=focal, now=NOW
                )
            else:
                actions.open_obligation(case, letter="c", actor=focal, now=NOW)
    assert rules(first) == rules(second) == ["TL-02"]


def test_a_replaced_moment_is_kept_and_its_clocks_are_cancelled(tree, focal):
    case = received(tree, NOW - 2 * HOUR)
    actions.open_obligation(case, letter="e", actor=focal, now=NOW)
    with pytest.raises(InvalidInput, match="phải nêu lý do"):
        actions.record_moment(
            case, kind=MomentKind.RECEIVED, at=NOW - 5 * HOUR, actor=focal, now=NOW
        )
    new = actions.record_moment(
        case,
        kind=MomentKind.RECEIVED,
        at=NOW - 5 * HOUR,
        actor=focal,
        now=NOW,
        reason="ghi nhầm giờ",
    )
    old = case.moments.get(replaced_by=new)
    assert (old.at, new.replaces_id) == (NOW - 2 * HOUR, old.pk)
    assert [(c.rule, c.state, c.due_at) for c in clocks(case)] == [
        ("PN-01", ClockState.CANCELLED, NOW + 22 * HOUR),
        ("PN-01", ClockState.RUNNING, NOW + 19 * HOUR),
    ]


def test_a_moment_corrected_after_the_statement_judges_it_anew(tree, focal):
    case = received(tree, NOW - 30 * HOUR)
    actions.open_obligation(case, letter="e", actor=focal, now=NOW)
    say(case, focal, at=NOW - HOUR)
    actions.record_moment(
        case, kind="received_at", at=NOW - 20 * HOUR, actor=focal, now=NOW, reason="ghi nhầm"
    )
    assert [(c.state, c.ended_at, c.is_late) for c in clocks(case)] == [
        (ClockState.CANCELLED, NOW - HOUR, True),
        (ClockState.DONE, NOW - HOUR, False),
    ]


def say(case, who, at=NOW, now=NOW, **fields):
    first = {
        "form": "written",
        "spokesperson": "Ông A",
        "text": "Vụ việc đã thi hành xong.",
        "outside_reason": "Người phát ngôn của Bộ",
    }
    return actions.record_statement(case, actor=who, now=now, at=at, **{**first, **fields})


@pytest.mark.parametrize(("hours", "is_late"), [(24, False), (25, True)])
def test_a_statement_ends_the_24_hours_and_lateness_is_kept(tree, focal, hours, is_late):
    start = NOW - 30 * HOUR
    case = received(tree, start)
    actions.open_obligation(case, letter="e", actor=focal, now=NOW)
    say(case, focal, at=start + hours * HOUR)
    clock = case.clocks.get()
    assert (clock.state, clock.ended_at, clock.is_late) == (
        ClockState.DONE,
        start + hours * HOUR,
        is_late,
    )


def test_an_obligation_opened_after_the_statement_is_already_met(tree, focal):
    case = received(tree, NOW - 3 * HOUR)
    say(case, focal, at=NOW - HOUR)
    actions.open_obligation(case, letter="e", actor=focal, now=NOW)
    assert [(c.rule, c.state, c.ended_at) for c in clocks(case)] == [
        ("PN-01", ClockState.DONE, NOW - HOUR)
    ]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"form": "rumour"}, "form"),
        ({"spokesperson": " "}, "spokesperson"),
        ({"text": ""}, "text"),
        ({"at": NOW + HOUR}, "at"),
        ({"url": "javascript:alert(1)"}, "url"),
    ],
)
def test_a_statement_that_cannot_stand_is_refused_at_its_field(tree, focal, fields, field):
    case = received(tree)
    with pytest.raises(InvalidInput) as refused:
        say(case, focal, **fields)
    assert (refused.value.field, case.statements.count()) == (field, 0)


@pytest.mark.parametrize(("letter", "rule"), [("e", "MD-04"), ("g", "MD-04"), ("h", "MD-03")])
def test_verification_is_urgent_when_unusual(tree, head, focal, letter, rule):
    case = received(tree, state=CaseState.RECEIVED)
    actions.screen(case, actor=focal, now=NOW, letters=[letter], severity=2)
    actions.assign(case, actor=head, now=NOW, lead=tree.region1, reason="không có dư luận")
    clock = case.clocks.get(rule__in=["MD-03", "MD-04"])
    expected = {
        "MD-04": NOW + 12 * HOUR,
        "MD-03": datetime(2026, 8, 10, 23, 59, 59, tzinfo=VIETNAM),
    }
    assert (clock.rule, clock.due_at, clock.badge) == (rule, expected[rule], BADGE)
    assert clocks(case, rule="MD-02")[0].state == ClockState.DONE
    assert rules(case, rule="MD-05", state=ClockState.RUNNING) == ["MD-05"]


def test_screening_does_not_stumble_over_an_obligation_opened_before(tree, focal):
    case = received(tree)
    actions.open_obligation(case, letter="h", actor=focal, now=NOW)
    actions.screen(case, actor=focal, now=NOW, letters=["E", "e", "h"], severity=2)
    assert [o.letter for o in case.obligations.all()] == ["e", "h"]


def test_only_product_defaults_are_extended(tree, head, focal):
    case = received(tree)
    actions.open_obligation(case, letter="e", actor=focal, now=NOW)
    by_law = case.clocks.get()
    with pytest.raises(WrongState, match="luật không cho gia hạn"):
        actions.extend_clock(by_law, due_at=NOW + 99 * HOUR, reason="xin thêm", actor=head, now=NOW)
    own = make.clock(case, "MD-03", NOW + HOUR)
    moved = actions.extend_clock(own, due_at=NOW + 5 * HOUR, reason="xin thêm", actor=head, now=NOW)
    kept = moved.extensions.get()
    assert (moved.due_at, kept.old_due_at, kept.signer_id) == (NOW + 5 * HOUR, NOW + HOUR, head.pk)


def test_a_rule_of_law_under_recheck_is_not_extended_either(tree, head):
    clock = make.clock(make.case(tree.province), "TL-04", NOW + HOUR, badge=BADGE)
    with pytest.raises(WrongState):
        actions.extend_clock(clock, due_at=NOW + 9 * HOUR, reason="x", actor=head, now=NOW)


@pytest.mark.parametrize(
    ("due_at", "reason", "field"), [(NOW, "x", "due_at"), (NOW + 9 * HOUR, " ", "reason")]
)
def test_an_extension_goes_forward_and_says_why(tree, head, due_at, reason, field):
    clock = make.clock(make.case(tree.province), "MD-03", NOW + HOUR)
    with pytest.raises(InvalidInput) as refused:
        actions.extend_clock(clock, due_at=due_at, reason=reason, actor=head, now=NOW)
    assert refused.value.field == field


def test_who_only_drafts_may_not_extend(tree, focal):
    clock = make.clock(make.case(tree.province), "MD-03", NOW + HOUR)
    with pytest.raises(NotAllowed):
        actions.extend_clock(clock, due_at=NOW + 9 * HOUR, reason="x", actor=focal, now=NOW)


def test_a_pause_moves_the_due_time_by_its_length(tree, head):
    clock = make.clock(make.case(tree.province), "MD-03", NOW + 10 * HOUR)
    actions.pause_clock(clock, reason="chờ Tòa án", actor=head, now=NOW)
    with pytest.raises(WrongState, match="đang tạm dừng"):
        actions.pause_clock(clock, reason="chờ", actor=head, now=NOW)
    moved = actions.resume_clock(clock, actor=head, now=NOW + 7 * HOUR)
    assert (moved.due_at, moved.state) == (NOW + 17 * HOUR, ClockState.RUNNING)
    with pytest.raises(WrongState):
        actions.resume_clock(clock, actor=head, now=NOW + 8 * HOUR)


def test_a_clock_ended_while_paused_counts_the_pause(tree, head):
    case = make.case(tree.province, CaseState.ASSIGNED)
    make.fact(case)
    clock = make.clock(case, "MD-03", NOW + HOUR)
    actions.pause_clock(clock, reason="chờ hồ sơ", actor=head, now=NOW)
    actions.complete_verification(case, actor=head, now=NOW + 9 * HOUR)
    clock.refresh_from_db()
    assert (clock.state, clock.is_late, clock.due_at) == (
        ClockState.DONE,
        False,
        NOW + 10 * HOUR,
    )
    assert clock.pauses.get().until == NOW + 9 * HOUR


def test_closing_over_a_running_clock_of_law_needs_a_note(tree, head, focal):
    case = received(tree, state=CaseState.WATCHING)
    actions.open_obligation(case, letter="e", actor=focal, now=NOW)
    with pytest.raises(InvalidInput, match="Phát ngôn ban đầu") as refused:
        actions.close(case, actor=head, now=NOW, result="published")
    assert refused.value.field == "note"
    shown = Proof(link="https://songthanh.example/phan-hoi")
    closed = actions.close(
        case, actor=head, now=NOW, result="published", note="báo đã đăng", proof=shown
    )
    assert (closed.result, closed.closed_at, closed.result_note) == (
        "published",
        NOW,
        "báo đã đăng",
    )
    assert case.obligations.get().result == "published"
    assert case.clocks.get().state == ClockState.CANCELLED


def test_closing_needs_a_result_of_the_list(tree, head):
    case = make.case(tree.province, CaseState.WATCHING)
    with pytest.raises(InvalidInput) as refused:
        actions.close(case, actor=head, now=NOW, result="won")
    assert refused.value.field == "result"


def test_one_obligation_closes_by_itself(tree, focal):
    case = received(tree)
    actions.open_obligation(case, letter="e", actor=focal, now=NOW)
    duty = actions.open_obligation(case, letter="b", actor=focal, now=NOW)
    actions.close_obligation(duty, result="answered", actor=focal, now=NOW, note="công văn 5")
    duty.refresh_from_db()
    assert (duty.result, duty.ended_at) == ("answered", NOW)
    with pytest.raises(WrongState, match="đã đóng"):
        actions.close_obligation(duty, result="answered", actor=focal, now=NOW)
    with pytest.raises(InvalidInput, match="vì sao vẫn đóng nghĩa vụ"):
        actions.close_obligation(
            case.obligations.get(letter="e"), result="answered", actor=focal, now=NOW
        )


def test_reopening_lets_the_clocks_of_law_run_on(tree, head, focal):
    case = received(tree, state=CaseState.WATCHING)
    actions.open_obligation(case, letter="e", actor=focal, now=NOW)
    actions.close(case, actor=head, now=NOW, result="answered", note="đã trả lời báo")
    again = actions.reopen(case, actor=head, now=NOW + HOUR, reason="báo gỡ bài đăng lại")
    assert (again.state, again.result, again.closed_at) == (CaseState.ASSIGNED, "", None)
    assert [(c.rule, c.state) for c in clocks(case)] == [
        ("PN-01", ClockState.RUNNING),
        ("MD-04", ClockState.RUNNING),
    ]
    assert case.obligations.get().ended_at is None


def test_reopening_beside_a_newer_case_of_the_story_is_refused(tree, head):
    story = make.story()
    old = make.case(tree.province, CaseState.CLOSED, story=story)
    make.case(tree.province, story=story)
    with pytest.raises(Conflict, match="HS 2/2026"):
        actions.reopen(old, actor=head, now=NOW, reason="còn việc")
    assert Case.objects.system("test").get(pk=old.pk).state == CaseState.CLOSED


def test_a_closed_case_takes_no_more_clocks(tree, focal):
    case = make.case(tree.province, CaseState.CLOSED)
    for verb, fields in (
        (actions.open_obligation, {"letter": "e"}),
        (actions.record_moment, {"kind": "received_at", "at": NOW}),
        (actions.add_party, {"agency": tree.region1, "role": "lead"}),
        (actions.write_fact, {"claim": "x"}),
        (actions.draft_paper, {"code": "response"}),
    ):
        with pytest.raises(WrongState, match="đã đóng"):
            verb(case, actor=focal, now=NOW, **fields)
    assert Clock.objects.system("test").count() == 0


def test_steps_passed_over_are_kept_with_their_reason(tree, head):
    case = make.case(tree.province, CaseState.SCREENED)
    with pytest.raises(InvalidInput, match="“Đã xác định tác động”") as refused:
        actions.assign(case, actor=head, now=NOW, lead=tree.province)
    assert refused.value.field == "reason"
    actions.assign(case, actor=head, now=NOW, lead=tree.province, reason="không có dư luận")
    line = ledger.of(case).get(step="assign")
    assert (line.reason, line.data["skipped"]) == ("không có dư luận", ["impact_determined"])


def test_closing_early_owes_a_note_for_the_steps_it_passes_over(tree, head):
    case = make.case(tree.province, CaseState.VERIFIED)
    with pytest.raises(InvalidInput, match="bỏ qua bước") as refused:
        actions.close(case, actor=head, now=NOW, result="no_duty")
    assert refused.value.field == "note"
    actions.close(case, actor=head, now=NOW, result="no_duty", note="tin đúng, tích cực")
    assert ledger.of(case).get(step="close").data["skipped"] == [
        "reported",
        "planned",
        "published",
        "watching",
    ]
