"""The supervisor: what dies comes back, one TERM stops all, nothing is left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import pytest

from hoiam.config.cli import main
from hoiam.config.supervisor import Child, Supervisor, pause_after

SLEEPER = "import time; time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEPER!r}])"
RUNNER = """
import sys
from hoiam.config import supervisor
class Script(supervisor.Child):
    def start(self):
        self.process = supervisor.subprocess.Popen([sys.executable, "-c", *self.words], start_new_session=True)
        self.started, self.due = supervisor.time.monotonic(), None
supervisor.GRACE = 1.0
sys.exit(supervisor.supervise([Script(str(n), [code]) for n, code in enumerate(sys.argv[1:])]))
"""


@pytest.fixture
def supervise():
    """A supervisor in a process of its own, over children that run the given scripts."""
    started: list[psutil.Process] = []

    def start(*scripts: str) -> psutil.Process:
        begun = subprocess.Popen([sys.executable, "-c", RUNNER, *scripts])
        process = psutil.Process(begun.pid)
        started.append(process)
        until(lambda: len(process.children()) == len(scripts))
        process.begun = begun
        return process

    yield start
    for process in started:
        if process.is_running():
            for child in [*process.children(recursive=True), process]:
                child.kill()
        process.begun.wait()


def until(done: Callable[[], bool], seconds: float = 10.0) -> float:
    """How long it took until `done`."""
    began = time.monotonic()
    while not done():
        assert time.monotonic() - began < seconds
        time.sleep(0.02)
    return time.monotonic() - began


@pytest.mark.fault
def test_a_killed_child_is_back_within_two_seconds(supervise):
    house = supervise(SLEEPER, SLEEPER)
    killed = house.children()[0]
    killed.kill()
    until(lambda: killed not in house.children() and len(house.children()) == 2, 2.0)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_one_signal_stops_all_and_leaves_nobody_behind(supervise, sign):
    house = supervise(SLEEPER, PARENT)
    until(lambda: len(house.children(recursive=True)) == 3)
    family = house.children(recursive=True)
    house.send_signal(sign)
    assert house.begun.wait(timeout=5) == 0
    until(lambda: not any(one.is_running() for one in family), 2.0)


@pytest.mark.fault
def test_a_child_deaf_to_term_is_killed_after_the_grace():
    child = Child("deaf", [])
    child.process = subprocess.Popen([sys.executable, "-c", DEAF], start_new_session=True)
    time.sleep(0.5)
    house = Supervisor([child], grace=0.3)
    house._end()
    assert child.process.returncode == -signal.SIGKILL


@pytest.mark.fault
def test_a_child_that_dies_at_once_is_not_a_busy_loop(supervise):
    house = supervise("import time; time.sleep(0.2)")
    time.sleep(3)
    assert sum(house.cpu_times()[:2]) < 1.0


@pytest.mark.parametrize(
    ("lived", "last", "pause"),
    [(0.1, 0.0, 0.5), (0.1, 0.5, 1.0), (0.1, 16.0, 30.0), (0.1, 30.0, 30.0), (5.0, 30.0, 0.0)],
)
def test_the_pause_grows_while_a_child_dies_at_once(lived, last, pause):
    assert pause_after(lived, last) == pause


def test_the_supervisor_stays_small(supervise):
    house = supervise(SLEEPER)
    assert house.memory_info().rss < 40 * 1024**2


def test_up_never_loads_django():
    code = "import sys, hoiam.config.verbs.up; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=30).returncode == 0


@pytest.fixture
def house_with_a_database(tmp_path, monkeypatch):
    """A data folder in which `up` finds a database."""
    monkeypatch.setenv("HOIAM_DATA", str(tmp_path))
    (tmp_path / "hoiam.sqlite3").touch()


@pytest.mark.usefixtures("house_with_a_database")
def test_a_busy_port_is_one_sentence_before_anything_starts(capsys):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        assert main(["up", "--port", str(port)]) == 2
    other = port + 1 if port < 65535 else 8000
    assert capsys.readouterr().err == (
        f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: hoiam up --port {other}\n"
    )
    assert psutil.Process(os.getpid()).children() == []


@pytest.mark.usefixtures("house_with_a_database")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--port", "70000"], "Cấu hình sai: --port phải là số từ 1 đến 65535, đang là “70000”."),
        (["--workers", "0"], "--workers và --threads phải từ 1 trở lên."),
        (
            ["--host", "0.0.0.0"],
            "Mở cho máy khác truy cập thì phải đặt HOIAM_ALLOWED_HOSTS (tên miền của trang).",
        ),
    ],
)
def test_what_cannot_be_run_is_said(words, sentence, monkeypatch, capsys):
    monkeypatch.delenv("HOIAM_ALLOWED_HOSTS", raising=False)
    assert main(["up", *words]) == 2
    assert capsys.readouterr().err == sentence + "\n"


def test_an_empty_house_is_told_to_set_up(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HOIAM_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    assert main(["up"]) == 2
    assert capsys.readouterr().err == "Chưa có cơ sở dữ liệu. Hãy chạy: hoiam setup\n"
