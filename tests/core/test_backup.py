"""One file holds the house: it comes back row for row, and nothing but a whole file is believed."""

import io
import json
import tarfile
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import zstandard
from django.core.management import call_command
from django.db import connection

from hoiam.agencies.models import Agency, Official
from hoiam.core import blobs, ledger, search
from hoiam.core.backup import (
    BackupFault,
    check_backup,
    is_empty_house,
    last_backup,
    note_backup,
    restore_backup,
    write_backup,
)
from hoiam.core.backup import rows as backup_rows
from hoiam.core.backup.rows import with_referring
from hoiam.core.models import LedgerEntry, SearchDocument
from hoiam.handling import actions
from hoiam.handling.models import Case
from tests import factories as make
from tests import set_up
from tests.core.test_ledger import write
from tests.factories import NOW

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]


@pytest.fixture
def house(tmp_path, settings):
    """A case with its clocks and parties, two pieces of evidence, a diary, an authority's key."""
    settings.HOIAM_DATA = tmp_path
    settings.HOIAM_BLOBS = tmp_path / "evidence"
    settings.HOIAM_STAMPS = tmp_path / "stamps"
    settings.HOIAM_STAMPS.mkdir()
    (settings.HOIAM_STAMPS / "key.pem").write_text("khóa")
    tree = make.tree()
    item = make.item("Một bản án ở bến sông", body="Gia đình đã nhận đủ tiền.")
    warning = make.warning(tree.province, make.story(item))
    case = actions.open_case(warning, actor=make.focal_point(tree.province), now=NOW)
    write(tree.province, 2)
    return {"case": case.pk, "blobs": [blobs.put(b"mot").sha256, blobs.put(b"hai").sha256]}


def every_line() -> dict[str, list[bytes]]:
    return {m._meta.label_lower: list(backup_rows.lines_of(m)) for m in backup_rows.kept_models()}


def emptied(settings, tmp_path):
    """Another place: no rows, no evidence, no key."""
    call_command("flush", interactive=False, verbosity=0)
    settings.HOIAM_DATA = tmp_path / "there"
    settings.HOIAM_DATA.mkdir()
    settings.HOIAM_BLOBS = settings.HOIAM_DATA / "evidence"
    settings.HOIAM_STAMPS = settings.HOIAM_DATA / "stamps"


def test_what_was_saved_comes_back_row_for_row(house, tmp_path, settings):
    file = tmp_path / "nha.hoiam"
    before = every_line()
    made = write_backup(file, now=NOW)
    assert made.evidence == 2 and made.rows["handling.case"] == 1 and made.keys == ["key.pem"]
    assert file.stat().st_mode & 0o077 == 0  # personal data: its owner's alone
    emptied(settings, tmp_path)
    assert is_empty_house()
    restore_backup(file)
    assert every_line() == before
    assert list(ledger.breaks()) == []
    assert all(blobs.verify(sha256) for sha256 in house["blobs"])
    assert (settings.HOIAM_STAMPS / "key.pem").read_text() == "khóa"
    assert last_backup().at == NOW
    # Found again, though the index itself was not in the file.
    assert {hit.kind for hit in search.find("bến sông", scope=None)} == {"item", "warning", "case"}
    # The house goes on: numbers after the last one, the diary chained on.
    make.official("moi")
    write(Agency.objects.first(), 1)
    assert list(ledger.breaks()) == []


@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="the tests' SQLite database lives in memory: nobody else can write to it",
)
def test_people_may_write_while_it_is_saved(house, tmp_path):
    """What is committed after the first row was read is not in the file, half or whole."""
    count = Official.objects.count()

    def write_elsewhere() -> None:
        make.official(f"muon-{Official.objects.count()}")
        connection.close()

    def late(told: str) -> None:
        thread = threading.Thread(target=write_elsewhere)
        thread.start()
        thread.join()

    made = write_backup(tmp_path / "a", now=NOW, tell=late)
    assert made.rows["agencies.official"] == count < Official.objects.count()
    check_backup(tmp_path / "a")


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="only SQLite has one lock for all writers"
)
def test_reading_for_a_backup_takes_no_writers_lock(house, tmp_path, monkeypatch):
    usual, seen = connection.transaction_mode, []
    monkeypatch.setattr(
        backup_rows, "begin_snapshot", lambda: seen.append(connection.transaction_mode)
    )
    write_backup(tmp_path / "a", now=NOW)
    assert (seen, connection.transaction_mode) == (["DEFERRED"], usual)


def test_a_house_with_people_is_not_overwritten(house, tmp_path):
    write_backup(tmp_path / "a", now=NOW)
    before = every_line()
    with pytest.raises(BackupFault, match="đã có dữ liệu"):
        restore_backup(tmp_path / "a")
    assert every_line() == before


