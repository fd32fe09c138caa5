"""The whole way of a piece: a contributor writes, editors decide, it stands in the feed, a paper prints it again, it is counted."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import take_in
from hoiam.monitoring.queries.periods import month_of
from hoiam.newsroom import actions, queries
from hoiam.newsroom.actions import Text
from hoiam.newsroom.actions.prints import confirm_print
from hoiam.newsroom.jobs.prints import find_prints
from hoiam.newsroom.models import PartnerPrint, Submission
from hoiam.newsroom.states.submissions import SubmissionState
from hoiam.scheme.models import Contribution
from hoiam.scheme.queries.proofs import proofs
from hoiam.workbench.actions import approve_text, send_for_review
from hoiam.workbench.models import NewsPage
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.newsroom.press_house import LATER, LEAD, story

TITLE = "Ra quân thi hành án dân sự ở Thanh Giang"


@pytest.fixture
def contributor(world):
    return make.actor(world.tree.region1, Role.CONTRIBUTOR)


def accepted(world, contributor):
    """A piece of a regional office's contributor, taken in by the province's editor."""
    text = Text(title=TITLE, lead=LEAD, body=story(1), section=world.section, theme=3)
    piece = actions.begin_submission(world.tree.region1, text, actor=contributor, now=NOW)
    piece = actions.send_submission(piece, actor=contributor, now=NOW)
    return actions.accept_submission(piece, actor=world.editor, now=NOW)


def test_from_a_contributor_s_draft_to_the_count_of_the_scheme(world, contributor, client):
    piece = accepted(world, contributor)
    world.client(world.editor).post(f"/cms/bai-gui/{piece.pk}/soan/")
    page = NewsPage.objects.get()
    review = send_for_review(page, actor=world.editor, now=NOW)
    approve_text(review, actor=world.chief, now=NOW)
    deliver_due(NOW)

    article = queries.standing(NOW).get()
    assert (article.title, article.theme, article.agency) == (TITLE, 3, world.tree.province)
    feed = client.get("/tin/nguon.rss").content.decode()
    assert f"<title>{TITLE}</title>" in feed and f"/bai/{article.slug}/" in feed
    assert Submission.objects.system("test").get().state == SubmissionState.PRINTED

    channel = make.channel(host="songthanh.example")
    take_in(
        [
            Incoming(
                title="Thanh Giang vào đợt cao điểm", sapo=LEAD, body=story(1),
                url="https://songthanh.example/thoi-su/cao-diem.html", outlet="Báo Sông Thanh",
                published_at=LATER, first_seen_at=LATER, channel_id=channel.pk,
            )
        ],
        now=LATER,
    )  # fmt: skip
    assert find_prints.func(LATER) == 1
    found = PartnerPrint.objects.system("test").get()
    confirm_print(found, actor=world.editor, now=LATER + timedelta(hours=1))
    deliver_due(LATER + timedelta(hours=1))

    month = month_of(TODAY)
    counted = Contribution.objects.system("test").get()
    assert (counted.title, counted.contributor.official) == (TITLE, contributor.official)
    assert [p.title for p in proofs(None, month, ["article"])] == [TITLE]
    assert [p.title for p in proofs(None, month, ["print"])] == [f"Báo Sông Thanh: {TITLE}"]
    assert "Báo Sông Thanh" in client.get(f"/bai/{article.slug}/").content.decode()
