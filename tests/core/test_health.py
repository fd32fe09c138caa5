"""`hoiam doctor`: each fault of the house is found, with what to do about it; a house that is well says so."""

import json
from collections import namedtuple
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.utils import timezone

from hoiam.config.cli import main
from hoiam.core.backup import note_backup
from hoiam.core.health import examine
from hoiam.core.health import house as checks
from hoiam.core.models import Job, LedgerEntry, OutgoingMail, Schedule
from hoiam.monitoring.models import SiteRuleHealth, Source, SourceDay
from tests import factories as make
from tests.core.test_ledger import write
from tests.factories import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.fault]
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def house(tmp_path, settings, monkeypatch):
    # These tests stand still at NOW; the database server's clock does not.
    monkeypatch.setattr(checks, "connection", SimpleNamespace(vendor="sqlite"))
    settings.HOIAM_DATA, settings.HOIAM_BLOBS = tmp_path, tmp_path / "evidence"
    write(make.tree().province, 2)
    source(url="https://b.vn/rss", last_success_at=NOW, due_at=NOW + timedelta(minutes=9))


def wrong(now=NOW):
    return {
        checked.code: [f.words for f in checked.findings]
        for checked in examine(now)
        if checked.findings
    }


def test_a_house_that_is_well_says_nothing():
    assert wrong() == {}


def forge():
    LedgerEntry.objects.filter(pk=LedgerEntry.objects.first().pk).update(reason="sửa lén")


def late_work():
    Job.objects.create(path="x", enqueued_at=NOW, due_at=NOW - timedelta(minutes=16))


def dead_work():
    Job.objects.create(path="x", enqueued_at=NOW, due_at=NOW, state="dead", finished_at=NOW)


def late_schedule():
    Schedule.objects.create(name="x", next_due_at=NOW - timedelta(minutes=61))


def late_letter():
    OutgoingMail.objects.create(
        key="k", address="a@b.vn", subject="x", text="x", queued_at=NOW - timedelta(minutes=61)
    )


def source(**fields):
    given = {"name": "Báo Sông Thanh", "kind": "feed", "url": "https://a.vn/rss"}
    return Source.objects.create(**given | fields)


def silent():
    source(silent_since=NOW, last_success_at=NOW)


def failing():
    source(failures=5)


def all_paused():
    Source.objects.update(is_paused=True)


def none_at_all():
    Source.objects.all().delete()


def by_hand_only():
    Source.objects.update(kind="vendor", url="")


def nobody_reads():
    source(due_at=NOW - timedelta(minutes=31))
    Source.objects.filter(url="https://b.vn/rss").update(due_at=NOW - timedelta(hours=47))


def never_read_through():
    long_ago = NOW - timedelta(hours=3)
    source(due_at=long_ago, last_tried_at=long_ago, leased_until=NOW + timedelta(seconds=99))


def garbled():
    SourceDay.objects.create(source=source(last_success_at=NOW), day=TODAY, fetched=100, garbled=6)


def rule_off():
    SiteRuleHealth.objects.create(rule="r", host="a.vn", off_since=NOW, at=NOW)


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (late_work, "queue", "đã chờ 16 phút"),
        (dead_work, "queue", "1 việc đã hỏng"),
        (late_schedule, "queue", "định kỳ"),
        (late_letter, "mail", "1 thư chờ gửi"),
        (silent, "sources", "1 nguồn im lặng bất thường: Báo Sông Thanh"),
        (failing, "sources", "đọc lỗi liên tiếp"),
        (all_paused, "sources", "không có nguồn nào đang được đọc"),
        (none_at_all, "sources", "không có nguồn nào đang được đọc"),
        (by_hand_only, "sources", "không có nguồn nào đang được đọc"),
        (nobody_reads, "sources", "không theo kịp: 2 nguồn quá giờ đọc, lâu nhất 47 giờ"),
        (
            never_read_through,
            "sources",
            "1 nguồn được nhận đọc mà không xong: Báo Sông Thanh; lâu nhất 3 giờ",
        ),
        (garbled, "charset", "6 % tin"),
        (rule_off, "site_rules", "1 quy tắc trang đã tự tắt"),
        (forge, "ledger", "chuỗi nhật ký đứt"),
    ],
)
def test_each_fault_is_found(fault, code, words):
    before = wrong()
    fault()
    found = wrong()
    assert any(words in said for said in found[code])
    assert found.keys() - before.keys() <= {code}


