"""`setup`, `user`, `verify`: the house on a new folder, run as the real program."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A data folder after one `hoiam setup`."""
    folder = tmp_path_factory.mktemp("house")
    assert hoiam(folder, "setup").returncode == 0
    return folder


def hoiam(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The program's answer on that folder."""
    given = {**os.environ, "HOIAM_DATA": str(folder), "DATABASE_URL": "", **env}
    return subprocess.run(
        [sys.executable, "-m", "hoiam.config.cli", *words], env=given, capture_output=True,
        text=True, timeout=120, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def rows(folder: Path, query: str) -> list:
    """What the database of the folder answers."""
    base = sqlite3.connect(folder / "hoiam.sqlite3")
    with base:
        found = base.execute(query).fetchall()
    base.close()
    return found


def test_setup_makes_everything_and_again_changes_nothing(folder):
    counts = (
        "select (select count(*) from agencies_agency), (select count(*) from core_ledgerentry)"
    )
    before = rows(folder, counts)
    done = hoiam(folder, "setup")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "Đã sẵn sàng: thêm 0 cơ quan, 0 cơ quan báo chí.\n"
    assert rows(folder, counts) == before
    assert before[0][0] > 1000
    assert (folder / "static" / "staticfiles.json").exists()


def test_a_verb_before_setup_says_so(tmp_path):
    done = hoiam(tmp_path, "verify")
    assert (done.returncode, done.stderr) == (2, "Chưa có cơ sở dữ liệu. Hãy chạy: hoiam setup\n")


def test_user_makes_an_account_and_resets_its_password(folder):
    code = rows(folder, "select code from agencies_agency where level = 'centre' limit 1")[0][0]
    made = hoiam(folder, "user", "An.Test", "--agency", code, "--password", "Song-May-2026!")
    assert (made.returncode, made.stdout) == (0, "")
    assert made.stderr.startswith("Đã tạo tài khoản an.test tại ")
    again = hoiam(folder, "user", "an.test", "--password", "Nui-Bac-2027!")
    assert (again.returncode, again.stderr) == (0, "Đã đặt lại mật khẩu cho an.test.\n")


@pytest.mark.parametrize(
    ("words", "beginning"),
    [
        (
            ["binh", "--agency", "khong-co", "--password", "Song-May-2026!"],
            "Không có cơ quan mang mã “khong-co”",
        ),
        (["binh"], "Thiếu mật khẩu"),
        (["binh", "--password", "123"], "Không có cơ quan mang mã"),
    ],
)
def test_user_refuses_in_one_sentence(folder, words, beginning):
    done = hoiam(folder, "user", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(beginning) and done.stderr.count("\n") == 1


def test_a_weak_password_is_refused_in_vietnamese(folder):
    code = rows(folder, "select code from agencies_agency where level = 'centre' limit 1")[0][0]
    done = hoiam(folder, "user", "yeu", "--agency", code, "--password", "123")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "ật khẩu" in done.stderr and "assword" not in done.stderr
    assert rows(folder, "select count(*) from agencies_official where username = 'yeu'") == [(0,)]


@pytest.mark.fault
def test_verify_finds_an_altered_ledger_row(tmp_path):
    hoiam(tmp_path, "setup")
    code = rows(tmp_path, "select code from agencies_agency where level = 'centre' limit 1")[0][0]
    hoiam(tmp_path, "user", "an", "--agency", code, "--password", "Song-May-2026!")
    assert hoiam(tmp_path, "verify").returncode == 0
    rows(
        tmp_path,
        "update core_ledgerentry set step = 'khac' where id = (select max(id) from core_ledgerentry)",
    )
    done = hoiam(tmp_path, "verify")
    assert done.returncode == 1
    assert done.stdout.startswith("Nhật ký, bản ghi ")
