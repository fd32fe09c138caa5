"""Two people at once on a database with many writers: the second waits for the first and sees what it did."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.db import connection, connections, transaction

from hoiam.agencies.states import Role
from hoiam.core.errors import Conflict, WrongState
from hoiam.scheme import actions
from hoiam.scheme.actions.scheme_values import SchemeFields, TaskFields
from hoiam.scheme.actions.synthesis_making import make_synthesis
from hoiam.scheme.models import Assignment, Scheme, SourcePaper, Synthesis, SynthesisPart
from tests import factories as make
from tests import parts
from tests.factories import NOW
from tests.scheme.readings import decision
from tests.scheme.rounds import FULL, open_round, report_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite",
        reason="SQLite lets one writer in at a time: nobody can be second while the first still writes",
    ),
]
WHY = "a test looks"


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def desk(tree):
    return make.focal_point(tree.centre)


def meanwhile(first, second):
    """What the second came to, begun after the first wrote and before it was kept; an error is given back."""

    def other():
        try:
            return second()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            begun = pool.submit(other)
            sleep(0.3)
        return begun.result(timeout=20)


def test_a_paper_is_confirmed_once(tree, desk):
    paper = actions.add_source_paper(
        tree.centre, actor=desk, now=NOW, data=b"van ban", file_name="a.txt", read=decision
    )

    def confirm():
        return actions.confirm_source_paper(paper, actor=desk, now=NOW, edition=paper.edition)

    assert isinstance(meanwhile(confirm, confirm), WrongState)
    assert Scheme.objects.system(WHY).count() == 1
    assert SourcePaper.objects.system(WHY).get().state == "confirmed"


def draft(tree, desk, **more):
    everyone = {"role": "lead", "class": "provinces"}
    task = TaskFields(ref="1", title="Mở chuyên mục", units=(everyone,), rhythm="yearly")
    return actions.create_scheme(
        tree.centre, actor=desk, now=NOW, fields=SchemeFields(title="Đề án Một"), tasks=[task], **more
    )  # fmt: skip


def test_a_scheme_is_given_out_once(tree, desk):
    made = draft(tree, desk)

    def give():
        return actions.activate_scheme(made, actor=desk, now=NOW)

    assert isinstance(meanwhile(give, give), WrongState)
    assert Assignment.objects.system(WHY).count() == 2


def test_progress_written_while_a_new_version_takes_over_is_refused_not_lost(tree, desk):
    old = actions.activate_scheme(draft(tree, desk), actor=desk, now=NOW)
    new = actions.replace_scheme(old, actor=desk, now=NOW)
    row = Assignment.objects.system(WHY).get(task__scheme=old, agency=tree.province)
    focal = make.focal_point(tree.province)
    late = meanwhile(
        lambda: actions.activate_scheme(new, actor=desk, now=NOW),
        lambda: actions.report_progress(row, actor=focal, now=NOW, percent=40, words="Nửa"),
    )
    assert isinstance(late, WrongState)


def test_a_new_version_takes_over_the_progress_written_meanwhile(tree, desk):
    old = actions.activate_scheme(draft(tree, desk), actor=desk, now=NOW)
    new = actions.replace_scheme(old, actor=desk, now=NOW)
    row = Assignment.objects.system(WHY).get(task__scheme=old, agency=tree.province)
    focal = make.focal_point(tree.province)
    meanwhile(
        lambda: actions.report_progress(row, actor=focal, now=NOW, percent=40, words="Nửa"),
        lambda: actions.activate_scheme(new, actor=desk, now=NOW),
    )
    carried = Assignment.objects.system(WHY).get(task__scheme=new, agency=tree.province)
    assert carried.percent == 40


def test_two_units_hand_over_to_one_taker_at_once(tree, desk):
    task = parts.task(parts.scheme(tree.centre))
    regions = [parts.part(task, tree.region1, "doing"), parts.part(task, tree.other, "doing")]

    def hand(row):
        return actions.hand_over(row, actor=desk, now=NOW, to=tree.province, reason="Theo công văn")

    second = meanwhile(lambda: hand(regions[0]), lambda: hand(regions[1]))
    assert second == Assignment.objects.system(WHY).get(agency=tree.province)


def test_two_who_hand_over_to_each_other_do_not_wait_for_ever(tree, desk):
    task = parts.task(parts.scheme(tree.centre))
    one, two = parts.part(task, tree.province, "doing"), parts.part(task, tree.other, "doing")
    second = meanwhile(
        lambda: actions.hand_over(one, actor=desk, now=NOW, to=tree.other, reason="Theo công văn"),
        lambda: actions.hand_over(two, actor=desk, now=NOW, to=tree.province, reason="Trả lại"),
    )
    assert isinstance(second, Conflict)


@pytest.fixture
def submitted(tree):
    report = report_of(open_round(tree), tree.province)
    focal = make.focal_point(tree.province)
    actions.fill_unit_report(report, actor=focal, now=NOW, content=FULL, base={})
    actions.submit_unit_report(report, actor=focal, now=NOW)
    return report


def test_a_report_is_submitted_and_sent_once(tree, submitted):
    head, deputy = make.head(tree.province), make.actor(tree.province, Role.DEPUTY)
    second = meanwhile(
        lambda: actions.send_unit_report(submitted, actor=head, now=NOW),
        lambda: actions.send_unit_report(submitted, actor=deputy, now=NOW),
    )
    assert isinstance(second, WrongState)
    assert submitted.versions.count() == 1


def test_a_report_is_taken_or_returned_not_both(tree, desk, submitted):
    actions.send_unit_report(submitted, actor=make.head(tree.province), now=NOW)
    second = meanwhile(
        lambda: actions.accept_unit_report(submitted, actor=desk, now=NOW),
        lambda: actions.return_unit_report(
            submitted, actor=desk, now=NOW, fault="wrong", reason="Sai số"
        ),
    )
    assert isinstance(second, WrongState)
    assert submitted.versions.get().fault == ""


@pytest.fixture
def made(tree, desk, submitted):
    actions.send_unit_report(submitted, actor=make.head(tree.province), now=NOW)
    asked = actions.ask_synthesis(submitted.round, actor=desk, now=NOW)
    return make_synthesis(asked, run=asked.run, now=NOW)


def again(synthesis) -> Synthesis:
    return Synthesis.objects.system(WHY).select_related("round__owner").get(pk=synthesis.pk)


def test_a_person_edits_while_the_machine_writes_and_nothing_is_lost(desk, made):
    part = SynthesisPart.objects.get(synthesis=made, key="ket-qua")
    part.synthesis = made
    asked = actions.ask_synthesis(made.round, actor=desk, now=NOW)
    second = meanwhile(
        lambda: actions.edit_part(part, actor=desk, now=NOW, text="Lời của người", seen=part.version),
        lambda: make_synthesis(again(asked), run=asked.run, now=NOW),
    )  # fmt: skip
    assert isinstance(second, Synthesis), second
    part.refresh_from_db()
    assert part.text == "Lời của người"
