"""What goes into the index and what comes out of it, and the rows both engines share."""

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from django.db import connection, transaction

from hoiam.core.search.models import SearchDocument, SearchScope
from hoiam.core.search.words import Term, line_of

_SCOPED = f"INSERT INTO {SearchScope._meta.db_table}(document_id, scope) VALUES (%s, %s)"  # noqa: S608

# not-law: of more matches than these only the latest put are weighed against each other. Words that stand in so many tell
# old and new apart no better, and weighing is what a search takes its time for.
MOST_WEIGHED = 5_000


@dataclass(frozen=True)
class Document:
    """Something to be found; see `put` for the fields."""

    kind: str
    key: str
    title: str
    body: str
    scope: Iterable[str] | str
    at: datetime

    def scopes(self) -> set[str]:
        """The scopes as a set, whichever way they were given."""
        return {self.scope} if isinstance(self.scope, str) else set(self.scope)


@dataclass(frozen=True)
class Hit:
    """One found document; a higher score is a better match."""

    kind: str
    key: str
    score: float


@dataclass(frozen=True)
class Wanted:
    """What limits a search besides its words."""

    kinds: Collection[str] | None
    scope: set[str] | None
    limit: int
    newest: bool


@dataclass(frozen=True)
class Words:
    """The words of one stored document, marks kept, divided by single spaces."""

    document_id: int
    title: str
    body: str

    def packed(self) -> bytes:
        """Both texts in one small piece."""
        return zlib.compress(f"{self.title}\n{self.body}".encode(), 3)

    @classmethod
    def unpacked(cls, document_id: int, packed: bytes) -> "Words":
        """The words that `packed` was made of."""
        text = zlib.decompress(packed).decode() if packed else ""
        title, _, body = text.partition("\n")
        return cls(document_id, title, body)


class Index(Protocol):
    """What an engine does; everything else is shared."""

    keeps_words: bool
    """Whether the words must be kept beside the index to take a document out again."""

    def ensure(self) -> None:
        """Make the tables that are missing."""

    def add(self, words: Sequence[Words]) -> None:
        """Index these."""

    def take_out(self, words: Sequence[Words]) -> None:
        """Forget these; the words are exactly those that were added (when the engine keeps words)."""

    def clear(self) -> None:
        """Forget everything."""

    def find(self, terms: tuple[Term, ...], wanted: Wanted, *, marked: bool) -> list[Hit]:
        """The best hits: with the marks as typed, or without any."""

    def rebuild(self) -> int:
        """Index everything anew from what is kept."""


@transaction.atomic
def store(index: Index, documents: Sequence[Document]) -> int:
    """How many documents were put; an earlier one of the same kind and key is replaced."""
    latest = {(document.kind, document.key): document for document in documents}
    if not latest:
        return 0
    _forget(index, _rows(latest))
    words = [_words(document) for document in latest.values()]
    rows = SearchDocument.objects.bulk_create(
        _row(document, word.packed() if index.keeps_words else b"")
        for document, word in zip(latest.values(), words, strict=True)
    )
    index.add([replace(word, document_id=row.pk) for row, word in zip(rows, words, strict=True)])
    _narrow(
        (row.pk, scope)
        for row, document in zip(rows, latest.values(), strict=True)
        for scope in document.scopes()
    )
    return len(documents)


@transaction.atomic
def remove(index: Index, kind: str, key: str) -> bool:
    """Whether the document was there to be removed."""
    return _forget(index, list(SearchDocument.objects.filter(kind=kind, key=key)))


def _rows(keys: Collection[tuple[str, str]]) -> list[SearchDocument]:
    kinds = {kind for kind, _ in keys}
    rows: list[SearchDocument] = []
    for kind in kinds:
        wanted = [key for one, key in keys if one == kind]
        rows.extend(SearchDocument.objects.filter(kind=kind, key__in=wanted))
    return rows


def _row(document: Document, packed: bytes) -> SearchDocument:
    return SearchDocument(kind=document.kind, key=document.key, at=document.at, packed=packed)


def _narrow(scopes: Iterable[tuple[int, str]]) -> None:
    """Write where each document may be found; two plain columns, which an object for each row would make dear."""
    with connection.cursor() as cursor:
        cursor.executemany(_SCOPED, list(scopes))


def _words(document: Document) -> Words:
    """The words of a document that has no row yet, so without its number."""
    return Words(0, line_of(document.title), line_of(document.body))


def _forget(index: Index, rows: list[SearchDocument]) -> bool:
    if not rows:
        return False
    index.take_out([Words.unpacked(row.pk, bytes(row.packed)) for row in rows])
    return bool(SearchDocument.objects.filter(pk__in=[row.pk for row in rows]).delete()[0])
