"""Asks what was published on each theme of a scheme in one year, as the centre, with many items.

    python -m benchmarks.themes [--items N] [--times N]

Fills a database of its own: three reports a story, a mark on each tenth. Prints p50, p95 and queries of `pieces_of`.
"""

import argparse
import os
import statistics
import tempfile
import time
from datetime import timedelta

YEAR = timedelta(days=365)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        os.environ |= {"HOIAM_DATA": folder, "DJANGO_SETTINGS_MODULE": "hoiam.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        measure(asked.items, asked.times)


def measure(items: int, times: int) -> None:
    """Fill, ask, print."""
    import django  # noqa: PLC0415 -- settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings first
    from django.db import connection  # noqa: PLC0415 -- settings first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- settings first

    from benchmarks.list_page import NOW, fill  # noqa: PLC0415 -- settings first
    from hoiam.agencies.models import Agency  # noqa: PLC0415 -- settings first
    from hoiam.agencies.queries import actor_on  # noqa: PLC0415 -- settings first
    from hoiam.monitoring.models import Finding, Item, Story  # noqa: PLC0415 -- settings first
    from hoiam.monitoring.queries.periods import Period  # noqa: PLC0415 -- settings first
    from hoiam.scheme.models import Scheme, Theme, ThemeMark  # noqa: PLC0415 -- settings first
    from hoiam.scheme.queries.themes import pieces_of  # noqa: PLC0415 -- settings first

    call_command("migrate", verbosity=0)
    people = fill(items)
    step = YEAR / items
    first = NOW.replace(month=1, day=2)
    rows = list(Item.objects.order_by("pk"))
    stories = list(Story.objects.order_by("pk").values_list("pk", flat=True))
    for n, row in enumerate(rows):
        row.at, row.story_id = first + step * n * 0.97, stories[n // 3]
    Item.objects.bulk_update(rows, ["at", "story"], batch_size=400)
    Finding.objects.update(stance="neutral", provinces=["Thử 1"])
    owner = Agency.objects.get(code="tw")
    scheme = Scheme.objects.create(
        kind="scheme", title="Đề án thử", owner=owner, state="active", created_at=NOW,
        created_by=people["tw"],
    )  # fmt: skip
    theme = Theme.objects.create(scheme=scheme, number=1, text="Nỗ lực của cơ quan")
    ThemeMark.objects.bulk_create(
        ThemeMark(scheme=scheme, item=row, theme=theme, lexicon=1, at=NOW) for row in rows[::10]
    )
    actor = actor_on(people["tw"], NOW.date())
    period = Period(NOW.date().replace(month=1, day=1), NOW.date().replace(month=12, day=31))
    with CaptureQueriesContext(connection) as queries:
        pieces = pieces_of(scheme, actor, period)
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        pieces_of(scheme, actor, period)
        spent.append((time.perf_counter() - start) * 1000)
    print(
        f"pieces of a year, {items:,} items, {len(pieces):,} pieces: p50 {statistics.median(spent):.0f} ms, "
        f"p95 {statistics.quantiles(spent, n=20)[18]:.0f} ms, {len(queries)} queries"
    )


if __name__ == "__main__":
    main()
