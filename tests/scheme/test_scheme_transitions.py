"""Every state × every verb of schemes and of source papers: the right target with a diary line, or nothing changed."""

import pytest
from django.db import IntegrityError, transaction

from hoiam.core import ledger
from hoiam.core.errors import WrongState
from hoiam.core.models import OutboxMessage
from hoiam.scheme import actions
from hoiam.scheme.actions.scheme_values import SchemeFields, TaskFields
from hoiam.scheme.actions.source_papers import working_copy
from hoiam.scheme.models import Scheme, SourcePaper
from hoiam.scheme.states import (
    PAPER_TRANSITIONS,
    SCHEME_TRANSITIONS,
    SchemeState,
    SourcePaperState,
)
from tests import factories as make
from tests.scheme.readings import decision

pytestmark = pytest.mark.django_db
WHY = "lý do ghi ở đây"
OF_A_SCHEME = {
    "edit_scheme": {"fields": SchemeFields(title="Tên mới")},
    "activate_scheme": {},
    "close_scheme": {"reason": WHY},
    "reopen_scheme": {"reason": WHY},
}


@pytest.fixture
def desk(tree):
    return make.focal_point(tree.centre)


@pytest.mark.parametrize("step", SCHEME_TRANSITIONS)
@pytest.mark.parametrize("state", SchemeState.values)
def test_every_state_and_verb_of_a_scheme(tree, desk, state, step):
    units = ({"role": "lead", "class": "provinces"},)
    made = actions.create_scheme(
        tree.centre, actor=desk, now=make.NOW, fields=SchemeFields(title="Đề án"),
        tasks=[TaskFields(ref="1", title="Việc", units=units)],
    )  # fmt: skip
    Scheme.objects.system("test").filter(pk=made.pk).update(state=state)
    before, told = ledger.of(made).count(), OutboxMessage.objects.count()
    verb = getattr(actions, step)
    if state in SCHEME_TRANSITIONS[step].sources:
        verb(made, actor=desk, now=make.NOW, **OF_A_SCHEME[step])
        made.refresh_from_db()
        assert made.state == SCHEME_TRANSITIONS[step].target
        assert ledger.of(made).last().step == step
    else:
        with pytest.raises(WrongState):
            verb(made, actor=desk, now=make.NOW, **OF_A_SCHEME[step])
        made.refresh_from_db()
        assert (made.state, ledger.of(made).count()) == (state, before)
        assert OutboxMessage.objects.count() == told


@pytest.mark.parametrize("step", PAPER_TRANSITIONS)
@pytest.mark.parametrize("state", SourcePaperState.values)
def test_every_state_and_verb_of_a_source_paper(tree, desk, state, step):
    paper = actions.add_source_paper(
        tree.centre, actor=desk, now=make.NOW, data=b"x", file_name="qd.txt", read=decision
    )
    SourcePaper.objects.system("test").filter(pk=paper.pk).update(state=state)
    typed = {
        "save_confirmed": {"edition": 0, "part": "head", "value": working_copy(paper)["head"]},
        "confirm_source_paper": {"edition": 0},
        "drop_source_paper": {"reason": WHY},
    }[step]
    verb = getattr(actions, step)
    if state in PAPER_TRANSITIONS[step].sources:
        verb(paper, actor=desk, now=make.NOW, **typed)
        paper.refresh_from_db()
        is_kept = step == "save_confirmed"  # mending changes nothing of what the file is
        assert paper.state == (state if is_kept else PAPER_TRANSITIONS[step].target)
        assert ledger.of(paper).last().step == step
    else:
        with pytest.raises(WrongState):
            verb(paper, actor=desk, now=make.NOW, **typed)
        paper.refresh_from_db()
        assert (paper.state, ledger.of(paper).count()) == (state, 1)


def test_the_database_knows_the_same_states(tree, desk):
    made = actions.create_scheme(tree.centre, actor=desk, now=make.NOW, fields=SchemeFields(title="A"))  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Scheme.objects.system("test").filter(pk=made.pk).update(state="nothing")
