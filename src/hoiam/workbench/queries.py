"""Reading the workbench: reviews in scope, who wrote what, what of a page stands on the portal."""

from typing import Any

from django.db.models import QuerySet

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import case_agency, holders
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.newsroom.models import Article
from hoiam.newsroom.policies.articles import PUBLISHERS
from hoiam.newsroom.queries import articles_visible_to
from hoiam.workbench.models import Branch, Review
from hoiam.workbench.states import OPEN


def branches_visible_to(actor: Actor) -> QuerySet[Branch]:
    """Branches of the agencies in scope, by name."""
    rows = Branch.objects.select_related("agency", "folder").order_by("agency__sort_key")
    return rows if actor.sees_everything else rows.filter(agency__in=actor.agency_ids)


def reviews_visible_to(actor: Actor) -> ScopedQuerySet:
    """Sendings for review of the agencies in scope, newest first."""
    rows = Review.objects.select_related("page", "agency", "sent_by", "decided_by")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def open_review(page: Any) -> Review | None:
    """The sending that still waits, or None."""
    rows = Review.objects.system("the page itself was fetched within scope")
    return rows.filter(page_id=page.pk, state__in=OPEN).select_related("revision", "agency").first()


def last_review(page: Any) -> Review | None:
    """The newest sending, whatever became of it."""
    rows = Review.objects.system("the page itself was fetched within scope")
    return rows.filter(page_id=page.pk).select_related("sent_by", "decided_by", "agency").first()


def article_of(page: Any, actor: Actor) -> Article | None:
    """What was published of this page, when the actor may see it."""
    return articles_visible_to(actor).filter(page_key=f"workbench:{page.pk}").first()


def writers_of(review: Review) -> frozenset[int]:
    """Keys of all who wrote what is put up for review: every change since the text that stands, and who sent it."""
    page = review.page
    rows = page.revisions.filter(pk__lte=review.revision_id)
    if page.live_revision_id:
        rows = rows.filter(pk__gt=page.live_revision_id)
    return frozenset(set(rows.exclude(user=None).values_list("user_id", flat=True)) | {review.sent_by_id})  # fmt: skip


def others_who_decide(review: Review, actor: Actor) -> QuerySet[Official]:
    """Who at the agency could decide in the place of those who wrote."""
    agency: Agency = case_agency(review.agency)
    return holders(agency, PUBLISHERS, actor.today).exclude(pk__in=writers_of(review))
