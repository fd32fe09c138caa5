"""Imports a file of items with `hoiam import-items` into a database of its own, twice.

    python -m benchmarks.import_items [--items N] [--file FILE]

Reads rss/*.jsonl.xz in the folder HOIAM_SHARED names; --items writes so many lines to a temporary file first. Prints items a
second (wall), the peak of memory, and what the second run found new. Gates: at least 300 items a second, at most 400 MB,
nothing new the second time.
"""

import argparse
import lzma
import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from benchmarks.stories import shared_data


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=None, help="at most so many")
    parser.add_argument("--file", type=Path, default=None)
    asked = parser.parse_args()
    file = asked.file or next(iter(sorted((shared_data() / "rss").glob("*.jsonl.xz"))), None)
    if file is None or not file.exists():
        sys.exit(f"không có {file or shared_data() / 'rss'}; đặt HOIAM_SHARED")
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        measure(cut(file, asked.items, Path(folder)), Path(folder))


def cut(file: Path, limit: int | None, folder: Path) -> Path:
    """The file, or one with its first lines."""
    if limit is None:
        return file
    part = folder / "part.jsonl"
    opener = lzma.open if file.suffix == ".xz" else open
    with opener(file, "rb") as lines, part.open("wb") as out:
        out.writelines(islice(lines, limit))
    return part


def measure(file: Path, folder: Path) -> None:
    """Import twice and print what it took."""
    house = {**os.environ, "HOIAM_DATA": str(folder / "data")}
    house.pop("DATABASE_URL", None)
    hoiam(house, "setup")
    for run in ("first", "second"):
        start = time.perf_counter()
        told = hoiam(house, "import-items", str(file))
        took = time.perf_counter() - start
        lines = int(told.split(" dòng", 1)[0].rsplit(" ", 1)[1])
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"import-items, {run} run: {lines / took:,.0f} items/s, {peak:.0f} MB | {told}")


def hoiam(house: dict[str, str], *words: str) -> str:
    """What the command line said."""
    command = [sys.executable, "-m", "hoiam.config.cli", *words]
    done = subprocess.run(command, env=house, capture_output=True, text=True, check=True)
    return " ".join(done.stderr.split())


if __name__ == "__main__":
    main()
