"""Search of the portal: standing articles by their words, marks or not, and as slips of the Telex keyboard."""

from collections.abc import Collection
from datetime import datetime

from hoiam.core import search
from hoiam.newsroom.models import Article
from hoiam.newsroom.queries import standing
from hoiam.newsroom.queries.searching import DOCUMENT, KIND
from hoiam.portal.lists import light

EVERYTHING = frozenset({KIND, DOCUMENT})
DOCUMENTS = frozenset({DOCUMENT})
MOST = 60


class Found:
    """What was found and stands, best first: its length is known at once, rows are read a page at a time."""

    def __init__(self, keys: list[int], now: datetime) -> None:
        self._keys, self._now = keys, now

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, part: slice) -> list[Article]:
        """The rows of these places, in their order."""
        keys = self._keys[part]
        rows = {row.pk: row for row in light(self._now).filter(pk__in=keys)}
        return [rows[key] for key in keys]


def found_articles(query: str, *, now: datetime, kinds: Collection[str] = EVERYTHING) -> Found:
    """The best matches that stand now, best first, at most sixty; what has just come down is not among them."""
    # No scope: these kinds are public, and each hit is asked below whether it stands.
    hits = search.find(query, kinds=kinds, scope=None, limit=MOST)
    keys = [int(hit.key) for hit in hits]
    stands = set(standing(now).filter(pk__in=keys).values_list("pk", flat=True))
    return Found([key for key in keys if key in stands], now)
