"""The book of pieces hears of every article."""

from datetime import datetime

from hoiam.newsroom.jobs.articles import hears
from hoiam.newsroom.models import Article
from hoiam.scheme.actions.article_pieces import count_article


@hears
def keep_in_the_book(article: Article, message: str, now: datetime) -> None:
    """Nothing; the article's line stands, is changed or is gone. Told twice, it is there once."""
    count_article(article, now=now)
