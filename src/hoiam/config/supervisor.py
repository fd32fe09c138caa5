"""A small supervisor: starts children, restarts those that die, stops all on one TERM. It never loads Django."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

GRACE = 10.0  # seconds a child has to end by itself after TERM
SETTLED = 5.0  # seconds after which a death is an accident, and the child comes back at once
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
WRONG_USE = 2  # the exit code of a verb whose settings are wrong: another start cannot help


@dataclass
class Child:
    """One process: its name and words; words that begin with "-m" are a Python module, else a `hoiam` verb."""

    name: str
    words: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    restarts: int = 0
    due: float | None = None

    def start(self) -> None:
        """Start it, in a process group of its own so that a Ctrl+C reaches only the supervisor."""
        is_module = self.words[0] == "-m"
        head = [sys.executable] if is_module else [sys.executable, "-m", "hoiam.config.cli"]
        self.process = subprocess.Popen([*head, *self.words], start_new_session=True)  # noqa: S603 -- our own words
        self.started, self.due = time.monotonic(), None

    def is_running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def refuses(self) -> bool:
        """Whether it ended because it was wrongly set up, which no restart mends."""
        return self.process is not None and self.process.returncode == WRONG_USE

    def end(self, sign: signal.Signals) -> None:
        """Send the signal to the process and all it started itself, living or left behind."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, sign)


class Supervisor:
    """Keeps the children running until told to stop."""

    def __init__(
        self, children: Sequence[Child], *, tick: float = 0.1, grace: float = GRACE
    ) -> None:
        self.children, self.tick, self.grace = list(children), tick, grace
        self.stopping, self.code = False, 0

    def stop(self, *_: object) -> None:
        """Ask for the end; the loop does the rest."""
        self.stopping = True

    def run(self) -> int:
        """0 after a clean stop, 2 when a child refused to start."""
        try:
            for child in self.children:
                child.start()
            while not self.stopping:
                for child in self.children:
                    self._watch(child)
                time.sleep(self.tick)
        finally:
            self._end()
        return self.code

    def _watch(self, child: Child) -> None:
        if child.is_running():
            return
        now = time.monotonic()
        if child.due is None:
            child.end(signal.SIGKILL)  # what a killed server leaves behind would keep its port
            if child.refuses() and child.restarts == 0:
                self.stopping, self.code = True, WRONG_USE
                return
            child.pause = pause_after(now - child.started, child.pause)
            child.due = now + child.pause
            when = f"sau {child.pause:g} giây".replace(".", ",") if child.pause else "ngay"
            tell(f"{child.name} đã dừng, dựng lại {when}.")
        if now >= child.due:
            child.restarts += 1
            child.start()

    def _end(self) -> None:
        for child in self.children:
            if child.is_running() and child.process is not None:
                child.process.terminate()
        limit = time.monotonic() + self.grace
        for child in self.children:
            if child.process is None:
                continue
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(timeout=max(0.0, limit - time.monotonic()))
            child.end(signal.SIGKILL)
            child.process.wait()


def pause_after(lived: float, last: float) -> float:
    """Seconds to wait before the next start: none after a settled life, else longer each time.

    >>> pause_after(600.0, 8.0), pause_after(0.1, 0.0), pause_after(0.1, 0.5), pause_after(0.1, 20.0)
    (0.0, 0.5, 1.0, 30.0)
    """
    if lived >= SETTLED:
        return 0.0
    return min(LONGEST_PAUSE, max(FIRST_PAUSE, last * 2))


def tell(sentence: str) -> None:
    """Put one sentence into the log, if anybody still reads it."""
    with suppress(OSError):
        print(f"hoiam up: {sentence}", file=sys.stderr, flush=True)


def supervise(children: Sequence[Child]) -> int:
    """The exit code, after TERM, Ctrl+C or a closed terminal stopped every child."""
    supervisor = Supervisor(children)
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        # Who started us with nohup wants us to outlive the terminal.
        if sign != signal.SIGHUP or signal.getsignal(sign) != signal.SIG_IGN:
            signal.signal(sign, supervisor.stop)
    return supervisor.run()
