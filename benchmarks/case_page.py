"""Asks for the page of a case and the list of cases with many cases behind them.

    python -m benchmarks.case_page [--cases N] [--times N]

Fills a database of its own with fictional cases of several provinces, one of them with everything on it, and asks as a focal
point of one province and of the centre (sees all). Prints p50, p95 and the number of queries. Gates with 100,000 cases: the
page p95 100 ms and 15 queries, the list p95 200 ms and 8 queries.
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
STATES = ("received", "assigned", "watching", *["closed"] * 7)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        os.environ |= {"HOIAM_DATA": folder, "DJANGO_SETTINGS_MODULE": "hoiam.config.settings"}
        if not os.environ.get("HOIAM_BENCH_DATABASE_URL"):
            os.environ.pop("DATABASE_URL", None)
        else:
            os.environ["DATABASE_URL"] = os.environ["HOIAM_BENCH_DATABASE_URL"]
        measure(asked.cases, asked.times)


def measure(count: int, times: int) -> None:
    """Fill, ask, print."""
    import django  # noqa: PLC0415 -- settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings first
    from django.db import connection  # noqa: PLC0415 -- settings first
    from django.test import Client  # noqa: PLC0415 -- settings first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- settings first

    call_command("migrate", verbosity=0)
    people, full = fill(count)
    for name, official in people.items():
        client = Client(headers={"host": "localhost"})
        client.force_login(official)
        for path in (f"/desk/cases/{full}/", "/desk/cases/", "/desk/cases/?tab=all", "/desk/"):
            client.get(path)  # what a process keeps in memory is not read by every request
            with CaptureQueriesContext(connection) as asked:
                answer = client.get(path)
            queries = len(asked)  # read at once: the next request empties the log
            if answer.status_code != 200:
                sys.exit(f"{path}: {answer.status_code}")
            spent = [timed(client, path) for _ in range(times)]
            p95 = statistics.quantiles(spent, n=20)[18]
            shown = path.replace(str(full), "N")
            print(
                f"{shown} with {count:,} cases, {name}: p50 {statistics.median(spent):.0f} ms, p95 {p95:.0f} ms, "
                f"{queries} queries, {len(answer.content) / 1024:.0f} KB"
            )
            slow = sorted(asked.captured_queries, key=lambda q: -float(q["time"]))[:2]
            if os.environ.get("HOIAM_BENCH_TELL"):
                for query in slow:
                    print(f"   {query['time']} s  {query['sql'][:400]}")


def timed(client: Any, path: str) -> float:
    """Milliseconds of one answer."""
    start = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - start) * 1000


def fill(count: int) -> tuple[dict[str, Any], int]:
    """The officials who ask, and the case with everything on it, after so many cases were written."""
    from hoiam.agencies.actions import create_official  # noqa: PLC0415 -- settings first
    from hoiam.agencies.models import Agency  # noqa: PLC0415 -- settings first
    from hoiam.handling.models import Case, CaseItem, Clock, Party  # noqa: PLC0415 -- settings first
    from hoiam.monitoring.models import Item, Story  # noqa: PLC0415 -- settings first

    centre = Agency.objects.create(code="tw", name="Cục", full_name="Cục", level="centre")
    units = [
        Agency.objects.create(
            code=f"tinh-{n}", name=f"THADS tỉnh Thử {n}", full_name=f"THADS tỉnh Thử {n}",
            level="province", province=f"Thử {n}",
        )
        for n in range(34)
    ]  # fmt: skip
    people = {
        place.code: create_official(
            place, actor=None, now=NOW, username=place.code, full_name="Nguyễn Văn Thử", role="focal_point"
        )
        for place in (units[0], centre)
    }  # fmt: skip
    by = people["tinh-0"]
    for start in range(0, count, 5000):
        ids = range(start, min(start + 5000, count))
        items = Item.objects.bulk_create(_item(Item, n) for n in ids)
        stories = Story.objects.bulk_create(_story(Story, item) for item in items)
        cases = Case.objects.bulk_create(
            _case(Case, n, units, story, by) for n, story in zip(ids, stories, strict=True)
        )
        CaseItem.objects.bulk_create(
            CaseItem(case=case, item=item, is_lead=True, added_at=case.opened_at)
            for case, item in zip(cases, items, strict=True)
        )
        Party.objects.bulk_create(
            Party(case=case, agency=case.agency, role="coordinating") for case in cases
        )
        Clock.objects.bulk_create(clock for case in cases for clock in _clocks(Clock, case, by))
    return people, _full(units[0], by)


def _item(kind: Any, n: int) -> Any:
    at = NOW - timedelta(minutes=5 * n)
    return kind(
        title=f"THADS tỉnh Thử bị tố chậm trả tiền, bài số {n}", sapo="Người dân chờ tiền. " * 8,
        body="Nội dung bài báo thử. " * 50, url=f"https://bao-song-thanh.example/{n}", url_key=f"{n:064d}",
        outlet="Báo Sông Thanh", published_at=at, first_seen_at=at, at=at, is_relevant=True,
    )  # fmt: skip


def _story(kind: Any, item: Any) -> Any:
    return kind(title=item.title, lead_item=item, first_at=item.at, last_at=item.at, item_count=1)


def _case(kind: Any, n: int, units: list[Any], story: Any, by: Any) -> Any:
    state = STATES[n % len(STATES)]
    closed = {"result": "answered", "closed_at": story.first_at} if state == "closed" else {}
    return kind(
        agency=units[n % 34], year=2026, ordinal=n // 34 + 1, title=story.title, story=story, severity=n % 4,
        state=state, opened_at=story.first_at, opened_by=by, **closed,
    )  # fmt: skip


def _clocks(kind: Any, case: Any, by: Any) -> list[Any]:
    is_open = case.state != "closed"
    return [
        kind(
            case=case, rule=rule, title="Phát ngôn", source="NĐ 244/2026", confidence="A", unit="hour",
            started_at=case.opened_at, due_at=case.opened_at + timedelta(days=1), holder=by,
            state="run" if is_open else "done", ended_at=None if is_open else case.opened_at,
        )
        for rule in ("PN-01", "MD-03")
    ]  # fmt: skip


def _full(place: Any, by: Any) -> int:
    """The key of a case with everything on it, made by the actions themselves."""
    from hoiam.agencies.models import Official  # noqa: PLC0415 -- settings first
    from hoiam.agencies.queries import actor_on  # noqa: PLC0415 -- settings first
    from hoiam.handling import actions  # noqa: PLC0415 -- settings first
    from hoiam.handling.models import Case  # noqa: PLC0415 -- settings first

    case = Case.objects.system("benchmark").filter(agency=place, state="received")[0]
    actor = actor_on(Official.objects.get(pk=by.pk), NOW.date())
    told = {"actor": actor, "now": NOW}
    actions.screen(case, letters=["e", "g", "h"], severity=2, **told)
    for n in range(5):
        actions.write_fact(
            case, claim=f"Điều {n}", truth="Đúng", evidence="Biên bản", is_claim_right=False, **told
        )
        actions.add_note(case, text=f"Ý kiến {n}", **told)
        actions.receive_directive(
            case, issuer="UBND tỉnh", content=f"Việc {n}", due_on=NOW.date(), **told
        )
        actions.plan_remedy(
            case, what=f"Họp {n}", who="Phòng", due_on=(NOW + timedelta(days=3)).date(), **told
        )
        actions.record_statement(
            case,
            at=NOW,
            form="written",
            spokesperson="Ông Thử",
            text="Đang kiểm tra.",
            outside_reason="Đo tốc độ, chưa có sổ người phát ngôn.",
            **told,
        )
        actions.draft_paper(case, code="response", **told)
    return int(case.pk)


if __name__ == "__main__":
    main()