def test_a_source_never_read_through_is_no_standing_collector():
    never_read_through()
    assert [said for said in wrong()["sources"] if "bộ thu thập" in said] == []
    source(url="https://c.vn/rss", due_at=NOW - timedelta(minutes=31))
    said = wrong()["sources"]
    assert [words for words in said if "không theo kịp: 1 nguồn" in words]
    assert len(said) == 2


def test_a_source_in_hand_or_a_little_late_is_no_standing_collector():
    source(due_at=NOW - timedelta(hours=2), last_tried_at=NOW - timedelta(minutes=10))
    source(url="https://c.vn/rss", due_at=NOW - timedelta(minutes=29))
    source(url="https://d.vn/rss", due_at=NOW - timedelta(days=2), is_paused=True)
    assert wrong() == {}


def test_the_disk_the_clock_and_the_letters_of_a_public_house(monkeypatch, settings):
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda place: Usage(1000, 910, 90))
    settings.HOIAM_HOST, settings.EMAIL_BACKEND = "0.0.0.0", "x.filebased.EmailBackend"
    found = wrong(NOW - timedelta(seconds=6))
    assert "chỉ còn 9 %" in found["disk"][0]
    assert "chạy lùi" in found["clock"][0]
    assert "chưa gửi cho ai" in found["mail"][0]
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda place: Usage(1000, 900, 100))
    assert "disk" not in wrong() and "clock" not in wrong(NOW - timedelta(seconds=5))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no clock of its own")
def test_the_clock_is_held_against_the_database_server_s(monkeypatch):
    monkeypatch.setattr(checks, "connection", connection)
    with transaction.atomic():
        now = timezone.now()
        assert [f.words for f in checks.clock(now)] == []
        assert "lệch quá 5 giây" in next(checks.clock(now + timedelta(seconds=30))).words


def test_the_age_of_the_last_backup(tmp_path, settings):
    assert "backup" not in wrong(NOW + timedelta(hours=26))
    assert wrong(NOW + timedelta(hours=27))["backup"] == ["chưa có bản sao lưu nào"]
    file = tmp_path / "a"
    file.write_bytes(b"x")
    note_backup(file, head="", now=NOW + timedelta(hours=27))
    assert "backup" not in wrong(NOW + timedelta(hours=53))
    assert wrong(NOW + timedelta(days=3, hours=4))["backup"] == ["bản sao lưu gần nhất đã 2 ngày"]
    (tmp_path / "last-backup.json").write_text("{hỏng")
    assert "backup" in wrong(NOW + timedelta(days=4))


def test_a_check_that_cannot_look_says_so(monkeypatch):
    def gone(place):
        raise OSError("ổ đĩa không trả lời")

    monkeypatch.setattr(checks.shutil, "disk_usage", gone)
    assert "không kiểm tra được" in wrong()["disk"][0]


def test_the_command_line_tells_people_and_machines(capsys, monkeypatch):
    monkeypatch.setattr("hoiam.config.verbs.doctor.now", lambda: NOW)
    rule_off()
    assert main(["doctor", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert not told["ok"]
    faults = {each["check"]: each["findings"] for each in told["checks"] if not each["ok"]}
    assert faults["site_rules"][0]["remedy"]
    assert main(["doctor"]) == 1
    said = capsys.readouterr()
    assert "Hỏng  Quy tắc đọc trang" in said.out and "→ " in said.out and "việc cần làm" in said.err
