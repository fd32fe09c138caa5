"""Articles of the portal in the book of pieces: counted by themselves, once, and no longer when withdrawn."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.queries.periods import month_of
from hoiam.newsroom import actions as newsroom
from hoiam.newsroom.actions import Author, Snapshot
from hoiam.newsroom.models import Section
from hoiam.scheme.actions.article_pieces import count_article
from hoiam.scheme.actions.contributions import enter_contribution
from hoiam.scheme.actions.rewards import start_rewards
from hoiam.scheme.models import Contribution, Contributor
from hoiam.scheme.queries.network import Tally, pieces_by_person
from hoiam.scheme.queries.proofs import proofs
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
AUGUST = month_of(TODAY)


@pytest.fixture
def writer(tree):
    return make.official("sen", tree.region1, Role.CONTRIBUTOR, full_name="Trần Thị Sen")


@pytest.fixture
def publish(tree, writer, editor):
    section = Section.objects.create(slug="tin", name="Tin tức")

    def published(*authors, key="t:1", title="Vận động ở bến sông", now=NOW, **more):
        authors = authors or (Author("Trần Thị Sen", writer.pk, tree.region1.pk),)
        snapshot = Snapshot(key, "article", tree.province, section, title, authors=authors, **more)
        made = newsroom.publish_article(snapshot, actor=editor, now=now)
        deliver_due(now)
        return made

    return published


def lines():
    return list(Contribution.objects.system("test").select_related("contributor", "agency"))


def test_published_it_stands_in_the_book_of_the_writers_unit_by_itself(tree, writer, publish):
    article = publish()
    [line] = lines()
    assert (line.title, line.agency, line.happened_on) == (article.title, tree.region1, TODAY)
    assert (line.contributor.official, line.article, line.is_found) == (writer, article, True)
    assert pieces_by_person({tree.region1.pk}, AUGUST) == [
        Tally(line.contributor_id, "Trần Thị Sen", tree.region1.name, 1, 1)
    ]


def test_told_again_and_changed_it_is_one_line(publish):
    article = publish()
    publish(title="Vận động thành công ở bến sông", now=NOW + timedelta(hours=1))
    count_article(article, now=NOW)
    article.refresh_from_db()
    count_article(article, now=NOW)
    assert [line.title for line in lines()] == ["Vận động thành công ở bến sông"]
    assert Contributor.objects.system("test").count() == 1


@pytest.mark.parametrize("verb", [newsroom.withdraw_article, newsroom.take_down_article])
def test_withdrawn_or_taken_down_it_no_longer_counts(tree, editor, publish, verb):
    article = publish()
    verb(article, actor=editor, now=NOW, reason="Sai tên đơn vị")
    deliver_due(NOW)
    assert lines() == []
    assert proofs({tree.province.pk}, AUGUST) == []


def test_come_down_at_its_hour_it_was_published_all_the_same(publish):
    article = publish(expires_at=NOW + timedelta(hours=1))
    newsroom.expire_article(article, now=NOW + timedelta(hours=2))
    deliver_due(NOW + timedelta(hours=2))
    assert len(lines()) == 1


def test_by_nobody_of_ours_it_is_in_no_book(publish):
    publish(Author("Ông Lê Văn Sông"))
    assert lines() == []


def test_a_line_entered_by_hand_becomes_the_articles(tree, publish, editor):
    url = newsroom.address_of(publish(Author("Ông Lê Văn Sông")))
    by_hand = enter_contribution(
        tree.province, actor=make.focal_point(tree.province), now=NOW, title="Tên tôi ghi",
        happened_on=TODAY, printed_in="Cổng", url=url,
    )  # fmt: skip
    article = publish(title="Vận động thành công", now=NOW + timedelta(hours=1))
    [line] = lines()
    assert (line.pk, line.title, line.article) == (by_hand.pk, "Vận động thành công", article)


def test_it_is_proof_as_an_article_and_not_twice(tree, publish):
    article = publish()
    found = proofs({tree.province.pk, tree.region1.pk}, AUGUST)
    assert [(row.kind, row.pk, row.address) for row in found] == [
        ("article", article.pk, f"/bai/{article.slug}/")
    ]
    assert proofs({tree.other.pk}, AUGUST) == []


def test_rewards_count_it(tree, focal, writer, publish):
    publish()
    publish(key="t:2", title="Một ngày ở kho vật chứng")
    rewards = start_rewards(
        tree.province, actor=focal, now=NOW, title="Khen thưởng tháng 8", first=AUGUST.first,
        last=TODAY, least=2, criteria="Viết đều.", form="Giấy khen",
    )  # fmt: skip
    assert [(row.contributor.official, row.pieces) for row in rewards.entries.exclude(contributor=None)] == [(writer, 2)]  # fmt: skip
