"""Published legal answers: what everybody may read."""

from datetime import datetime

from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.vietnamese import fold
from hoiam.letters.models import PublishedAnswer


def published_answers(now: datetime, query: str = "", topic: str = "") -> ScopedQuerySet:
    """Legal answers the public may read at this moment, newest first, each with its agency.

    Args:
        query: words that must all stand in the question, the answer or a cited law; marks do not matter.
        topic: a value of `Topic`; every topic when blank.
    """
    rows = PublishedAnswer.objects.system("published: everybody may read it").filter(
        published_at__lte=now, withdrawn_at=None
    )
    if topic:
        rows = rows.filter(topic=topic)
    for word in fold(query).split():
        rows = rows.filter(words__contains=word)
    return rows.select_related("agency")
