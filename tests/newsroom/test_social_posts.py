"""Composing, limits, four eyes, scheduling, and acts on what was posted: every verb from every state."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import blobs
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.models import LedgerEntry
from hoiam.newsroom import actions
from hoiam.newsroom.actions import Snapshot, social_acts, social_channels, social_posts
from hoiam.newsroom.jobs.articles import _tell
from hoiam.newsroom.jobs.social.sending import try_act
from hoiam.newsroom.models import Section, SocialChannel, SocialPost
from hoiam.newsroom.queries import social as queries
from hoiam.newsroom.social_limits import all_limits, composed, faults, hashtags_of, limits_of
from hoiam.newsroom.states.social import ACT_STEPS, POST_STEPS, ActKind, ActState, PostState
from tests import factories as make
from tests.factories import NOW
from tests.newsroom.platforms import KEY
from tests.newsroom.social_house import (
    LATER,
    account,
    acts,
    again,
    approved,
    channel,
    draft,
    the_act,
    typed,
    writer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def page(tree):
    return channel(tree.province, "facebook")


@pytest.fixture
def hand(tree):
    return channel(tree.province, "hand")


@pytest.fixture
def article(tree):
    section = Section.objects.create(slug="tin", name="Tin tức")
    snapshot = Snapshot("t:1", "article", tree.province, section, "Ngày tiếp dân", lead="Thứ Năm.")
    return actions.publish_article(snapshot, actor=make.actor(tree.province, Role.EDITOR), now=NOW)


# Limits


def test_every_limit_has_a_source_and_a_day():
    for one in all_limits().values():
        assert one.source
        assert one.seen_on.year >= 2026
    assert limits_of("nơi lạ").code == "other"


def test_tags_stand_once_each_with_one_sign():
    assert hashtags_of("THADS,  #thiHanhAn thads #") == ("#THADS", "#thiHanhAn")


@pytest.mark.parametrize(
    ("platform", "pictures", "expected"),
    [
        ("facebook", 0, "Bài\n\n#A"),
        ("facebook", 1, "Bài\n\n#A\n\nhttps://x.example"),
        ("zalo", 1, "Bài\n\n#A\n\nhttps://x.example"),
    ],
)
def test_the_link_stands_in_the_text_where_no_card_shows_it(platform, pictures, expected):
    made = composed("T", "Bài", "https://x.example", "A", pictures, limits_of(platform))
    assert made.text == expected


def test_what_goes_over_is_told_with_how_much():
    small = replace(limits_of("zalo"), characters=10, title=5, pictures=1, hashtags=1)
    made = composed("Tên bài dài", "Nội dung quá dài", "", "A B", 2, small)
    assert list(faults(made, small)) == [
        "Zalo: nội dung dài 23 ký tự, quá 13 ký tự. Viết ngắn lại cho nơi này.",
        "Zalo: tên bài dài 11 ký tự, quá 6 ký tự. Viết ngắn lại cho nơi này.",
        "Zalo: có 2 ảnh, chỉ nhận 1. Bớt ảnh.",
        "Zalo: có 2 thẻ chủ đề, chỉ nên 1. Bớt thẻ.",
    ]
    none = composed("T", "", "", "", 0, limits_of("zalo"))
    assert [fault.split(":")[1][:9] for fault in faults(none, limits_of("zalo"))] == [" chưa có ", " cần ít n"]  # fmt: skip


# Composing


@pytest.mark.parametrize(
    ("fields", "words", "field"),
    [
        ({"title": " "}, "Ghi tên bài", "title"),
        ({"text": " "}, "Viết nội dung", "text"),
        ({"text": "a" * 70_001}, "quá dài", "text"),
        ({"scheduled_at": NOW}, "Giờ đăng đã qua", "scheduled_at"),
        ({"link": "javascript:alert(1)"}, "bắt đầu bằng https", "link"),
        ({"texts": {}}, "Chọn ít nhất một tài khoản", "channels"),
    ],
)
def test_what_is_wrong_with_a_draft_is_told_at_its_field(tree, page, fields, words, field):
    with pytest.raises(InvalidInput, match=words) as told:
        social_posts.draft_post(
            tree.province, actor=writer(tree.province), now=NOW, typed=typed(page, **fields)
        )
    assert told.value.field == field


def test_accounts_of_other_agencies_and_ended_ones_cannot_be_chosen(tree, page):
    other = channel(tree.other, "hand")
    with pytest.raises(InvalidInput, match="tài khoản đã nối của đơn vị"):
        draft(tree.province, other)
    row = page.account
    row.until = NOW.date() - timedelta(days=1)
    row.save()
    with pytest.raises(InvalidInput, match="tài khoản đã nối của đơn vị"):
        draft(tree.province, page)


def test_a_draft_of_an_article_takes_its_words_and_address(tree, page, article):
    told = social_posts.typed_of(article)
    assert told.text == "Ngày tiếp dân\n\nThứ Năm."
    assert told.link.endswith("/bai/ngay-tiep-dan/")
    made = draft(tree.province, page, article=article, picture=False)
    assert (made.article, made.pictures.count()) == (article, 0)


def test_two_who_edit_at_once_the_second_is_told(tree, page):
    made = draft(tree.province, page)
    social_posts.edit_post(made, actor=writer(tree.province), now=NOW, typed=typed(page), version=1)
    with pytest.raises(Conflict, match="Người khác vừa lưu"):
        social_posts.edit_post(
            made, actor=writer(tree.province), now=NOW, typed=typed(page), version=1
        )


def test_a_picture_needs_words_and_is_made_anew(tree, page):
    made = draft(tree.province, page, picture=False)
    with pytest.raises(InvalidInput, match="ảnh cho thấy gì"):
        social_posts.add_picture(made, actor=writer(tree.province), now=NOW, data=b"x", name="a.jpg", alt="")  # fmt: skip


def test_over_the_limits_it_is_not_handed_in(tree):
    zalo = channel(tree.province, "zalo")
    made = draft(tree.province, zalo, picture=False)
    with pytest.raises(InvalidInput, match="Zalo: cần ít nhất một ảnh"):
        social_posts.submit_post(made, actor=writer(tree.province), now=NOW)


def test_each_account_gets_its_own_words_or_the_common_ones(tree, page, hand):
    made = draft(tree.province, page, hand, texts={page.pk: "", hand.pk: "Lời ngắn"})
    social_posts.submit_post(made, actor=writer(tree.province), now=NOW)
    social_posts.approve_post(made, actor=make.head(tree.province), now=NOW)
    found = {act.channel_id: act.text for act in acts(post=made)}
    assert found == {page.pk: made.text, hand.pk: "Lời ngắn"}


# Every verb from every state

POST_VERBS = {
    "edit_post": lambda post, actor: social_posts.edit_post(post, actor=actor, now=LATER, typed=typed(*SocialChannel.objects.system("t")), version=post.version),
    "submit_post": lambda post, actor: social_posts.submit_post(post, actor=actor, now=LATER),
    "return_post": lambda post, actor: social_posts.return_post(post, actor=actor, now=LATER, reason="Sửa"),
    "approve_post": lambda post, actor: social_posts.approve_post(post, actor=actor, now=LATER),
    "cancel_post": lambda post, actor: social_posts.cancel_post(post, actor=actor, now=LATER, reason="Thôi"),
}  # fmt: skip


def test_every_step_of_a_post_has_one_verb():
    assert set(POST_VERBS) == set(POST_STEPS)


@pytest.mark.parametrize("verb", sorted(POST_STEPS))
@pytest.mark.parametrize("state", PostState.values)
def test_a_post_follows_the_table_and_nothing_else(tree, page, state, verb):
    made = draft(tree.province, page)
    SocialPost.objects.system("set up").filter(pk=made.pk).update(state=state)
    made = again(made)
    if state in POST_STEPS[verb].sources:
        assert POST_VERBS[verb](made, make.head(tree.province)).state == POST_STEPS[verb].target
        assert LedgerEntry.objects.filter(step=verb, subject_id=made.pk).count() == 1
    else:
        with pytest.raises(WrongState, match="Tải lại trang"):
            POST_VERBS[verb](made, make.head(tree.province))
        assert again(made).state == state


ACT_VERBS = {
    "confirm_act": lambda act, actor: social_acts.confirm_act(act, actor=actor, now=LATER),
    "cancel_act": lambda act, actor: social_acts.cancel_act(act, actor=actor, now=LATER, reason="Thôi"),
    "retry_act": lambda act, actor: social_acts.retry_act(act, actor=actor, now=LATER),
    "record_by_hand": lambda act, actor: social_acts.record_by_hand(act, actor=actor, now=LATER, permalink="https://tiktok.example/1"),
}  # fmt: skip


@pytest.mark.parametrize("verb", sorted(ACT_STEPS))
@pytest.mark.parametrize("state", ActState.values)
def test_an_act_follows_the_table_and_nothing_else(tree, hand, state, verb):
    approved(tree.province, hand)
    acts().update(state=state)
    act = the_act()
    deputy = make.actor(tree.province, Role.DEPUTY)
    if state in ACT_STEPS[verb].sources:
        assert ACT_VERBS[verb](act, deputy).state == ACT_STEPS[verb].target
        assert LedgerEntry.objects.filter(step=verb, subject_id=act.pk).count() == 1
    else:
        with pytest.raises(WrongState, match="Tải lại trang"):
            ACT_VERBS[verb](act, deputy)
        assert again(act).state == state


# Four eyes


def test_who_wrote_or_edited_does_not_approve(tree, page):
    head, deputy = make.head(tree.province), make.actor(tree.province, Role.DEPUTY)
    made = social_posts.draft_post(tree.province, actor=head, now=NOW, typed=typed(page))
    social_posts.edit_post(made, actor=deputy, now=NOW, typed=typed(page), version=1)
    social_posts.submit_post(made, actor=head, now=NOW)
    for actor in (head, deputy):
        with pytest.raises(NotAllowed, match="không tự duyệt"):
            social_posts.approve_post(made, actor=actor, now=NOW)
    with pytest.raises(NotAllowed, match="Chỉ lãnh đạo"):
        social_posts.approve_post(made, actor=writer(tree.province), now=NOW)
    chief = make.actor(tree.province, Role.CHIEF_OF_OFFICE)
    assert social_posts.approve_post(made, actor=chief, now=NOW).state == PostState.APPROVED


def test_who_proposes_a_removal_does_not_confirm_it(tree, hand):
    approved(tree.province, hand)
    act = the_act()
    try_act(act.pk, NOW)
    head = make.head(tree.province)
    social_acts.record_by_hand(act, actor=writer(tree.province), now=NOW, permalink="https://t.example/1")  # fmt: skip
    removal = social_acts.propose_removal(act, actor=head, now=NOW, reason="Sai ngày")
    with pytest.raises(NotAllowed, match="không tự xác nhận"):
        social_acts.confirm_act(removal, actor=head, now=NOW)
    with pytest.raises(WrongState, match="chưa xong"):
        social_acts.propose_edit(act, actor=head, now=NOW, text="Khác", reason="Sai")
    social_acts.confirm_act(removal, actor=make.actor(tree.province, Role.DEPUTY), now=NOW)
    assert try_act(removal.pk, NOW) == ActState.FOR_HAND
    social_acts.record_by_hand(removal, actor=head, now=LATER, permalink="", note="Đã gỡ")
    assert again(act).standing == "gone"


# By hand


def test_by_hand_the_address_is_the_proof_and_stands_for_one_post(tree, hand):
    approved(tree.province, hand)
    act = the_act()
    assert try_act(act.pk, NOW) == ActState.FOR_HAND
    with pytest.raises(InvalidInput, match="Dán địa chỉ"):
        social_acts.record_by_hand(act, actor=writer(tree.province), now=NOW, permalink="tiktok")
    done = social_acts.record_by_hand(act, actor=writer(tree.province), now=NOW, permalink="https://t.example/1")  # fmt: skip
    [proof] = done.proofs.all()
    assert b"https://t.example/1" in blobs.read(proof.blob)
    approved(tree.province, hand, title="Bài hai")
    second = the_act(state=ActState.WAITING)
    try_act(second.pk, NOW)
    with pytest.raises(Conflict, match="bài khác"):
        social_acts.record_by_hand(second, actor=writer(tree.province), now=NOW, permalink="https://t.example/1")  # fmt: skip


# What follows an article


def told(article, verb, message, **fields):
    actor = make.head(make.Agency.objects.get(pk=article.agency_id))
    getattr(actions, verb)(article, actor=actor, now=LATER, **fields)
    _tell(message)(article.pk, LATER)
    _tell(message)(article.pk, LATER)


@pytest.mark.parametrize(
    ("verb", "message"),
    [("withdraw_article", "article_withdrawn"), ("take_down_article", "article_taken_down")],
)
def test_a_withdrawn_article_proposes_one_removal_and_a_person_confirms(tree, hand, article, verb, message):  # fmt: skip
    approved(tree.province, hand, article=article)
    act = the_act()
    try_act(act.pk, NOW)
    social_acts.record_by_hand(act, actor=writer(tree.province), now=NOW, permalink="https://t.example/1")  # fmt: skip
    told(article, verb, message, reason="Sai tên người")
    [removal] = acts(kind=ActKind.REMOVE)
    assert (removal.state, removal.proposed_by, removal.target) == (ActState.PROPOSED, None, act.external_id)  # fmt: skip
    assert "Sai tên người" in removal.reason
    confirmed = social_acts.confirm_act(removal, actor=make.head(tree.province), now=LATER)
    assert confirmed.state == ActState.WAITING


def test_a_post_not_yet_sent_is_dropped_when_its_article_comes_down(tree, page, article):
    approved(tree.province, page, article=article, scheduled_at=NOW + timedelta(days=2))
    told(article, "withdraw_article", "article_withdrawn", reason="Sai")
    assert the_act().state == ActState.CANCELLED
    assert acts(kind=ActKind.REMOVE).count() == 0


def test_a_corrected_article_proposes_the_text_with_the_correction(tree, hand, article):
    approved(tree.province, hand, article=article)
    act = the_act()
    try_act(act.pk, NOW)
    social_acts.record_by_hand(act, actor=writer(tree.province), now=NOW, permalink="https://t.example/1")  # fmt: skip
    told(article, "correct_article", "article_corrected", notice="Đúng là thứ Sáu.")
    [edit] = acts(kind=ActKind.EDIT)
    assert edit.text == f"{act.text}\n\nĐính chính: Đúng là thứ Sáu."
    social_acts.confirm_act(edit, actor=make.head(tree.province), now=LATER, text="Thứ Sáu.")
    assert again(edit).text == "Thứ Sáu."


def test_an_article_that_does_not_stand_is_not_posted(tree, page, article):
    made = draft(tree.province, page, article=article)
    social_posts.submit_post(made, actor=writer(tree.province), now=NOW)
    actions.withdraw_article(article, actor=make.head(tree.province), now=LATER, reason="Sai")
    with pytest.raises(WrongState, match="Bài trên cổng đã rút"):
        social_posts.approve_post(made, actor=make.head(tree.province), now=LATER)


# Keys


def test_keys_are_sealed_and_stand_nowhere_in_clear(tree, page):
    row = again(page)
    assert KEY not in row.secret
    assert social_channels.keys_of(row).access == KEY
    social_channels.change_key(row, actor=make.head(tree.province), now=NOW, access="EAAG-khoa-thu-hai-0002")  # fmt: skip
    assert social_channels.keys_of(again(page)).access == "EAAG-khoa-thu-hai-0002"
    lines = " ".join(f"{e.reason} {e.data}" for e in LedgerEntry.objects.all())
    assert "EAAG" not in lines
    assert "EAAG" not in repr(social_channels.keys_of(again(page)))


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("facebook", {"page_id": "trang của tôi"}, "page_id"),
        ("facebook", {"access": "ngắn"}, "access"),
        ("facebook", {"access": "khóa có dấu tiếng Việt"}, "access"),
        ("facebook", {"expires_at": NOW}, "expires_at"),
        ("zalo", {"refresh": "x" * 20}, "app_secret"),
        ("zalo", {"refresh": "x" * 20, "app_secret": "s" * 20}, "app_id"),
        ("webhook", {"address": "ftp://x"}, "address"),
        ("webhook", {"address": "https://[x"}, "address"),
        ("lạ", {}, "kind"),
    ],
)
def test_what_a_way_needs_is_asked_at_its_field(tree, kind, fields, field):
    row = account(tree.province)
    given = {"page_id": "1", "access": KEY, "address": "https://x.example"} | fields
    with pytest.raises(InvalidInput) as told:
        social_channels.connect_channel(row, actor=make.head(tree.province), now=NOW, kind=kind, **given)  # fmt: skip
    assert told.value.field == field


def test_only_keepers_of_the_agency_connect_and_only_once(tree, page):
    row = account(tree.province, name="Trang thứ hai")
    for actor in (writer(tree.province), make.head(tree.other)):
        with pytest.raises(NotAllowed, match="giữ khóa"):
            social_channels.connect_channel(row, actor=actor, now=NOW, kind="hand")
    with pytest.raises(Conflict):
        social_channels.connect_channel(page.account, actor=make.head(tree.province), now=NOW, kind="hand")  # fmt: skip


# Scope


@pytest.mark.parametrize(
    "visible",
    [
        queries.channels_visible_to,
        queries.posts_visible_to,
        queries.acts_visible_to,
        queries.queue_of,
    ],
)
def test_what_one_province_does_no_other_sees(tree, page, visible):
    approved(tree.province, page)
    assert visible(make.head(tree.province)).count() == 1
    assert visible(make.head(tree.centre)).count() == 1
    assert visible(make.head(tree.other)).count() == 0
