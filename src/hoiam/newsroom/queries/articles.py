"""Articles: those the public may read, those an actor may see."""

from datetime import datetime

from django.db.models import Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.newsroom.models import Article
from hoiam.newsroom.states.articles import ArticleState

WHY = "published: everybody may read it"


def standing(now: datetime) -> ScopedQuerySet:
    """What everybody may read at this moment, newest first; who comes down at an hour is gone from that hour on."""
    rows = Article.objects.system(WHY).filter(state=ArticleState.STANDING, published_at__lte=now)
    return rows.filter(Q(expires_at=None) | Q(expires_at__gt=now))


def articles_visible_to(actor: Actor) -> ScopedQuerySet:
    """Every article of the agencies the actor sees, whatever became of it."""
    rows = Article.objects.select_related("agency", "section")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)
