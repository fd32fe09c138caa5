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
