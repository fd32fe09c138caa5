"""Asks for the triage list (/desk/) with many warnings behind it.

    python -m benchmarks.list_page [--warnings N] [--times N]

Fills a database of its own with fictional stories of several provinces and asks as a focal point of the centre (sees all)
and of one province. Prints p50 and p95 and the number of queries. Gates: p95 under 150 ms and at most 8 queries with 100,000
warnings.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any

NOW = datetime.now(UTC)
STATES = ("new", "taken", "read", "read", "dismissed", "cased", "read", "read", "read", "read")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warnings", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        os.environ |= {"HOIAM_DATA": folder, "DJANGO_SETTINGS_MODULE": "hoiam.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        measure(asked.warnings, asked.times)


def measure(count: int, times: int) -> None:
    """Fill, ask, print."""
    import django  # noqa: PLC0415 -- settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings first
    from django.db import connection  # noqa: PLC0415 -- settings first
    from django.test import Client  # noqa: PLC0415 -- settings first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- settings first

    call_command("migrate", verbosity=0)
    people = fill(count)
    for name, official in people.items():
        client = Client(headers={"host": "localhost"})
        client.force_login(official)
        for path in ("/desk/watch/", "/desk/watch/?tab=all"):
            client.get(path)  # what a process keeps in memory is not read by every request
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            queries = len(asked)  # read at once: the next request empties the log
            if answer.status_code != 200:
                sys.exit(f"{path}: {answer.status_code}")
            spent = [timed(client, path) for _ in range(times)]
            p95 = statistics.quantiles(spent, n=20)[18]
            print(
                f"{path} with {count:,} warnings, {name}: p50 {statistics.median(spent):.0f} ms, p95 {p95:.0f} ms, "
                f"{queries} queries, {len(answer.content) / 1024:.0f} KB"
            )


def timed(client: Any, path: str) -> float:
    """Milliseconds of one answer."""
    start = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - start) * 1000


def fill(count: int) -> dict[str, Any]:
    """The officials who ask, after so many warnings were written."""
    from hoiam.agencies.actions import create_official  # noqa: PLC0415 -- settings first
    from hoiam.agencies.models import Agency  # noqa: PLC0415 -- settings first
    from hoiam.monitoring.models import Attribution, Finding, Item, Story, Warning  # noqa: PLC0415 -- settings first

    centre = Agency.objects.create(code="tw", name="Cục", full_name="Cục", level="centre")
    units = [
        Agency.objects.create(
            code=f"tinh-{n}", name=f"THADS tỉnh Thử {n}", full_name=f"THADS tỉnh Thử {n}",
            level="province", province=f"Thử {n}",
        )
        for n in range(34)
    ]  # fmt: skip
    for start in range(0, count, 5000):
        ids = range(start, min(start + 5000, count))
        items = Item.objects.bulk_create(_item(Item, n) for n in ids)
        stories = Story.objects.bulk_create(_story(Story, item) for item in items)
        found = Finding.objects.bulk_create(
            Finding(item=item, kind="phan_anh", severity=2, relevance=0.9, at=item.at, reasons=_reasons())
            for item in items
        )  # fmt: skip
        Attribution.objects.bulk_create(
            Attribution(finding=f, name="THADS", agency_today=units[n % 34], confidence=0.9)
            for n, f in zip(ids, found, strict=True)
        )
        Warning.objects.bulk_create(
            _warning(Warning, n, s, units) for n, s in zip(ids, stories, strict=True)
        )
    return {
        place.code: create_official(
            place, actor=None, now=NOW, username=place.code, full_name="Nguyễn Văn Thử", role="focal_point"
        )
        for place in (centre, units[0])
    }  # fmt: skip


def _item(kind: Any, n: int) -> Any:
    at = NOW - timedelta(minutes=5 * n)
    return kind(
        title=f"THADS tỉnh Thử bị tố chậm trả tiền, bài số {n}", sapo="Người dân chờ tiền. " * 8,
        body="Nội dung bài báo thử. " * 100, url=f"https://bao-song-thanh.example/{n}", url_key=f"{n:064d}",
        outlet="Báo Sông Thanh", published_at=at, first_seen_at=at, at=at, is_relevant=True,
    )  # fmt: skip


def _story(kind: Any, item: Any) -> Any:
    return kind(
        title=item.title, sapo=item.sapo, lead_item=item, first_at=item.at, last_at=item.at,
        item_count=1, outlet_count=1, severity=2, stance="negative",
    )  # fmt: skip


def _reasons() -> list[dict[str, Any]]:
    return [{"rule": "thu", "field": "title", "start": 0, "end": 5, "text": "THADS", "weight": 9.0}]


def _warning(kind: Any, n: int, story: Any, units: list[Any]) -> Any:
    state = STATES[n % len(STATES)]
    return kind(
        story=story, agency=units[n % 34], severity=n % 4, why="Bài có “chậm trả tiền”.", at=story.last_at,
        due_at=story.last_at + timedelta(hours=4), state=state, dismissal="other" if state == "dismissed" else "",
    )  # fmt: skip


if __name__ == "__main__":
    main()
