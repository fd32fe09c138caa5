"""Search of the portal: standing articles by their words, marks or not, and as slips of the Telex keyboard."""

from collections.abc import Collection
from datetime import datetime

from hoiam.core import search
from hoiam.newsroom.models import Article
from hoiam.newsroom.queries.searching import DOCUMENT, KIND, SCOPE
from hoiam.portal.lists import light

EVERYTHING = frozenset({KIND, DOCUMENT})
DOCUMENTS = frozenset({DOCUMENT})
MOST = 100


def found_articles(
    query: str, *, now: datetime, kinds: Collection[str] = EVERYTHING
) -> list[Article]:
    """The best matches that stand now, best first, at most a hundred; what has just come down is not among them."""
    hits = search.find(query, kinds=kinds, scope={SCOPE}, limit=MOST)
    keys = [int(hit.key) for hit in hits]
    rows = {row.pk: row for row in light(now).filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]
