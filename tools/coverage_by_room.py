"""Print how much of each room the last test run covered, in per cent of lines."""

import io
import json
from collections import defaultdict
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).resolve().parent.parent


def room(path: str) -> str:
    """The room a file belongs to: `kit/news`, `core`, `agencies` …"""
    parts = Path(path).parts
    inside = parts[parts.index("hoiam") + 1 :]
    return "/".join(inside[:2]) if inside[0] == "kit" and len(inside) > 2 else inside[0]


def main() -> None:
    """Combine the workers' data and print one line a room."""
    coverage = Coverage(data_file=str(ROOT / ".coverage"))
    if list(ROOT.glob(".coverage.*")):
        coverage.combine(keep=False)
    coverage.load()
    out = ROOT / ".coverage-report.json"
    coverage.json_report(outfile=str(out), ignore_errors=True)
    files = json.loads(out.read_text())["files"]
    out.unlink()
    lines: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path, data in files.items():
        summary = data["summary"]
        lines[room(path)][0] += summary["covered_lines"]
        lines[room(path)][1] += summary["num_statements"]
    text = io.StringIO()
    for name, (covered, total) in sorted(lines.items()):
        text.write(f"{name:20} {100 * covered / max(total, 1):5.1f} %  {covered}/{total}\n")
    print(text.getvalue(), end="")


if __name__ == "__main__":
    main()
