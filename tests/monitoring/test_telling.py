"""Who is told of what, by which carrier and when; nobody twice, nothing lost."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from hoiam.core.jobs.models import Job, JobState, OutgoingMail
from hoiam.core.models import OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.choices import try_notice
from hoiam.monitoring.actions.deliveries import follow
from hoiam.monitoring.actions.routing import reset_routing, save_routing
from hoiam.monitoring.defaults import RouteFact, default_escalation
from hoiam.monitoring.jobs.sending import follow_sendings, hand_over
from hoiam.monitoring.jobs.telling import tell_the_desk
from hoiam.monitoring.models import Delivery, Notice, NoticeChoice, Story, Subscription, Warning
from hoiam.monitoring.queries.routing import people_for, told_now
from hoiam.monitoring.states import Carrier, DeliveryState, NoticeKind
from tests.core.push.test_push import AUTH, P256DH
from tests.monitoring.house import GRAVE, NOW, TODAY, make_actor, take

NIGHT = datetime(2026, 8, 5, 23, 30, tzinfo=VIETNAM)
MORNING = datetime(2026, 8, 6, 6, 0, tzinfo=VIETNAM)


def notices(**where):
    return Notice.objects.system("a test looks").filter(**where).order_by("pk")


def deliveries(**where):
    rows = Delivery.objects.system("a test looks").filter(**where).order_by("pk")
    return rows.exclude(carrier=Carrier.WEB)


def addresses():
    return sorted(OutgoingMail.objects.values_list("address", flat=True))


def raise_to(warning, severity):
    Warning.objects.system("set up").filter(pk=warning.pk).update(severity=severity)


def told(warning, now=NOW):
    """The usernames told of the warning when its message is picked up."""
    tell_the_desk(warning.pk, now)
    return sorted(notices(warning=warning).values_list("official__username", flat=True))


def browser(actor, name="Chrome trên Windows"):
    return Subscription.objects.create(
        official=actor.official, endpoint=f"https://push.example/{actor.pk}/{name}",
        p256dh=P256DH, auth=AUTH, label=name, made_at=NOW,
    )  # fmt: skip


def another(agency, title="Ao cá bị kê biên nhầm"):
    """A row of another story."""
    story = Story.objects.create(title=title, first_at=NIGHT, last_at=NIGHT, severity=2)
    return Warning.objects.create(story=story, agency=agency, severity=2, why="nêu tên", at=NIGHT)


def chooses(actor, **fields):
    return NoticeChoice.objects.create(official=actor.official, **fields)


@pytest.fixture
def people(province, centre):
    """One of every role, at the province and at the centre."""
    at_home = ("focal_point", "deputy", "chief_of_office", "head", "spokesperson", "records_clerk")
    above = ("focal_point", "chief_of_office", "head")
    made = {role: make_actor(province, role, email=f"{role}@tg.example") for role in at_home}
    return made | {f"tw.{r}": make_actor(centre, r, email=f"{r}@tw.example") for r in above}


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (0, []),
        (1, []),
        (2, ["focal_point-thads-thanh-giang"]),
        (
            3,
            [
                "chief_of_office-tw-thu",
                "deputy-thads-thanh-giang",
                "focal_point-thads-thanh-giang",
                "focal_point-tw-thu",
                "head-thads-thanh-giang",
                "spokesperson-thads-thanh-giang",
            ],
        ),
    ],
)
def test_the_defaults_tell_more_people_the_graver_it_is(warning, people, severity, expected):
    raise_to(warning, severity)
    assert told(warning) == expected


def test_a_units_own_rows_take_the_place_of_the_defaults_and_can_be_given_up(
    warning, people, province
):
    head = people["head"]
    rows = [RouteFact(3, "head", "any"), RouteFact(2, "spokesperson", "any")]
    save_routing(province, routes=rows, steps=default_escalation(), actor=head, now=NOW)
    assert [t.official.username for t in told_now(province, 2, NOW)] == [
        "spokesperson-thads-thanh-giang"
    ]
    assert told_now(province, 1, NOW) == []
    reset_routing(province, actor=head, now=NOW)
    assert [t.official.username for t in told_now(province, 2, NOW)] == [
        "focal_point-thads-thanh-giang"
    ]


@pytest.mark.parametrize(
    ("now", "expected"),
    [(NOW, ["focal_point-thads-thanh-giang"]), (NIGHT, ["deputy-thads-thanh-giang"])],
)
def test_rows_may_hold_for_office_hours_or_outside_of_them(people, province, now, expected):
    rows = [
        RouteFact(3, "head", "any"),
        RouteFact(2, "focal_point", "office"),
        RouteFact(2, "deputy", "off"),
    ]
    save_routing(province, routes=rows, steps=[], actor=people["head"], now=NOW)
    assert [t.official.username for t in told_now(province, 2, now)] == expected


def test_rows_for_office_hours_only_tell_when_the_office_opens(warning, people, province):
    rows = [RouteFact(3, "head", "any"), RouteFact(2, "focal_point", "office")]
    save_routing(province, routes=rows, steps=[], actor=people["head"], now=NOW)
    OutboxMessage.objects.all().delete()
    tell_the_desk(warning.pk, NIGHT)
    deliver_due(MORNING)
    assert notices().count() == 0
    opening = datetime(2026, 8, 6, 7, 30, tzinfo=VIETNAM)
    assert OutboxMessage.objects.get(done_at=None).due_at == opening
    deliver_due(opening)
    assert [n.official for n in notices()] == [people["focal_point"].official]


def test_what_was_settled_before_the_office_opened_is_told_to_nobody(warning, people):
    Warning.objects.system("set up").filter(pk=warning.pk).update(
        state="dismissed", dismissal="other"
    )
    assert told(warning) == []


def test_a_role_nobody_holds_falls_to_the_desk_then_to_the_superior(province, centre):
    top = make_actor(centre, "focal_point")
    assert [t.official for t in told_now(province, 2, NOW)] == [top.official]
    head = make_actor(province, "head")
    assert [t.official for t in told_now(province, 2, NOW)] == [head.official]


def test_a_regional_offices_matter_is_told_to_its_head_and_the_province(region, province):
    head, focal = make_actor(region, "head_of_region"), make_actor(province, "focal_point")
    assert [t.official for t in told_now(region, 2, NOW)] == [focal.official, head.official]
    assert people_for("region_head", province, TODAY) == []


def test_told_again_nobody_is_told_twice_and_a_reprint_tells_nobody(warning, desk):
    deliver_due(NOW)
    tell_the_desk(warning.pk, NOW + timedelta(hours=1))
    reprint = replace(GRAVE, url="https://bao-do-moi.example/lai.html", outlet="Báo Đò Mới")
    take(reprint)
    deliver_due(NOW + timedelta(hours=2))
    assert (notices().count(), addresses()) == (1, ["dau-moi@thanhgiang.example"])


def test_graver_is_told_anew(warning, desk):
    assert told(warning) == [desk.official.username]
    raise_to(warning, 3)
    tell_the_desk(warning.pk, NOW)
    assert list(notices(official=desk.official).values_list("severity", flat=True)) == [2, 3]


def test_one_story_before_two_agencies_rings_once_for_who_stands_behind_both(
    warning, province, region, desk
):
    second = Warning.objects.create(
        story=warning.story, agency=region, severity=2, why="nêu tên", at=NOW
    )
    tell_the_desk(warning.pk, NOW)
    tell_the_desk(second.pk, NOW)
    assert notices(official=desk.official).count() == 2
    assert deliveries(notice__official=desk.official).count() == 1


def test_an_archive_is_told_to_nobody(warning, desk):
    tell_the_desk(warning.pk, NOW + timedelta(days=15))
    assert notices().count() == 0


def test_the_letter_says_what_why_and_how_to_say_that_one_knows(warning, desk, settings):
    settings.HOIAM_ADDRESS = "https://hoiam.thanhgiang.example"
    deliver_due(NOW)
    mail = OutgoingMail.objects.get()
    assert mail.subject == f"[Cần xác minh] {GRAVE.title}"
    assert f"https://hoiam.thanhgiang.example/desk/stories/{warning.story_id}/" in mail.text
    assert "https://hoiam.thanhgiang.example/desk/notices/link/" in mail.text
    assert "Sàng lọc trước 05/08/2026" in mail.text
    assert warning.why in mail.text


def test_every_sending_is_a_row_and_the_page_always_has_it(warning, desk):
    deliver_due(NOW)
    rows = Delivery.objects.system("a test looks").order_by("pk")
    assert [(d.carrier, d.state, d.target) for d in rows] == [
        (Carrier.WEB, DeliveryState.SENT, str(desk.official)),
        (Carrier.EMAIL, DeliveryState.HANDED, "dau-moi@thanhgiang.example"),
    ]


def test_a_browser_and_a_letter_when_both_are_chosen(warning, desk):
    browser(desk)
    deliver_due(NOW)
    assert [d.carrier for d in deliveries()] == [Carrier.PUSH, Carrier.EMAIL]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"by_email": False}, [Carrier.PUSH]),
        ({"by_push": False}, [Carrier.EMAIL]),
        ({"by_email": False, "by_push": False}, [Carrier.PUSH, Carrier.EMAIL]),
    ],
)
def test_carriers_are_the_persons_choice_but_never_none(warning, desk, choice, expected):
    browser(desk)
    chooses(desk, **choice)
    deliver_due(NOW)
    assert [d.carrier for d in deliveries()] == expected


def test_who_chose_a_browser_and_has_none_gets_a_letter(warning, desk):
    chooses(desk, by_email=False)
    deliver_due(NOW)
    assert [d.carrier for d in deliveries()] == [Carrier.EMAIL]


def test_quiet_hours_hold_across_midnight_and_let_go_as_one_letter(warning, desk):
    chooses(desk, quiet_from=time(22), quiet_to=time(6))
    tell_the_desk(warning.pk, NIGHT)
    other = another(warning.agency)
    tell_the_desk(other.pk, NIGHT + timedelta(hours=1))
    assert [(d.state, d.due_at) for d in deliveries()] == [(DeliveryState.HELD, MORNING)] * 2
    assert [n.due_at for n in notices()] == [MORNING] * 2
    deliver_due(MORNING - timedelta(minutes=1))
    assert OutgoingMail.objects.count() == 0
    deliver_due(MORNING)
    mail = OutgoingMail.objects.get()
    assert mail.subject == "2 thông báo trong giờ yên lặng"
    assert GRAVE.title in mail.text and other.story.title in mail.text
    assert [d.state for d in deliveries()] == [DeliveryState.HANDED, DeliveryState.CARRIED]
    OutboxMessage.objects.update(done_at=None)
    deliver_due(MORNING + timedelta(hours=1))
    assert OutgoingMail.objects.count() == 1


def test_one_thing_held_goes_as_itself(warning, desk):
    chooses(desk, quiet_from=time(22), quiet_to=time(6))
    tell_the_desk(warning.pk, NIGHT)
    deliver_due(MORNING)
    assert OutgoingMail.objects.get().subject == f"[Cần xác minh] {GRAVE.title}"


def test_what_went_by_day_is_no_part_of_the_nights_bundle(warning, desk):
    tell_the_desk(warning.pk, NOW)
    chooses(desk, quiet_from=time(22), quiet_to=time(6))
    other = another(warning.agency)
    tell_the_desk(other.pk, NIGHT)
    deliver_due(MORNING)
    assert [m.subject for m in OutgoingMail.objects.order_by("pk")] == [
        f"[Cần xác minh] {GRAVE.title}",
        f"[Cần xác minh] {other.story.title}",
    ]


@pytest.mark.parametrize(
    ("may", "state"), [(True, DeliveryState.HANDED), (False, DeliveryState.HELD)]
)
def test_the_gravest_breaks_quiet_hours_unless_the_person_forbids_it(warning, desk, may, state):
    chooses(desk, quiet_from=time(22), quiet_to=time(6), may_break_quiet=may)
    raise_to(warning, 3)
    tell_the_desk(warning.pk, NIGHT)
    assert [d.state for d in deliveries(notice__official=desk.official)] == [state]


def test_a_clock_put_back_releases_nothing_twice(warning, desk):
    chooses(desk, quiet_from=time(22), quiet_to=time(6))
    tell_the_desk(warning.pk, NIGHT)
    deliver_due(MORNING + timedelta(days=1))
    [row] = deliveries()
    hand_over(row.pk, NIGHT)
    hand_over(row.pk, MORNING)
    assert OutgoingMail.objects.count() == 1


def mail_job(**fields):
    mail = OutgoingMail.objects.get()
    Job.objects.filter(key=f"mail:{mail.pk}").update(**fields)
    return mail


def test_a_letter_that_was_sent_is_marked_so(warning, desk):
    deliver_due(NOW)
    OutgoingMail.objects.update(sent_at=NOW + timedelta(seconds=9))
    follow_sendings(NOW + timedelta(minutes=1))
    [row] = deliveries()
    assert (row.state, row.sent_at) == (DeliveryState.SENT, NOW + timedelta(seconds=9))


def test_a_letter_given_up_is_shown_and_the_browser_used_instead(warning, desk):
    chooses(desk, by_push=False)
    browser(desk)
    deliver_due(NOW)
    mail_job(
        state=JobState.DEAD, error="GiveUp: Máy chủ thư không nhận địa chỉ a@b. Hãy sửa địa chỉ."
    )
    follow_sendings(NOW + timedelta(minutes=1))
    first, second = deliveries()
    assert (first.state, second.carrier, second.instead_of) == (
        DeliveryState.FAILED,
        Carrier.PUSH,
        first,
    )
    assert first.fault == "Máy chủ thư không nhận địa chỉ a@b. Hãy sửa địa chỉ."
    follow_sendings(NOW + timedelta(minutes=2))
    assert deliveries().count() == 2


def test_a_mail_server_that_is_down_is_not_waited_for(warning, desk):
    chooses(desk, by_push=False)
    browser(desk)
    deliver_due(NOW)
    follow_sendings(NOW + timedelta(minutes=10))
    assert deliveries().count() == 1
    follow_sendings(NOW + timedelta(minutes=11))
    follow_sendings(NOW + timedelta(minutes=12))
    first, second = deliveries()
    assert (first.state, second.carrier) == (DeliveryState.HANDED, Carrier.PUSH)
    OutgoingMail.objects.update(sent_at=NOW + timedelta(minutes=30))
    assert follow(first, now=NOW + timedelta(minutes=31)).fault == ""


def test_an_address_that_is_none_keeps_nobody_else_from_being_told(warning, desk, province):
    chooses(desk, by_push=False)
    browser(desk)
    desk.official.email = "không phải địa chỉ"
    desk.official.save()
    make_actor(province, "focal_point", username="khac", email="khac@tg.example")
    deliver_due(NOW)
    first, second, third = deliveries()
    assert (first.state, second.carrier, third.state) == ("failed", Carrier.PUSH, "handed")
    assert "không đúng" in first.fault
    assert addresses() == ["khac@tg.example"]


def test_a_trial_goes_by_every_carrier_at_once_even_at_night(desk):
    chooses(desk, quiet_from=time(22), quiet_to=time(6))
    browser(desk)
    try_notice(actor=desk, now=NIGHT)
    deliver_due(NIGHT)
    assert [(n.kind, n.due_at) for n in notices()] == [(NoticeKind.TEST, NIGHT)]
    assert [d.carrier for d in deliveries()] == [Carrier.PUSH, Carrier.EMAIL]
