"""Pictures of pages: made by a browser that can reach nothing inward, killed when it hangs, told in words when there is none."""

import asyncio
import threading
import time

import psutil
import pytest

from hoiam.core.fetch import AddressGuard
from hoiam.core.rendering import NoRendering, find_chromium, render
from tests.core.fetch.loopback import site, whole

PAGE = """<!doctype html><meta charset=utf-8><title>Bài</title><h1>Chuyện một bản án</h1>
<img src="http://10.255.0.1/ben-trong.png"><iframe src="file:///etc/passwd"></iframe>
<script>document.body.append("đã chạy")</script>"""


def program(tmp_path, body):
    """A program that gets the browser's arguments."""
    path = tmp_path / "chromium"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_without_a_browser_it_is_said(settings):
    settings.HOIAM_CHROMIUM = "khong-co-chuong-trinh-nay"
    assert find_chromium() == ""
    with pytest.raises(NoRendering, match="chưa cài Chromium"):
        render("https://bao.example/")


@pytest.mark.fault
def test_a_browser_that_hangs_is_killed_with_its_children(tmp_path):
    hangs = program(tmp_path, f"sleep 300 & echo $! > {tmp_path}/child; sleep 300")
    start = time.monotonic()
    with pytest.raises(NoRendering, match="không chụp xong trong 1 giây"):
        render("https://bao.example/", program=hangs, seconds=1)
    assert time.monotonic() - start < 20
    child = int((tmp_path / "child").read_text())
    time.sleep(0.2)
    # Nobody may have collected it yet, but it runs no more.
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie"


PUT = """for a in "$@"; do case "$a" in --screenshot=*) i="${a#*=}";; --print-to-pdf=*) p="${a#*=}";; esac; done
"""


@pytest.mark.fault
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("exit 1", "không tạo được"),
        (PUT + 'echo x > "$i"; printf "%%PDF-" > "$p"', "bị hỏng"),
        (PUT + 'printf "\\211PNG" > "$i"; echo x > "$p"', "bị hỏng"),
    ],
)
def test_a_browser_that_gives_nothing_of_use_is_told(tmp_path, body, words):
    with pytest.raises(NoRendering, match=words):
        render("https://bao.example/", program=program(tmp_path, body))


def test_the_browser_knows_nothing_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("HOIAM_SECRET_KEY", "khoa")
    monkeypatch.setenv("https_proxy", "http://proxy.example")
    told = program(tmp_path, f"env > {tmp_path}/env; exit 1")
    with pytest.raises(NoRendering):
        render("https://bao.example/", program=told)
    said = (tmp_path / "env").read_text()
    assert "khoa" not in said and "proxy.example" not in said


@pytest.mark.browser
@pytest.mark.skipif(not find_chromium(), reason="no Chromium here")
def test_a_page_becomes_a_picture_and_a_print_and_reaches_nothing_inward():
    served = _Served()
    made = render(f"{served.url}/bai", guard=AddressGuard(allow=["127.0.0.1"], ports=None))
    served.stop()

    assert (made.image[:4], made.print[:5]) == (b"\x89PNG", b"%PDF-")
    assert "chặn 1 địa chỉ nội bộ" in made.how


class _Served:
    """The page on loopback, in a thread of its own: rendering has a loop of its own."""

    def __init__(self):
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        self._thread.start()
        self._ready.wait(10)

    async def _serve(self):
        async def handle(request, writer):
            writer.write(whole(PAGE.encode(), Content_Type="text/html"))

        self._end = asyncio.Event()
        async with site(handle) as server:
            self.url = server.url
            self._ready.set()
            await self._end.wait()

    def stop(self):
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)
        self._loop.close()
