"""Several people at the same moment, on a database with several connections: one wins, nobody waits for ever."""

import threading

import pytest
from django.db import connection

from hoiam.core import ledger
from hoiam.core.errors import HoiAmError
from hoiam.handling import actions
from hoiam.handling.models import Case, Paper
from hoiam.handling.states import CaseState
from hoiam.monitoring.actions import triage
from tests import factories as make
from tests.factories import NOW

TITLE = {"signer_title": "Trưởng Thi hành án dân sự tỉnh"}


@pytest.fixture
def tree(transactional_db):
    if connection.vendor == "sqlite":
        pytest.skip("one SQLite database in memory has one connection: nobody works at once")
    return make.tree()


def at_once(*works):
    """What became of each work, begun at one moment: its result, or what was raised."""
    start, found = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        start.wait()
        try:
            found[place] = work()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return found


def submitted(tree, focal):
    report = make.item(channel=make.channel(name=f"Báo số {Paper.objects.system('test').count()}"))
    case = make.case(tree.province, CaseState.VERIFIED, story=make.story(report))
    make.fact(case)
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    return actions.submit_paper(paper, actor=focal, now=NOW)


def test_of_two_approvals_one_is_refused(tree):
    paper = submitted(tree, make.focal_point(tree.province))
    deputy = {"signer_title": "Phó Trưởng", "signing_form": "KT", "signing_for": "Trưởng"}
    people = [(make.head(tree.province), TITLE), (make.actor(tree.province, "deputy"), deputy)]
    found = at_once(
        *(
            lambda who=who, how=how: actions.approve_paper(paper, actor=who, now=NOW, **how)
            for who, how in people
        )
    )
    assert sorted(type(one).__name__ for one in found) == ["Paper", "WrongState"]


def test_approvals_at_once_take_numbers_without_gaps_or_doubles(tree):
    focal, head = make.focal_point(tree.province), make.head(tree.province)
    papers = [submitted(tree, focal) for _ in range(5)]
    found = at_once(
        *(
            lambda paper=paper: actions.approve_paper(paper, actor=head, now=NOW, **TITLE)
            for paper in papers
        )
    )
    assert sorted(paper.number for paper in found) == [1, 2, 3, 4, 5]


def test_of_two_who_open_one_case_one_is_told_of_the_other(tree):
    warning = make.warning(tree.province)
    people = [make.head(tree.province), make.focal_point(tree.province)]
    found = at_once(
        *(lambda who=who: actions.open_case(warning, actor=who, now=NOW) for who in people)
    )
    assert sorted(type(one).__name__ for one in found) == ["Case", "Conflict"]


def many_works(tree):
    """Different work of one person that touches the same agency, cases, papers, clocks and warnings."""
    paper = submitted(tree, make.focal_point(tree.province))
    case = make.case(tree.province, CaseState.IMPACT_DETERMINED)
    clock = make.clock(case, "MD-03", NOW.replace(hour=11))
    one, other = (make.warning(tree.province, make.story()) for _ in range(2))
    act = {"actor": make.head(tree.province), "now": NOW}
    later = NOW.replace(hour=15)
    return (
        lambda: actions.approve_paper(paper, **act, **TITLE),
        lambda: actions.report_upward(paper.case, **act, how="văn bản"),
        lambda: actions.assign(case, **act, lead=tree.region1),
        lambda: actions.extend_clock(clock, **act, due_at=later, reason="chờ hồ sơ"),
        lambda: actions.open_case(one, **act),
        lambda: triage.take(one, **act),
        lambda: actions.open_case(other, **act),
        lambda: actions.add_note(case, **act, text="nhanh lên"),
    )


def test_different_work_at_one_place_never_waits_for_ever(tree):
    """Steps, papers, clocks, warnings and openings take their locks in one order: no deadlock, one chain."""
    for _ in range(4):
        found = at_once(*many_works(tree))
        faults = [one for one in found if isinstance(one, Exception)]
        assert [one for one in faults if not isinstance(one, HoiAmError)] == []
    assert list(ledger.breaks()) == []
    assert Case.objects.system("test").filter(agency=tree.province).count() == 16


def two_cases(tree):
    return [
        make.case(tree.province, CaseState.IMPACT_DETERMINED, story=make.story(make.item(f"Chuyện {n}", url=f"https://songthanh.example/{n}")))
        for n in range(2)
    ]  # fmt: skip


