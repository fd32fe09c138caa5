"""Background work: texts go up at their hour, pages learn what came down, people are told what waits for them."""

from collections.abc import Iterable
from datetime import datetime

from hoiam.agencies.models import Official
from hoiam.agencies.queries import case_agency, holders
from hoiam.core.jobs import every, job
from hoiam.core.outbox import handles
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.work_notices import tell
from hoiam.newsroom.jobs.articles import hears
from hoiam.newsroom.models import Article
from hoiam.newsroom.policies.articles import PUBLISHERS
from hoiam.workbench.actions.reviews import no_longer_stands, publish_at_its_hour
from hoiam.workbench.models import Review
from hoiam.workbench.queries import writers_of
from hoiam.workbench.states import ReviewState

DOWN = {"article_withdrawn", "article_taken_down", "article_expired"}


@every(minutes=1)
@job()
def publish_what_is_due(now: datetime) -> int:
    """How many texts went up at their hour, also those whose hour passed while nothing ran."""
    rows = Review.objects.system("their hour has come")
    due = rows.filter(state=ReviewState.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk")
    done = [publish_at_its_hour(review, now=now) for review in due]
    return sum(review is not None and review.state == ReviewState.PUBLISHED for review in done)


@hears
def mark_page(article: Article, message: str, now: datetime) -> None:
    """The page of what came down no longer counts as standing."""
    if message in DOWN:
        no_longer_stands(article, now=now)


@handles("text_sent_for_review")
def tell_who_decides(review_id: int, now: datetime) -> None:
    """A notice to those of the agency who may decide and did not write."""
    review = _review(review_id)
    if review.state != ReviewState.WAITING:
        return
    today = now.astimezone(VIETNAM).date()
    people = holders(case_agency(review.agency), PUBLISHERS, today)
    people = people.exclude(pk__in=writers_of(review))
    _tell(people, review, "Bài chờ duyệt", f"{review.sent_by} gửi", now)


@handles("review_moved")
def tell_the_writer(review_id: int, now: datetime) -> None:
    """A notice to who sent it: what became of the text."""
    review = _review(review_id)
    if review.state == ReviewState.DROPPED or review.decided_by_id == review.sent_by_id:
        return
    _tell([review.sent_by], review, review.get_state_display(), review.answer, now)


def _review(pk: int) -> Review:
    rows = Review.objects.system("tell who must act next")
    return rows.select_related("page", "agency", "sent_by", "decided_by").get(pk=pk)


def _tell(people: Iterable[Official], review: Review, what: str, text: str, now: datetime) -> None:
    place = "duyet" if review.state == ReviewState.WAITING else "gui-duyet"
    path, key = f"/cms/bai/{review.page_id}/{place}/", f"review:{review.pk}:{review.state}"
    tell(people, f"{what}: {review.page.draft_title}", text, key, now, page=path)
