"""The real program on folders of its own; a house is set up once a run, as that takes ten seconds, and copied after that."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def hoiam(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The program's answer on that folder."""
    given = {**os.environ, "HOIAM_DATA": str(folder), "DATABASE_URL": "", **env}
    given["DJANGO_SETTINGS_MODULE"] = "hoiam.config.settings"
    return subprocess.run(
        [sys.executable, "-m", "hoiam.config.cli", *words], env=given, capture_output=True,
        text=True, timeout=600, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def house_at(folder: Path, factory: pytest.TempPathFactory) -> Path:
    """That folder, with what one `hoiam setup` makes in it; workers of one run share the making."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made = shared / "set-up"
    with (shared / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            done = hoiam(shared / "being-set-up", "setup")
            assert done.returncode == 0, done.stderr
            (shared / "being-set-up").rename(made)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder
