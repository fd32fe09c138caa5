"""Who answers for whom through time, who sees what, who holds which role; a policy and its query say the same."""

from datetime import date, timedelta

import pytest

from hoiam.agencies.actions import give_post
from hoiam.agencies.models import Agency, Channel, PressAgency, Succession
from hoiam.agencies.queries import (
    actor_on,
    agencies_on,
    agencies_visible_to,
    answering,
    assignable_to,
    case_agency,
    channel_of,
    holders,
    people_of,
    superior,
)
from hoiam.agencies.states import Role

from .conftest import NOW, TODAY, make_agency

RECUT = date(2025, 7, 1)
BEFORE = RECUT - timedelta(days=1)


def follow(old, new, since=RECUT, uncertain=False):
    Succession.objects.create(predecessor=old, successor=new, since=since, uncertain=uncertain)


@pytest.fixture
def old_district(province):
    return make_agency(
        "chi-cuc-song-thanh", "Chi cục THADS huyện Sông Thanh", "district",
        province="Thanh Giang", valid_to=BEFORE,
    )  # fmt: skip


def test_an_agency_in_force_answers_for_itself(province):
    assert answering(province, TODAY) == province


def test_an_old_district_answers_for_itself_in_its_time(province, old_district):
    follow(old_district, province)
    assert answering(old_district, BEFORE) == old_district


def test_without_the_imported_list_the_province_answers(province, old_district):
    follow(old_district, province, uncertain=True)
    assert answering(old_district, TODAY) == province


def test_the_office_that_covers_the_district_answers_when_the_list_says_so(
    province, region, old_district
):
    follow(old_district, province, uncertain=True)
    follow(old_district, region)
    assert answering(old_district, TODAY) == region


def test_a_merger_after_a_merger_is_followed_to_the_last(province, other, old_district):
    middle = make_agency("cuc-cu", "Cục THADS tỉnh Cũ", "province", province="Cũ", valid_to=BEFORE)
    follow(old_district, middle, since=date(2020, 1, 1))
    follow(middle, other)
    assert answering(old_district, TODAY) == other


def test_an_agency_nobody_followed_has_no_answer(old_district):
    assert answering(old_district, TODAY) is None


def test_successions_in_a_circle_end(old_district):
    twin = make_agency("chi-cuc-b", "Chi cục B", "district", province="B", valid_to=BEFORE)
    follow(old_district, twin, since=date(2020, 1, 1))
    follow(twin, old_district, since=date(2020, 1, 1))
    assert answering(old_district, TODAY) is None


def test_agencies_of_a_day_are_those_in_force_and_never_the_army(centre, province, old_district):
    make_agency("qk-1", "Phòng THA Quân khu 1", "military")
    assert set(agencies_on(TODAY)) == {centre, province}
    assert set(agencies_on(BEFORE)) == {centre, province, old_district}


def test_a_matter_of_an_office_below_is_handled_in_the_province_s_name(province, region, centre):
    assert [case_agency(a) for a in (region, province, centre)] == [province, province, centre]


def test_one_level_up(province, region, centre):
    assert [superior(a, TODAY) for a in (region, province, centre)] == [province, centre, None]


def test_a_fictional_centre_is_nobody_s_superior(province):
    make_agency("tw-mau", "Cục mẫu", "centre", fictional=True)
    assert superior(province, TODAY) is None


def test_a_province_sees_itself_those_below_and_all_their_predecessors(
    actor, province, other, region, old_district
):
    older = make_agency(
        "doi-tha",
        "Đội THA Sông Thanh",
        "district",
        province="Thanh Giang",
        valid_to=date(2009, 6, 30),
    )
    follow(old_district, region)
    follow(older, old_district, since=date(2009, 7, 1))
    who = actor(province, Role.FOCAL_POINT)
    assert who.agency_ids == {province.pk, region.pk, old_district.pk, older.pk}
    assert who.sees_everything is False
    assert set(agencies_visible_to(who)) == {province, region}


def test_an_office_below_does_not_see_its_province(actor, province, region):
    assert actor(region, Role.HEAD_OF_REGION).agency_ids == {region.pk}


def test_the_centre_sees_all(actor, centre, province, other):
    who = actor(centre, Role.FOCAL_POINT)
    assert who.sees_everything is True
    assert set(agencies_visible_to(who)) == {centre, province, other}


@pytest.mark.parametrize("place", ["centre", "province", "region"])
def test_policy_and_query_agree_on_who_is_seen(
    request, actor, centre, province, other, region, place
):
    who = actor(request.getfixturevalue(place), Role.FOCAL_POINT)
    seen = set(agencies_visible_to(who))
    assert {agency for agency in Agency.objects.all() if who.sees(agency.pk)} == seen


def test_a_post_counts_from_its_first_to_its_last_day(official, province, other):
    person = official(province, Role.CONTRIBUTOR)
    give_post(
        other, actor=None, now=NOW, official=person, role=Role.HEAD,
        valid_from=TODAY + timedelta(days=1), valid_to=TODAY + timedelta(days=2),
    )  # fmt: skip
    roles = [
        [post.role for post in actor_on(person, TODAY + timedelta(days=n)).posts] for n in range(4)
    ]
    assert roles == [
        ["contributor"],
        ["contributor", "head"],
        ["contributor", "head"],
        ["contributor"],
    ]


def test_holders_are_active_and_ordered_by_given_name(official, province):
    official(province, Role.HEAD, "zung", full_name="Bùi Văn Dũng")
    official(province, Role.DEPUTY, "anh", full_name="Đỗ Thị Ánh")
    gone = official(province, Role.HEAD, "gone", full_name="Lê Văn Bình")
    gone.is_active = False
    gone.save()
    found = holders(province, [Role.HEAD, Role.DEPUTY], TODAY)
    assert [person.username for person in found] == ["anh", "zung"]


def test_people_of_a_province_and_of_those_below(official, province, region, other):
    official(province, Role.HEAD)
    official(region, Role.HEAD_OF_REGION)
    official(other, Role.HEAD)
    assert [post.agency for post in people_of(province, TODAY)] == [province, region]


def test_work_is_handed_to_people_within_sight(official, actor, province, region):
    below = official(region, Role.HEAD_OF_REGION)
    who = actor(province, Role.FOCAL_POINT)
    assert set(assignable_to(who, province)) == {below, who.official}
    head_below = actor_on(below, TODAY)
    assert set(assignable_to(head_below, province)) == {below}


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("songthanh.example", "Sông Thanh điện tử"),
        ("www.songthanh.example", "Sông Thanh điện tử"),
        ("Cuoituan.SongThanh.example", "Cuối tuần"),
        ("khac.example", None),
        ("example", None),
    ],
)
def test_the_channel_of_a_host_is_the_narrowest(db, host, expected):
    paper = PressAgency.objects.create(name="Báo Sông Thanh")
    for name, at in (
        ("Sông Thanh điện tử", "songthanh.example"),
        ("Cuối tuần", "cuoituan.songthanh.example"),
    ):
        Channel.objects.create(press_agency=paper, name=name, host=at, media_type="online")
    found = channel_of(host)
    assert (found.name if found else None) == expected
