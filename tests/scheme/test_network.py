"""Contributors, pieces entered once and found by the system, experts and their consent; wrong input, other units."""

from datetime import timedelta

import pytest

from hoiam.agencies.actions import SentFile
from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.monitoring.actions.incoming import Incoming, url_key
from hoiam.monitoring.queries.periods import month_of
from hoiam.scheme.actions import contributions as verbs
from hoiam.scheme.actions import experts
from hoiam.scheme.models import Contribution, Expert
from hoiam.scheme.queries.network import (
    contributions_visible_to,
    experts_visible_to,
    pieces_by_person,
    pieces_by_unit,
)
from hoiam.scheme.queries.proofs import proofs
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
URL = "https://songthanh.example/phap-luat/mot-cua-o-ben-song-1.html"
PICTURE = SentFile("trang-4.png", b"\x89PNG\r\n\x1a\n anh")
WHY = "test"


def collected(url=URL, channel=None):
    key = url_key(Incoming(title="", url=url))
    return make.item("Một cửa ở bến sông", url=url, url_key=key, channel=channel)


def enter(place, actor, **fields):
    first = {"title": "Một cửa ở bến sông", "happened_on": TODAY, "url": URL}
    return verbs.enter_contribution(place, actor=actor, now=NOW, **{"printed_in": "Báo Sông Thanh", **first, **fields})  # fmt: skip


def test_a_piece_is_found_by_the_system_when_its_address_is_a_collected_one(tree, focal):
    channel = make.channel(host="songthanh.example")
    item = collected(channel=channel)
    made = enter(tree.province, focal, url="http://www.songthanh.example/phap-luat/mot-cua-o-ben-song-1.html?utm_source=x", printed_in="")  # fmt: skip
    assert (made.item, made.is_found, made.channel) == (item, True, channel)
    assert made.printed_in == str(channel)


def test_the_same_piece_is_entered_once_in_the_whole_house(tree, focal):
    enter(tree.province, focal)
    with pytest.raises(Conflict, match="đã có trong sổ của THADS tỉnh Thanh Giang"):
        enter(tree.province, focal, url=URL + "?fbclid=2", title="Tên khác")
    with pytest.raises(Conflict, match="một đơn vị khác"):
        enter(tree.other, make.focal_point(tree.other))
    paper = {"url": "", "file": PICTURE}
    enter(tree.province, focal, **paper)
    with pytest.raises(Conflict):
        enter(tree.province, focal, title="một cửa Ở BẾN sông", **paper)
    enter(tree.province, focal, happened_on=TODAY - DAY, **paper)
    assert Contribution.objects.system(WHY).count() == 3


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"title": " "}, "title"),
        ({"printed_in": ""}, "printed_in"),
        ({"url": ""}, "url"),
        ({"happened_on": TODAY + DAY}, "happened_on"),
        ({"file": SentFile("a.exe", b"MZ")}, "file"),
    ],
)
def test_a_piece_that_cannot_be_is_refused_at_its_field(tree, focal, fields, at):
    with pytest.raises(InvalidInput) as refused:
        enter(tree.province, focal, **fields)
    assert refused.value.field == at
    assert Contribution.objects.system(WHY).count() == 0


def test_pieces_entered_early_are_linked_when_the_system_collects_them(tree, focal):
    made = enter(tree.province, focal)
    assert (made.is_found, verbs.link_contributions(now=NOW)) == (False, 0)
    item = collected()
    assert [verbs.link_contributions(now=NOW) for _ in "ab"] == [1, 0]
    made.refresh_from_db()
    assert made.item == item
    assert ledger.of(made).last().step == "link_contribution"


def test_writers_of_a_unit_enter_for_it_and_for_no_other(tree, focal):
    writer = make.actor(tree.region1, Role.CONTRIBUTOR)
    made = enter(tree.region1, writer)
    for place, who in ((tree.region2, writer), (tree.region1, make.actor(tree.region1, Role.EXAMINER))):  # fmt: skip
        with pytest.raises(NotAllowed):
            enter(place, who, url=URL + "/2")
    assert list(contributions_visible_to(focal)) == [made]
    assert list(contributions_visible_to(make.focal_point(tree.other))) == []
    verbs.withdraw_contribution(made, actor=writer, now=NOW, reason="Ghi nhầm")
    assert Contribution.objects.system(WHY).count() == 0


def test_a_piece_leaves_the_book_only_with_a_reason_and_by_its_unit(tree, focal):
    made = enter(tree.province, focal)
    with pytest.raises(InvalidInput):
        verbs.withdraw_contribution(made, actor=focal, now=NOW, reason=" ")
    with pytest.raises(NotAllowed):
        verbs.withdraw_contribution(made, actor=make.focal_point(tree.other), now=NOW, reason="x")


def test_contributors_join_once_and_leave_by_a_day(tree, focal):
    join = {"actor": focal, "now": NOW, "full_name": "Lý Văn Bút", "joined_on": TODAY - DAY}
    made = verbs.add_contributor(tree.province, **join)
    with pytest.raises(Conflict):
        verbs.add_contributor(tree.province, **join)
    for day in (TODAY - 2 * DAY, TODAY + DAY):
        with pytest.raises(InvalidInput):
            verbs.end_contributor(made, actor=focal, now=NOW, left_on=day)
    verbs.end_contributor(made, actor=focal, now=NOW, left_on=TODAY)
    verbs.add_contributor(tree.province, **join)  # may come back
    with pytest.raises(InvalidInput, match="đơn vị khác"):
        enter(tree.region1, make.actor(tree.region1, Role.HEAD_OF_REGION), contributor=made)


