"""Accounts, posts, press agencies, reporters: what is refused, by whom, with which sentence."""

from datetime import UTC, date, datetime

import pytest

from hoiam.agencies.actions import (
    change_official,
    create_official,
    end_post,
    give_post,
    load_press,
    save_press_agency,
    save_reporter,
    set_password,
)
from hoiam.agencies.models import Channel, Official, Post, PressAgency, Reporter
from hoiam.agencies.states import DESK_ROLES, Role
from hoiam.core import authority, ledger
from hoiam.core.errors import InvalidInput, NotAllowed

from .conftest import NOW, TODAY

NO_PEOPLE = "Chỉ quản trị hoặc thủ trưởng của đơn vị được thêm người, giao và kết thúc chức vụ."
NO_PRESS = "Chỉ đầu mối truyền thông, lãnh đạo hoặc quản trị được sửa danh bạ báo chí."


def create(agency, who=None, **fields):
    given = {"username": "thu", "full_name": "Nguyễn Văn Thử", "role": Role.EDITOR} | fields
    return create_official(agency, actor=who, now=NOW, **given)


def test_a_new_official_has_a_first_post_and_a_diary(province, actor):
    who = actor(province, Role.HEAD)
    person = create(
        province, who, username=" Thu ", full_name=" Nguyễn  Văn Thử ", title="Chuyên viên"
    )
    post = person.posts.get()
    assert (person.username, person.full_name, person.has_usable_password()) == (
        "thu",
        "Nguyễn Văn Thử",
        False,
    )
    assert (post.agency, post.role, post.title, post.valid_from) == (
        province,
        "editor",
        "Chuyên viên",
        TODAY,
    )
    assert [entry.step for entry in ledger.of(person)] == ["create_official"]


def test_the_first_day_is_the_vietnamese_one(province):
    after_midnight = datetime(2026, 8, 4, 17, 30, tzinfo=UTC)
    person = create_official(
        province,
        actor=None,
        now=after_midnight,
        username="dem",
        full_name="Lê Đêm",
        role=Role.EDITOR,
    )
    assert person.posts.get().valid_from == date(2026, 8, 5)


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"username": "  "}, "username", "Nhập tên đăng nhập và họ tên."),
        ({"full_name": ""}, "username", "Nhập tên đăng nhập và họ tên."),
        ({"username": "CO"}, "username", "Tên đăng nhập “co” đã có người dùng. Hãy chọn tên khác."),
        ({"role": "king"}, "role", "Không có vai trò “king”."),
    ],
)
def test_a_wrong_account_is_refused_whole(province, fields, field, sentence):
    create(province, username="co")
    with pytest.raises(InvalidInput) as refusal:
        create(province, **fields)
    assert (str(refusal.value), refusal.value.field) == (sentence, field)
    assert (Official.objects.count(), Post.objects.count()) == (1, 1)


def test_a_weak_password_is_refused_in_vietnamese(province):
    with pytest.raises(InvalidInput) as refusal:
        create(province, password="123")
    assert refusal.value.field == "password"
    assert Official.objects.count() == 0


def test_a_new_password_lets_in(province):
    person = create(province)
    set_password(person, actor=None, now=NOW, password="bến thóc mùa nước nổi")
    assert person.check_password("bến thóc mùa nước nổi") is True


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"valid_from": TODAY, "valid_to": date(2026, 8, 4)}, "valid_to"),
        ({"role": Role.AUTHORISED_SPOKESPERSON}, "matter"),
        ({"role": Role.AUTHORISED_SPOKESPERSON, "matter": "Vụ kê biên"}, "matter"),
    ],
)
def test_a_wrong_post_is_refused(province, fields, field):
    person = create(province)
    with pytest.raises(InvalidInput) as refusal:
        give_post(province, actor=None, now=NOW, official=person, **({"role": Role.HEAD} | fields))
    assert refusal.value.field == field


def test_a_post_ends_on_its_last_day_and_not_before_its_first(province, actor):
    who = actor(province, Role.ADMINISTRATOR)
    post = create(province).posts.get()
    assert end_post(post, actor=who, now=NOW, last_day=TODAY).valid_to == TODAY
    with pytest.raises(InvalidInput) as refusal:
        end_post(post, actor=who, now=NOW, last_day=date(2026, 8, 4))
    assert (str(refusal.value), refusal.value.field) == (
        "Ngày kết thúc phải sau ngày bắt đầu.",
        "last_day",
    )


