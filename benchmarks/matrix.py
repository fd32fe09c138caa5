"""Asks for the matrix of a scheme (/desk/matrix/N/) with forty thousand cells in it.

    python -m benchmarks.matrix [--tasks N] [--units N] [--times N]

Fills a database of its own with one scheme given to fictional units of 34 provinces, every kind of light among the cells, and
asks as the centre (sees all) and as one province: rolled up, every unit, by task, and the file. Prints p50, p95, queries, size
on the wire, and the machine's load. Gates with 100 tasks × 400 units: p95 300 ms and 12 queries for each page.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

NOW = datetime.now(UTC)
STATES = ("open", "doing", "done", "doing", "exempt", "done", "open")
ROLES = ("lead", "lead", "lead", "coordinating", "informed")
RHYTHMS = ("span", "yearly", "continuous", "dated", "event", "year")
LOOKS = ("", "?xem=don-vi", "?xem=nhiem-vu", "?xem=don-vi&den=late")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=100)
    parser.add_argument("--units", type=int, default=400)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--ask", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.ask:
        ask(asked.ask, asked.tasks * asked.units, asked.times)
        return
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        os.environ |= {"HOIAM_DATA": folder, "DJANGO_SETTINGS_MODULE": "hoiam.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        make(asked.tasks, asked.units)
        # A process of its own, as a server is: what filling left in memory would be looked through again and again.
        told = [sys.executable, "-m", "benchmarks.matrix", "--ask", folder]
        told += [
            "--tasks",
            str(asked.tasks),
            "--units",
            str(asked.units),
            "--times",
            str(asked.times),
        ]
        subprocess.run(told, check=True)


def make(tasks: int, units: int) -> None:
    """The database filled."""
    import django  # noqa: PLC0415 -- settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings first

    call_command("migrate", verbosity=0)
    fill(tasks, units)


def ask(folder: str, cells: int, times: int) -> None:
    """Ask, print."""
    import django  # noqa: PLC0415 -- settings first

    django.setup()
    from django.db import connection  # noqa: PLC0415 -- settings first
    from django.test import Client  # noqa: PLC0415 -- settings first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- settings first

    from hoiam.agencies.models import Official  # noqa: PLC0415 -- settings first
    from hoiam.scheme.models import Scheme  # noqa: PLC0415 -- settings first

    people = {each.username: each for each in Official.objects.order_by("-username")}
    scheme = Scheme.objects.system("benchmark").get().pk
    print(f"load of the machine: {', '.join(f'{each:.1f}' for each in os.getloadavg())}")
    for name, official in people.items():
        client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
        client.force_login(official)
        for look in LOOKS:
            path = f"/desk/matrix/{scheme}/{look}"
            client.get(path)  # what a process keeps in memory is not read by every request
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            queries = len(asked)  # read at once: the next request empties the log
            if answer.status_code != 200:
                sys.exit(f"{path}: {answer.status_code}")
            spent, worked = zip(*(timed(client, path) for _ in range(times)), strict=True)
            p95, busy = (statistics.quantiles(each, n=20)[18] for each in (spent, worked))
            print(
                f"/desk/matrix/N/{look} with {cells:,} cells, {name}: p50 {statistics.median(spent):.0f} ms, "
                f"p95 {p95:.0f} ms, of it processor p50 {statistics.median(worked):.0f} ms, p95 {busy:.0f} ms, "
                f"{queries} queries, {len(answer.content) / 1024:.0f} KB packed"
            )


def timed(client: Any, path: str) -> tuple[float, float]:
    """Milliseconds of one answer: on the wall, and of this process alone, which a busy machine does not lengthen."""
    start, work = time.perf_counter(), time.process_time()
    client.get(path)
    return (time.perf_counter() - start) * 1000, (time.process_time() - work) * 1000


def fill(tasks: int, units: int) -> None:
    """The officials who ask, and the scheme."""
    from hoiam.agencies.actions import create_official  # noqa: PLC0415 -- settings first
    from hoiam.agencies.models import Agency  # noqa: PLC0415 -- settings first
    from hoiam.scheme.models import Assignment, Scheme, Task  # noqa: PLC0415 -- settings first

    centre = Agency.objects.create(code="tw", name="Cục", full_name="Cục", level="centre")
    provinces = [_province(Agency, n) for n in range(34)]
    regions = [_region(Agency, provinces[n % 34], n) for n in range(max(0, units - 34))]
    people = {
        place.code: create_official(
            place, actor=None, now=NOW, username=place.code, full_name="Nguyễn Văn Thử", role="focal_point"
        )
        for place in (centre, provinces[0])
    }  # fmt: skip
    year = NOW.year
    scheme = Scheme.objects.create(
        kind="scheme", title="Đề án thử", starts_on=date(year - 1, 1, 1), ends_on=date(year + 1, 12, 31),
        state="active", owner=centre, created_by=people["tw"], created_at=NOW,
    )  # fmt: skip
    made = Task.objects.bulk_create(_task(Task, scheme, n) for n in range(tasks))
    for start in range(0, tasks, 10):
        Assignment.objects.bulk_create(
            _cell(Assignment, task, place, n + m)
            for n, task in enumerate(made[start : start + 10], start)
            for m, place in enumerate([*provinces, *regions][:units])
        )


def _province(kind: Any, n: int) -> Any:
    name = f"THADS tỉnh Thử {n:02d}"
    return kind.objects.create(
        code=f"tinh-{n}", name=name, full_name=name, sort_key=f"{n:02d}", level="province",
        province=f"Thử {n}",
    )  # fmt: skip


def _region(kind: Any, province: Any, n: int) -> Any:
    name = f"Phòng THADS khu vực {n // 34 + 1} - {province.province}"
    return kind.objects.create(
        code=f"kv-{n}", name=name, full_name=name, sort_key=f"{province.sort_key}-{n // 34:02d}",
        level="region", parent=province,
    )  # fmt: skip


def _task(kind: Any, scheme: Any, n: int) -> Any:
    rhythm = RHYTHMS[n % len(RHYTHMS)]
    due = {"due_on": (NOW + timedelta(days=n - 50)).date(), "due_kind": "before"}
    return kind(
        scheme=scheme, ref=f"2.{n // 10 + 1}.{n % 10 + 1}", group=f"2.{n // 10 + 1} Nhóm nhiệm vụ thử",
        title=f"Nhiệm vụ thử số {n} về truyền thông", rhythm=rhythm, order=n, **(due if rhythm == "dated" else {}),
    )  # fmt: skip


def _cell(kind: Any, task: Any, place: Any, n: int) -> Any:
    state = STATES[n % len(STATES)]
    at = NOW - timedelta(days=n * 7 % 400)
    told = {} if state in {"open", "exempt"} else {"moved_at": at}
    if state == "done":
        told["finished_at"] = at
    return kind(task=task, agency=place, role=ROLES[n % len(ROLES)], state=state, **told)


if __name__ == "__main__":
    main()