def test_pieces_are_counted_by_person_and_unit(tree, focal):
    person = verbs.add_contributor(
        tree.province, actor=focal, now=NOW, full_name="Lý Văn Bút", joined_on=TODAY
    )
    collected()
    enter(tree.province, focal, contributor=person)
    enter(tree.province, focal, contributor=person, url=URL + "/2")
    enter(tree.region1, make.actor(tree.region1, Role.HEAD_OF_REGION), url=URL + "/3")
    enter(tree.province, focal, url=URL + "/4", happened_on=TODAY - 40 * DAY)
    scope = {tree.province.pk, tree.region1.pk}

    rows = pieces_by_person(scope, month_of(TODAY))
    assert [(row.name, row.pieces, row.found) for row in rows] == [("Lý Văn Bút", 2, 1)]
    rows = pieces_by_unit(scope, month_of(TODAY))
    assert [(row.pk, row.pieces) for row in rows] == [(tree.province.pk, 2), (tree.region1.pk, 1)]
    assert len(proofs({tree.region1.pk}, month_of(TODAY), kinds=["contribution"])) == 1


@pytest.fixture
def expert(tree, focal):
    return experts.add_expert(
        tree.province, actor=focal, now=NOW, kind="scientist", full_name="Đỗ Nghiên Cứu",
        fields="Luật dân sự", workplace="Viện Nắng Hạ",
    )  # fmt: skip


def consent(expert, actor, answer="given", **fields):
    first = {"consent_on": TODAY, "consent_how": "qua điện thoại", "phone": "0912345678"}
    return experts.record_consent(expert, actor=actor, now=NOW, consent=answer, **{**first, **fields})  # fmt: skip


def test_no_way_to_reach_an_expert_is_kept_without_consent(expert, focal):
    assert (expert.consent, expert.phone) == ("asked", "")
    with pytest.raises(WrongState):
        experts.invite_expert(expert, actor=focal, now=NOW, matter="Viết bài", asked_on=TODAY)
    agreed = consent(expert, focal)
    assert agreed.phone == "0912345678"
    gone = consent(expert, focal, "withdrawn", email="a@b.example")
    assert (gone.consent, gone.phone, gone.email) == ("withdrawn", "", "")


@pytest.mark.parametrize(
    ("answer", "fields", "at"),
    [
        ("asked", {}, "consent"),
        ("given", {"consent_how": " "}, "consent_how"),
        ("given", {"consent_on": TODAY + DAY}, "consent_on"),
        ("given", {"phone": ""}, "phone"),
    ],
)
def test_consent_that_cannot_be_is_refused(expert, focal, answer, fields, at):
    with pytest.raises(InvalidInput) as refused:
        consent(expert, focal, answer, **fields)
    assert refused.value.field == at


def test_an_invitation_is_answered_once(expert, focal):
    consent(expert, focal)
    asked = experts.invite_expert(expert, actor=focal, now=NOW, matter="Viết bài", asked_on=TODAY)
    answer = {"actor": focal, "now": NOW, "answered_on": TODAY}
    with pytest.raises(InvalidInput):
        experts.record_expert_answer(asked, answer="waiting", **answer)
    experts.record_expert_answer(asked, answer="accepted", **answer)
    with pytest.raises(WrongState):
        experts.record_expert_answer(asked, answer="declined", **answer)


def test_works_are_listed_once_and_linked_to_what_was_collected(expert, focal):
    item = collected()
    work = {"actor": focal, "now": NOW, "title": "Bàn về thi hành án", "printed_in": "Báo Sông Thanh",
            "happened_on": TODAY, "url": URL}  # fmt: skip
    assert experts.add_work(expert, **work).item == item
    with pytest.raises(Conflict):
        experts.add_work(expert, **work)


def test_experts_are_seen_by_their_agency_and_agreed_ones_of_the_centre_by_all(tree, expert, focal):
    with pytest.raises(Conflict):
        experts.add_expert(
            tree.province, actor=focal, now=NOW, kind="expert", full_name="Đỗ  Nghiên Cứu",
            fields="x", workplace="Viện Nắng Hạ",
        )  # fmt: skip
    centre, other = make.focal_point(tree.centre), make.focal_point(tree.other)
    both = [
        experts.add_expert(tree.centre, actor=centre, now=NOW, kind="former", full_name=name, fields="Báo chí")
        for name in ("Lê Hưu Một", "Lê Hưu Hai")
    ]  # fmt: skip
    consent(both[0], centre)
    assert list(experts_visible_to(other)) == [both[0]]
    assert set(experts_visible_to(focal)) == {expert, both[0]}
    with pytest.raises(NotAllowed):
        consent(both[0], other, "withdrawn")
    assert Expert.objects.system(WHY).get(pk=both[0].pk).phone == "0912345678"
