"""The right to speak at the moment of speaking, on both sides of 01/7/2026; authorisations over midnight, two at once, strangers."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from hoiam.agencies.queries import actor_on
from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.handling import actions
from hoiam.handling.actions import authorisations as verbs
from hoiam.handling.jobs.speaking import warn_of_ending_rights
from hoiam.handling.models import Authorisation, Paper
from hoiam.handling.queries.speaking import (
    authorisations_visible_to,
    disagreements,
    ending_soon,
    public_authorisations,
    speakers_of,
)
from hoiam.handling.states import CaseState
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Notice
from tests import factories as make
from tests.factories import NOW, TODAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LAST = TODAY + 3 * DAY
MIDNIGHT = datetime(LAST.year, LAST.month, LAST.day, tzinfo=VIETNAM) + DAY


@pytest.fixture
def case(tree):
    return make.case(tree.province, CaseState.VERIFIED)


@pytest.fixture
def lan(tree):
    return make.official("lan", tree.province, Role.DEPUTY, full_name="Trịnh Mai Lan")


def draft(case, focal, person, **fields):
    first = {
        "title": "Phó Trưởng",
        "matter": "vụ cưỡng chế ở Bến Thóc",
        "from_on": TODAY,
        "to_on": LAST,
    }
    return verbs.draft_authorisation(
        case, actor=focal, now=NOW, official=person, **{**first, **fields}
    )


def signed(case, focal, head, person, **fields):
    made = draft(case, focal, person, **fields)
    return verbs.sign_authorisation(made, actor=head, now=NOW, number="05/GUQ-THADS")


def say(case, who, at=NOW, now=None, **fields):
    first = {"form": "written", "text": "Vụ việc đã thi hành xong."}
    return actions.record_statement(case, actor=who, now=now or at, at=at, **{**first, **fields})


def test_head_and_permanent_spokesperson_speak_in_their_own_right(tree, case, focal, head):
    permanent = make.official("ppn", tree.province, Role.SPOKESPERSON)

    assert say(case, focal, official=head.official).basis == "head"
    said = say(case, focal, official=permanent)
    assert (said.basis, said.official, said.authorisation) == ("permanent", permanent, None)


def test_a_typed_name_of_who_may_speak_is_that_person(case, focal, head, tree):
    permanent = make.official("ppn", tree.province, Role.SPOKESPERSON, full_name="Trịnh Mai Lan")
    said = say(case, focal, spokesperson="Trịnh Mai Lan, người phát ngôn thường xuyên")

    assert (said.official, said.spokesperson) == (
        permanent,
        "Trịnh Mai Lan, người phát ngôn thường xuyên",
    )


def test_who_has_no_right_is_refused_with_the_names_of_who_has(case, focal, head, lan):
    with pytest.raises(InvalidInput) as refused:
        say(case, focal, official=lan)

    assert refused.value.field == "spokesperson"
    assert "Trịnh Mai Lan không có quyền phát ngôn" in str(refused.value)
    assert f"{head.official} (người đứng đầu)" in str(refused.value)
    assert case.statements.count() == 0


def test_who_is_in_the_house_without_a_right_does_not_speak_with_a_reason_either(case, focal, lan):
    with pytest.raises(InvalidInput):
        say(case, focal, official=lan, outside_reason="bận")


def test_an_outside_speaker_is_typed_with_a_reason(case, focal):
    with pytest.raises(InvalidInput, match="cơ quan khác"):
        say(case, focal, spokesperson="Người phát ngôn Bộ")
    said = say(
        case,
        focal,
        spokesperson="Người phát ngôn Bộ",
        outside_reason="Bộ được giao thống nhất nội dung",
    )

    assert (said.basis, said.official) == ("outside", None)


def test_before_july_2026_a_permanent_spokesperson_of_a_province_had_no_right(tree, case):
    june = datetime(2026, 6, 30, 23, 59, tzinfo=VIETNAM)
    person = make.official("ppn", tree.province, Role.SPOKESPERSON, since=date(2026, 1, 1))
    make.official("truong", tree.province, Role.HEAD, since=date(2026, 1, 1))

    assert [each.basis for each in speakers_of(case, june)] == ["head"]
    assert person in [each.official for each in speakers_of(case, june + timedelta(minutes=1))]


def test_an_authorised_person_speaks_on_that_case_and_cites_the_paper(tree, case, focal, head, lan):
    given = signed(case, focal, head, lan)
    said = say(case, focal, official=lan)
    other = make.case(tree.province, CaseState.VERIFIED)

    assert (said.basis, said.authorisation) == ("authorised", given)
    with pytest.raises(InvalidInput):
        say(other, focal, official=lan)


def test_the_right_ends_at_midnight_by_itself(case, focal, head, lan):
    given = signed(case, focal, head, lan)

    assert say(case, focal, at=MIDNIGHT - timedelta(minutes=1), official=lan).authorisation == given
    with pytest.raises(InvalidInput):
        say(case, focal, at=MIDNIGHT, official=lan)


def test_what_was_said_before_the_signature_had_no_right(case, focal, head, lan):
    signed(case, focal, head, lan)
    with pytest.raises(InvalidInput):
        say(case, focal, at=NOW - HOUR, now=NOW, official=lan)


def test_ended_before_its_day_it_gives_no_right_any_more_and_keeps_what_was_said(
    case, focal, head, lan
):
    given = signed(case, focal, head, lan)
    verbs.revoke_authorisation(given, actor=head, now=NOW + HOUR, reason="Vụ việc đã xong")

    assert say(case, focal, at=NOW, now=NOW + 2 * HOUR, official=lan).basis == "authorised"
    with pytest.raises(InvalidInput):
        say(case, focal, at=NOW + 2 * HOUR, official=lan)


def test_the_paper_is_drafted_along(case, focal, lan):
    made = draft(case, focal, lan)
    paper = Paper.objects.system("test").get()

    assert (made.paper, paper.kind, paper.fields["person"]) == (
        paper,
        "authorisation",
        "Trịnh Mai Lan",
    )
    assert "Trịnh Mai Lan" in paper.body


def test_only_the_head_signs_and_nobody_passes_it_on(tree, case, focal, head, lan, clerk):
    made = draft(case, focal, lan)
    permanent = make.actor(tree.province, Role.SPOKESPERSON)
    stranger = make.head(tree.other)
    for who in (focal, clerk, permanent, stranger, actor_on(lan, TODAY)):
        with pytest.raises(NotAllowed, match="không được ủy quyền lại"):
            verbs.sign_authorisation(made, actor=who, now=NOW, number="5")
    assert (
        verbs.sign_authorisation(made, actor=head, now=NOW, number="5").signed_by == head.official
    )


def test_who_drafted_does_not_sign(case, head, lan):
    made = draft(case, head, lan)
    with pytest.raises(NotAllowed):
        verbs.sign_authorisation(made, actor=head, now=NOW, number="5")


def test_nobody_authorises_himself(case, focal, head):
    with pytest.raises(InvalidInput, match="không tự ủy quyền"):
        draft(case, focal, head.official)
    with pytest.raises(IntegrityError), transaction.atomic():
        Authorisation.objects.create(
            case=case, agency=case.agency, official=head.official, title="x", matter="y", from_on=TODAY,
            to_on=TODAY, drafted_by=focal.official, drafted_at=NOW, signed_by=head.official, signed_at=NOW,
        )  # fmt: skip


def test_two_at_once_the_second_is_told(case, focal, head, lan):
    made = draft(case, focal, lan)
    stale = Authorisation.objects.system("test").get(pk=made.pk)
    verbs.sign_authorisation(made, actor=head, now=NOW, number="5")
    for act in (
        lambda: verbs.sign_authorisation(stale, actor=head, now=NOW, number="6"),
        lambda: verbs.withdraw_authorisation(stale, actor=focal, now=NOW),
    ):
        with pytest.raises(WrongState, match="đã ký"):
            act()


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"matter": " "}, "matter"),
        ({"title": ""}, "title"),
        ({"to_on": TODAY - DAY, "from_on": TODAY - 3 * DAY}, "to_on"),
        ({"to_on": TODAY, "from_on": TODAY + DAY}, "to_on"),
    ],
)
def test_a_draft_that_cannot_stand_is_refused(case, focal, lan, fields, at):
    with pytest.raises(InvalidInput) as refused:
        draft(case, focal, lan, **fields)
    assert refused.value.field == at


def test_a_draft_of_a_closed_case_and_of_a_time_gone_by_is_refused(tree, case, focal, head, lan):
    with pytest.raises(WrongState):
        draft(make.case(tree.province, CaseState.CLOSED), focal, lan)
    made = draft(case, focal, lan)
    with pytest.raises(WrongState, match="đã qua"):
        verbs.sign_authorisation(made, actor=head, now=MIDNIGHT + HOUR, number="5")


def test_before_july_2026_only_a_deputy_and_published_in_twelve_hours(tree, focal, head, lan):
    june = datetime(2026, 6, 15, 9, 0, tzinfo=VIETNAM)
    since = date(2026, 1, 1)
    case = make.case(tree.province, CaseState.VERIFIED)
    for who in (lan, focal.official, head.official):
        who.posts.update(valid_from=since)
    clerk = make.official("tho", tree.province, Role.EXAMINER, since=since)
    days = {"from_on": june.date(), "to_on": june.date() + DAY}
    actor, boss = actor_on(focal.official, june.date()), actor_on(head.official, june.date())
    first = {"title": "Phó Trưởng", "matter": "vụ việc", **days}
    with pytest.raises(InvalidInput, match="cấp phó"):
        verbs.draft_authorisation(case, actor=actor, now=june, official=clerk, **first)
    made = verbs.draft_authorisation(case, actor=actor, now=june, official=lan, **first)
    done = verbs.sign_authorisation(made, actor=boss, now=june, number="5")

    assert (done.publication.rule, done.publication.due_at) == ("PN-03h", june + 12 * HOUR)


def test_after_july_2026_no_hours_are_set_for_publishing_it(case, focal, head, lan):
    assert signed(case, focal, head, lan).publication is None


def test_it_is_warned_of_before_its_end_and_shown_to_the_public_when_wished(case, focal, head, lan):
    given = signed(case, focal, head, lan, is_listed=True)
    seen = authorisations_visible_to(focal)

    assert list(ending_soon(seen, LAST - 3 * DAY)) == []
    assert list(ending_soon(seen, LAST - 2 * DAY)) == [given]
    assert list(public_authorisations(LAST)) == [given]
    assert list(public_authorisations(LAST + DAY)) == []


def test_another_province_sees_none(tree, case, focal, head, lan):
    signed(case, focal, head, lan)

    assert list(authorisations_visible_to(make.head(tree.other))) == []
    assert authorisations_visible_to(make.actor(tree.centre, Role.FOCAL_POINT)).count() == 1


def test_statements_that_differ_are_set_against_each_other(case, focal, head):
    first = say(case, focal, official=head.official, text="Cưỡng chế giao nhà bắt đầu lúc 07:15.")
    second = say(
        case,
        focal,
        at=NOW + HOUR,
        official=head.official,
        text="Việc cưỡng chế giao nhà bắt đầu lúc 05:30.",
    )
    (found,) = disagreements(case.statements.all())

    assert (found.earlier, found.later) == (first, second)
    assert [c.left.text for c in found.found] == ["07:15"]


def test_every_step_is_in_the_diary(case, focal, head, lan):
    given = signed(case, focal, head, lan)
    verbs.revoke_authorisation(given, actor=head, now=NOW, reason="xong")

    assert [entry.step for entry in ledger.of(given)] == [
        "draft_authorisation", "sign_authorisation", "revoke_authorisation",
    ]  # fmt: skip


def morning(day):
    return datetime.combine(day, time(7, 20), tzinfo=VIETNAM)


def warned(day):
    """Who is told of rights about to end on this morning; run twice, nobody is told twice."""
    before = set(Notice.objects.system("test").values_list("pk", flat=True))
    for _ in range(2):
        warn_of_ending_rights(morning(day), morning(day).isoformat())
    rows = Notice.objects.system("test").exclude(pk__in=before).order_by("pk")
    return [(row.official.full_name, row.title.partition(":")[0]) for row in rows]


def test_holder_and_giver_are_warned_before_the_right_ends_and_on_its_last_day(
    case, focal, head, lan
):
    signed(case, focal, head, lan)
    people = [lan.full_name, head.official.full_name]

    assert warned(LAST - 3 * DAY) == []
    ahead = f"Ủy quyền phát ngôn hết hạn ngày {LAST:%d/%m/%Y}"
    assert warned(LAST - 2 * DAY) == [(who, ahead) for who in people]
    assert warned(LAST - DAY) == []
    assert warned(LAST) == [(who, "Ủy quyền phát ngôn hết hạn hôm nay") for who in people]
    assert warned(LAST + DAY) == []


def test_a_morning_missed_is_made_good_and_a_right_ended_or_never_given_warns_nobody(
    case, focal, head, lan
):
    draft(case, focal, lan)
    given = signed(case, focal, head, lan, matter="vụ khác")
    assert len(warned(LAST - DAY)) == 2
    verbs.revoke_authorisation(given, actor=head, now=NOW, reason="vụ việc đã xong")
    assert warned(LAST) == []


def test_who_has_left_is_not_told(case, focal, head, lan):
    signed(case, focal, head, lan)
    lan.is_active = False
    lan.save()
    assert [name for name, _ in warned(LAST)] == [head.official.full_name]
