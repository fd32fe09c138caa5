"""An article's life on the portal, verb by verb."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.models import LedgerEntry, OutboxMessage
from hoiam.newsroom import actions, queries
from hoiam.newsroom.actions import Author, Picture, Snapshot
from hoiam.newsroom.jobs.articles import take_down_what_is_due
from hoiam.newsroom.models import Article, Section
from hoiam.newsroom.states import ArticleState
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def editor(tree):
    return make.actor(tree.province, Role.EDITOR)


@pytest.fixture
def section():
    return Section.objects.create(slug="tin", name="Tin tức")


@pytest.fixture
def snapshot(tree, section):
    def made(**fields):
        told = {"page_key": "t:1", "kind": "article", "title": "Ngày truyền thống ở Thanh Giang"}
        return Snapshot(agency=tree.province, section=section, **{**told, **fields})

    return made


def test_published_it_stands_at_an_address_without_marks(snapshot, editor):
    article = actions.publish_article(snapshot(), actor=editor, now=NOW)
    assert article.slug == "ngay-truyen-thong-o-thanh-giang"
    assert list(queries.standing(NOW)) == [article]
    assert OutboxMessage.objects.filter(kind="article_published", subject_id=article.pk).exists()


def test_the_same_title_gets_an_address_of_its_own(snapshot, editor):
    actions.publish_article(snapshot(), actor=editor, now=NOW)
    second = actions.publish_article(snapshot(page_key="t:2"), actor=editor, now=NOW)
    assert second.slug == "ngay-truyen-thong-o-thanh-giang-2"


def test_the_same_text_again_is_no_new_version_and_another_text_is(snapshot, editor):
    actions.publish_article(snapshot(), actor=editor, now=NOW)
    actions.publish_article(snapshot(), actor=editor, now=LATER)
    article = actions.publish_article(
        snapshot(body="<p>Thêm.</p>"), actor=editor, now=LATER, why="Thêm đoạn cuối"
    )
    assert (article.version, article.changed_at, article.published_at) == (2, LATER, NOW)
    assert [(v.number, v.body, v.why) for v in article.versions.all()] == [
        (1, "", ""),
        (2, "<p>Thêm.</p>", "Thêm đoạn cuối"),
    ]


def test_other_authors_of_the_same_text_are_told_of_and_make_no_version(snapshot, editor):
    actions.publish_article(snapshot(), actor=editor, now=NOW)
    authors = [Author("Mai Thế Dũng", official_id=editor.official.pk)]
    for _ in range(2):
        article = actions.publish_article(snapshot(authors=authors), actor=editor, now=LATER)
    assert (article.version, [a.name for a in article.authors.all()]) == (1, ["Mai Thế Dũng"])
    told = OutboxMessage.objects.filter(subject_id=article.pk).order_by("id")
    assert [m.kind for m in told] == ["article_published", "article_noted"]


def test_a_picture_without_words_is_refused(snapshot, editor):
    with pytest.raises(InvalidInput, match="ảnh cho thấy gì"):
        actions.publish_article(
            snapshot(pictures=[Picture("0" * 64, 8, 8, " ")]), actor=editor, now=NOW
        )


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.CONTRIBUTOR])
def test_who_is_no_editor_may_not_publish(snapshot, tree, role):
    with pytest.raises(NotAllowed, match="Chỉ biên tập viên"):
        actions.publish_article(snapshot(), actor=make.actor(tree.province, role), now=NOW)


def test_an_editor_of_another_province_may_not_publish(snapshot, tree):
    with pytest.raises(NotAllowed):
        actions.publish_article(snapshot(), actor=make.actor(tree.other, Role.EDITOR), now=NOW)


def test_at_its_hour_it_is_gone_before_the_job_comes_by(snapshot, editor):
    article = actions.publish_article(snapshot(expires_at=LATER), actor=editor, now=NOW)
    assert list(queries.standing(LATER - timedelta(seconds=1))) == [article]
    assert list(queries.standing(LATER)) == []
    assert take_down_what_is_due.func(LATER) == 1
    assert take_down_what_is_due.func(LATER) == 0
    article.refresh_from_db()
    assert (article.state, article.ended_at) == (ArticleState.EXPIRED, LATER)


@pytest.mark.parametrize(
    ("verb", "state", "message"),
    [
        ("withdraw_article", "withdrawn", "article_withdrawn"),
        ("take_down_article", "taken_down", "article_taken_down"),
    ],
)
def test_withdrawn_and_taken_down_are_two_things_and_final(snapshot, editor, verb, state, message):
    article = actions.publish_article(snapshot(), actor=editor, now=NOW)
    with pytest.raises(InvalidInput, match="Ghi lý do"):
        getattr(actions, verb)(article, actor=editor, now=LATER, reason=" ")
    ended = getattr(actions, verb)(article, actor=editor, now=LATER, reason="Sai tên")
    assert (ended.state, ended.ended_reason) == (state, "Sai tên")
    assert OutboxMessage.objects.filter(kind=message, subject_id=article.pk).exists()
    with pytest.raises(WrongState):
        actions.publish_article(snapshot(), actor=editor, now=LATER)
    with pytest.raises(WrongState, match="Tải lại trang"):
        getattr(actions, verb)(article, actor=editor, now=LATER, reason="Nữa")


def test_what_was_withdrawn_can_still_come_down_whole_and_no_other_way(snapshot, editor):
    article = actions.publish_article(snapshot(), actor=editor, now=NOW)
    article = actions.withdraw_article(article, actor=editor, now=NOW, reason="Sai tên")
    with pytest.raises(WrongState):
        actions.correct_article(article, actor=editor, now=LATER, notice="Tên đúng là B.")
    down = actions.take_down_article(article, actor=editor, now=LATER, reason="Đầu đề còn tên")
    assert (down.state, down.ended_at, down.ended_reason) == ("taken_down", LATER, "Đầu đề còn tên")
    assert OutboxMessage.objects.filter(kind="article_taken_down", subject_id=article.pk).exists()


def test_a_corrected_article_still_stands_with_its_notice(snapshot, editor):
    article = actions.publish_article(snapshot(), actor=editor, now=NOW)
    actions.correct_article(article, actor=editor, now=LATER, notice="Số đúng là 12.")
    found = queries.standing(LATER).get()
    assert (found.correction, found.corrected_at) == ("Số đúng là 12.", LATER)
    steps = LedgerEntry.objects.filter(subject_kind="newsroom.article").values_list("step")
    assert [step for (step,) in steps.order_by("id")] == ["publish_article", "correct_article"]


def test_a_stranger_sees_no_article_of_others_in_the_room(snapshot, editor, tree):
    actions.publish_article(snapshot(), actor=editor, now=NOW)
    assert not queries.articles_visible_to(make.head(tree.other)).exists()
    assert queries.articles_visible_to(make.head(tree.centre)).count() == 1
    assert Article.objects.system("test").count() == 1
