"""Fill this project's virtual environment: with uv when it can be had, with plain pip otherwise.

Run by the Makefile with the environment's own Python: `install.py base | learn | channels | dev | peers | lock | check-python`.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
SETS = {
    "base": ["build", "base"],
    "learn": ["learn"],
    "channels": ["channels"],
    "dev": ["build", "base", "postgres", "learn", "channels", "dev"],
    "peers": ["peers"],
}
LOCK_ORDER = ["build", "base", "postgres", "learn", "channels", "dev", "peers"]


def check_python() -> None:
    """Stop with one sentence when this Python is too old to run Hồi Âm."""
    if sys.version_info < (3, 11):  # noqa: UP036 -- this file is what an old Python is told by
        sys.exit("Hồi Âm cần Python 3.11 trở lên. Hãy cài rồi chạy: make run PYTHON=python3.11")


def run(*command: str) -> bool:
    """Whether the command ended well; its own output is left to be seen."""
    return subprocess.run(command, cwd=ROOT).returncode == 0


def uv() -> list[str] | None:
    """The words that start uv: the machine's own, or one put into this environment; None when neither can be had."""
    found = shutil.which("uv")
    if found:
        return [found]
    own = Path(sys.executable).with_name("uv")
    if not own.exists():
        quiet = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "uv",
        ]
        subprocess.run(quiet, cwd=ROOT, stderr=subprocess.DEVNULL)
    return [str(own)] if own.exists() else None


def install(wanted: str) -> bool:
    """Whether the pinned set and the `hoiam` command are now in this environment.

    The pinned files are complete, so nothing else is looked for: what left-out.txt names stays out.
    """
    files = [arg for name in SETS[wanted] for arg in ("-r", f"requirements/{name}.txt")]
    fast = uv()
    if fast:
        pip = [*fast, "pip", "install", "--quiet", "--python", sys.executable]
        if run(*pip, "--require-hashes", "--no-deps", *files) and editable(pip):
            return True
        print("uv không cài được, thử lại bằng pip.", file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return run(*pip, "--require-hashes", "--no-deps", *files) and editable(pip)


def editable(pip: list[str]) -> bool:
    """Whether the project itself was installed, so that `hoiam` is on the environment's path."""
    return run(*pip, "--no-deps", "--no-build-isolation", "-e", ".")


def lock() -> bool:
    """Whether every requirements/*.in was pinned anew, with hashes and without download addresses."""
    fast = uv()
    if not fast:
        sys.exit("Khóa phiên bản cần uv.")
    options = ["--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
               "--no-emit-index-url", "--no-emit-find-links", "--no-header",
               "--override", "requirements/left-out.txt"]  # fmt: skip
    return all(
        run(
            *fast,
            "pip",
            "compile",
            *options,
            f"requirements/{name}.in",
            "-o",
            f"requirements/{name}.txt",
        )
        for name in LOCK_ORDER
    )


if __name__ == "__main__":
    wanted = sys.argv[1] if len(sys.argv) > 1 else "base"
    if wanted == "check-python":
        check_python()
    elif not (lock() if wanted == "lock" else install(wanted)):
        sys.exit("Không cài được thư viện. Kiểm tra kết nối tới kho gói Python rồi chạy lại.")
