"""Rows changed by one statement: exactly the columns named, with every kind of value, inside a transaction."""

from datetime import UTC, datetime

import pytest

from hoiam.core.bulk import update_rows
from hoiam.core.models import LedgerEntry, OutboxMessage

NOW = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_named_columns_are_written_and_others_are_not():
    entries = [
        LedgerEntry.objects.create(
            subject_kind="x", subject_id=n, actor_name="A", step="s", at=NOW, digest="d"
        )
        for n in range(3)
    ]
    for entry in entries:
        entry.data, entry.at, entry.step = {"số": entry.pk}, NOW.replace(hour=5), "not written"
    assert update_rows(entries, ["data", "at"]) == 3
    kept = LedgerEntry.objects.order_by("pk")
    assert [(row.data, row.at.hour, row.step) for row in kept] == [
        ({"số": entry.pk}, 5, "s") for entry in entries
    ]


@pytest.mark.django_db
def test_nothing_and_empty_values():
    row = OutboxMessage.objects.create(
        kind="k", subject_id=1, posted_at=NOW, due_at=NOW, done_at=NOW
    )
    row.done_at = None
    assert (update_rows([], ["done_at"]), update_rows([row], ["done_at"])) == (0, 1)
    row.refresh_from_db()
    assert row.done_at is None


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_refuses():
    with pytest.raises(RuntimeError):
        update_rows([], ["done_at"])
