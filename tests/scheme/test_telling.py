"""What units are told of schemes: notices by the ways and in the hours each has chosen, once an occasion, in the same words."""

from datetime import timedelta

import pytest

from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.models import Delivery, Notice, Subscription
from hoiam.monitoring.states import Carrier, DeliveryState
from hoiam.scheme import actions
from hoiam.scheme.jobs.doing import tell_of_answer, tell_of_difficulty, tell_of_exemption
from hoiam.scheme.jobs.messages import tell_who_asked, tell_who_explains
from hoiam.scheme.jobs.rounds import tell_the_units, tell_who_is_silent
from tests import factories as make
from tests.factories import NOW
from tests.nights import MORNING, NIGHT, asleep
from tests.scheme.rounds import LAST_SECOND, centre_of, open_round, report_of, sent

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told():
    """Every notice as it is read: whom, subject, words, where it leads."""
    rows = Notice.objects.system("test").select_related("official").order_by("pk")
    return [(row.official.username, row.title, row.text, row.path) for row in rows]


@pytest.fixture
def desk(tree):
    return make.focal_point(tree.province).official


@pytest.fixture
def report(tree, desk):
    return report_of(open_round(tree), tree.province)


def test_quiet_hours_keep_a_chase_until_the_morning(tree, desk, report):
    asleep(desk)
    Notice.objects.system("test").delete()
    chase = actions.chase_unit(report, actor=centre_of(tree), now=NIGHT, text="Gửi sớm.")
    tell_who_is_silent(chase.pk, NIGHT)
    letter = Delivery.objects.system("test").get(carrier=Carrier.EMAIL)
    assert (letter.state, letter.due_at, letter.target) == (DeliveryState.HELD, MORNING, desk.email)
    assert not OutgoingMail.objects.exists()
    deliver_due(MORNING)
    [mail] = OutgoingMail.objects.filter(address=desk.email, subject__contains="Đôn đốc")
    assert "Gửi sớm." in mail.text


def test_on_the_last_evening_a_chase_does_not_wait_and_after_it_it_does(tree, desk, report):
    asleep(desk)
    for at, waits in ((LAST_SECOND - HOUR, False), (LAST_SECOND + timedelta(minutes=5), True)):
        Notice.objects.system("test").delete()
        chase = actions.chase_unit(report, actor=centre_of(tree), now=at)
        tell_who_is_silent(chase.pk, at)
        letter = Delivery.objects.system("test").get(carrier=Carrier.EMAIL)
        assert (letter.state == DeliveryState.HELD) == waits


def test_the_carrier_a_person_chose_is_used_and_no_other(tree, desk, report):
    asleep(desk, by_push=True, by_email=False)
    Subscription.objects.create(
        official=desk, endpoint="https://push.example/1", p256dh="k", auth="a", label="Máy bàn",
        made_at=NOW,
    )  # fmt: skip
    tell_the_units(report.round_id, NOW)
    rows = Delivery.objects.system("test").filter(notice__official=desk)
    assert sorted(row.carrier for row in rows) == ["push", "web"]


def test_somebody_without_an_address_reads_it_on_the_page_of_notices(tree, desk, report):
    desk.email = ""
    desk.save()
    tell_the_units(report.round_id, NOW)
    assert [(who, path) for who, _, _, path in told()] == [
        (desk.username, f"/desk/rounds/reports/{report.pk}/")
    ]


def test_a_chase_told_twice_is_one_letter_and_none_once_the_report_was_sent(tree, desk, report):
    chase = actions.chase_unit(report, actor=centre_of(tree), now=NOW)
    for later in range(3):
        tell_who_is_silent(chase.pk, NOW + later * HOUR)
    assert len(told()) == 1
    sent(report)
    Notice.objects.system("test").delete()
    tell_who_is_silent(chase.pk, NOW + DAY)
    assert told() == []