def damaged(file: Path):
    data = file.read_bytes()
    yield "cut", data[: len(data) // 2]
    yield (
        "a byte",
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
    )
    yield "the end", data[:-3]
    yield "empty", b""
    yield "another file", b"PK\x03\x04" + data
    yield "text", "không phải bản sao lưu".encode()


def test_a_damaged_file_changes_nothing(house, tmp_path, settings):
    file = tmp_path / "a"
    write_backup(file, now=NOW)
    broken = list(damaged(file))
    emptied(settings, tmp_path)
    for name, data in broken:
        file.write_bytes(data)
        with pytest.raises(BackupFault, match=r"nguyên vẹn|Không đọc được"):
            restore_backup(file)
        assert is_empty_house(), name
        assert not Case.objects.system("test").exists(), name


@pytest.mark.parametrize(
    "name", ["keys/..", "keys/../secret.key", "rows/../x.y.jsonl", "/etc/passwd"]
)
def test_a_part_that_leads_elsewhere_is_no_backup(house, tmp_path, name):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())
    (tmp_path / "a").write_bytes(zstandard.compress(packed.getvalue()))
    with pytest.raises(BackupFault, match="nguyên vẹn"):
        check_backup(tmp_path / "a")


def test_a_file_of_another_version_is_refused(house, tmp_path, settings, monkeypatch):
    file = tmp_path / "a"
    monkeypatch.setattr(backup_rows, "migrations_here", lambda: ["core.0999_later"])
    write_backup(file, now=NOW)
    monkeypatch.undo()
    settings.HOIAM_STAMPS = tmp_path / "stamps"
    emptied(settings, tmp_path)
    with pytest.raises(BackupFault, match="cấu trúc dữ liệu khác"):
        restore_backup(file)


def test_a_forged_diary_is_not_restored(house, tmp_path, settings):
    LedgerEntry.objects.filter(step="open_case").update(reason="sửa lén")
    file = tmp_path / "a"
    write_backup(file, now=NOW)
    emptied(settings, tmp_path)
    with pytest.raises(BackupFault, match="không liền mạch"):
        restore_backup(file)
    assert is_empty_house() and not Case.objects.system("test").exists()


def test_a_folder_that_cannot_be_written_is_said_and_nothing_left(house, tmp_path):
    (tmp_path / "tep").write_text("")
    with pytest.raises(BackupFault, match="chọn thư mục khác"):
        write_backup(tmp_path / "tep" / "a", now=NOW)
    old = tmp_path / "b"
    old.write_text("bản cũ")
    blobs._place(house["blobs"][0]).unlink()
    blobs._place(house["blobs"][0]).mkdir()
    with pytest.raises(BackupFault):
        write_backup(old, now=NOW)
    assert old.read_text() == "bản cũ"
    assert not list(tmp_path.glob(".writing-*"))


def test_the_diary_says_that_it_was_saved(house, tmp_path):
    made = write_backup(tmp_path / "a", now=NOW)
    note_backup(tmp_path / "a", head=made.ledger_head, now=NOW + timedelta(minutes=1))
    entry = LedgerEntry.objects.order_by("-pk")[0]
    assert (entry.step, entry.data["head"]) == ("backup", made.ledger_head)
    assert last_backup().size == (tmp_path / "a").stat().st_size


def test_the_index_is_made_anew_from_the_records(house):
    SearchDocument.objects.all().delete()
    assert search.reindex() == 3
    assert search.find("nhận đủ tiền", scope=None)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="moves a SQLite file; PostgreSQL is the other engine"
)
def test_the_command_line_saves_restores_and_moves(tmp_path, tmp_path_factory):
    """As a keeper does it: three houses, one after another, with nothing but the command line."""

    def hoiam(*words: str, data: str, code: int = 0) -> str:
        done = set_up.hoiam(tmp_path / data, *words)
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    set_up.house_at(tmp_path / "a", tmp_path_factory)
    hoiam("user", "an", "--agency", "tw", "--role", "head", "--password", "mot-mat-khau-dai", data="a")  # fmt: skip
    file = str(tmp_path / "nha.hoiam")
    assert "Đã sao lưu" in hoiam("backup", file, data="a")
    assert "nguyên vẹn" in hoiam("restore", "--check", file, data="b")
    assert "Đã khôi phục" in hoiam("restore", file, data="b")
    there = f"sqlite:///{tmp_path / 'moved.sqlite3'}"
    assert "Đã chuyển" in hoiam("move", "--to", there, data="b")
    assert "đã có dữ liệu" in hoiam("move", "--to", there, data="b", code=2)
    told = json.loads(hoiam("doctor", "--json", data="b", code=1))
    # All is well but that a house nobody gave sources to reads nothing.
    assert [each["check"] for each in told["checks"] if not each["ok"]] == ["sources"]
    assert {each["check"] for each in told["checks"]} >= {"clock", "disk", "backup"}


def test_what_is_emptied_is_all_that_points_into_it():
    """At least the tables Django finds by reading the text of all of them; it does not see keys without a constraint."""
    graph = connection.ops._references_graph if connection.vendor == "sqlite" else None
    for table in ("agencies_agency", "agencies_official", "core_job", "sessions_session"):
        found = with_referring({table})
        assert table in found
        if graph is not None:
            assert found >= set(graph(table))
