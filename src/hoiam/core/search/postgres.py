"""The engine at scale: two tsvectors per document, one without marks and one with them, each under a GIN index.

The vectors are written out here, word by word: PostgreSQL's own text parser would cut numbers, addresses and codes
otherwise than the embedded engine.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from hoiam.core.search.documents import MOST_WEIGHED, Hit, Wanted, Words
from hoiam.core.search.words import Term
from hoiam.kit.vietnamese import fold

_MAKE = """
    CREATE TABLE IF NOT EXISTS core_searchwords (
        document_id bigint PRIMARY KEY,
        folded tsvector NOT NULL,
        marked tsvector NOT NULL
    );
    CREATE INDEX IF NOT EXISTS core_searchwords_folded ON core_searchwords USING gin (folded);
    CREATE INDEX IF NOT EXISTS core_searchwords_marked ON core_searchwords USING gin (marked);"""
_ADD = """
    INSERT INTO core_searchwords (document_id, folded, marked)
    VALUES (%s, %s::tsvector, %s::tsvector)
    ON CONFLICT (document_id) DO UPDATE SET folded = EXCLUDED.folded, marked = EXCLUDED.marked"""
_TAKE_OUT = "DELETE FROM core_searchwords WHERE document_id = ANY(%s)"
_WEIGHTS = "'{0.33, 0.33, 0.33, 1.0}'"  # the title (A) counts three times the body (D)
_LAST_POSITION = 16383  # of a tsvector; later words are found, but not as part of a phrase
_MOST_BYTES = 900_000  # a tsvector holds less than 1 MiB


class PostgresIndex:
    """PostgreSQL full text behind the shared interface."""

    keeps_words = False

    def ensure(self) -> None:
        """Make the table and its indexes if they are missing."""
        with connection.cursor() as cursor:
            cursor.execute(_MAKE)

    def add(self, words: Sequence[Words]) -> None:
        """Index these."""
        rows = [
            (w.document_id, vector(fold(w.title), fold(w.body)), vector(w.title, w.body))
            for w in words
        ]
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, rows)

    def take_out(self, words: Sequence[Words]) -> None:
        """Forget these. (No foreign key does it: Django could not empty its tables any more.)"""
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_OUT, [[word.document_id for word in words]])

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM core_searchwords")

    def find(self, terms: tuple[Term, ...], wanted: Wanted, *, marked: bool) -> list[Hit]:
        """The best hits: with the marks as typed, or without any."""
        column = "marked" if marked else "folded"
        first, order = "d.id DESC", "score DESC, id DESC"
        if wanted.newest:
            first = order = "at DESC, id DESC"
        weighed = wanted.limit if wanted.newest else max(wanted.limit, MOST_WEIGHED)
        where, values = _conditions(terms, wanted, column)
        sql = f"""
            SELECT kind, key, ts_rank({_WEIGHTS}, words, %s::tsquery, 1) AS score FROM (
                SELECT d.id, d.kind, d.key, d.at, w.{column} AS words
                FROM core_searchwords w JOIN core_searchdocument d ON d.id = w.document_id
                WHERE {where} ORDER BY {first} LIMIT %s
            ) AS weighed ORDER BY {order} LIMIT %s"""  # noqa: S608
        asked = [_query(terms, marked=marked), *values, weighed, wanted.limit]
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            return [Hit(*row) for row in cursor.fetchall()]

    def rebuild(self) -> int:
        """Build the indexes of the kept vectors anew; after a change of the fold, put everything again."""
        with connection.cursor() as cursor:
            cursor.execute("REINDEX TABLE core_searchwords")
            cursor.execute("SELECT count(*) FROM core_searchwords")
            return int(cursor.fetchone()[0])


def vector(title: str, body: str) -> str:
    """The text form of a tsvector: each word with its places, those of the title weighted A.

    >>> vector("cuong che", "cuong che nha")
    "'cuong':1A,4 'che':2A,5 'nha':6"
    """
    places: dict[str, list[str]] = {}
    heading = title.split()
    for at, word in enumerate(heading, start=1):
        places.setdefault(word, []).append(f"{min(at, _LAST_POSITION)}A")
    # One place is left empty, so that no phrase runs from the title into the body.
    for at, word in enumerate(body.split(), start=len(heading) + 2):
        places.setdefault(word, []).append(str(min(at, _LAST_POSITION)))
    parts, size = [], 0
    for word, where in places.items():
        size += len(word.encode()) + 2 * min(len(where), 255) + 8
        if size > _MOST_BYTES:
            break
        parts.append(f"'{word}':{','.join(where[:255])}")
    return " ".join(parts)


def _query(terms: tuple[Term, ...], *, marked: bool) -> str:
    return " & ".join(f"({_term(term, marked=marked)})" for term in terms)


def _term(term: Term, *, marked: bool) -> str:
    words = term.words if marked else term.folded()
    last = f"'{words[-1]}'{':*' if term.prefix else ''}"
    return " <-> ".join([*(f"'{word}'" for word in words[:-1]), last])


def _conditions(terms: tuple[Term, ...], wanted: Wanted, column: str) -> tuple[str, list[Any]]:
    where, values = f"w.{column} @@ %s::tsquery", [_query(terms, marked=column == "marked")]
    exact = tuple(term for term in terms if term.exact)
    if exact and column == "folded":
        where, values = (
            f"{where} AND w.marked @@ %s::tsquery",
            [*values, _query(exact, marked=True)],
        )
    if wanted.kinds is not None:
        where, values = f"{where} AND d.kind = ANY(%s)", [*values, sorted(wanted.kinds)]
    if wanted.scope is not None:
        where += (
            " AND EXISTS (SELECT 1 FROM core_searchscope s"
            " WHERE s.document_id = d.id AND s.scope = ANY(%s))"
        )
        values = [*values, sorted(wanted.scope)]
    return where, values


INDEX = PostgresIndex()
