"""Search of the portal: standing articles by their words, marks or not, and as slips of the Telex keyboard."""

from collections.abc import Collection
from datetime import datetime

from hoiam.core import search
from hoiam.newsroom.models import Article
from hoiam.newsroom.queries.searching import DOCUMENT, KIND
from hoiam.portal.lists import light

EVERYTHING = frozenset({KIND, DOCUMENT})
DOCUMENTS = frozenset({DOCUMENT})
MOST = 60


def found_articles(
    query: str, *, now: datetime, kinds: Collection[str] = EVERYTHING
) -> list[Article]:
    """The best matches that stand now, best first, at most sixty; what has just come down is not among them."""
    # No scope: these kinds are public, and each hit is asked below whether it stands.
    hits = search.find(query, kinds=kinds, scope=None, limit=MOST)
    keys = [int(hit.key) for hit in hits]
    rows = {row.pk: row for row in light(now).filter(pk__in=keys)}
    return [rows[key] for key in keys if key in rows]
