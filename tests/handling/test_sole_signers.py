"""Four eyes with a recorded exception: off, let by the superior, only where nobody else signs, told each time."""

import pytest

from hoiam.agencies.models import Post
from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.models import OutboxMessage, OutgoingMail
from hoiam.handling import actions
from hoiam.handling.jobs.messages import tell_the_superior
from hoiam.handling.models import FourEyesException
from hoiam.kit.rulebook import default
from tests import factories as make
from tests.factories import NOW, SINCE

WHY = "đơn vị chỉ có một người ký"
TITLE = {"signer_title": "Trưởng Thi hành án dân sự tỉnh"}


@pytest.fixture
def alone(tree, head):
    """A case of a province with one signer, who drafted and submitted its paper."""
    story = make.story(make.item(channel=make.channel()))
    case = make.case(tree.province, "verified", story=story)
    make.fact(case)
    paper = actions.draft_paper(case, code="response", actor=head, now=NOW)
    return case, actions.submit_paper(paper, actor=head, now=NOW)


@pytest.fixture
def chief(tree):
    return make.head(tree.centre)


def excepted(alone, who, reason=WHY):
    case, paper = alone
    return actions.except_four_eyes(case, paper=paper, reason=reason, actor=who, now=NOW)


def test_it_is_off_until_the_superior_lets_it(alone, head):
    assert default("MD-55").value is False
    with pytest.raises(NotAllowed, match="chưa được cấp trên cho phép"):
        excepted(alone, head)
    with pytest.raises(NotAllowed, match="Người soạn không tự duyệt"):
        actions.approve_paper(alone[1], actor=head, now=NOW, **TITLE)


def test_the_one_signer_approves_with_a_reason_and_the_superior_is_told(tree, alone, head, chief):
    actions.allow_sole_signer(tree.province, reason=WHY, actor=chief, now=NOW)
    made = excepted(alone, head)
    assert (made.superior, made.paper) == (tree.centre, alone[1])
    approved = actions.approve_paper(alone[1], actor=head, now=NOW, **TITLE)
    assert (approved.state, approved.approved_by) == ("approved", head.official)
    line = ledger.of(alone[0]).get(step="except_four_eyes")
    assert (line.reason, line.data["place"]) == (WHY, str(tree.centre))
    assert OutboxMessage.objects.filter(kind="four_eyes_excepted", subject_id=made.pk).exists()
    tell_the_superior(made.pk, NOW)
    assert [mail.address for mail in OutgoingMail.objects.all()] == [chief.official.email]


def test_where_somebody_else_may_sign_there_is_no_exception(tree, alone, head, chief, deputy):
    actions.allow_sole_signer(tree.province, reason=WHY, actor=chief, now=NOW)
    with pytest.raises(NotAllowed, match=f"còn người ký khác: {deputy}"):
        excepted(alone, head)
    assert FourEyesException.objects.count() == 0


def test_an_exception_is_of_one_person_and_one_paper(tree, alone, head, chief):
    actions.allow_sole_signer(tree.province, reason=WHY, actor=chief, now=NOW)
    with pytest.raises(InvalidInput, match="người thứ hai"):
        excepted(alone, head, reason=" ")
    excepted(alone, head)
    with pytest.raises(WrongState, match="chưa có ngoại lệ"):
        excepted(alone, head)
    theirs = make.paper(make.case(tree.province), "submitted")
    with pytest.raises(InvalidInput, match="không thuộc hồ sơ"):
        excepted((alone[0], theirs), head)


def test_only_the_superior_lets_and_takes_back(tree, alone, head, chief):
    with pytest.raises(NotAllowed, match="cấp trên"):
        actions.allow_sole_signer(tree.province, reason=WHY, actor=head, now=NOW)
    with pytest.raises(InvalidInput):
        actions.allow_sole_signer(tree.province, reason="", actor=chief, now=NOW)
    actions.allow_sole_signer(tree.province, reason=WHY, actor=chief, now=NOW)
    with pytest.raises(Conflict):
        actions.allow_sole_signer(tree.province, reason=WHY, actor=chief, now=NOW)
    with pytest.raises(InvalidInput):
        actions.end_sole_signer(tree.province, reason=" ", actor=chief, now=NOW)
    actions.end_sole_signer(tree.province, reason="có thêm người", actor=chief, now=NOW)
    with pytest.raises(WrongState):
        actions.end_sole_signer(tree.province, reason="nữa", actor=chief, now=NOW)
    with pytest.raises(NotAllowed):
        excepted(alone, head)
    assert Post.objects.filter(role=Role.HEAD, valid_from=SINCE).exists()
