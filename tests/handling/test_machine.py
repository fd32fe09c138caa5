"""Random people take random steps on one case: whatever they try, the promises of the house hold."""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import HoiAmError
from hoiam.handling import actions
from hoiam.handling.models import Case, Clock, NumberBook, Paper
from hoiam.handling.states import TRANSITIONS, CaseState, ClockState, PartyRole, skipped
from tests import factories as make
from tests.factories import NOW

WHO = st.sampled_from(["head", "head", "deputy", "focal", "clerk", "stranger", "region"])
REASON = st.sampled_from(["", "vì việc gấp"])


class CaseMachine(RuleBasedStateMachine):
    """One case of one province, its papers, and six people."""

    reached: ClassVar[set[str]] = set()

    def __init__(self):
        super().__init__()
        cache.clear()
        # Each walk in a transaction of its own, undone at its end.
        self.walk = transaction.atomic()
        self.walk.__enter__()
        tree = make.tree()
        self.tree, self.now, self.refused = tree, NOW, 0
        self.people = {
            "head": make.head(tree.province),
            "deputy": make.actor(tree.province, Role.DEPUTY),
            "focal": make.focal_point(tree.province),
            "clerk": make.actor(tree.province, Role.RECORDS_CLERK),
            "stranger": make.head(tree.other),
            "region": make.actor(tree.region1, Role.HEAD_OF_REGION),
        }
        report = make.item(channel=make.channel())
        warning = make.warning(tree.province, make.story(report))
        self.case = actions.open_case(warning, actor=self.people["focal"], now=self.now)

    def teardown(self):
        transaction.set_rollback(True)
        self.walk.__exit__(None, None, None)

    def attempt(self, verb, subject, who, **typed):
        """The step, taken or refused in a sentence; nothing else may be raised."""
        self.now += timedelta(minutes=7)
        try:
            with transaction.atomic():
                getattr(actions, verb)(subject, actor=self.people[who], now=self.now, **typed)
        except HoiAmError:
            self.refused += 1

    @rule(which=st.integers(0, 9), who=WHO, reason=st.sampled_from(["vì việc gấp"] * 3 + [""]))
    def go_on(self, which, who, reason):
        """One of the steps that start where the case stands, so that walks go far."""
        state = Case.objects.system("test").get(pk=self.case.pk).state
        steps = [s.name for s in TRANSITIONS.values() if state in s.sources and s.name != "close"]
        self.write("head", "Đã thi hành xong")
        told = {
            "screen": {"letters": ["e", "h"], "severity": 2},
            "determine_impact": {"has_impact": True, "reason": reason},
            "assign": {"lead": self.tree.region1, "reason": reason},
            "complete_verification": {},
            "report_upward": {"how": "văn bản"},
            "plan_information": {"plan": "trả lời", "reason": reason},
            "issue": {"how": "công văn", "reason": reason},
            "publish": {"where": "cổng"},
            "escalate": {"to": "Sở", "reason": reason},
            "remedy": {"text": "đã phê bình"},
        }
        if steps:
            step = steps[which % len(steps)]
            self.attempt(step, self.case, who, **told.get(step, {"reason": reason}))

    @rule(who=WHO, letters=st.sets(st.sampled_from("abcdefghi"), max_size=3))
    def screen(self, who, letters):
        self.attempt("screen", self.case, who, letters=letters, severity=2)

    @rule(who=WHO, has_impact=st.booleans(), reason=REASON)
    def determine(self, who, has_impact, reason):
        self.attempt("determine_impact", self.case, who, has_impact=has_impact, reason=reason)

    @rule(who=WHO, reason=REASON, place=st.sampled_from(["province", "region1", "region2"]))
    def assign(self, who, reason, place):
        self.attempt("assign", self.case, who, lead=getattr(self.tree, place), reason=reason)

    @rule(who=WHO, truth=st.sampled_from(["", "Đã thi hành xong"]))
    def write_some(self, who, truth):
        self.write(who, truth)

    def write(self, who, truth):
        self.attempt(
            "write_fact",
            self.case,
            who,
            claim="Chưa thi hành",
            truth=truth,
            evidence="Biên bản",
            is_claim_right=False,
        )

    @rule(who=WHO)
    def verify(self, who):
        self.attempt("complete_verification", self.case, who)

    @rule(who=WHO, reason=REASON, step=st.sampled_from(["plan_information", "issue"]))
    def plan_or_issue(self, who, reason, step):
        told = {"plan": "trả lời"} if step == "plan_information" else {"how": "công văn"}
        self.attempt(step, self.case, who, reason=reason, **told)

    @rule(who=WHO, reason=REASON, step=st.sampled_from(["publish", "start_watch", "remedy"]))
    def later_steps(self, who, reason, step):
        told = {"publish": {"where": "cổng"}, "start_watch": {"reason": reason}}
        self.attempt(step, self.case, who, **told.get(step, {"text": "đã phê bình"}))

    @rule(who=WHO, note=REASON, result=st.sampled_from(["answered", "no_duty", "won"]))
    def close(self, who, note, result):
        self.attempt("close", self.case, who, result=result, note=note)

    @rule(who=WHO, reason=REASON)
    def reopen(self, who, reason):
        self.attempt("reopen", self.case, who, reason=reason)

    @rule(who=WHO, place=st.sampled_from(["region1", "region2"]), role=st.sampled_from(PartyRole))
    def take_part(self, who, place, role):
        self.attempt("add_party", self.case, who, agency=getattr(self.tree, place), role=role)

    @rule(who=WHO)
    def say(self, who):
        self.attempt(
            "record_statement",
            self.case,
            who,
            at=self.now,
            form="written",
            spokesperson="Ông A",
            outside_reason="người phát ngôn của Bộ",
            text="Đã thi hành.",
        )

    @rule(who=WHO)
    def draft(self, who):
        self.attempt("draft_paper", self.case, who, code="response")

    @rule(
        who=WHO,
        reason=REASON,
        which=st.integers(0, 3),
        step=st.sampled_from(
            [
                "edit_paper",
                "submit_paper",
                "return_paper",
                "approve_paper",
                "mark_sent",
                "mark_delivered",
                "withdraw_paper",
            ]
        ),
    )
    def work_on_a_paper(self, who, reason, which, step):
        papers = list(Paper.objects.system("test").order_by("pk"))
        if not papers:
            return
        told = {
            "edit_paper": {"fields": {"response": "Đã xong.", "reported": "x", "grounds": ["y"]}},
            "submit_paper": {},
            "approve_paper": {"signer_title": "Trưởng"},
            "mark_sent": {"how": "bưu điện", "reason": reason},
            "mark_delivered": {"at": self.now},
        }
        self.attempt(step, papers[which % len(papers)], who, **told.get(step, {"reason": reason}))

    @invariant()
    def closed_has_a_result_and_no_open_clock(self):
        case = Case.objects.system("test").get(pk=self.case.pk)
        if case.state == CaseState.CLOSED:
            still = [ClockState.WAITING, ClockState.RUNNING, ClockState.PAUSED]
            assert case.result and case.closed_at
            assert not Clock.objects.system("test").filter(state__in=still).exists()

    @invariant()
    def steps_passed_over_have_a_reason(self):
        for line in ledger.of(self.case):
            if line.data.get("skipped"):
                assert line.reason, line.step

    @invariant()
    def the_diary_tells_the_whole_way(self):
        moves = [line for line in ledger.of(self.case) if "skipped" in line.data]
        standing = Case.objects.system("test").get(pk=self.case.pk).state
        stations = [*(line.data["before"] for line in moves), standing]
        assert stations[0] == CaseState.RECEIVED
        for line, after in zip(moves, stations[1:], strict=True):
            passed = () if line.step == "reopen" else skipped(line.data["before"], after)
            assert line.data["skipped"] == [str(state) for state in passed]
        self.reached.update(stations)

    @invariant()
    def four_eyes_and_numbers_without_gaps(self):
        papers = list(Paper.objects.system("test").all())
        for paper in papers:
            writers = {paper.drafted_by_id, paper.versions.last().by_id}
            assert paper.approved_by_id not in writers
            assert bool(paper.number) == bool(paper.blob)
        numbers = sorted(paper.number for paper in papers if paper.number)
        book = NumberBook.objects.first()
        assert numbers == list(range(1, (book.last if book else 0) + 1))

    @invariant()
    def one_lead_at_most(self):
        assert self.case.parties.filter(role=PartyRole.LEAD).count() <= 1

    @invariant()
    def the_diary_is_whole_and_strangers_wrote_nothing(self):
        assert list(ledger.breaks()) == []
        assert not ledger.of(self.case).filter(actor=self.people["stranger"].official).exists()


@pytest.mark.django_db
def test_whatever_people_try_the_promises_hold():
    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=15,
            stateful_step_count=50,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # The walks are long enough to mean something.
    assert {CaseState.VERIFIED, CaseState.CLOSED} - CaseMachine.reached == set()
