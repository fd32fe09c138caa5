"""`hoiam import-items`: every line through the whole pipeline, a bad one told by its number, nothing twice."""

import gzip
import json
import lzma
import os
import subprocess
import sys

import pytest

from hoiam.config.cli import main
from hoiam.monitoring.models import Item, ItemImport, Warning
from tests.monitoring.house import GRAVE

GOOD = {
    "title": GRAVE.title,
    "link": GRAVE.url,
    "summary": GRAVE.sapo,
    "source": "Báo Sông Thanh",
    "category": "Bạn đọc",
    "published": "2026-08-05T08:00:00+07:00",
    "fetched": "2026-08-05T08:20:00+07:00",
}
LINES = [
    json.dumps(GOOD),
    "",
    "không phải JSON",
    json.dumps(GOOD | {"title": " "}),
    json.dumps({"title": "Không địa chỉ"}),
    json.dumps(GOOD | {"link": GRAVE.url + "?utm_source=rss"}),
    json.dumps({"title": "Giá rau ở chợ Lam Hải", "id": "a1", "published": "hôm kia", "fetched": GOOD["fetched"]}),
    json.dumps({"title": "Giờ không ghi múi", "link": "https://a.example/3", "published": "2026-08-05T08:00:00"}),
    "[1, 2]",
]  # fmt: skip


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "tin.jsonl"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


def test_good_lines_are_taken_and_bad_ones_told(province, file, capsys):
    assert main(["import-items", str(file)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Đã đọc 8 dòng: 3 tin mới (1 liên quan THADS), 1 tin đã có, 4 dòng lỗi.",
        "Dòng 3: Không phải JSON.",
        "Dòng 4: Thiếu tiêu đề (title).",
        "Dòng 5: Thiếu địa chỉ bài (link).",
        "Dòng 9: Thiếu tiêu đề (title).",
    ]
    report = ItemImport.objects.get()
    assert (report.lines, report.taken, report.known, report.relevant) == (8, 3, 1, 1)
    assert [p["line"] for p in report.problems] == [3, 4, 5, 9]
    assert report.ended_at >= report.at
    items = {item.title: item for item in Item.objects.all()}
    assert items[GRAVE.title].section == "Bạn đọc"
    vague = items["Giá rau ở chợ Lam Hải"]
    assert (vague.published_at, vague.published_raw, vague.at) == (
        None,
        "hôm kia",
        vague.first_seen_at,
    )
    assert items["Giờ không ghi múi"].published_at == GRAVE.published_at.replace(hour=1)
    assert [w.agency for w in Warning.objects.system("look").select_related("agency")] == [province]


def test_again_nothing_is_new(province, file, capsys):
    main(["import-items", str(file)])
    capsys.readouterr()
    main(["import-items", str(file)])
    assert capsys.readouterr().err.splitlines()[0] == (
        "Đã đọc 8 dòng: 0 tin mới (0 liên quan THADS), 4 tin đã có, 4 dòng lỗi."
    )
    assert Warning.objects.system("count").count() == 1


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_packed_files_are_read(province, tmp_path, ending, pack):
    path = tmp_path / f"tin.jsonl{ending}"
    path.write_bytes(pack(LINES[0].encode()))
    assert main(["import-items", str(path)]) == 0
    assert Item.objects.count() == 1


def test_a_line_the_database_refuses_costs_only_itself(province, tmp_path, capsys):
    path = tmp_path / "tin.jsonl"
    hostile = GOOD | {
        "title": "Tin \ud800\x00 lạ",
        "link": "https://a.example/\ud800",
        "published": "0001-01-01T00:00:00+14:00",
    }
    path.write_text("\n".join([json.dumps(hostile), LINES[0]]), encoding="utf-8")
    assert main(["import-items", str(path)]) == 0
    assert sorted(Item.objects.values_list("title", "published_at")) == [
        (GRAVE.title, GRAVE.published_at), ("Tin  lạ", None),
    ]  # fmt: skip


def test_what_cannot_be_read_is_one_sentence(province, tmp_path, capsys):
    assert main(["import-items", str(tmp_path / "khong-co.jsonl")]) == 2
    cut = tmp_path / "cut.jsonl.xz"
    cut.write_bytes(lzma.compress(LINES[0].encode())[:-20])
    assert main(["import-items", str(cut)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_progress_is_for_a_terminal_only(tmp_path, file):
    house = {**os.environ, "HOIAM_DATA": str(tmp_path / "data")}
    house.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "hoiam.config.cli", "import-items", str(file)]
    done = subprocess.run(command, env=house, capture_output=True, text=True, check=False)
    # No tables yet: one sentence, and no moving line in a pipe either way.
    assert (done.returncode, done.stdout, "\r" in done.stderr) == (2, "", False)
    assert done.stderr.strip() == "Chưa có cơ sở dữ liệu. Hãy chạy: hoiam setup"
