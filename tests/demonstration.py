"""The demonstration, played once a process and copied back after that: playing it takes longer than most tests of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

from hoiam.agencies.actions import load_press, load_register
from hoiam.config import demo
from hoiam.core import search
from hoiam.kit.recognition import register

_played: list[sqlite3.Connection] = []


def put() -> None:
    """Nothing; the house of today stands in the database in place of all rows. Outside every transaction."""
    if connection.vendor != "sqlite":
        _play()
    elif _played:
        _copy(_played[0], _ours())
    else:
        _count_from_one()
        _play()
        _played.append(_copy(_ours(), sqlite3.connect(":memory:", check_same_thread=False)))


@contextmanager
def standing() -> Iterator[None]:
    """The house of today, for as long as the block lasts; what was in the database before is there again after it."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            _play()
            yield
            transaction.set_rollback(True)
        return
    before = _copy(_ours(), sqlite3.connect(":memory:", check_same_thread=False))
    put()
    yield
    _copy(before, _ours())
    before.close()


def _play() -> None:
    search.ensure()
    load_register(register())
    load_press([])
    demo.load(now=timezone.now(), progress=lambda sentence: None)


def _ours() -> sqlite3.Connection:
    connection.ensure_connection()
    return connection.connection


def _copy(one: sqlite3.Connection, other: sqlite3.Connection) -> sqlite3.Connection:
    one.backup(other)
    return other


def _count_from_one() -> None:
    """Keys of the empty tables begin at 1 again, so that a page is found at the same address in every run."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_sequence")
