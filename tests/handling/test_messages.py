"""Mail to who must act next: the right people, once, and never what the case contains."""

from datetime import datetime, time, timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import outbox
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.models import OutboxMessage
from hoiam.handling import actions
from hoiam.handling.models import Enquiry
from hoiam.handling.states import CaseState, PaperState, PartyRole
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Delivery, Notice, NoticeChoice, Subscription
from tests import factories as make
from tests.factories import NOW
from tests.handling.press_desk import enquiry

NIGHT = datetime(2026, 8, 4, 23, 0, tzinfo=VIETNAM)
MORNING = datetime(2026, 8, 5, 6, 0, tzinfo=VIETNAM)


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


def test_one_wrong_address_does_not_keep_the_letter_from_the_others(tree, head):
    wrong = make.official(
        "sai-thu", tree.province, Role.CHIEF_OF_OFFICE, email="không phải địa chỉ"
    )
    case = make.case(tree.province)
    assert told("case_opened", case.pk) == ["thadstg-head"]
    sent = Delivery.objects.system("test").get(notice__official=wrong, carrier="email")
    assert (sent.state, "không đúng" in sent.fault) == ("failed", True)


def quiet(actor, to=time(6)):
    return NoticeChoice.objects.create(official=actor.official, quiet_from=time(22), quiet_to=to)


def test_at_night_a_letter_waits_for_the_hour_its_reader_chose(tree, head, focal):
    quiet(head)
    case = make.case(tree.province, severity=2)
    assert told("case_opened", case.pk, NIGHT) == []
    notice = Notice.objects.system("test").get(official=head.official)
    assert (notice.due_at, notice.kind, notice.path) == (MORNING, "work", f"/desk/cases/{case.pk}/")
    outbox.deliver_due(MORNING)
    assert OutgoingMail.objects.get().subject == "[Việc của bạn] Hồ sơ mới HS 1/2026"


@pytest.mark.parametrize(
    ("clock", "goes"),
    [
        ({"due_at": MORNING}, True),  # runs out as the quiet hours end
        ({"due_at": MORNING + timedelta(minutes=1)}, False),
        ({"due_at": NIGHT - timedelta(hours=1)}, True),  # late already
        ({"due_at": None}, True),  # due at once
        ({"due_at": NIGHT, "state": "pause"}, False),
        ({"due_at": NIGHT, "state": "done", "ended_at": NIGHT}, False),
    ],
)
def test_a_clock_that_runs_out_before_the_morning_breaks_the_quiet(tree, head, clock, goes):
    quiet(head)
    case = make.case(tree.province, severity=2)
    make.clock(case, **clock)
    assert told("case_opened", case.pk, NIGHT) == (["thadstg-head"] if goes else [])


def test_a_grave_case_rings_at_night_unless_its_reader_said_no(tree, head, deputy):
    choice = quiet(head)
    assert told("case_opened", make.case(tree.province, severity=3).pk, NIGHT) == ["thadstg-head"]
    choice.may_break_quiet = False
    choice.save()
    assert told("case_opened", make.case(tree.province, severity=3).pk, NIGHT) == []


def test_what_others_wait_for_before_the_morning_is_told_at_once(tree, head, focal):
    quiet(focal)
    asked = enquiry(tree.province, head, now=NIGHT)
    for due, expected in ((MORNING + timedelta(hours=3), []), (MORNING, ["thadstg-focal_point"])):
        Enquiry.objects.system("test").update(acknowledge_due_at=due)
        Notice.objects.system("test").all().delete()
        found = told("enquiry_received", asked.pk, NIGHT)
        assert [who for who in found if who == "thadstg-focal_point"] == expected


def test_who_wants_no_letters_is_told_on_the_page_and_the_browser(tree, head):
    NoticeChoice.objects.create(official=head.official, by_email=False)
    Subscription.objects.create(
        official=head.official, endpoint="https://push.example/1", p256dh="a", auth="b",
        label="Máy bàn", made_at=NOW,
    )  # fmt: skip
    outbox.post("case_opened", make.case(tree.province, severity=2).pk, at=NOW)
    outbox.deliver_due(NOW)
    assert OutgoingMail.objects.count() == 0
    sent = Delivery.objects.system("test").filter(notice__official=head.official)
    assert sorted(row.carrier for row in sent) == ["push", "web"]


def test_letters_never_carry_the_content_of_the_case(tree, people):
    case = make.case(tree.province, CaseState.ASSIGNED, severity=3)
    make.fact(case)
    for kind in ("case_opened", "case_assigned"):
        told(kind, case.pk)
    bodies = set(OutgoingMail.objects.values_list("text", flat=True))
    assert [text for text in bodies if "Bản án hai năm" in text or "giao tiền" in text] == []
