"""Run the whole test suite: on SQLite, and again on HOIAM_TEST_DATABASE_URL when it is set."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Rooms that keep rows, and the pages that ask the most of them: these run again on the second database.
ROOMS = [
    *(
        f"tests/{room}"
        for room in (
            "core",
            "agencies",
            "monitoring",
            "handling",
            "letters",
            "newsroom",
            "scheme",
            "portal",
        )
    ),
    # Of the workbench what asks the most of rows: who sees which, and a text's whole way.
    "tests/workbench/test_scope.py",
    "tests/workbench/test_story.py",
    *(
        f"tests/desk/test_{pages}_pages.py"
        for pages in (
            "cases",
            "case_work",
            "overview",
            "watch",
            "scheme",
            "doing",
            "rounds",
        )
    ),
]

# Slow sites and files are the same on any database; so is which state may follow which, and who may do what: each of these asks
# hundreds of combinations of one and the same query.
WITHOUT_ROWS = (
    "tests/monitoring/torture",
    "tests/core/fetch",
    "tests/handling/test_machine.py",
    "tests/handling/test_transitions.py",
    "tests/handling/test_policies.py",
    "tests/letters/test_machine.py",
    "tests/monitoring/test_states.py",
    "tests/scheme/test_scheme_transitions.py",
)

# Prints the papers whose geometry is measured; the fonts have the widths of Times New Roman.
OFFICE = ["libreoffice-writer-nogui", "fonts-liberation2"]
OFFICE_TRIED = BIN.parent / ".office-tried"


def run(title: str, *command: str, **env: str) -> bool:
    """Whether this step ended well."""
    print(f"== {title}", flush=True)
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **env}).returncode == 0


def want_office() -> None:
    """LibreOffice, which prints the papers that are measured: installed once where the machine allows it, else said how."""
    if shutil.which("soffice"):
        return
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0 and not OFFICE_TRIED.exists():
        OFFICE_TRIED.parent.mkdir(parents=True, exist_ok=True)
        OFFICE_TRIED.touch()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        print("== LibreOffice: đang cài để in thử văn bản (chỉ một lần)", flush=True)
        for words in (
            ["update", "-qq"],
            ["install", "-y", "-qq", "--no-install-recommends", *OFFICE],
        ):
            subprocess.run([apt, *words], env=env, **quiet)
    if not shutil.which("soffice"):
        print(
            f"== Thể thức in ra PDF: bỏ qua, vì máy chưa có LibreOffice. Cài: apt-get install {' '.join(OFFICE)}"
        )


def main() -> int:
    """0 when everything is green, else 1. Every step runs, so that one report shows all faults."""
    want_office()
    # Some machines forbid Python to keep what it compiled; a run starts dozens of processes, and each would compile all anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    workers = str(min(4, os.cpu_count() or 1))
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    # A file stays with one worker, so that what its tests share is made once; in order, so that the long ones begin early.
    shared = ["--dist", "loadfile", "--no-loadscope-reorder"]
    pytest = [str(BIN / "pytest"), "-n", workers, *shared, *sys.argv[1:]]
    # Counting lines makes every test a third slower: asked for before a landing, not in each run.
    counted = ["--cov", "--cov-report="] if os.environ.get("HOIAM_COVERAGE") else []
    steps = [
        run("ruff", str(BIN / "ruff"), "check", "."),
        run("ruff format", str(BIN / "ruff"), "format", "--check", "."),
        run("mypy", str(BIN / "mypy")),
        run("import-linter", str(BIN / "lint-imports")),
        run("pytest (SQLite)", *pytest, *counted, DATABASE_URL=""),
    ]
    second = os.environ.get("HOIAM_TEST_DATABASE_URL", "")
    if second:
        steps.append(
            run(
                "pytest (second database)",
                *pytest,
                "-m",
                "not browser",
                *(f"--ignore={folder}" for folder in WITHOUT_ROWS),
                *ROOMS,
                DATABASE_URL=second,
                HOIAM_TEST_ROWS_ONLY="1",
            )
        )
    else:
        print("== PostgreSQL: bỏ qua, vì HOIAM_TEST_DATABASE_URL chưa đặt")
    if counted:
        run("coverage by room", sys.executable, "tools/coverage_by_room.py")
    if not shutil.which("chromium"):
        print(
            "== Browser story: bỏ qua nếu không tìm thấy Chromium (đặt HOIAM_CHROMIUM hoặc cài gói chromium)"
        )
    return 0 if all(steps) else 1


if __name__ == "__main__":
    sys.exit(main())
