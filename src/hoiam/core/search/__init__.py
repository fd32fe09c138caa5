"""Search: one interface over SQLite FTS5 and PostgreSQL full text, with our own Vietnamese fold.

Words are indexed twice, without marks ("dinh chinh" finds "đính chính") and with them (who typed marks sees the same
marks first; a quoted phrase with marks accepts nothing else). When a query finds nothing, it is read once more as a slip
of the Telex keyboard.

Measured with SQLite on 100,000 documents of 200 words (2 shared cores; the words searched stand in nearly every document,
the worst case): 38 s to build, 2.5 KB a document; two words, best first 107 ms, newest first 47 ms; a phrase 59 ms; inside
one of 375 agencies 71 ms; two ordinary words 0.7 ms; one document put again 4 ms. Since then of more than 5,000 matches only the
latest put are weighed: over 20,000 articles that all match, 14 ms instead of 41 ms of the processor.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import connection, transaction

from hoiam.core.search import postgres, sqlite
from hoiam.core.search.documents import Document, Hit, Index, Wanted, remove, store
from hoiam.core.search.highlighting import highlight
from hoiam.core.search.models import SearchDocument
from hoiam.core.search.sources import every_document, search_source
from hoiam.core.search.words import is_marked, terms_of
from hoiam.kit.vietnamese import telex

__all__ = [
    "Document",
    "Hit",
    "delete",
    "ensure",
    "find",
    "highlight",
    "put",
    "put_many",
    "rebuild",
    "reindex",
    "search_source",
]

_BATCH = 500
_EXACT = 1000.0  # added to the score of text that has the marks as typed


def ensure() -> None:
    """Nothing; the engine's own tables exist afterwards. Safe to call at any time."""
    _engine().ensure()
    if SearchDocument._meta.db_table not in connection.introspection.table_names():
        return  # before the first migration
    if not SearchDocument.objects.exists():  # Django emptied its tables and knew nothing of ours
        _engine().clear()


def put(
    kind: str, key: str, *, title: str, body: str, scope: Iterable[str] | str, at: datetime
) -> None:
    """Nothing; the document is found from now on (in place of an earlier one with this kind and key).

    Args:
        kind: what it is ("item", "case").
        key: its key there; one document per kind and key.
        title: counts three times as much as the body.
        body: plain text.
        scope: where it may be found: one name or several (agency codes). None at all: by the system alone.
        at: its moment, for the newest-first order.
    """
    put_many([Document(kind, key, title, body, scope, at)])


def put_many(documents: Iterable[Document]) -> int:
    """How many documents were put; each batch of 500 in a transaction of its own."""
    count, batch = 0, []
    for document in documents:
        batch.append(document)
        if len(batch) == _BATCH:
            count += store(_engine(), batch)
            batch = []
    return count + store(_engine(), batch)


def delete(kind: str, key: str) -> bool:
    """Whether there was such a document; its words are gone from the index too."""
    return remove(_engine(), kind, key)


def find(
    text: str,
    *,
    kinds: Collection[str] | None = None,
    scope: set[str] | None,
    limit: int = 20,
    newest: bool = False,
) -> list[Hit]:
    """The best hits, text with the marks as typed first; an empty list for an empty query.

    Args:
        text: as a person types it; quotes make a phrase, a final * a beginning. No character is an error.
        kinds: only these; None for all.
        scope: only documents in one of these; an empty set finds nothing, None is for the system itself.
        limit: at most so many.
        newest: newest first instead of best first; the score then says only whether the marks are the same.
    """
    wanted = Wanted(kinds, scope, limit, newest)
    hits = _find(text, wanted)
    if not hits:
        decoded = telex(text)
        hits = _find(decoded, wanted) if decoded != text else []
    return hits


def reindex() -> int:
    """How many documents the index holds after it was emptied and filled from the records of the rooms.

    For a house that was just restored or moved to another database; searches find less until it is through.
    """
    with transaction.atomic():
        _engine().clear()
        SearchDocument.objects.all().delete()
    return put_many(every_document())


@transaction.atomic
def rebuild() -> int:
    """How many documents were indexed anew: needed after a change of the fold, or a damaged index."""
    return _engine().rebuild()


def _engine() -> Index:
    return postgres.INDEX if connection.vendor == "postgresql" else sqlite.INDEX


def _find(text: str, wanted: Wanted) -> list[Hit]:
    terms = terms_of(text)
    if not terms or wanted.scope == set() or wanted.limit < 1:
        return []
    exact = _engine().find(terms, wanted, marked=True) if is_marked(terms) else []
    hits = [Hit(hit.kind, hit.key, hit.score + _EXACT) for hit in exact]
    if len(hits) < wanted.limit:
        seen = {(hit.kind, hit.key) for hit in hits}
        loose = _engine().find(terms, wanted, marked=False)
        hits += [hit for hit in loose if (hit.kind, hit.key) not in seen]
    return hits[: wanted.limit]
