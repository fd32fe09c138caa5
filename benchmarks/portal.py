"""The public portal with many articles, as granian serves it: kept pages, pages drawn anew, search.

    python -m benchmarks.portal [--articles N] [--times N] [--seconds N]

Makes a database of its own with fictional articles, serves it with as many workers as `hoiam up` does, and asks over HTTP
from the same machine, so that the asker takes its share of the processors. Gates: from kept pages 1,000 requests a second;
drawn anew p95 under 120 ms; search p95 under 100 ms.
"""

import argparse
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Thread

HOST = "127.0.0.1"
SAID = (
    "thi hành án dân sự tỉnh Thanh Giang đối thoại với người dân xã Vạn Điền kê biên tài sản đấu giá chấp hành "
    "viên hòa giải biên bản tự nguyện cưỡng chế giao nhà phường Bến Thóc hồ sơ bưu chính công ích văn phòng kế hoạch quý"
)
WORDS = SAID.split()
DRAWN = (
    "/",
    "/chuyen-muc/muc-2/",
    "/bai/bai-777/",
    "/don-vi/tinh-3/",
    "/tin/nguon.rss",
    "/van-ban/",
    "/chu-de/3/",
)
SOUGHT = (
    "thi hanh an",
    "đối thoại",
    "vaajn ddieefn",
    "giao nha ben thoc",
    "chap hanh vien",
    "bien ban tu nguyen",
)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument("--seconds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        port = free_port()
        os.environ |= {
            "HOIAM_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "hoiam.config.settings",
            "HOIAM_PORT": str(port),
            # Searches are limited by the asker's address: each comes from another.
            "HOIAM_PROXIES": "1",
        }
        os.environ.pop("DATABASE_URL", None)
        fill(asked.articles)
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            HOST,
            "--port",
            str(port),
        ]
        server = subprocess.Popen(
            [*command, "--workers", "2", "--log-level", "error", "hoiam.config.wsgi:application"]
        )
        try:
            wait(port)
            measure(port, asked.times, asked.seconds, asked.articles)
        finally:
            server.terminate()
            server.wait(20)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def fill(count: int) -> None:
    """Agencies, sections, articles with pictures, and the search index."""
    import django  # noqa: PLC0415 -- settings first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- settings first

    from hoiam.agencies.models import Agency  # noqa: PLC0415 -- settings first
    from hoiam.core import search  # noqa: PLC0415 -- settings first
    from hoiam.newsroom.jobs.searching import every_article  # noqa: PLC0415 -- settings first
    from hoiam.newsroom.models import Article, ArticlePicture, Section  # noqa: PLC0415 -- settings first

    call_command("migrate", verbosity=0)
    search.ensure()
    dice, now = random.Random(7), datetime.now(UTC)
    places = [
        Agency.objects.create(
            code=f"tinh-{n}",
            name=f"THADS tỉnh Số {n}",
            full_name=f"Thi hành án dân sự tỉnh Số {n}",
            level="province",
            province=f"Số {n}",
            fictional=True,
        )
        for n in range(34)
    ]
    sections = [Section.objects.create(slug=f"muc-{n}", name=f"Mục {n}", order=n) for n in range(8)]
    kinds = ["article"] * 14 + ["release", "document", "question", "photos", "video"]

    def say(length: int) -> str:
        return " ".join(dice.choices(WORDS, k=length))

    def made(number: int) -> Article:
        return Article(
            kind=kinds[number % len(kinds)],
            agency=dice.choice(places),
            section=dice.choice(sections),
            theme=dice.choice([None, 1, 2, 3, 4, 5]),
            page_key=f"b:{number}",
            slug=f"bai-{number}",
            title=say(12).capitalize(),
            lead=say(36),
            body="".join(f"<p>{say(60)}</p>" for _ in range(6)),
            published_at=now - timedelta(minutes=7 * number + 1),
            expires_at=now + timedelta(days=1 + number % 90) if number % 10 == 0 else None,
            extra={"number": f"{number}/TB-THADS", "signer": "Người Ký"}
            if kinds[number % len(kinds)] == "document"
            else {},
        )

    Article.objects.bulk_create((made(n) for n in range(count)), batch_size=500)
    keys = Article.objects.system("give them pictures").values_list("pk", flat=True)
    ArticlePicture.objects.bulk_create(
        (
            ArticlePicture(article_id=key, blob=f"{key:064x}", width=960, height=600, alt="Ảnh")
            for key in keys
        ),
        batch_size=1000,
    )
    began = time.perf_counter()
    search.put_many(every_article())
    print(
        f"{count:,} articles; search index made in {time.perf_counter() - began:.0f} s", flush=True
    )


def wait(port: int) -> None:
    """Until the server answers."""
    for _ in range(600):
        try:
            ask(connect(port), "/healthz")
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server did not start")


def connect(port: int) -> socket.socket:
    """A connection that is used again."""
    made = socket.create_connection((HOST, port), timeout=60)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def ask(line: socket.socket, path: str, asker: int = 0) -> tuple[int, int]:
    """The status and size of one answer; askers of different numbers come from different addresses."""
    line.sendall(
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
        f"X-Forwarded-For: 203.0.113.{asker % 250}\r\n\r\n".encode()
    )
    data = b""
    while b"\r\n\r\n" not in data:
        if not (piece := line.recv(65536)):
            raise OSError("closed")
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    fields = dict(row.lower().split(b": ", 1) for row in head.split(b"\r\n")[1:])
    size, got = int(fields[b"content-length"]), len(body)
    while got < size:
        got += len(line.recv(65536))
    return int(head.split(b" ")[1]), size


def measure(port: int, times: int, seconds: int, count: int) -> None:
    """Ask and print."""
    line = connect(port)
    for path in DRAWN:
        ask(line, path)
        # An address with something typed is never kept whole.
        told(
            f"{path} drawn anew",
            [spent(line, f"{path}?x={n}") for n in range(times)],
            ask(line, path)[1],
        )
    told(
        "/tim/ search",
        [spent(line, f"/tim/?q={quoted(SOUGHT[n % len(SOUGHT)])}", n) for n in range(times * 2)],
        0,
    )
    for path in ("/", "/bai/bai-777/"):
        print(
            f"{path} kept, {count:,} articles: {rate(port, path, seconds):,.0f} requests a second",
            flush=True,
        )


def quoted(text: str) -> str:
    """As it stands in an address."""
    from urllib.parse import quote  # noqa: PLC0415 -- used here alone

    return quote(text)


def spent(line: socket.socket, path: str, asker: int = 0) -> float:
    """Milliseconds of one answer."""
    began = time.perf_counter()
    status, _ = ask(line, path, asker)
    if status != 200:
        sys.exit(f"{path}: {status}")
    return (time.perf_counter() - began) * 1000


def told(what: str, found: list[float], size: int) -> None:
    """One line."""
    p95 = statistics.quantiles(found, n=20)[18]
    print(
        f"{what}: p50 {statistics.median(found):.0f} ms, p95 {p95:.0f} ms{f', {size / 1000:.1f} kB packed' if size else ''}",
        flush=True,
    )


def rate(port: int, path: str, seconds: int) -> float:
    """Requests a second over four connections."""
    until = time.perf_counter() + seconds
    counts = [0] * 4

    def asker(number: int) -> Callable[[], None]:
        def run() -> None:
            line = connect(port)
            while time.perf_counter() < until:
                ask(line, path)
                counts[number] += 1

        return run

    threads = [Thread(target=asker(number)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


if __name__ == "__main__":
    main()
