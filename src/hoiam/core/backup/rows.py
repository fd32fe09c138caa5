"""Rows of every table as lines of JSON, and lines back as rows; the same lines on every database engine."""

import base64
import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from hoiam.core.models import SearchDocument, SearchScope

_BATCH = 500
# Made anew from the records (search), or worth nothing elsewhere (signed-in sessions).
_LEFT_OUT = frozenset(
    {SearchDocument._meta.label_lower, SearchScope._meta.label_lower, "sessions.session"}
)


def kept_models() -> list[type[models.Model]]:
    """Every table that is saved, in the order of its name."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in _LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def migrations_here() -> list[str]:
    """Every migration this database stands at: a backup is restored by the same ones only."""
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )


def begin_snapshot() -> None:
    """Nothing; reads of the transaction just opened see one moment, while others go on writing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def lines_of(model: type[models.Model]) -> Iterator[bytes]:
    """The columns' names, then each row as a list in their order."""
    names = [field.attname for field in model._meta.concrete_fields]
    yield _line(names)
    # Past scopes and managers on purpose: a backup holds everything.
    rows = models.QuerySet(model).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=2000):
        yield _line(row)


def load_lines(model: type[models.Model], lines: Iterable[bytes]) -> int:
    """How many rows were put into the table.

    Raises:
        ValueError: the columns are not this table's, or a value is none of its column.
    """
    feed = iter(lines)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names = json.loads(next(feed))
    if sorted(names) != sorted(fields):
        raise ValueError(f"{model._meta.label_lower}: other columns")
    count = 0
    while batch := list(islice(feed, _BATCH)):
        rows = [_row(model, fields, names, json.loads(line)) for line in batch]
        models.QuerySet(model).bulk_create(rows)
        count += len(rows)
    return count


def empty_tables() -> None:
    """Nothing; every kept table is empty: what set-up put there comes from the backup instead."""
    tables = with_referring({model._meta.db_table for model in (*kept_models(), SearchScope, SearchDocument)})  # fmt: skip
    # On SQLite Django would look for what refers to each table in the text of all tables: six seconds of a processor.
    statements = connection.ops.sql_flush(
        no_style(), sorted(tables), allow_cascade=connection.vendor != "sqlite"
    )
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def with_referring(tables: set[str]) -> set[str]:
    """These tables and all whose rows point into one of them."""
    points_to = {
        model._meta.db_table: {
            field.remote_field.model._meta.db_table
            for field in model._meta.concrete_fields
            if field.remote_field is not None
        }
        for model in apps.get_models(include_auto_created=True)
    }
    found = set(tables)
    while more := {t for t, targets in points_to.items() if t not in found and targets & found}:
        found |= more
    return found


def set_sequences() -> None:
    """Nothing; the next row of each table gets a number after the last one."""
    statements = connection.ops.sequence_reset_sql(no_style(), kept_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _row(
    model: type[models.Model],
    fields: dict[str, "models.Field[Any, Any]"],
    names: list[str],
    values: list[Any],
) -> models.Model:
    given = zip(names, values, strict=True)
    return model(**{name: _back(fields[name], value) for name, value in given})


def _back(field: "models.Field[Any, Any]", value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.to_python(value)


def _line(values: Iterable[Any]) -> bytes:
    text = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"), default=_plain)
    return text.encode() + b"\n"


def _plain(value: Any) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"no plain form of {type(value).__name__}")
