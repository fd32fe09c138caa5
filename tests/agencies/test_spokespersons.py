"""Appointing and ending spokespersons: law of the day, one at a time, post and publication along, nobody for himself."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.agencies import actions
from hoiam.agencies.actions import SentFile
from hoiam.agencies.models import Post, Publication, Spokesperson
from hoiam.agencies.queries import (
    accounts_visible_to,
    actor_on,
    agencies_owing_a_spokesperson,
    public_accounts,
    public_spokespersons,
    spokespersons_visible_to,
)
from hoiam.core import blobs, ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.kit.vietnamese import VIETNAM
from tests.agencies.conftest import NOW, TODAY

DECIDED = datetime(2026, 8, 4, 15, 30, tzinfo=VIETNAM)


@pytest.fixture
def head(actor, province):
    return actor(province, "head")


@pytest.fixture
def deputy(official, province):
    return official(province, "deputy", full_name="Trịnh Mai Lan")


def appoint(place, head, person, **fields):
    first = {
        "official": person,
        "kind": "permanent",
        "title": "Phó Trưởng THADS tỉnh",
        "phone": "0200 000 119",
        "email": "phatngon@thanhgiang.example",
        "decision": "118/QĐ-THADS",
        "signer": "Đỗ Quốc Tường",
        "decided_at": DECIDED,
        "valid_from": TODAY,
    }
    return actions.appoint_spokesperson(place, actor=head, now=NOW, **{**first, **fields})


def test_an_appointment_gives_the_post_and_starts_the_24_hours_of_publishing(
    province, head, deputy
):
    made = appoint(province, head, deputy)

    assert (made.post.role, made.post.valid_from, made.post.valid_to) == (
        "spokesperson",
        TODAY,
        None,
    )
    duty = made.publication
    assert (duty.rule, duty.source) == ("PN-03", "NĐ 244/2026 Đ3.3")
    assert (duty.started_at, duty.due_at) == (DECIDED, DECIDED + timedelta(hours=24))
    assert duty.card["name"] == "Trịnh Mai Lan"
    assert [entry.step for entry in ledger.of(made)] == ["appoint_spokesperson"]
    assert list(public_spokespersons(TODAY)) == [made]


def test_a_head_is_listed_without_a_clock_and_without_another_post(province, head):
    made = appoint(province, head, head.official, kind="head", decision="", signer="")

    assert (made.post, made.publication.rule, made.publication.due_at) == (None, "", None)


def test_before_july_2026_a_province_has_no_permanent_spokesperson(official, actor, province, head):
    person = official(province, "chief_of_office")
    june = datetime(2026, 6, 29, 9, 0, tzinfo=VIETNAM)
    with pytest.raises(InvalidInput, match="NĐ 09/2017") as refused:
        appoint(province, head, person, decided_at=june, valid_from=date(2026, 6, 30))

    assert refused.value.field == "valid_from"
    assert appoint(province, head, person, decided_at=june, valid_from=date(2026, 7, 1)).pk


def test_the_centre_had_one_before_july_2026_and_no_number_of_hours(official, actor, centre):
    june = datetime(2026, 6, 1, 9, 0, tzinfo=VIETNAM)
    made = appoint(centre, actor(centre, "head"), official(centre, "deputy"), decided_at=june)

    assert (made.publication.rule, made.publication.due_at) == ("", None)


def test_a_regional_office_has_one_only_with_a_reason(official, head, region):
    person = official(region, "head_of_region")
    with pytest.raises(InvalidInput, match="MD-75") as refused:
        appoint(region, head, person)

    assert refused.value.field == "reason"
    assert appoint(region, head, person, reason="Quyết định 12/QĐ-THADS của tỉnh").reason


@pytest.mark.parametrize(
    ("field", "value", "told_at"),
    [
        ("kind", "authorised", "kind"),
        ("phone", "", "phone"),
        ("phone", "123", "phone"),
        ("email", " ", "email"),
        ("title", "", "title"),
        ("decision", "", "decision"),
        ("signer", "", "signer"),
        ("decided_at", NOW + timedelta(hours=1), "decided_at"),
        ("valid_from", date(2026, 8, 3), "valid_from"),
        ("valid_to", date(2026, 8, 1), "valid_to"),
        ("file", SentFile("q.exe", b"MZ\x90"), "file"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field(province, head, deputy, field, value, told_at):
    with pytest.raises(InvalidInput) as refused:
        appoint(province, head, deputy, **{field: value})

    assert refused.value.field == told_at
    assert Spokesperson.objects.system("test").count() == 0


def test_nobody_records_his_own_appointment(province, head):
    with pytest.raises(InvalidInput, match="chính mình"):
        appoint(province, head, head.official)


def test_who_is_not_the_head_cannot_be_listed_as_one(province, head, deputy):
    with pytest.raises(InvalidInput, match="thủ trưởng"):
        appoint(province, head, deputy, kind="head")


def test_two_at_once_the_second_sees_the_first(official, province, head, deputy):
    appoint(province, head, deputy)
    with pytest.raises(Conflict, match="Trịnh Mai Lan"):
        appoint(province, head, official(province, "chief_of_office"))


def test_one_may_follow_the_other_the_day_after(official, province, head, deputy):
    first = appoint(province, head, deputy)
    actions.end_spokesperson(first, actor=head, now=NOW, last_day=TODAY, reason="Chuyển công tác")
    second = appoint(
        province, head, official(province, "chief_of_office"), valid_from=TODAY + timedelta(days=1)
    )

    assert list(public_spokespersons(TODAY)) == [first]
    assert list(public_spokespersons(TODAY + timedelta(days=1))) == [second]


def test_ending_ends_the_post_and_the_duty_and_a_stale_page_is_told(province, head, deputy):
    made = appoint(province, head, deputy)
    stale = Spokesperson.objects.system("test").get(pk=made.pk)
    ended = actions.end_spokesperson(
        made, actor=head, now=NOW, last_day=TODAY, reason="Quyết định 130/QĐ-THADS"
    )

    assert Post.objects.get(pk=ended.post_id).valid_to == TODAY
    assert Publication.objects.system("test").get().state == "dropped"
    with pytest.raises(WrongState, match="đã được kết thúc"):
        actions.end_spokesperson(stale, actor=head, now=NOW, last_day=TODAY, reason="lần nữa")


@pytest.mark.parametrize(
    ("fields", "at"),
    [({"reason": " "}, "reason"), ({"last_day": date(2026, 8, 1)}, "last_day")],
)
def test_an_end_needs_a_reason_and_a_day_not_before_the_first(province, head, deputy, fields, at):
    made = appoint(province, head, deputy)
    typed = {"last_day": TODAY, "reason": "x", **fields}
    with pytest.raises(InvalidInput) as refused:
        actions.end_spokesperson(made, actor=head, now=NOW, **typed)

    assert refused.value.field == at


@pytest.mark.parametrize("role", ["focal_point", "deputy", "chief_of_office", "examiner"])
def test_a_right_to_sign_is_given_only_by_head_or_administrator(
    province, official, role, deputy, head
):
    other = actor_on(official(province, role, username="khac"), TODAY)
    with pytest.raises(NotAllowed):
        appoint(province, other, deputy)
    made = appoint(province, head, deputy)
    with pytest.raises(NotAllowed):
        actions.end_spokesperson(made, actor=other, now=NOW, last_day=TODAY, reason="x")


def test_another_province_neither_sees_nor_touches(actor, other, province, head, deputy):
    made = appoint(province, head, deputy)
    stranger = actor(other, "head")

    assert list(spokespersons_visible_to(stranger)) == []
    for verb, typed in (
        (actions.end_spokesperson, {"last_day": TODAY, "reason": "x"}),
        (actions.list_spokesperson, {"is_listed": False}),
        (actions.change_card, {"title": "a", "phone": "0200000119", "email": "a@b.example"}),
    ):
        with pytest.raises(NotAllowed):
            verb(made, actor=stranger, now=NOW, **typed)


def test_the_centre_appoints_below_and_sees_who_has_nobody(actor, centre, province, other, deputy):
    chief = actor(centre, "head")
    appoint(province, chief, deputy)

    assert set(agencies_owing_a_spokesperson(chief)) == {centre, other}


def test_a_card_taken_off_the_list_or_changed_shows_at_once(province, head, deputy):
    made = appoint(province, head, deputy)
    typed = {"title": "Phó Trưởng", "phone": "0200 000 120", "email": "moi@thanhgiang.example"}
    actions.change_card(made, actor=head, now=NOW, **typed)

    assert public_spokespersons(TODAY).get().phone == "0200 000 120"
    assert Publication.objects.system("test").get().card["phone"] == "0200 000 120"
    actions.list_spokesperson(made, actor=head, now=NOW, is_listed=False)
    assert list(public_spokespersons(TODAY)) == []


def test_the_decision_is_kept_under_its_hash(province, head, deputy):
    made = appoint(province, head, deputy, file=SentFile("qd-118.pdf", b"%PDF-1.7 quyet dinh"))

    assert blobs.read(made.decision_blob) == b"%PDF-1.7 quyet dinh"


def account(place, who, **fields):
    first = {
        "platform": "facebook",
        "name": "THADS Thanh Giang",
        "url": "https://mangxahoi.example/thadstg",
        "since": TODAY,
    }
    return actions.save_account(place, actor=who, now=NOW, **{**first, **fields})


def test_an_account_stands_on_the_list_until_its_last_day(province, head):
    made = account(province, head)
    actions.end_account(made, actor=head, now=NOW, last_day=TODAY)

    assert list(public_accounts(TODAY)) == [made]
    assert list(public_accounts(TODAY + timedelta(days=1))) == []
    with pytest.raises(WrongState):
        actions.end_account(made, actor=head, now=NOW, last_day=TODAY)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"platform": "x"}, "platform"),
        ({"name": " "}, "name"),
        ({"url": "javascript:alert(1)"}, "url"),
    ],
)
def test_an_account_that_cannot_stand_is_refused(province, head, fields, at):
    with pytest.raises(InvalidInput) as refused:
        account(province, head, **fields)

    assert refused.value.field == at


def test_the_same_address_stands_once_and_strangers_keep_away(actor, other, province, head):
    account(province, head)
    with pytest.raises(InvalidInput, match="đã có"):
        account(province, head)
    stranger = actor(other, "head")
    with pytest.raises(NotAllowed):
        account(province, stranger)
    assert list(accounts_visible_to(stranger)) == []
