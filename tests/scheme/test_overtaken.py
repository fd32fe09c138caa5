"""What comes after another has taken its place changes nothing: a second new version, a run of the machine that took too long."""

import pytest

from hoiam.core.errors import WrongState
from hoiam.scheme import actions
from hoiam.scheme.actions import synthesis_making
from hoiam.scheme.actions.scheme_values import SchemeFields, TaskFields
from hoiam.scheme.actions.source_papers import add_source_paper, confirm_source_paper
from hoiam.scheme.actions.syntheses import LOST
from hoiam.scheme.models import Assignment, Synthesis, SynthesisPart
from tests import factories as make
from tests.factories import NOW
from tests.scheme.readings import decision
from tests.scheme.rounds import FULL, open_round, report_of

pytestmark = pytest.mark.django_db
WHY = "a test looks"


@pytest.fixture
def desk(tree):
    return make.focal_point(tree.centre)


def test_of_two_versions_that_replace_one_scheme_the_second_is_not_given_out(tree, desk):
    units = ({"role": "lead", "class": "provinces"},)
    task = TaskFields(ref="1", title="Mở chuyên mục", units=units, rhythm="yearly")
    made = actions.create_scheme(
        tree.centre, actor=desk, now=NOW, fields=SchemeFields(title="Đề án Một"), tasks=[task]
    )
    old = actions.activate_scheme(made, actor=desk, now=NOW)
    version = actions.replace_scheme(old, actor=desk, now=NOW)
    paper = add_source_paper(
        tree.centre, actor=desk, now=NOW, data=b"van ban", file_name="a.txt", read=decision
    )
    amended = confirm_source_paper(
        paper, actor=desk, now=NOW, edition=paper.edition, replaces=old, keeps_others=True
    )
    actions.activate_scheme(version, actor=desk, now=NOW)
    with pytest.raises(WrongState, match="đã thay bản cũ"):
        actions.activate_scheme(amended, actor=desk, now=NOW)
    assert not Assignment.objects.system(WHY).filter(task__scheme=amended).exists()


def test_a_run_that_was_overtaken_writes_nothing(tree, desk, monkeypatch):
    round_ = open_round(tree)
    report = report_of(round_, tree.province)
    focal = make.focal_point(tree.province)
    actions.fill_unit_report(report, actor=focal, now=NOW, content=FULL, base={})
    actions.submit_unit_report(report, actor=focal, now=NOW)
    actions.send_unit_report(report, actor=make.head(tree.province), now=NOW)
    first = actions.ask_synthesis(round_, actor=desk, now=NOW)
    sums = synthesis_making.figure_sums

    def asked_again_meanwhile(*args):
        actions.ask_synthesis(round_, actor=desk, now=NOW + LOST)
        return sums(*args)

    monkeypatch.setattr(synthesis_making, "figure_sums", asked_again_meanwhile)
    synthesis_making.make_synthesis(first, run=first.run, now=NOW)
    stands = Synthesis.objects.system(WHY).get(round=round_)
    assert (stands.state, stands.run, stands.blob) == ("waiting", 2, "")
    assert not SynthesisPart.objects.filter(synthesis=stands).exists()
