"""Stored HTML to indexed item in the real product: extract, recognise, fold, evidence, database and search index.

    python -m benchmarks.html_pipeline [--pages N] [--relevant PERCENT] [--kilobytes K]

Writes N pages of a size newspapers have (code, menus and teasers round the text) to a temporary folder: templates of
benchmarks/vietnamese_pages with a site rule, filled with made-up everyday news, PERCENT of them with articles about judgment
enforcement. Then a house of its own on SQLite, opened as the verbs of `hoiam` open it, takes them in; what is loaded
once (lexicon, register, wording) is counted in. Evidence is kept of candidates, as the collector does. Prints
articles a CPU second of one core with each stage's share, p50 and p99 of reading a page, and the peak of memory.
Gates: at least 300 articles a second, at most 250 MB. Pin it to one core: taskset -c 0 python -m benchmarks.html_pipeline
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.vietnamese_pages.filling import HERE, filled
from hoiam.kit.lists import yaml_of

NOW = datetime(2026, 4, 20, tzinfo=UTC)
BATCH = 200
TEMPLATES = (
    "held_out/express-classic", "held_out/tre-related", "held_out/lao-table", "held_out/k14-light",
    "held_out/ttx-news", "held_out/dan-epi", "held_out/wp-newspaper", "development/dtri-new",
    "development/vnnet-like", "development/epi-list-in-body", "development/nien-quote",
)  # fmt: skip
WHO = (
    "Chị Mận",
    "Anh Ba Khía",
    "Ông Sáu Đò",
    "Cô giáo Thơm",
    "Nhóm bạn trẻ xóm Đồng Sen",
    "Bác Hai Lúa",
)
DID = (
    "dựng lại cây cầu khỉ",
    "trồng thêm hai công sen",
    "mở lớp dạy bơi miễn phí",
    "đóng chiếc xuồng mới",
    "góp sách cho thư viện",
)
WHERE = (
    "bên bến Sậy",
    "ở chợ nổi Cầu Khế",
    "giữa cù lao Mây",
    "cạnh đình Lúa Mới",
    "trên triền đê Núi Mây",
)
WHY = (
    "để bọn nhỏ đi học đỡ vất vả",
    "vì năm nay nước về sớm",
    "cho kịp mùa lễ hội",
    "như lời hứa hồi đầu năm",
    "khi giá dưa hấu vừa nhích lên",
)
THEN = ("Hàng xóm kéo tới phụ một tay rồi ở lại ăn bữa cơm chiều.", "Ai đi ngang cũng dừng lại hỏi thăm vài câu.", "Buổi chiều hôm đó trời mưa nhẹ, gió từ sông thổi vào mát rượi.", "Tính ra hết chừng ba triệu đồng và mười bảy ngày công.")  # fmt: skip


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--relevant", type=float, default=2.0, help="percent about enforcement")
    parser.add_argument("--kilobytes", type=int, default=150, help="of a page, about")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        house = {
            **os.environ,
            "HOIAM_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "hoiam.config.settings",
        }
        house.pop("DATABASE_URL", None)
        pages = Path(folder) / "pages"
        pages.mkdir()
        store(pages, asked.pages, asked.relevant / 100, asked.kilobytes * 1000)
        command = [sys.executable, "-m", "hoiam.config.cli", "setup"]
        subprocess.run(command, env=house, capture_output=True, check=True)
        os.environ |= house
        os.environ.pop("DATABASE_URL", None)
        measure(pages)


def store(folder: Path, count: int, share: float, size: int) -> None:
    """Write the pages; the same pages every time."""
    rng = random.Random(2862)
    articles = yaml_of((HERE / "articles.yaml").read_text("utf-8"))
    templates = [(HERE / f"{name}.html").read_text("utf-8") for name in TEMPLATES]
    for number in range(count):
        about = rng.choice(articles) if rng.random() < share else {}
        article = everyday(rng, number) | {
            key: about[key] for key in ("sapo", "paragraphs") if about
        }
        teasers = [everyday(rng, number + step) for step in range(1, 8)]
        html = filled(templates[number % len(templates)], article, teasers)
        (folder / f"{number:06}.html").write_bytes(padded(html, rng, size).encode())


def everyday(rng: random.Random, number: int) -> dict[str, Any]:
    """An article of everyday news, some 450 syllables long."""

    def sentence() -> str:
        said = f"{rng.choice(WHO)} {rng.choice(DID)} {rng.choice(WHERE)} {rng.choice(WHY)}, lần thứ {rng.randrange(2, 90)}."
        return f"{said} {rng.choice(THEN)}"

    return {
        "id": f"t{number}",
        "title": f"{rng.choice(WHO)} {rng.choice(DID)} {rng.choice(WHERE)} lần thứ {number}",
        "sapo": f"{sentence()} Câu chuyện được kể lại vào ngày thứ {number}.",
        "author": "Mai Sông",
        "section": "Đời sống",
        "paragraphs": [f"{sentence()} {sentence()}" for _ in range(7)],
    }


def padded(html: str, rng: random.Random, size: int) -> str:
    """The page with as much code, menu and links round its text as newspapers have."""
    links = "".join(
        f'<li class="nav-item"><a class="nav-link" href="/muc-{n}" title="Mục {n}">Mục {n}</a></li>'
        for n in range(220)
    )
    code = ";".join(
        f"window.q{n}={{id:{rng.randrange(10**9)},slot:'b{n}',on:true}}" for n in range(400)
    )
    styles = "".join(f".c{n}{{margin:{n}px;color:#{n:06x}}}" for n in range(300))
    head = f"<style>{styles}</style><script>{code}</script>"
    html = html.replace("</head>", f"{head}</head>", 1).replace(
        "</body>", f'<div class="mega-menu"><ul>{links}</ul></div><script>{code}</script></body>', 1
    )
    missing = max(0, size - len(html.encode()))
    return html.replace(
        "</body>", f"<script>var cache='{'x1y2z3;' * (missing // 7)}';</script></body>", 1
    )


def measure(folder: Path) -> None:
    """Take the pages in and print what it took."""
    from hoiam.config.verbs.django_house import open_house  # noqa: PLC0415 -- settings first

    open_house()
    spent: Counter[str] = Counter()
    each: list[float] = []
    kept = relevant = captures = 0
    start = time.process_time()
    for batch in batched(folder, spent, each):
        done = taken_in(batch, spent)
        kept, relevant = kept + len(done.items), relevant + len(done.relevant)
        captures += sum(one.capture_id is not None for one in batch)
    total = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    bytes_read = statistics.mean(file.stat().st_size for file in folder.iterdir())
    print(
        f"html → item: {kept / total:,.0f} articles/CPU s ({kept:,} of {bytes_read / 1000:.0f} kB, {relevant} relevant, "
        f"{captures} captures), peak {peak:.0f} MB"
    )
    shares = ", ".join(
        f"{name} {seconds / kept * 1000:.2f}" for name, seconds in spent.most_common()
    )
    print(f"ms an article: {shares}")
    cuts = statistics.quantiles(each, n=100)
    print(f"reading one page: p50 {cuts[49] * 1000:.1f} ms, p99 {cuts[98] * 1000:.1f} ms CPU")


def batched(folder: Path, spent: Counter[str], each: list[float]) -> Iterator[list[Any]]:
    """Reports read from the stored pages, so many at a time."""
    batch = []
    for number, file in enumerate(sorted(folder.iterdir())):
        start = time.process_time()
        batch.append(
            report(file.read_bytes(), f"https://bao-{number % 40}.example/tin-{number}.html", spent)
        )
        each.append(time.process_time() - start)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def report(html: bytes, url: str, spent: Counter[str]) -> Any:
    """One page as the collector hands it in: extracted, and kept as evidence when it is a candidate."""
    from hoiam.core.fetch import Fetched  # noqa: PLC0415 -- settings first
    from hoiam.kit.news import extract  # noqa: PLC0415 -- settings first
    from hoiam.kit.recognition import is_candidate  # noqa: PLC0415 -- settings first
    from hoiam.monitoring.actions.captures import keep_page  # noqa: PLC0415 -- settings first
    from hoiam.monitoring.actions.incoming import Incoming  # noqa: PLC0415 -- settings first

    page = timed("extract", spent, lambda: extract(html, url=url))
    capture = None
    if timed("gate", spent, lambda: is_candidate(f"{page.title}\n{page.sapo}\n{page.body}")):
        headers = {"Content-Type": "text/html; charset=utf-8"}
        answer = Fetched(url, url, 200, headers, html, html, "utf-8", NOW, (), False, 0.1, None)
        capture = timed("evidence", spent, lambda: keep_page(answer, actor=None, how="đo")).pk
    return Incoming(
        title=page.title, url=url, sapo=page.sapo, body=page.body, outlet=page.outlet, author=page.author,
        section=page.section, published_at=page.published_at, published_from=page.published_from or "", capture_id=capture,
        problems=page.problems,
    )  # fmt: skip


_LINE: list[Any] = []


def taken_in(batch: list[Any], spent: Counter[str]) -> Any:
    """What the batch became in the database: recognised, folded, indexed."""
    from hoiam.monitoring.actions.intake import Line, take_each  # noqa: PLC0415 -- settings first

    if not _LINE:
        _LINE.append(Line(now=NOW))
    return timed("intake", spent, lambda: take_each(batch, now=NOW, line=_LINE[0]))


def timed(name: str, spent: Counter[str], do: Any) -> Any:
    """What it gives back, its CPU seconds added under the name."""
    start = time.process_time()
    try:
        return do()
    finally:
        spent[name] += time.process_time() - start


if __name__ == "__main__":
    main()
