"""Who may: every action has a policy, and a policy and its twin queryset say the same."""

import ast
from itertools import product
from pathlib import Path

import pytest

import hoiam.handling.actions as room
from hoiam.agencies.states import Role
from hoiam.core import authority
from hoiam.core.errors import NotAllowed
from hoiam.handling import actions
from hoiam.handling.models import (
    Case,
    Clock,
    Paper,
)
from hoiam.handling.policies import in_scope
from hoiam.handling.queries import cases_visible_to, open_clocks, papers_visible_to
from hoiam.handling.queries.work import papers_to_approve
from hoiam.handling.states import PAPER_TRANSITIONS, TRANSITIONS, PaperState, PartyRole
from tests import factories as make
from tests.factories import NOW

SOURCE = Path(room.__file__).parents[2]


def asked_for() -> set[str]:
    """Names of actions that this room and those above it ask authority for, read from their syntax tree."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) > 1:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in {"check", "can", "locked_open"} and isinstance(
                    node.args[1], ast.Constant
                ):
                    found.add(node.args[1].value)
    return found


def test_every_action_asked_for_has_a_policy():
    wanted = asked_for() | set(TRANSITIONS) | set(PAPER_TRANSITIONS)
    assert wanted - {name for _, name in authority.registered()} == set()


def test_the_room_has_no_policy_nobody_asks_for():
    wanted = asked_for() | set(TRANSITIONS) | set(PAPER_TRANSITIONS)
    ours = {name for model, name in authority.registered() if model in {Case, Paper, Clock}}
    assert ours - wanted == set()


def test_every_public_verb_but_deleting_is_asked_for_by_its_own_name():
    wanted = asked_for() | set(TRANSITIONS) | set(PAPER_TRANSITIONS)
    # Asks as "write_fact"; the next as "make_digest", for they are kept as a digest; the last as what they undo.
    as_another = {"delete_fact", "make_outlook", "make_sheet", "make_synthesis"}
    as_another |= {"end_tightening", "withdraw_day"}
    # These ask as "add_evidence", "save_wording" and "edit_paper".
    as_another |= {"add_clip", "reset_wording", "take_wording"}
    assert set(actions.__all__) - wanted == as_another


def test_an_unknown_action_raises(tree, head):
    with pytest.raises(LookupError, match="no policy for burn on Case"):
        authority.can(head, "burn", make.case(tree.province))


ROLES = (Role.HEAD, Role.FOCAL_POINT, Role.EXAMINER, Role.CONTRIBUTOR)
PLACES = ("centre", "province", "other", "region1", "region2")


def cases_of_all_kinds(tree):
    """Cases of both provinces, with and without parts of the regional offices and of each other."""
    plain = make.case(tree.province)
    led = make.case(tree.province)
    make.party(led, tree.region1, PartyRole.LEAD)
    informed = make.case(tree.province)
    make.party(informed, tree.region2, PartyRole.INFORMED)
    theirs = make.case(tree.other)
    shared = make.case(tree.other)
    make.party(shared, tree.province, PartyRole.COORDINATING)
    return {"plain": plain, "led": led, "informed": informed, "theirs": theirs, "shared": shared}


SEEN = {
    "centre": {"plain", "led", "informed", "theirs", "shared"},
    # A province sees what its regional offices have a part in.
    "province": {"plain", "led", "informed", "shared"},
    "other": {"theirs", "shared"},
    "region1": {"led"},
    "region2": {"informed"},
}


@pytest.mark.parametrize(("place", "role"), tuple(product(PLACES, ROLES)))
def test_the_scope_and_its_queryset_agree(tree, place, role):
    cases = cases_of_all_kinds(tree)
    who = make.actor(getattr(tree, place), role)
    in_rows = set(cases_visible_to(who).values_list("pk", flat=True))
    by_policy = {case.pk for case in cases.values() if in_scope(who, case)}
    assert in_rows == by_policy == {cases[name].pk for name in SEEN[place]}


def test_who_holds_no_post_sees_nothing(tree):
    cases_of_all_kinds(tree)
    make.official("het-viec", tree.centre)
    assert list(cases_visible_to(make.actor(tree.centre, name="het-viec"))) == []


def test_a_locked_account_of_the_centre_sees_nothing(tree):
    cases_of_all_kinds(tree)
    person = make.official("khoa", tree.centre, Role.HEAD, is_active=False)
    assert list(cases_visible_to(make.actor(tree.centre, name=person.username))) == []


def test_papers_and_clocks_follow_their_case(tree):
    mine, theirs = make.case(tree.province), make.case(tree.other)
    for case in (mine, theirs):
        make.paper(case)
        make.clock(case)
    head = make.head(tree.province)
    assert [p.case_id for p in papers_visible_to(head)] == [mine.pk]
    assert [c.case_id for c in open_clocks(head)] == [mine.pk]


CASE_ACTIONS = sorted(name for model, name in authority.registered() if model is Case)


@pytest.mark.parametrize("action", CASE_ACTIONS)
def test_nobody_of_another_province_may_do_anything(tree, action):
    case = make.case(tree.province)
    others = [make.actor(tree.other, role) for role in Role]
    assert [who for who in others if authority.can(who, action, case)] == []


@pytest.mark.parametrize("action", sorted(set(CASE_ACTIONS) - {"add_note"}))
def test_the_centre_sees_but_does_not_do_the_work_of_a_province(tree, action):
    case = make.case(tree.province)
    assert not authority.can(make.head(tree.centre), action, case)


def test_a_leader_of_the_centre_may_give_an_opinion(tree):
    assert authority.can(make.head(tree.centre), "add_note", make.case(tree.province))


def test_a_unit_that_leads_writes_facts_and_one_that_is_informed_does_not(tree):
    case = make.case(tree.province, "assigned")
    make.party(case, tree.region1, PartyRole.LEAD)
    make.party(case, tree.region2, PartyRole.INFORMED)
    chiefs = [make.actor(place, Role.HEAD_OF_REGION) for place in (tree.region1, tree.region2)]
    may = [authority.allowed(who, {"write_fact", "assign", "close"}, case) for who in chiefs]
    assert may == [{"write_fact"}, set()]


def test_a_refusal_says_who_may(tree, focal):
    case = make.case(tree.province, "screened")
    with pytest.raises(NotAllowed, match="thủ trưởng"):
        actions.assign(case, actor=focal, now=NOW, lead=tree.region1, reason="bỏ qua")


def test_the_records_clerk_marks_the_answer_sent_and_reported(tree, clerk):
    case = make.case(tree.province, "verified")
    assert authority.allowed(clerk, {"issue", "report_upward", "close"}, case) == {
        "issue",
        "report_upward",
    }


@pytest.mark.parametrize("who", ["head", "deputy", "spokesperson", "focal_point"])
def test_the_list_of_papers_to_approve_agrees_with_the_policy(tree, who):
    case = make.case(tree.province)
    actor = make.actor(tree.province, who)
    other = make.official("khac")
    by_other = make.paper(case, PaperState.SUBMITTED, by=other)
    own = make.paper(case, PaperState.SUBMITTED, by=actor.official)
    edited_by_me = make.paper(case, PaperState.SUBMITTED, by=other)
    edited_by_me.drafted_by = actor.official
    edited_by_me.save(update_fields=["drafted_by"])
    mine_edited_by_other = make.paper(case, PaperState.SUBMITTED, by=actor.official)
    mine_edited_by_other.drafted_by = other
    mine_edited_by_other.save(update_fields=["drafted_by"])
    papers = [by_other, own, edited_by_me, mine_edited_by_other]
    may = [paper.pk for paper in papers if authority.can(actor, "approve_paper", paper)]
    assert [paper.pk for paper in papers_to_approve(actor)] == may
    assert may == ([] if who == "focal_point" else [by_other.pk])
