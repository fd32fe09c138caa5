"""Background work: texts go up at their hour, pages learn what came down, people are told what waits for them."""

from datetime import datetime

from hoiam.core.jobs import every, job
from hoiam.core.outbox import handles
from hoiam.newsroom.jobs.articles import hears
from hoiam.newsroom.models import Article
from hoiam.workbench.actions.reviews import no_longer_stands, publish_at_its_hour
from hoiam.workbench.models import Review
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
