"""Every state × every verb of the two tables: the right target with a diary line, or WrongState and nothing changed."""

import inspect

import pytest
from django.db import IntegrityError, transaction

from hoiam.core import ledger
from hoiam.core.errors import NotAllowed, WrongState
from hoiam.core.models import OutboxMessage
from hoiam.handling import actions
from hoiam.handling.models import Case, Clock, Paper
from hoiam.handling.states import (
    PAPER_TRANSITIONS,
    TRANSITIONS,
    CaseState,
    ClockState,
    PaperState,
)
from tests import factories as make
from tests.factories import NOW

WHY = "lý do ghi ở đây"


def typed(tree):
    """What each verb of a case needs to be taken."""
    return {
        "screen": {"letters": ["i"], "severity": 1},
        "determine_impact": {"has_impact": False, "reason": WHY},
        "assign": {"lead": tree.region1, "reason": WHY},
        "complete_verification": {},
        "report_upward": {"how": "văn bản số 5"},
        "plan_information": {"plan": "Trả lời bằng văn bản", "reason": WHY},
        "issue": {"how": "công văn số 6", "reason": WHY},
        "publish": {"where": "trang của cơ quan"},
        "start_watch": {"reason": WHY},
        "escalate": {"to": "Sở Văn hóa", "reason": WHY},
        "remedy": {"text": "đã phê bình"},
        "close": {"result": "answered", "note": WHY},
        "reopen": {"reason": WHY},
    }


@pytest.mark.parametrize("step", TRANSITIONS)
@pytest.mark.parametrize("state", CaseState.values)
def test_every_state_and_verb_of_a_case(tree, head, state, step):
    case = make.case(tree.province, state)
    make.fact(case)
    verb, fields = getattr(actions, step), typed(tree)[step]
    if state in TRANSITIONS[step].sources:
        moved = verb(case, actor=head, now=NOW, **fields)
        case.refresh_from_db()
        assert moved.state == case.state == TRANSITIONS[step].target
        line = ledger.of(case).get(step=step)
        assert (line.data["before"], line.at, line.actor_id) == (state, NOW, head.pk)
    else:
        with pytest.raises(WrongState):
            verb(case, actor=head, now=NOW, **fields)
        case.refresh_from_db()
        assert case.state == state
        assert ledger.of(case).count() == 0


def ready_paper(case, state, by):
    """A paper with all its mandatory content, in this state."""
    fields = actions.draft_paper(case, code="response", actor=by, now=NOW)
    Paper.objects.system("test").filter(pk=fields.pk).update(
        state=state, submitted_at=NOW, sent_at=NOW, symbol="5/THADSTG-VP"
    )
    ledger.LedgerEntry.objects.all().delete()
    ledger.LedgerHead.objects.all().delete()
    return fields


PAPER_TYPED = {
    "edit_paper": {"fields": {}},
    "submit_paper": {},
    "return_paper": {"reason": WHY},
    "approve_paper": {"signer_title": "Trưởng Thi hành án dân sự tỉnh"},
    "mark_sent": {"how": "bưu điện", "reason": WHY},
    "mark_delivered": {"at": NOW},
    "withdraw_paper": {"reason": WHY},
}


@pytest.mark.parametrize("step", PAPER_TRANSITIONS)
@pytest.mark.parametrize("state", PaperState.values)
def test_every_state_and_verb_of_a_paper(tree, head, focal, state, step):
    story = make.story(make.item(channel=make.channel()))
    case = make.case(tree.province, CaseState.VERIFIED, story=story)
    make.fact(case)
    paper = ready_paper(case, state, focal)
    verb, fields = getattr(actions, step), PAPER_TYPED[step]
    if state in PAPER_TRANSITIONS[step].sources:
        moved = verb(paper, actor=head, now=NOW, **fields)
        paper.refresh_from_db()
        assert moved.state == paper.state == PAPER_TRANSITIONS[step].target
        assert ledger.of(case).get(step=step).data["paper"] == paper.pk
    else:
        with pytest.raises(WrongState):
            verb(paper, actor=head, now=NOW, **fields)
        paper.refresh_from_db()
        assert paper.state == state
        assert ledger.of(case).count() == 0