def test_a_difficulty_its_answer_and_its_asking_again_are_one_letter_each(tree, row, desk):
    unit, centre = make.head(tree.province), make.focal_point(tree.centre)
    matter = actions.raise_difficulty(row, actor=unit, now=NOW, kind="difficulty", text="Thiếu người")  # fmt: skip
    for later in range(2):
        tell_of_difficulty(matter.pk, NOW + later * DAY)
    name = "nhiệm vụ 2.1.1, Đề án thử"
    page = f"/desk/tasks/parts/{row.pk}/"
    said = f"{tree.province} nêu khó khăn, vướng mắc về {name}. Trả lời trước hết ngày 12/08/2026 (mặc định sản phẩm)."
    assert told() == [
        (centre.official.username, f"Khó khăn, vướng mắc: {tree.province}", said, page)
    ]
    Notice.objects.system("test").delete()
    for _ in range(2):
        actions.answer_difficulty(matter, actor=centre, now=NOW, answer="Đã bố trí.")
        tell_of_answer(matter.pk, NOW)
        tell_of_answer(matter.pk, NOW + DAY)
        actions.ask_again(matter, actor=unit, now=NOW, text="Vẫn thiếu")
    mine = [(title, text) for who, title, text, _ in told() if who == desk.username]
    back = ("Đã trả lời: khó khăn, vướng mắc về nhiệm vụ 2.1.1", f"Đã trả lời khó khăn, vướng mắc về {name}.")  # fmt: skip
    assert mine == [back, back]  # answered twice, told of twice, however often delivered


def test_an_answer_due_tonight_is_asked_for_tonight(tree, row):
    above = make.focal_point(tree.centre).official
    asleep(above)
    matter = actions.raise_difficulty(row, actor=make.head(tree.province), now=NIGHT, kind="proposal", text="Mở lớp")  # fmt: skip
    tell_of_difficulty(matter.pk, NIGHT)
    letter = Delivery.objects.system("test").get(carrier=Carrier.EMAIL)
    assert letter.state == DeliveryState.HELD
    Notice.objects.system("test").delete()
    matter.answer_due_on = NIGHT.date()
    matter.save()
    tell_of_difficulty(matter.pk, NIGHT)
    assert Delivery.objects.system("test").get(carrier=Carrier.EMAIL).state != DeliveryState.HELD


def test_an_exemption_is_told_again_only_when_it_is_made_again(tree, row, desk):
    above = make.head(tree.centre)
    for _ in range(2):
        actions.exempt_assignment(row, actor=above, now=NOW, reason="Không có việc")
        tell_of_exemption(row.pk, NOW)
        tell_of_exemption(row.pk, NOW + DAY)
        actions.reopen_assignment(row, actor=above, now=NOW, words="Có việc")
    assert [text for _, _, text, _ in told()] == [
        f"{tree.province} không phải làm nhiệm vụ 2.1.1, Đề án thử: Không có việc"
    ] * 2


def test_a_request_to_explain_and_its_answer_keep_their_words(tree, desk):
    centre = make.head(tree.centre)
    clock = make.clock(make.case(tree.province), "PN-01", NOW - DAY)
    request = actions.ask_for_explanation(clock, actor=centre, now=NOW, question="Vì sao?")
    for later in range(2):
        tell_who_explains(request.pk, NOW + later * DAY)
    number, page = clock.case.number, f"/desk/explanations/{request.pk}/"
    due = f"{request.due_on:%d/%m/%Y}"
    asked = (
        f"Yêu cầu giải trình: {number}",
        f"Yêu cầu giải trình về {number}: {clock.title}. Hạn trả lời {due}.",
        page,
    )
    assert told() == [(desk.username, *asked)]
    actions.answer_explanation(request, actor=make.head(tree.province), now=NOW, answer="Mất điện.")
    for later in range(2):
        tell_who_asked(request.pk, NOW + later * DAY)
    assert told()[1:] == [
        (
            centre.official.username,
            f"Đã giải trình: {number}",
            f"{tree.province} đã giải trình về {number}: {clock.title}.",
            page,
        )
    ]