@pytest.mark.parametrize("role", sorted(Role))
def test_who_may_add_people(province, actor, role):
    who = actor(province, role) if role != Role.AUTHORISED_SPOKESPERSON else None
    may = role in {Role.ADMINISTRATOR, Role.HEAD}
    assert authority.can(who, "create_official", province) is may


def test_people_of_another_province_are_not_ours(province, other, actor):
    who = actor(province, Role.ADMINISTRATOR)
    post = create(other).posts.get()
    for attempt in (
        lambda: create(other, who, username="moi"),
        lambda: end_post(post, actor=who, now=NOW, last_day=TODAY),
        lambda: give_post(other, actor=who, now=NOW, official=post.official, role=Role.HEAD),
    ):
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert str(refusal.value) == NO_PEOPLE


def test_people_change_their_own_contact_data_and_not_others(province, actor):
    who, someone = actor(province, Role.EDITOR), create(province)
    assert (
        change_official(who.official, actor=who, now=NOW, phone="0900 000 000").phone
        == "0900 000 000"
    )
    with pytest.raises(NotAllowed):
        change_official(someone, actor=who, now=NOW, phone="1")
    with pytest.raises(ValueError, match="not changeable"):
        change_official(who.official, actor=who, now=NOW, username="x")


CHANNELS = [{"name": "Sông Thanh điện tử", "media_type": "online", "host": "WWW.SongThanh.example"}]


def test_a_press_agency_with_its_channels(province, actor):
    who = actor(province, Role.FOCAL_POINT)
    paper = save_press_agency(
        PressAgency(name=" Báo  Sông Thanh "), actor=who, now=NOW, channels=CHANNELS
    )
    assert (paper.name, [c.host for c in paper.channels.all()]) == (
        "Báo Sông Thanh",
        ["songthanh.example"],
    )
    save_press_agency(paper, actor=who, now=NOW, channels=CHANNELS)
    assert Channel.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("  ", "Nhập tên cơ quan báo chí."), ("Báo Đò Mới", "“Báo Đò Mới” đã có trong danh bạ.")],
)
def test_a_press_agency_needs_a_name_of_its_own(province, actor, name, sentence):
    who = actor(province, Role.FOCAL_POINT)
    save_press_agency(PressAgency(name="Báo Đò Mới"), actor=who, now=NOW)
    with pytest.raises(InvalidInput) as refusal:
        save_press_agency(PressAgency(name=name), actor=who, now=NOW)
    assert (str(refusal.value), refusal.value.field) == (sentence, "name")


def test_a_reporter_needs_a_name(province, actor):
    who = actor(province, Role.SPOKESPERSON)
    assert (
        save_reporter(Reporter(full_name=" Trần  Thị Bến "), actor=who, now=NOW).full_name
        == "Trần Thị Bến"
    )
    with pytest.raises(InvalidInput) as refusal:
        save_reporter(Reporter(full_name=" "), actor=who, now=NOW)
    assert refusal.value.field == "full_name"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUTHORISED_SPOKESPERSON}))
def test_who_may_keep_the_press_list(province, actor, role):
    who = actor(province, role)
    may = role in DESK_ROLES | {Role.ADMINISTRATOR, Role.SPOKESPERSON}
    assert authority.can(who, "save_press_agency", PressAgency) is may
    assert authority.can(who, "save_reporter", PressAgency) is may
    if not may:
        with pytest.raises(NotAllowed) as refusal:
            save_press_agency(PressAgency(name="X"), actor=who, now=NOW)
        assert str(refusal.value) == NO_PRESS


def test_loading_the_press_list_again_keeps_what_people_changed(db):
    rows = [
        {"name": "Báo Sông Thanh", "owner": "Tỉnh", "channels": CHANNELS},
        {"name": "Báo Đò Mới"},
    ]
    assert load_press(rows) == 2
    PressAgency.objects.filter(name="Báo Sông Thanh").update(owner="Tỉnh ủy")
    assert load_press(rows) == 0
    assert PressAgency.objects.get(name="Báo Sông Thanh").owner == "Tỉnh ủy"
