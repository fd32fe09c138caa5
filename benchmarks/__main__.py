"""Runs every benchmark of this folder and prints its figures with the machine's name.

    python -m benchmarks [NAME …] [--list] [--quick]

Without names all are run, one after another, each in a process of its own. --quick gives those that take a size a small one.
A benchmark whose shared data (HOIAM_SHARED, else ../shared) is absent says so and is passed over.
"""

import argparse
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
QUICK = {
    "replay": ["--items", "20000"],
    "import_items": ["--items", "5000"],
    "list_page": ["--warnings", "5000", "--times", "10"],
    "feeds": ["--feeds", "40"],
    "html_pipeline": ["--pages", "600"],
    "duplicates": ["--articles", "100", "--items", "4000"],
}


def main() -> int:
    """The exit code: 0 when every benchmark ran or had no data, 1 when one broke."""
    names = sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--list", action="store_true", help="only name them")
    parser.add_argument("--quick", action="store_true", help="small sizes")
    asked = parser.parse_args()
    unknown = sorted(set(asked.names) - set(names))
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(names)}")
    if asked.list:
        print("\n".join(f"{name:14} {first_line(HERE / f'{name}.py')}" for name in names))
        return 0
    print(machine(), flush=True)
    results = [
        run(name, QUICK.get(name, []) if asked.quick else []) for name in asked.names or names
    ]
    return int(not all(results))


def first_line(file: Path) -> str:
    """What a benchmark says it measures."""
    return file.read_text("utf-8").split('"""')[1].strip().splitlines()[0]


def machine() -> str:
    """The machine's name, processor, cores and Python: a figure without them says nothing."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = f"Python {platform.python_version()}"
    return f"# {platform.node()} · {processor()} · {cores} cores · {python} · {platform.platform()}"


def processor() -> str:
    """The processor's name as the system tells it."""
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text("utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    return platform.processor() or platform.machine()


def run(name: str, words: list[str]) -> bool:
    """Whether the benchmark ran; one without its data is passed over."""
    print(f"\n## {name}: {first_line(HERE / f'{name}.py')}", flush=True)
    start = time.perf_counter()
    command = [sys.executable, "-m", f"benchmarks.{name}", *words]
    done = subprocess.run(command, cwd=HERE.parent, stderr=subprocess.PIPE, text=True, check=False)
    last = (done.stderr.strip().splitlines() or [""])[-1]
    if done.returncode and "HOIAM_SHARED" in last:
        print(f"   bỏ qua: {last}")
        return True
    if done.returncode:
        print(done.stderr[-2000:])
    print(f"   ({time.perf_counter() - start:.0f} s)", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
