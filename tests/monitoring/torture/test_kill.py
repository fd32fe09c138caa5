"""kill -9 in the middle of a reading: the next collector goes on, nothing is lost, nothing happens twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from hoiam.monitoring.models import Source
from tests.monitoring.newsstand import PLAIN, TEXT, TITLE, article, entry
from tests.monitoring.test_rechecks import standing
from tests.monitoring.torture.street import Street

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]
ROOT = Path(__file__).parents[3]
COUNT = 25


def victim(path, ahead):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hoiam.config.settings",
        "DATABASE_URL": f"sqlite:///{path}",
        "HOIAM_DATA": str(path.parent),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    command = [sys.executable, "-m", "tests.monitoring.torture.victim", str(ahead)]
    return subprocess.Popen(command, env=environment, cwd=ROOT)


def one(path, sql):
    """The first value a query gives."""
    with sqlite3.connect(path) as file:
        return file.execute(sql).fetchone()[0]


def stand():
    street = Street()
    for number in range(COUNT):
        street.pages[f"/tin-{number}.html"] = article(f"Tin số {number} ở chợ", PLAIN)
    street.pages["/tin-3.html"] = article(TITLE, TEXT)
    return street


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the file is copied as SQLite")
def test_a_killed_collector_loses_nothing_and_doubles_nothing(province, tmp_path):
    path = tmp_path / "killed.sqlite3"
    with standing(stand()) as street:
        street.feed(*(entry(n, TITLE if n == 3 else f"Tin số {n} ở chợ") for n in range(COUNT)))
        Source.objects.create(
            name="Báo", kind="feed", url=f"{street.url}/rss", due_at=datetime(2026, 1, 1, tzinfo=UTC), home_province="Thanh Giang"
        )  # fmt: skip
        with sqlite3.connect(path) as file:
            connection.connection.backup(file)
        street.slow["/tin-22.html"] = 60
        first = victim(path, 0)
        deadline = time.monotonic() + 60
        while one(path, "SELECT count(*) FROM monitoring_item") < 10:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        first.send_signal(signal.SIGKILL)
        assert first.wait() == -signal.SIGKILL
        before = one(path, "SELECT count(*) FROM monitoring_item")
        assert before < COUNT  # otherwise nothing was hit and the test proved nothing
        street.slow.clear()
        assert victim(path, 130).wait(timeout=90) == 0
        asked = [street.count(f"/tin-{n}.html") for n in range(COUNT)]
    assert one(path, "SELECT count(*) FROM monitoring_item") == COUNT
    assert one(path, "SELECT count(DISTINCT url_key) FROM monitoring_item") == COUNT
    assert one(path, "SELECT count(*) FROM monitoring_warning") == 1
    assert one(path, "SELECT count(*) FROM monitoring_item WHERE body = ''") == 0
    assert one(path, "SELECT count(*) FROM monitoring_source WHERE leased_until IS NULL") == 1
    assert one(path, "PRAGMA integrity_check") == "ok"
    # What was kept is not fetched again; only the step that was under way is.
    assert asked.count(1) >= before
    assert max(asked) <= 2
