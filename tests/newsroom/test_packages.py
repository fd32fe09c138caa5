"""Packages for the press: every state against every verb, four eyes, the hour, what goes out and who receives it."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core import mail
from docx import Document

from hoiam.agencies.states import Role
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs import run_due
from hoiam.core.models import LedgerEntry, OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom import actions as articles
from hoiam.newsroom import queries
from hoiam.newsroom.actions import packages
from hoiam.newsroom.actions.packages import PackageTyped
from hoiam.newsroom.jobs.packages import release_what_is_due
from hoiam.newsroom.models import Package
from hoiam.newsroom.states.distribution import PACKAGE_TRANSITIONS, PackageState
from tests import factories as make
from tests.factories import NOW
from tests.newsroom.press_house import LATER, picture, sendings

pytestmark = pytest.mark.django_db
VERBS = {
    "edit_package": lambda p, h: packages.edit_package(
        p, actor=h.writer, now=NOW, typed=PackageTyped(title="Tên khác"), version=p.version
    ),
    "submit_package": lambda p, h: packages.submit_package(p, actor=h.writer, now=NOW),
    "return_package": lambda p, h: packages.return_package(p, actor=h.head, now=NOW, reason="Sửa"),
    "approve_package": lambda p, h: packages.approve_package(p, actor=h.head, now=NOW),
    "cancel_package": lambda p, h: packages.cancel_package(p, actor=h.writer, now=NOW, reason="Hủy"),
}  # fmt: skip


def test_every_verb_of_the_table_is_tried():
    assert set(VERBS) | {"release_package"} == set(PACKAGE_TRANSITIONS)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", PackageState)
def test_verbs_follow_the_table_and_nothing_else(house, state, verb):
    package = house.package()
    Package.objects.system("test").filter(pk=package.pk).update(state=state, sent_at=NOW)
    package.refresh_from_db()
    before = LedgerEntry.objects.count()
    step = PACKAGE_TRANSITIONS[verb]
    if state in step.sources:
        assert VERBS[verb](package, house).state == step.target
        assert LedgerEntry.objects.last().step == verb
    else:
        with pytest.raises(WrongState, match=f"“{step.label}”"):
            VERBS[verb](package, house)
        assert LedgerEntry.objects.count() == before


def test_who_wrote_or_edited_does_not_approve(house):
    package = house.package()
    typed = PackageTyped(title="Sửa", articles=[house.article()], lists=list(package.lists.system("t")))  # fmt: skip
    packages.edit_package(package, actor=house.head, now=NOW, typed=typed, version=1)
    packages.submit_package(package, actor=house.writer, now=NOW)
    deputy = make.actor(house.agency, Role.DEPUTY)
    for person in (house.writer, house.head, house.stranger):
        with pytest.raises(NotAllowed, match="Người soạn không tự duyệt"):
            packages.approve_package(package, actor=person, now=NOW)
    assert packages.approve_package(package, actor=deputy, now=NOW).approved_by == deputy.official


def test_two_at_once_the_second_is_told(house):
    package = house.package()
    VERBS["edit_package"](package, house)
    with pytest.raises(Conflict, match="Người khác vừa sửa"):
        packages.edit_package(
            package, actor=house.writer, now=NOW, typed=PackageTyped(title="B"), version=1
        )


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"title": " "}, "title"), ({"articles": "other"}, "articles"), ({"lists": "other"}, "lists"), ({"articles": "many"}, "articles")],
)  # fmt: skip
def test_what_may_not_be_sent_is_refused(house, typed, field):
    told = {"title": "Tên", "articles": [house.article()], "lists": [house.list()]}
    if typed.get("articles") == "other":
        typed["articles"] = [house.article(agency=house.tree.other)]
    if typed.get("articles") == "many":
        typed["articles"] = [house.article() for _ in range(11)]
    if typed.get("lists") == "other":
        from hoiam.newsroom.actions.lists import ListTyped, make_list

        typed["lists"] = [make_list(house.tree.other, actor=house.stranger, now=NOW, typed=ListTyped("Báo"))]  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        packages.compose_package(
            house.agency, actor=house.writer, now=NOW, typed=PackageTyped(**{**told, **typed})
        )
    assert refused.value.field == field


def test_a_withdrawn_article_and_an_empty_list_cannot_be_submitted(house):
    article = house.article()
    articles.withdraw_article(article, actor=house.editor, now=NOW, reason="Sai")
    with pytest.raises(InvalidInput, match="không còn đang đăng"):
        house.package(article)
    empty = house.package(press_list=house.list())
    with pytest.raises(InvalidInput, match="chưa có nơi nào đang nhận"):
        packages.submit_package(empty, actor=house.writer, now=NOW)


def test_the_letter_bears_text_word_and_pictures(house):
    article = house.article(
        pictures=[articles.Picture(picture(), 64, 40, "Đò qua sông", "Chuyến đò sớm", "Lê Thử")]
    )
    package = house.sent(article)
    (letter,) = mail.outbox
    assert letter.subject == "Tin tuần đầu tháng Tám – Thi hành án dân sự tỉnh Thanh Giang"
    assert "Kính gửi quý báo." in letter.body
    assert article.title.upper() in letter.body
    assert f"/bai/{article.slug}/" in letter.body
    names = [name for name, _, _ in letter.attachments]
    assert names == [f"{article.slug}.docx", f"{article.slug}-anh-1.jpg"]
    lines = [p.text for p in Document(BytesIO(letter.attachments[0][1])).paragraphs]
    assert article.title in lines
    assert f"1. Chuyến đò sớm. Ảnh: Lê Thử. (Tệp: {article.slug}-anh-1.jpg)" in lines
    (sending,) = sendings(package)
    assert (sending.state, sending.sent_at is not None) == ("sent", True)
    assert f"/goi-tin/{sending.token}/" in letter.body
    assert "<img" not in letter.body and not letter.alternatives


def test_pictures_beyond_the_limit_become_links(house, monkeypatch):
    monkeypatch.setattr("hoiam.newsroom.actions.package_letters.MIB", 10_000)
    big = picture("#911", (3000, 2000))
    small = picture()
    pictures = [articles.Picture(each, 64, 40, "Ảnh") for each in (big, small)]
    house.sent(house.article(pictures=pictures))
    (letter,) = mail.outbox
    assert [name.rpartition("-")[2] for name, _, _ in letter.attachments[1:]] == ["2.jpg"]
    assert "1 ảnh tải ở trang của gói tin" in letter.body


def test_nothing_leaves_before_the_hour_even_over_midnight(house):
    midnight = datetime(2026, 8, 6, 0, 0, tzinfo=VIETNAM)
    package = house.approved(embargo_until=midnight)
    deliver_due(NOW)
    assert release_what_is_due.func(midnight - timedelta(seconds=1)) == 0
    assert sendings(package) == []
    assert release_what_is_due.func(midnight) == 1
    assert release_what_is_due.func(midnight) == 0
    package.refresh_from_db()
    assert (package.state, package.sent_at) == (PackageState.SENT, midnight)
    assert len(sendings(package)) == 1


def test_what_came_down_before_the_hour_is_left_out(house):
    kept, gone = house.article(), house.article()
    package = house.approved(kept, gone, embargo_until=LATER)
    articles.take_down_article(gone, actor=house.editor, now=NOW, reason="Sai người")
    release_what_is_due.func(LATER)
    assert [(c.article, c.sent_version) for c in package.contents.all()] == [(kept, 1), (gone, 0)]


def test_nothing_left_to_send_cancels_the_package(house):
    article = house.article()
    package = house.approved(article, embargo_until=LATER)
    articles.take_down_article(article, actor=house.editor, now=NOW, reason="Sai người")
    release_what_is_due.func(LATER)
    package.refresh_from_db()
    assert (package.state, package.reason) == ("cancelled", "Không còn bài nào đang đăng.")
    assert sendings(package) == []


def test_an_address_on_two_lists_is_written_to_once(house):
    first, second = house.list("Một"), house.list("Hai")
    for each in (first, second):
        house.receiver(each, f"{'toa' if each is first else 'TOA'}-soan@songthanh.example")
    typed = PackageTyped(title="Gói", articles=[house.article()], lists=[first, second])
    package = packages.compose_package(house.agency, actor=house.writer, now=NOW, typed=typed)
    packages.submit_package(package, actor=house.writer, now=NOW)
    packages.approve_package(package, actor=house.head, now=NOW)
    house.work(NOW)
    assert len(sendings(package)) == len(mail.outbox) == 1


def test_the_same_message_twice_sends_once(house):
    package = house.sent()
    message = OutboxMessage.objects.get(kind="package_approved")
    OutboxMessage.objects.filter(pk=message.pk).update(done_at=None)
    deliver_due(LATER)
    run_due(LATER)
    assert len(mail.outbox) == len(sendings(package)) == 1


def test_a_stranger_sees_nothing(house):
    package = house.package()
    assert list(queries.packages_visible_to(house.writer)) == [package]
    assert list(queries.packages_visible_to(make.head(house.tree.centre))) == [package]
    for rows in (
        queries.packages_visible_to,
        queries.lists_visible_to,
        queries.receiver_rows,
    ):
        assert not rows(house.stranger).exists()
    with pytest.raises(NotAllowed, match="đơn vị soạn"):
        packages.submit_package(package, actor=house.stranger, now=NOW)
