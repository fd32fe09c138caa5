"""Counts open clocks again after the calendar changed: the worst day, when the change touches them all.

    python -m benchmarks.clocks [--clocks N]

Fills a database of its own (SQLite) with that many open clocks counted in days or working days, of fictional units, then
announces one day off that lies inside every one of them and runs the job and the telling to the end. Prints the seconds,
how many due times moved, and a second run that must move nothing. Gate: 10,000 open clocks in 5 s.
"""

import argparse
import os
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from typing import Any

RULES = ("TL-01", "TL-02", "TL-03", "DT-02", "DT-03", "MD-03", "MD-05", "TL-07")
GATE_SECONDS = 5.0


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clocks", type=int, default=10_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        os.environ |= {"HOIAM_DATA": folder, "DJANGO_SETTINGS_MODULE": "hoiam.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        measure(asked.clocks)


def measure(count: int) -> None:
    """Fill, announce, count again, print."""
    import django  # noqa: PLC0415 -- settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings first

    from hoiam.handling.actions import announce_day  # noqa: PLC0415 -- settings first
    from hoiam.handling.jobs.calendar import recount_clocks, tell_the_holders  # noqa: PLC0415 -- settings first
    from hoiam.handling.models import Recount  # noqa: PLC0415 -- settings first
    from hoiam.kit.vietnamese import VIETNAM  # noqa: PLC0415 -- settings first

    call_command("migrate", verbosity=0)
    now = datetime(2026, 11, 19, 9, 0, tzinfo=VIETNAM)
    keeper = fill(count, now)
    row = announce_day(
        day=date(2026, 11, 20), kind="off", name="nghỉ thử", source="văn bản thử",
        actor=keeper, now=now,
    )  # fmt: skip
    start = time.perf_counter()
    moved = recount_clocks(row.pk, now=now)
    spent = time.perf_counter() - start
    start = time.perf_counter()
    tell_the_holders(row.pk, now)
    told = time.perf_counter() - start
    start = time.perf_counter()
    recount_clocks(row.pk, now=now)
    again = time.perf_counter() - start
    kept = Recount.objects.count()
    print(
        f"{count:,} open clocks over the day announced: {spent:.2f} s, {moved:,} due times moved, each with its "
        f"steps and its line of the diary; letters queued in {told:.2f} s; run again {again:.2f} s, {kept - moved} moved"
    )
    if spent > GATE_SECONDS and count >= 10_000:
        sys.exit(f"over the gate of {GATE_SECONDS:.0f} s")


def fill(count: int, now: datetime) -> Any:
    """The keeper of the calendar at the centre, after so many clocks of many cases were begun."""
    from hoiam.agencies.actions import create_official  # noqa: PLC0415 -- settings first
    from hoiam.agencies.models import Agency  # noqa: PLC0415 -- settings first
    from hoiam.agencies.queries import actor_on  # noqa: PLC0415 -- settings first
    from hoiam.handling.models import Case, Clock  # noqa: PLC0415 -- settings first

    centre = Agency.objects.create(code="tw", name="Cục", full_name="Cục", level="centre")
    units = [
        Agency.objects.create(
            code=f"tinh-{n}", name=f"THADS tỉnh Thử {n}", full_name=f"THADS tỉnh Thử {n}", level="province"
        )
        for n in range(34)
    ]  # fmt: skip
    people = [
        create_official(
            unit, actor=None, now=now, username=unit.code, full_name="Nguyễn Văn Thử", role="focal_point",
            email=f"{unit.code}@thads.example",
        )
        for unit in units
    ]  # fmt: skip
    keeper = create_official(
        centre, actor=None, now=now, username="tw", full_name="Trần Thị Thử", role="administrator"
    )
    cases = Case.objects.bulk_create(
        Case(
            agency=units[n % 34], year=2026, ordinal=n, title=f"Vụ việc thử {n}", opened_at=now,
            opened_by=people[n % 34], holder=people[n % 34],
        )
        for n in range(count // 2)
    )  # fmt: skip
    Clock.objects.bulk_create(
        [_clock(cases[n // 2], n, now - timedelta(days=n % 2)) for n in range(count)],
        batch_size=1000,
    )
    return actor_on(keeper, now.date())


def _clock(case: Any, n: int, start: datetime) -> Any:
    from hoiam.handling.models import Clock  # noqa: PLC0415 -- settings first
    from hoiam.kit.rulebook import compute  # noqa: PLC0415 -- settings first

    found = compute(RULES[n % len(RULES)], start)
    return Clock(
        case=case, rule=found.rule, title=found.title, duty=found.duty, source=found.source,
        confidence=found.confidence, badge=found.badge or "", started_at=start, unit=found.unit or "",
        due_at=found.due, steps=found.as_json()["steps"], state="run", holder=case.holder,
    )  # fmt: skip


if __name__ == "__main__":
    main()
