"""Run the whole test suite: on SQLite, and again on HOIAM_TEST_DATABASE_URL when it is set."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Rooms that keep rows: these run again on the second database; the kit and the documents know none.
ROOMS = [
    f"tests/{room}"
    for room in ("core", "agencies", "monitoring", "handling", "desk", "portal", "config")
]


def run(title: str, *command: str, **env: str) -> bool:
    """Whether this step ended well."""
    print(f"== {title}", flush=True)
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **env}).returncode == 0


def main() -> int:
    """0 when everything is green, else 1. Every step runs, so that one report shows all faults."""
    workers = str(min(4, os.cpu_count() or 1))
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    pytest = [str(BIN / "pytest"), "-n", workers, *sys.argv[1:]]
    steps = [
        run("ruff", str(BIN / "ruff"), "check", "."),
        run("ruff format", str(BIN / "ruff"), "format", "--check", "."),
        run("mypy", str(BIN / "mypy")),
        run("import-linter", str(BIN / "lint-imports")),
        run("pytest (SQLite)", *pytest, "--cov", "--cov-report=", DATABASE_URL=""),
    ]
    second = os.environ.get("HOIAM_TEST_DATABASE_URL", "")
    if second:
        steps.append(
            run(
                "pytest (second database)",
                *pytest,
                "-m",
                "not browser",
                *ROOMS,
                DATABASE_URL=second,
            )
        )
    else:
        print("== PostgreSQL: bỏ qua, vì HOIAM_TEST_DATABASE_URL chưa đặt")
    run("coverage by room", sys.executable, "tools/coverage_by_room.py")
    if not shutil.which("chromium"):
        print(
            "== Browser story: bỏ qua nếu không tìm thấy Chromium (đặt HOIAM_CHROMIUM hoặc cài gói chromium)"
        )
    return 0 if all(steps) else 1


if __name__ == "__main__":
    sys.exit(main())
