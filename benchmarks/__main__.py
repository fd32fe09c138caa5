"""Runs every benchmark of this folder and prints its figures with the machine's name.

    python -m benchmarks [NAME …] [--list] [--quick] [--write]

Without names all are run, one after another, each in a process of its own. --quick gives those that take a size a small one.
--write keeps what was printed, with the machine and the day, in docs/benchmarks.md.
A benchmark whose shared data (HOIAM_SHARED, else ../shared) is absent says so and is passed over.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
HEAD = """# Measured

Made by `make bench` (`python -m benchmarks --write`), everything in one go on one machine; renewed by hand, never edited. Speeds are per
CPU second of one process unless a line says otherwise; machines are noisy, so compare inside one run. Where a line names other
programs they read the same input in the same run. Figures on sets the code was tuned on are called development figures in
[developer/text-pipeline.md](developer/text-pipeline.md), which says what each set is.
"""
QUICK = {
    "bursts": ["--distractors", "1000", "--rounds", "1"],
    "replay": ["--items", "20000"],
    "import_items": ["--items", "5000"],
    "case_page": ["--cases", "5000", "--times", "10"],
    "matrix": ["--times", "10"],
    "list_page": ["--warnings", "5000", "--times", "10"],
    "feeds": ["--feeds", "40"],
    "html_pipeline": ["--pages", "600"],
    "synthesis": ["--reports", "40"],
    "extraction": ["--pages", "40"],
    "duplicates": ["--articles", "100", "--items", "4000"],
}


def main() -> int:
    """The exit code: 0 when every benchmark ran or had no data, 1 when one broke."""
    names = sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="only name them")
    parser.add_argument("--quick", action="store_true", help="small sizes")
    parser.add_argument(
        "--write", action="store_true", help="keep the figures in docs/benchmarks.md"
    )
    asked = parser.parse_args()
    unknown = sorted(set(asked.names) - set(names))
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(names)}")
    if asked.list:
        print("\n".join(f"{name:14} {first_line(HERE / f'{name}.py')}" for name in names))
        return 0
    print(machine(), flush=True)
    told: list[str] = []
    results = [
        run(name, QUICK.get(name, []) if asked.quick else [], told) for name in asked.names or names
    ]
    if asked.write:
        PAGE.write_text(page(told), encoding="utf-8")
    return int(not all(results))


def page(told: list[str]) -> str:
    """The page of figures: the machine, the day, and what each benchmark printed."""
    return (
        f"{HEAD}\n{machine().removeprefix('# ')}, {datetime.now().astimezone():%d/%m/%Y}\n"
        + "".join(told)
    )


def first_line(file: Path) -> str:
    """What a benchmark says it measures."""
    return file.read_text("utf-8").split('"""')[1].strip().splitlines()[0]


def machine() -> str:
    """The processor, cores and Python: a figure without them says nothing."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"Python {platform.python_version()}"
    return f"# {processor()} · {cores} cores · {python} · {platform.system()} {platform.machine()}"


def processor() -> str:
    """The processor's name as the system tells it."""
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text("utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    return platform.processor() or platform.machine()


def run(name: str, words: list[str], told: list[str]) -> bool:
    """Whether the benchmark ran; one without its data is passed over. What it printed is added to `told`."""
    title = f"{name}: {first_line(HERE / f'{name}.py')}"
    print(f"\n## {title}", flush=True)
    start, lines = time.perf_counter(), []
    command = [sys.executable, "-m", f"benchmarks.{name}", *words]
    with subprocess.Popen(
        command, cwd=HERE.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as done:
        # What it says beside is read after its end: little enough never to fill the pipe.
        for line in done.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip())
        beside = done.stderr.read() if done.stderr else ""
    last = (beside.strip().splitlines() or [""])[-1]
    if done.returncode and "HOIAM_SHARED" in last:
        print(f"   bỏ qua: {last}")
        return True
    if done.returncode:
        print(beside[-2000:])
    print(f"   ({time.perf_counter() - start:.0f} s)", flush=True)
    told.append("\n## {}\n\n```\n{}\n```\n".format(title, "\n".join(lines).strip("\n")))
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
