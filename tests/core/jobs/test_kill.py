"""Workers are killed at random moments: no job is lost, no effect happens twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def arena(tmp_path, kills, jobs, seed):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "hoiam.config.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'arena.sqlite3'}",
        "HOIAM_DATA": str(tmp_path),
        "PYTHONPATH": os.pathsep.join(
            [str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")]
        ),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.jobs.arena", str(kills), str(jobs), str(seed)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def check(said, kills, jobs):
    assert said["kills"] == kills
    assert said["done"] == jobs
    assert (said["lost"], said["effects_twice"], said["integrity"]) == (0, 0, "ok")
    assert said["jobs_tried_again"] > 0  # otherwise nothing was hit and the test proved nothing


@pytest.mark.fault
def test_twenty_kills_lose_nothing(tmp_path):
    check(arena(tmp_path, 20, 900, seed=2862), 20, 900)
