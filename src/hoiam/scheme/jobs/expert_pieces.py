"""Invitations of experts hear what becomes of the pieces they were asked for."""

from datetime import datetime

from hoiam.newsroom.jobs.articles import hears
from hoiam.newsroom.jobs.hearing import hears_of_pieces
from hoiam.newsroom.models import Article, Commission
from hoiam.scheme.actions.expert_pieces import keep_invitation, keep_works_of


@hears_of_pieces
def keep_the_invitation(commission: Commission, now: datetime) -> None:
    """Nothing; the invitation and the works are as the wish and its pieces now are."""
    keep_invitation(commission, now=now)


@hears
def keep_the_works(article: Article, message: str, now: datetime) -> None:
    """Nothing; a work of an expert stands, is renamed or is gone with the article."""
    keep_works_of(article, now=now)
