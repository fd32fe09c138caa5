"""Mail to who must act next: the right people, once, and never what the case contains."""

import pytest

from hoiam.agencies.states import Role
from hoiam.core import outbox
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.models import OutboxMessage
from hoiam.handling import actions
from hoiam.handling.states import CaseState, PaperState, PartyRole
from tests import factories as make
from tests.factories import NOW


@pytest.fixture
def people(tree, head, deputy, focal, clerk):
    """Everybody who might be written to, at all three levels."""
    make.actor(tree.province, Role.CHIEF_OF_OFFICE)
    make.focal_point(tree.centre)
    make.head(tree.other)
    make.actor(tree.region1, Role.HEAD_OF_REGION)
    make.actor(tree.region2, Role.HEAD_OF_REGION)


def told(kind, pk, now=NOW):
    """Who gets a letter when this message is delivered; delivered again, nobody gets a second."""
    before = OutgoingMail.objects.count()
    OutboxMessage.objects.all().delete()
    for _ in range(2):
        outbox.post(kind, pk, at=now)
        assert outbox.deliver_due(now) == 1
    letters = list(OutgoingMail.objects.order_by("pk"))[before:]
    return sorted(letter.address.partition("@")[0] for letter in letters)


def test_an_opened_case_is_told_to_who_decides(tree, people):
    case = make.case(tree.province, severity=2)
    assert told("case_opened", case.pk) == ["thadstg-chief_of_office", "thadstg-head"]


def test_a_grave_case_is_told_to_the_superior_at_once(tree, people):
    case = make.case(tree.province, severity=3)
    assert told("case_opened", case.pk) == [
        "cthads-focal_point",
        "thadstg-chief_of_office",
        "thadstg-head",
    ]


def test_an_assignment_is_told_to_the_official_named_or_the_units_desk(tree, people, clerk):
    case = make.case(tree.province, CaseState.ASSIGNED)
    assert told("case_assigned", case.pk) == []
    lead = make.party(case, tree.region1, PartyRole.LEAD)
    assert told("case_assigned", case.pk) == ["tg-kv1-head_of_region"]
    lead.delete()
    make.party(case, tree.region2, PartyRole.LEAD, clerk.official)
    assert told("case_assigned", case.pk) == ["thadstg-records_clerk"]


def test_a_finished_verification_is_told_to_the_holder_each_time(tree, people, head, focal):
    case = make.case(tree.province, CaseState.ASSIGNED, holder=focal.official)
    make.fact(case)
    actions.complete_verification(case, actor=head, now=NOW)
    assert told("case_verified", case.pk) == ["thadstg-focal_point"]
    actions.close(case, actor=head, now=NOW, result="no_duty", note="đã rõ")
    actions.reopen(case, actor=head, now=NOW, reason="có bài mới")
    actions.complete_verification(case, actor=head, now=NOW)
    assert told("case_verified", case.pk) == ["thadstg-focal_point"]


def test_a_submitted_paper_is_told_to_who_may_sign(tree, people, head):
    paper = make.paper(make.case(tree.province), PaperState.SUBMITTED, by=head.official)
    assert told("paper_submitted", paper.pk) == ["thadstg-deputy"]


def test_a_paper_no_longer_waiting_calls_nobody(tree, people):
    paper = make.paper(make.case(tree.province), PaperState.APPROVED)
    assert told("paper_submitted", paper.pk) == []


def test_a_returned_paper_is_told_to_who_drafted_once_each_return(tree, people, focal):
    paper = make.paper(make.case(tree.province), PaperState.SUBMITTED, by=focal.official)
    assert told("paper_returned", paper.pk) == ["thadstg-focal_point"]
    paper.submitted_at = NOW.replace(hour=11)
    paper.save()
    assert told("paper_returned", paper.pk, NOW.replace(hour=12)) == ["thadstg-focal_point"]


def test_an_approved_paper_is_told_to_the_clerk_and_who_drafted(tree, people, focal):
    paper = make.paper(
        make.case(tree.province), PaperState.APPROVED, by=focal.official, symbol="5/THADSTG-VP"
    )
    assert told("paper_approved", paper.pk) == ["thadstg-focal_point", "thadstg-records_clerk"]


def test_one_wrong_address_does_not_keep_the_letter_from_the_others(tree, head, caplog):
    make.official("sai-thu", tree.province, Role.CHIEF_OF_OFFICE, email="không phải địa chỉ")
    case = make.case(tree.province)
    assert told("case_opened", case.pk) == ["thadstg-head"]
    assert "no letter to official" in caplog.text


def test_letters_never_carry_the_content_of_the_case(tree, people):
    case = make.case(tree.province, CaseState.ASSIGNED, severity=3)
    make.fact(case)
    for kind in ("case_opened", "case_assigned"):
        told(kind, case.pk)
    bodies = set(OutgoingMail.objects.values_list("text", flat=True))
    assert [text for text in bodies if "Bản án hai năm" in text or "giao tiền" in text] == []
