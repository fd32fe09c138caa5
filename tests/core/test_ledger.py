"""The diary: one chain, and every tampering found at its record."""

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from hoiam.core import ledger
from hoiam.core.models import LedgerEntry, LedgerHead
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW


@pytest.fixture
def agency(db):
    return make.tree().province


def write(agency, count=1, **fields):
    told = {"actor": None, "step": "count", "at": NOW, **fields}
    with transaction.atomic():
        return [ledger.write(agency, **told, n=n) for n in range(1, count + 1)]


def found():
    return [(fault.entry_id, fault.why) for fault in ledger.breaks()]


def test_a_record_says_who_did_what_when_and_why(agency):
    who = make.head(agency)
    (entry,) = write(agency, actor=who, reason="vì cần", step="sign")
    kept = LedgerEntry.objects.get(pk=entry.pk)
    assert (kept.subject_kind, kept.subject_id) == ("agencies.agency", agency.pk)
    assert (kept.actor_id, kept.actor_name, kept.step) == (who.pk, str(who), "sign")
    assert (kept.at, kept.reason, kept.data, kept.before) == (NOW, "vì cần", {"n": 1}, "")
    assert kept.digest == ledger.digest_of(kept)


def test_the_system_itself_has_a_name(agency):
    (entry,) = write(agency)
    assert (entry.actor_id, entry.actor_name) == (None, "Hệ thống")


def test_records_are_chained_and_the_head_knows_the_last(agency):
    entries = write(agency, 3)
    assert [e.before for e in entries] == ["", entries[0].digest, entries[1].digest]
    head = LedgerHead.objects.get()
    assert (head.digest, head.count, found()) == (entries[2].digest, 3, [])


def test_the_digest_does_not_depend_on_the_zone_the_moment_is_told_in(agency):
    (entry,) = write(agency, at=datetime(2026, 8, 5, 9, 0, tzinfo=VIETNAM))
    entry.at = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)
    assert ledger.digest_of(entry) == entry.digest


def test_the_diary_of_one_subject_in_order(agency):
    case = make.case(agency)
    first, _, last = write(agency)[0], write(case)[0], write(agency)[0]
    assert list(ledger.of(agency)) == [first, last]


def test_outside_a_transaction_nothing_is_written(transactional_db):
    agency = make.tree().province
    with pytest.raises(RuntimeError, match="inside the action's transaction"):
        ledger.write(agency, actor=None, step="count", at=NOW)
    assert LedgerEntry.objects.count() == 0


def test_a_moment_without_a_zone_is_refused(agency):
    with pytest.raises(ValueError, match="time zone"):
        write(agency, at=datetime(2026, 8, 5, 9, 0))


def test_a_rolled_back_action_leaves_no_record_and_no_hole(agency):
    write(agency)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(agency)
        1 / 0  # noqa: B018
    write(agency)
    assert (LedgerEntry.objects.count(), found()) == (2, [])


EDITS = {
    "step": "other",
    "reason": "khác",
    "actor_name": "Người khác",
    "data": {"n": 9},
    "at": NOW + timedelta(seconds=1),
    "subject_id": 999,
    "subject_kind": "handling.case",
}


@pytest.mark.parametrize("field", EDITS)
def test_an_edit_is_found_at_its_record(agency, field):
    entries = write(agency, 4)
    LedgerEntry.objects.filter(pk=entries[1].pk).update(**{field: EDITS[field]})
    assert found() == [(entries[1].pk, "nội dung bản ghi đã bị sửa")]


def test_an_edit_that_mends_its_own_digest_is_found_at_the_next_record(agency):
    entries = write(agency, 4)
    entries[1].reason = "khác"
    entries[1].digest = ledger.digest_of(entries[1])
    entries[1].save()
    assert found() == [(entries[2].pk, "bản ghi ngay trước đã bị xóa, chèn hoặc sửa")]


def test_a_mended_edit_of_the_last_record_does_not_fit_the_head(agency):
    entries = write(agency, 3)
    entries[2].reason = "khác"
    entries[2].digest = ledger.digest_of(entries[2])
    entries[2].save()
    assert found() == [(entries[2].pk, "bản ghi cuối không khớp đầu chuỗi")]


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_removal_is_found_at_the_record_after(agency, gone):
    entries = write(agency, 4)
    LedgerEntry.objects.filter(pk=entries[gone].pk).delete()
    assert found() == [(entries[gone + 1].pk, "bản ghi ngay trước đã bị xóa, chèn hoặc sửa")]


def test_a_cut_tail_is_found_at_the_last_record_left(agency):
    entries = write(agency, 4)
    LedgerEntry.objects.filter(pk__gt=entries[1].pk).delete()
    assert found() == [(entries[1].pk, "các bản ghi sau bản ghi này đã bị cắt bỏ")]


def test_an_emptied_diary_is_found(agency):
    write(agency, 2)
    LedgerEntry.objects.all().delete()
    assert found() == [(0, "các bản ghi sau bản ghi này đã bị cắt bỏ")]


def test_a_removed_head_is_found(agency):
    entries = write(agency, 2)
    LedgerHead.objects.all().delete()
    assert found() == [(entries[1].pk, "dòng đầu chuỗi đã bị xóa")]


def test_an_empty_house_is_whole(db):
    assert found() == []


def test_writers_at_the_same_time_keep_one_chain_in_a_file(tmp_path):
    told = subprocess.run(
        [sys.executable, "-m", "tests.core.ledger_writers", "4", "15"],
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'one.sqlite3'}"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout) == {"codes": [0, 0, 0, 0], "count": 60, "breaks": 0}


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_keep_one_chain():
    agency = make.tree().province
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        # Threads share one connection there: nobody writes at the same time.
        pytest.skip("an SQLite database in memory has one writer only")
    start, faults = threading.Barrier(4), []

    def writer():
        start.wait()
        try:
            for _ in range(10):
                write(agency)
        except OperationalError as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=writer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults, LedgerEntry.objects.count(), found()) == ([], 40, [])
