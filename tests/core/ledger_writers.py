"""Several processes write the diary of one empty database at the same time; run as a program, prints what came of it.

python -m tests.core.ledger_writers WRITERS RECORDS      (DATABASE_URL names the database)
"""

import json
import os
import sys
from datetime import UTC, datetime

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from hoiam.agencies.models import Official  # noqa: E402
from hoiam.core import ledger  # noqa: E402
from hoiam.core.models import LedgerEntry, LedgerHead  # noqa: E402

NOW = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)


def writer(records):
    """A child that writes so many records, each in a transaction of its own."""
    child = os.fork()
    if child:
        return child
    for number in range(records):
        with transaction.atomic():
            ledger.write(LedgerHead(pk=1), actor=None, step="count", at=NOW, n=number)
    os._exit(0)


def main(writers, records):
    """The chain after all of them are done."""
    with connection.schema_editor() as editor:
        for model in (Official, LedgerEntry, LedgerHead):
            editor.create_model(model)
    connection.close()
    children = [writer(records) for _ in range(writers)]
    codes = [os.waitpid(child, 0)[1] for child in children]
    told = {"codes": codes, "count": LedgerEntry.objects.count(), "breaks": len([*ledger.breaks()])}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
