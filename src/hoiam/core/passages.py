"""Counting how often something comes by, for every process of the house at once: a bar against floods."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db import connection

from hoiam.core.models import Passage

# A span that is over begins anew in the same statement: two that see it over at once count one and two.
_COUNT = """
    INSERT INTO core_passage (key, until, count) VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN core_passage.until > %s THEN core_passage.count + 1 ELSE 1 END,
        until = CASE WHEN core_passage.until > %s THEN core_passage.until ELSE excluded.until END
    RETURNING key, count"""


def passed(spans: Mapping[str, timedelta], *, now: datetime) -> dict[str, int]:
    """How often each key came by in its span, this time included; a span begins with its first passage.

    One statement for all of them, so one write: it holds over processes and over restarts, none is lost or counted twice.

    Args:
        spans: by key how long one span is; a key is a keyed hash of at most 64 letters, so that nobody's address is kept.
    """
    kept = connection.ops.adapt_datetimefield_value
    # In one order always, so that two processes never wait for each other's rows.
    values = [v for key in sorted(spans) for v in (key, kept(now + spans[key]), 1)]
    rows = ", ".join(["(%s, %s, %s)"] * len(spans))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(rows=rows), [*values, kept(now), kept(now)])
        return dict(cursor.fetchall())


def counted(keys: Collection[str], *, now: datetime) -> dict[str, int]:
    """How often each key came by so far in its span; nothing is counted, a key without a span is left out."""
    rows = Passage.objects.filter(key__in=keys, until__gt=now)
    return dict(rows.values_list("key", "count"))


def forget_passages(now: datetime) -> int:
    """How many spans that are over were removed."""
    return Passage.objects.filter(until__lte=now).delete()[0]
