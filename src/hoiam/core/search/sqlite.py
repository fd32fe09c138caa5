"""The embedded engine: one FTS5 table without content, words without marks and with them in columns of their own.

FTS5 never folds đ, and its default folding leaves ề, ắ, ố: so the fold is ours and FTS5 only cuts at spaces.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from hoiam.core.search.documents import MOST_WEIGHED, Hit, Wanted, Words
from hoiam.core.search.models import SearchDocument
from hoiam.core.search.words import Term
from hoiam.kit.vietnamese import fold

_TABLE = "core_searchwords"
_MAKE = f"""
    CREATE VIRTUAL TABLE IF NOT EXISTS {_TABLE} USING fts5(
        title, body, marked_title, marked_body, content='', tokenize='unicode61 remove_diacritics 0'
    )"""
_ADD = f"INSERT INTO {_TABLE}(rowid, title, body, marked_title, marked_body) VALUES (%s, %s, %s, %s, %s)"  # noqa: S608
_TAKE_OUT = f"""
    INSERT INTO {_TABLE}({_TABLE}, rowid, title, body, marked_title, marked_body)
    VALUES ('delete', %s, %s, %s, %s, %s)"""  # noqa: S608
_SCORE = f"-bm25({_TABLE}, 3.0, 1.0, 3.0, 1.0)"
_PLAIN = "{title body}"
_MARKED = "{marked_title marked_body}"


class SqliteIndex:
    """FTS5 behind the shared interface."""

    keeps_words = True

    def ensure(self) -> None:
        """Make the table if it is missing."""
        with connection.cursor() as cursor:
            cursor.execute(_MAKE)

    def add(self, words: Sequence[Words]) -> None:
        """Index these."""
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, [_columns(word) for word in words])

    def take_out(self, words: Sequence[Words]) -> None:
        """Forget these; FTS5 without content must be told the very words it was given."""
        with connection.cursor() as cursor:
            cursor.executemany(_TAKE_OUT, [_columns(word) for word in words])

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {_TABLE}({_TABLE}) VALUES ('delete-all')")  # noqa: S608

    def find(self, terms: tuple[Term, ...], wanted: Wanted, *, marked: bool) -> list[Hit]:
        """The best hits: with the marks as typed, or without any."""
        # The best rows are chosen before their documents are read, and of very many only the latest are weighed.
        order, score = (
            ("d.at DESC, d.id DESC", "0.0") if wanted.newest else (f"{_TABLE}.rowid DESC", _SCORE)
        )
        weighed = wanted.limit if wanted.newest else max(wanted.limit, MOST_WEIGHED)
        needs_document = wanted.newest or wanted.kinds is not None
        join = f"JOIN core_searchdocument d ON d.id = {_TABLE}.rowid" if needs_document else ""
        where, values = _conditions(wanted)
        sql = f"""
            SELECT kind, key, score FROM (
                SELECT number, score FROM (
                    SELECT {_TABLE}.rowid AS number, {score} AS score FROM {_TABLE} {join}
                    WHERE {_TABLE} MATCH %s{where} ORDER BY {order} LIMIT %s
                ) AS weighed ORDER BY score DESC, number DESC LIMIT %s
            ) AS best JOIN core_searchdocument chosen ON chosen.id = number
            ORDER BY {"at DESC, number DESC" if wanted.newest else "score DESC, number DESC"}"""  # noqa: S608
        asked = [expression(terms, marked=marked), *values, weighed, wanted.limit]
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            return [Hit(*row) for row in cursor.fetchall()]

    def rebuild(self) -> int:
        """Index everything anew from the kept words."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {_TABLE}")
        self.ensure()
        rows = SearchDocument.objects.order_by("id").values_list("id", "packed")
        count = 0
        for pk, packed in rows.iterator(chunk_size=500):
            self.add([Words.unpacked(pk, bytes(packed))])
            count += 1
        return count


def expression(terms: tuple[Term, ...], *, marked: bool) -> str:
    """The FTS5 expression; words hold letters and digits only and stand in quotes, so no syntax can slip in."""
    return " AND ".join(_term(term, marked=marked or term.exact) for term in terms)


def _term(term: Term, *, marked: bool) -> str:
    words = term.words if marked else term.folded()
    columns = _MARKED if marked else _PLAIN
    return f'{columns} : "{" ".join(words)}"{"*" if term.prefix else ""}'


def _columns(word: Words) -> tuple[int, str, str, str, str]:
    return (word.document_id, fold(word.title), fold(word.body), word.title, word.body)


def _conditions(wanted: Wanted) -> tuple[str, list[Any]]:
    where, values = "", []
    if wanted.kinds is not None:
        where += f" AND d.kind IN ({_places(len(wanted.kinds))})"
        values += sorted(wanted.kinds)
    if wanted.scope is not None:
        # The plus keeps the scopes out of the index: a document has few, a person may have hundreds.
        where += (
            f" AND EXISTS (SELECT 1 FROM core_searchscope s WHERE s.document_id = {_TABLE}.rowid"  # noqa: S608
            f" AND +s.scope IN ({_places(len(wanted.scope))}))"
        )
        values += sorted(wanted.scope)
    return where, values


def _places(count: int) -> str:
    return ", ".join(["%s"] * count) or "NULL"


INDEX = SqliteIndex()