# Verbs that move no state of a case or paper: they write beside it.
BESIDE = {
    "add_clip",
    "add_evidence",
    "add_item",
    "add_note",
    "add_party",
    "add_story_items",
    "allow_sole_signer",
    "announce_day",
    "answer_directive",
    "cancel_outside_number",
    "capture_page",
    "choose_clocks",
    "close_obligation",
    "delete_fact",
    "draft_paper",
    "end_sole_signer",
    "end_tightening",
    "enter_outside_number",
    "except_four_eyes",
    "export_dossier",
    "extend_clock",
    "finish_clock",
    "finish_remedy",
    "hand_over",
    "keep_signed_file",
    "make_calendar_link",
    "make_outlook",
    "make_sheet",
    "make_synthesis",
    "merge_cases",
    "open_case",
    "open_case_by_hand",
    "open_obligation",
    "pause_clock",
    "plan_captures",
    "plan_remedy",
    "receive_directive",
    "record_check",
    "record_moment",
    "record_statement",
    "reset_wording",
    "resume_clock",
    "revoke_calendar_link",
    "save_wording",
    "set_tightening",
    "split_case",
    "stop_captures",
    "take_capture",
    "take_dossier",
    "take_evidence",
    "take_out_item",
    "take_wording",
    "withdraw_day",
    "write_fact",
}


def test_the_public_verbs_are_the_tables_and_what_is_written_beside():
    assert set(actions.__all__) == set(TRANSITIONS) | set(PAPER_TRANSITIONS) | BESIDE


@pytest.mark.parametrize("name", actions.__all__)
def test_every_verb_takes_who_and_when_by_name(name):
    taken = inspect.signature(getattr(actions, name)).parameters
    assert {taken["actor"].kind, taken["now"].kind} == {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize(
    ("model", "constraint", "states"),
    [
        (Case, "case_state", CaseState),
        (Paper, "paper_state", PaperState),
        (Clock, "clock_state", ClockState),
    ],
)
def test_the_database_repeats_the_list_of_states(model, constraint, states):
    check = next(c for c in model._meta.constraints if c.name == constraint)
    assert set(dict(check.condition.children)["state__in"]) == set(states.values)


def test_the_database_refuses_an_unknown_state(tree):
    case = make.case(tree.province)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.system("test").filter(pk=case.pk).update(state="lost")


def test_the_database_refuses_a_case_closed_without_result(tree):
    case = make.case(tree.province)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.system("test").filter(pk=case.pk).update(state=CaseState.CLOSED)


@pytest.mark.parametrize("step", TRANSITIONS)
def test_no_verb_of_a_case_is_open_to_another_province(tree, step):
    state = sorted(TRANSITIONS[step].sources)[0]
    case = make.case(tree.province, state)
    make.fact(case)
    with pytest.raises(NotAllowed):
        getattr(actions, step)(case, actor=make.head(tree.other), now=NOW, **typed(tree)[step])
    case.refresh_from_db()
    assert (case.state, ledger.of(case).count()) == (state, 0)


@pytest.mark.parametrize("step", PAPER_TRANSITIONS)
def test_no_verb_of_a_paper_is_open_to_another_province(tree, step):
    state = sorted(PAPER_TRANSITIONS[step].sources)[0]
    paper = make.paper(make.case(tree.province), state)
    with pytest.raises(NotAllowed):
        getattr(actions, step)(paper, actor=make.head(tree.other), now=NOW, **PAPER_TYPED[step])
    paper.refresh_from_db()
    assert (paper.state, ledger.of(paper.case).count()) == (state, 0)


TOLD = {"assign": "case_assigned", "complete_verification": "case_verified"}


@pytest.mark.parametrize("step", TRANSITIONS)
def test_a_step_leaves_a_message_for_who_must_act_next(tree, head, step):
    case = make.case(tree.province, sorted(TRANSITIONS[step].sources)[0])
    make.fact(case)
    getattr(actions, step)(case, actor=head, now=NOW, **typed(tree)[step])
    told = list(OutboxMessage.objects.values_list("kind", "subject_id"))
    assert told == ([(TOLD[step], case.pk)] if step in TOLD else [])


PAPERS_TOLD = {
    "submit_paper": "paper_submitted",
    "return_paper": "paper_returned",
    "approve_paper": "paper_approved",
}


@pytest.mark.parametrize("step", PAPER_TRANSITIONS)
def test_a_paper_calls_who_must_act_next(tree, head, focal, step):
    story = make.story(make.item(channel=make.channel()))
    case = make.case(tree.province, CaseState.VERIFIED, story=story)
    make.fact(case)
    paper = ready_paper(case, sorted(PAPER_TRANSITIONS[step].sources)[0], focal)
    getattr(actions, step)(paper, actor=head, now=NOW, **PAPER_TYPED[step])
    told = list(OutboxMessage.objects.values_list("kind", "subject_id"))
    assert told == ([(PAPERS_TOLD[step], paper.pk)] if step in PAPERS_TOLD else [])
