"""Random people take random steps on one case: whatever they try, the promises of the house hold."""

import os
from datetime import timedelta
from typing import ClassVar

import pytest
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
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
from hoiam.core.models import LedgerEntry, LedgerHead
from hoiam.handling import actions
from hoiam.handling.actions.opening import Incoming
from hoiam.handling.models import (
    Case,
    CaseItem,
    Clock,
    Directive,
    LeftOutItem,
    NumberBook,
    Paper,
    Remedy,
)
from hoiam.handling.states import TRANSITIONS, CaseState, ClockState, PartyRole, skipped
from tests import factories as make
from tests.factories import NOW

WHO = st.sampled_from(["head", "head", "deputy", "focal", "clerk", "stranger", "region", "centre"])
REASON = st.sampled_from(["", "vì việc gấp"])
# How many walks: few every time, ten thousand when asked for (docs/developer/testing.md).
WALKS = int(os.environ.get("HOIAM_TEST_WALKS", "10"))
STEPS = int(os.environ.get("HOIAM_TEST_STEPS", "50"))
ENOUGH = 200
MOST_CASES = 4


class CaseMachine(RuleBasedStateMachine):
    """Cases of one province that are joined and parted, their papers, and seven people."""

    reached: ClassVar[set[str]] = set()
    taken: ClassVar[set[str]] = set()

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
            "centre": make.head(tree.centre),
        }
        self.items = [make.item("Bài đầu", channel=make.channel()), *map(make.item, ("Hai", "Ba"))]
        warning = make.warning(tree.province, make.story(*self.items[:2]))
        self.case = actions.open_case(warning, actor=self.people["focal"], now=self.now)

    @property
    def cases(self):
        return Case.objects.system("test").order_by("pk")

    def teardown(self):
        transaction.set_rollback(True)
        self.walk.__exit__(None, None, None)

    def attempt(self, verb, subject, by, /, **typed):
        """The step, taken or refused in a sentence; nothing else may be raised."""
        self.now += timedelta(minutes=7)
        before = LedgerEntry.objects.count()
        try:
            with transaction.atomic():
                getattr(actions, verb)(subject, actor=self.people[by], now=self.now, **typed)
        except HoiAmError as refusal:
            self.refused += 1
            assert len(str(refusal)) > 10
            assert LedgerEntry.objects.count() == before, verb
        else:
            self.taken.add(verb)
            assert LedgerEntry.objects.count() > before, verb

    @rule(which=st.integers(0, 9), who=WHO, reason=st.sampled_from(["vì việc gấp"] * 3 + [""]))
    def go_on(self, which, who, reason):
        self.advance(which, who, reason)

    @rule(which=st.integers(0, 9), times=st.integers(2, 6))
    def go_far(self, which, times):
        """The head takes several steps in a row, so that walks reach the end."""
        for _ in range(times):
            self.advance(which, "head", "vì việc gấp")

    @rule(result=st.sampled_from(["no_duty", "answered"]))
    def close_as_the_head(self, result):
        self.attempt("close", self.case, "head", result=result, note="đã rõ")

    def advance(self, which, who, reason):
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

    @rule(which=st.integers(0, 9))
    def turn_to(self, which):
        """Another case, where there is one."""
        cases = list(self.cases)
        self.case = cases[which % len(cases)]

    @rule(who=WHO, channel=st.sampled_from(["hotline", "press_letter", "handed_over"]))
    def open_another(self, who, channel):
        if self.cases.count() < MOST_CASES:
            self.attempt(
                "open_case_by_hand",
                self.tree.province,
                who,
                channel=channel,
                title="Việc khác",
                incoming=Incoming(sender="Báo Sông Thanh"),
            )

    @rule(who=WHO, which=st.integers(0, 9), reason=REASON)
    def merge(self, who, which, reason):
        cases = list(self.cases)
        self.attempt("merge_cases", self.case, who, other=cases[which % len(cases)], reason=reason)

    @rule(who=WHO, reason=REASON, letters=st.sets(st.sampled_from("eh"), max_size=1))
    def split(self, who, reason, letters):
        if self.cases.count() < MOST_CASES:
            items = list(self.case.case_items.values_list("item", flat=True))[:1]
            self.attempt(
                "split_case",
                self.case,
                who,
                title="Tách",
                items=items,
                letters=letters,
                reason=reason,
            )

    @rule(
        who=WHO,
        to=st.sampled_from(["region1", "region2", "other", "centre", "province"]),
        reason=REASON,
    )
    def hand_over(self, who, to, reason):
        if self.cases.count() < MOST_CASES:
            self.attempt("hand_over", self.case, who, to=getattr(self.tree, to), reason=reason)

    @rule(to=st.sampled_from(["region1", "region2", "other"]))
    def hand_over_as_the_head(self, to):
        """So that a few walks are enough to have seen it."""
        self.hand_over("head", to, "vì việc gấp")

    @rule(who=WHO, which=st.integers(0, 2), reason=REASON, puts=st.booleans())
    def reports_in_and_out(self, who, which, reason, puts):
        if puts:
            self.attempt("add_item", self.case, who, item=self.items[which])
        else:
            self.attempt("take_out_item", self.case, who, item=self.items[which], reason=reason)

    @rule(who=WHO, days=st.integers(-2, 9), asks=st.booleans())
    def be_directed(self, who, days, asks):
        due = (self.now + timedelta(days=days)).date()
        self.attempt(
            "receive_directive", self.case, who, issuer="UBND", content="Báo cáo", due_on=due,
            is_press_authority=asks,
        )  # fmt: skip

    @rule(who=WHO, how=REASON)
    def answer_an_order(self, who, how):
        order = Directive.objects.system("test").filter(answered_at=None).first()
        if order is not None:
            self.attempt("answer_directive", order, who, how=how)

    @rule(who=WHO, days=st.integers(-1, 9))
    def plan_a_remedy(self, who, days):
        due = (self.now + timedelta(days=days)).date()
        self.attempt("plan_remedy", self.case, who, what="Họp", who="Phòng", due_on=due)

    @rule(who=WHO, note=REASON)
    def finish_a_remedy(self, who, note):
        remedy = Remedy.objects.system("test").filter(done_at=None).first()
        if remedy is not None:
            self.attempt("finish_remedy", remedy, who, note=note)

    @rule(
        who=WHO,
        result=st.sampled_from(["answered", "published", "no_duty"]),
        note=REASON,
        waiver=REASON,
    )
    def close_a_duty(self, who, result, note, waiver):
        duty = self.case.obligations.first()
        if duty is not None:
            self.attempt("close_obligation", duty, who, result=result, note=note, waiver=waiver)

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

    @rule(
        who=WHO,
        note=REASON,
        waiver=REASON,
        result=st.sampled_from(
            ["answered", "no_duty", "published", "press_right", "duplicate", "won"]
        ),
    )
    def close(self, who, note, waiver, result):
        self.attempt("close", self.case, who, result=result, note=note, waiver=waiver)

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
    def closed_has_a_result_and_no_open_clock_or_duty(self):
        for case in self.cases.filter(state=CaseState.CLOSED):
            still = [ClockState.WAITING, ClockState.RUNNING, ClockState.PAUSED]
            assert case.result and case.closed_at and case.outcome_id
            assert not Clock.objects.system("test").filter(case=case, state__in=still).exists()
            assert not case.obligations.filter(ended_at=None).exists()
            for outcome in case.outcomes.all():
                assert not outcome.lacking or outcome.waived

    @invariant()
    def the_diary_tells_the_whole_way_and_why_steps_were_passed_over(self):
        lines: dict[int, list] = {}
        for line in LedgerEntry.objects.filter(subject_kind="handling.case").order_by("id"):
            lines.setdefault(line.subject_id, []).append(line)
        for case in self.cases:
            moves = [line for line in lines[case.pk] if "skipped" in line.data]
            stations = [*(line.data["before"] for line in moves), case.state]
            assert stations[0] == CaseState.RECEIVED
            for line, after in zip(moves, stations[1:], strict=True):
                passed = () if line.step == "reopen" else skipped(line.data["before"], after)
                assert line.data["skipped"] == [str(state) for state in passed]
                assert line.reason or not passed, line.step
            self.reached.update(stations)

    @invariant()
    def four_eyes_and_numbers_without_gaps(self):
        papers = list(Paper.objects.system("test").all())
        numbers: dict[int, list[int]] = {}
        for paper in papers:
            writers = {paper.drafted_by_id, paper.versions.last().by_id}
            assert paper.approved_by_id not in writers
            assert bool(paper.number) == bool(paper.blob)
            if paper.number:
                numbers.setdefault(paper.agency_id, []).append(paper.number)
        books = {book.agency_id: book.last for book in NumberBook.objects.all()}
        for agency, given in numbers.items():
            assert sorted(given) == list(range(1, books[agency] + 1))

    @invariant()
    def nothing_is_lost_on_the_way(self):
        """Every report of the beginning, every clock, file and fact still stands in some case."""
        kept = set(CaseItem.objects.values_list("item", flat=True))
        kept |= set(LeftOutItem.objects.values_list("item", flat=True))
        # Only what once belonged to a case: the third report may never have been put in.
        assert {item.pk for item in self.items[:2]} <= kept
        for case in self.cases:
            assert case.case_items.filter(is_lead=True).count() <= 1
            assert case.parties.filter(role=PartyRole.LEAD).count() <= 1
        strange = Clock.objects.system("test").exclude(obligation=None)
        assert not strange.exclude(obligation__case=F("case")).exists()

    @invariant()
    def the_diary_is_whole_and_strangers_wrote_nothing(self):
        assert list(ledger.breaks()) == []
        head = LedgerHead.objects.first()
        assert (head.count if head else 0) == LedgerEntry.objects.count()
        # What was handed to the stranger's own agency is theirs to write in.
        theirs, stranger = self.tree.other, self.people["stranger"].official
        ours = self.cases.exclude(agency=theirs).exclude(parties__agency=theirs)
        ours = ours.exclude(opened_by=stranger)
        written = LedgerEntry.objects.filter(
            subject_kind="handling.case",
            subject_id__in=list(ours.values_list("pk", flat=True)),
            actor=stranger,
        )
        assert not written.exists()


@pytest.mark.django_db
def test_whatever_people_try_the_promises_hold():
    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="HOIAM_TEST_WALKS" not in os.environ,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # Few walks choose their steps anew whenever the code moves; what they must have met is asked of many.
    assert CaseMachine.taken
    if WALKS >= ENOUGH:
        assert {CaseState.VERIFIED, CaseState.CLOSED} - CaseMachine.reached == set()
        assert {"merge_cases", "split_case", "hand_over", "close"} - CaseMachine.taken == set()
