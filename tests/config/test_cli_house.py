"""`setup`, `user`, `verify`: the house on a new folder, run as the real program."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.set_up import hoiam, house_at


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A data folder after one `hoiam setup`."""
    return house_at(tmp_path_factory.mktemp("house"), tmp_path_factory)


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


def test_the_help_of_setup_says_that_it_upgrades_and_mends(tmp_path):
    told = " ".join(hoiam(tmp_path, "setup", "--help").stdout.split())
    assert "nâng cấp cơ sở dữ liệu" in told
    assert "sửa tin 90 ngày qua do bản cũ ghi chưa đúng" in told


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
def test_verify_finds_an_altered_ledger_row(tmp_path, tmp_path_factory):
    house_at(tmp_path, tmp_path_factory)
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


def test_digest_makes_a_synthesis_or_an_outlook_of_the_days_around(folder, tmp_path):
    word = tmp_path / "thang.docx"
    month = hoiam(folder, "digest", "--month", "--date", "05/10/2026", "--json", "-o", str(word))
    found = json.loads(month.stdout)
    assert (month.returncode, month.stderr) == (0, "")
    assert (found["kind"], found["first"], found["day"]) == ("month", "2026-10-01", "2026-10-31")
    assert word.read_bytes()[:2] == b"PK"
    week = hoiam(folder, "digest", "--week", "--date", "05/10/2026")
    assert week.stdout.startswith(
        "TỔNG HỢP DƯ LUẬN BÁO CHÍ TUẦN (từ ngày 05/10/2026 đến ngày 11/10/2026)\n"
    )
    outlook = hoiam(folder, "digest", "--outlook")
    assert "I. MỨC ĐỘ: BÌNH THƯỜNG" in outlook.stdout


def test_digest_refuses_days_to_come_and_two_kinds_at_once(folder):
    late = hoiam(folder, "digest", "--week", "--date", "05/10/2096")
    assert (late.returncode, late.stdout) == (2, "")
    assert late.stderr == "Chưa đến những ngày này. Hãy chọn hôm nay hoặc ngày đã qua.\n"
    assert hoiam(folder, "digest", "--week", "--month").returncode == 2