def faults_of(found):
    """What was refused; anything that is no refusal (a deadlock, a broken constraint) fails the test."""
    faults = [one for one in found if isinstance(one, Exception)]
    assert [one for one in faults if not isinstance(one, HoiAmError)] == []
    return [type(one).__name__ for one in faults]


def test_two_cases_merged_into_each_other_at_once_become_one(tree):
    """Each person chose the other case: the elder is locked first by both, so that nobody waits for ever."""
    head, deputy = make.head(tree.province), make.actor(tree.province, "deputy")
    for _ in range(4):
        one, other = two_cases(tree)
        found = at_once(
            lambda one=one, other=other: actions.merge_cases(one, other=other, reason="một vụ việc", actor=head, now=NOW),
            lambda one=one, other=other: actions.merge_cases(other, other=one, reason="một vụ việc", actor=deputy, now=NOW),
        )  # fmt: skip
        assert faults_of(found) == ["WrongState"]
        states = {case.pk: case.state for case in Case.objects.system("test").filter(pk__in=[one.pk, other.pk])}  # fmt: skip
        assert states == {one.pk: CaseState.IMPACT_DETERMINED, other.pk: CaseState.CLOSED}
        assert one.case_items.count() == 2
    assert list(ledger.breaks()) == []


def test_a_case_handed_to_two_places_at_once_has_one_lead(tree):
    head, deputy = make.head(tree.province), make.actor(tree.province, "deputy")
    for _ in range(4):
        case = two_cases(tree)[0]
        found = at_once(
            *(
                lambda who=who, to=to, case=case: actions.hand_over(case, to=to, reason="đúng địa bàn", actor=who, now=NOW)
                for who, to in ((head, tree.region1), (deputy, tree.region2))
            )
        )  # fmt: skip
        assert faults_of(found) == []
        leads = list(case.parties.filter(role="lead"))
        assert [lead.agency_id for lead in leads] in ([tree.region1.pk], [tree.region2.pk])
        told = [entry.data["agency"] for entry in ledger.of(case).filter(step="hand_over")]
        assert sorted(told) == sorted([tree.region1.code, tree.region2.code])
        assert told[-1] == leads[0].agency.code  # who wrote last leads
    assert list(ledger.breaks()) == []


def test_a_case_handed_up_twice_at_once_moves_once(tree):
    head, deputy = make.head(tree.province), make.actor(tree.province, "deputy")
    for case in [*two_cases(tree), *two_cases(tree)]:
        found = at_once(
            *(
                lambda who=who, case=case: actions.hand_over(case, to=tree.centre, reason="vượt thẩm quyền", actor=who, now=NOW)
                for who in (head, deputy)
            )
        )  # fmt: skip
        assert faults_of(found) == ["NotAllowed"]  # the second finds it at the centre
        case.refresh_from_db()
        assert case.agency == tree.centre
        assert ledger.of(case).filter(step="hand_over").count() == 1


def test_merging_handing_over_splitting_and_opening_at_once_never_wait_for_ever(tree):
    """All of them lock cases and agencies: each ends or is refused with a sentence, and no number is given twice."""
    head, deputy = make.head(tree.province), make.actor(tree.province, "deputy")
    centre, told = make.head(tree.centre), {"reason": "một vụ việc", "now": NOW}
    rounds = [(*two_cases(tree), *two_cases(tree)) for _ in range(4)]
    for one, other, third, fourth in rounds:
        fresh = make.warning(tree.centre, make.story())
        found = at_once(
            lambda one=one, other=other: actions.merge_cases(one, other=other, actor=head, **told),
            lambda other=other: actions.hand_over(other, to=tree.centre, actor=deputy, **told),
            lambda third=third: actions.hand_over(third, to=tree.centre, actor=head, **told),
            lambda fourth=fourth: actions.hand_over(fourth, to=tree.centre, actor=deputy, **told),
            lambda fresh=fresh: actions.open_case(fresh, actor=centre, now=NOW),
            lambda third=third: actions.add_note(third, actor=head, now=NOW, text="nhanh lên"),
        )  # fmt: skip
        faults_of(found)
    rows = Case.objects.system("test").values_list("agency", "year", "ordinal")
    assert len(rows) == len(set(rows))
    assert list(ledger.breaks()) == []
