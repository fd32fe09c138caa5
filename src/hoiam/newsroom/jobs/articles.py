"""What follows when an article goes up, changes or comes down: the search index, and whoever else asks to be told.

One message, several listeners: a listener is a function of (article, message, now) put on the list by `hears`. Listeners are
idempotent: a message may come twice.
"""

from collections.abc import Callable
from datetime import datetime

from hoiam.core.jobs import every, job
from hoiam.core.outbox import handles
from hoiam.newsroom.actions.articles import expire_article
from hoiam.newsroom.models import Article
from hoiam.newsroom.states.articles import ArticleState

Listener = Callable[[Article, str, datetime], None]
MESSAGES = (
    "article_published",
    "article_changed",
    "article_noted",  # the same text: other authors, section, theme or hour
    "article_corrected",
    "article_withdrawn",
    "article_taken_down",
    "article_expired",
)
WHY = "tell who listens"
_listeners: list[Listener] = []


def hears(listener: Listener) -> Listener:
    """A decorator that puts a function on the list of those told of every article's moves."""
    _listeners.append(listener)
    return listener


def _tell(message: str) -> Callable[[int, datetime], None]:
    def told(article_id: int, now: datetime) -> None:
        article = Article.objects.system(WHY).select_related("agency", "section").get(pk=article_id)
        for listener in _listeners:
            listener(article, message, now)

    return told


for _message in MESSAGES:
    handles(_message)(_tell(_message))


@every(minutes=1)
@job()
def take_down_what_is_due(now: datetime) -> int:
    """How many articles came down at their hour; readers have not seen them since, whether this ran or not."""
    due = Article.objects.system(WHY).filter(state=ArticleState.STANDING, expires_at__lte=now)
    return sum(expire_article(article, now=now) is not None for article in due.order_by("pk"))
