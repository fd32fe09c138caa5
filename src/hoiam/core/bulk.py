"""Many rows of one table changed by one prepared statement, where saving each by itself would take too long."""

from collections.abc import Sequence

from django.db import connection, models, transaction


def update_rows(rows: Sequence[models.Model], names: Sequence[str]) -> int:
    """How many rows had these columns written as the instances hold them; for rows already read under lock.

    Must run inside the action's own transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("rows are changed inside the action's transaction")
    if not rows:
        return 0
    meta, quote = rows[0]._meta, connection.ops.quote_name
    fields = [meta.get_field(name) for name in names]
    columns = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)  # type: ignore[union-attr]
    key = quote(str(meta.pk.column)) if meta.pk else "id"
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {key} = %s",  # noqa: S608 -- names of our own columns
            [
                [
                    *(
                        field.get_db_prep_save(getattr(row, field.attname), connection)  # type: ignore[union-attr]
                        for field in fields
                    ),
                    row.pk,
                ]
                for row in rows
            ],
        )
    return len(rows)
