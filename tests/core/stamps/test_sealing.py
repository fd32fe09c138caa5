"""Sealing and checking: what waits is stamped once, and one byte, one field, one record changed is told by name."""

import os
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import cms, tsp
from django.db import transaction

from hoiam.core import blobs, ledger
from hoiam.core.models import LedgerAnchor, LedgerEntry, LedgerHead, Sealed, Stamp
from hoiam.core.stamps import anchors, local, sealing
from hoiam.core.stamps.checking import Checker, ledger_faults
from hoiam.core.stamps.tokens import StampFault
from hoiam.monitoring.actions.captures import keep_file
from hoiam.monitoring.models import Capture
from hoiam.monitoring.queries import CAPTURE
from tests import factories as make
from tests.core.fetch.loopback import fetcher, site, whole
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house(tmp_path, settings):
    settings.HOIAM_BLOBS = tmp_path / "evidence"
    settings.HOIAM_STAMPS = tmp_path / "stamps"
    settings.HOIAM_TSA_URL = ""
    return tmp_path


@pytest.fixture
def tree(db):
    return make.tree()


def captures(tree, count=1):
    actor = make.head(tree.province)
    return [
        keep_file(b"%PDF-" + bytes([n]), actor=actor, now=NOW, content_type="application/pdf", how=f"tệp {n}")
        for n in range(count)
    ]  # fmt: skip


def marks(capture):
    capture.refresh_from_db()
    return [(mark.holds, mark.code) for mark in Checker().check(CAPTURE, capture).marks]


def faults(capture):
    capture.refresh_from_db()
    return [mark.words for mark in Checker().check(CAPTURE, capture).faults]


def file_of(sha256):
    return Path(blobs._place(sha256))


def alter(sha256, change):
    path = file_of(sha256)
    path.chmod(0o640)
    path.write_bytes(change(path.read_bytes()))


def test_what_waits_is_stamped_once_and_holds(tree):
    first, second, third = captures(tree, 3)
    assert marks(first) == [(True, "blob"), (None, "unstamped")]

    assert (sealing.seal_waiting(NOW), sealing.seal_waiting(NOW)) == (3, 0)

    assert (Stamp.objects.count(), Sealed.objects.count()) == (1, 3)
    assert marks(second) == [(True, "blob"), (True, "facts"), (True, "stamp")]
    assert "nội bộ" in Checker().check(CAPTURE, third).marks[2].words


def test_a_flipped_byte_is_told_with_both_hashes(tree):
    (capture,) = captures(tree)
    sealing.seal_waiting(NOW)
    alter(capture.blob, lambda data: data[:-1] + b"x")

    (words,) = faults(capture)
    assert "Tệp đã bị sửa" in words and capture.blob[:12] in words


def test_a_lost_blob_is_told(tree):
    (capture,) = captures(tree)
    sealing.seal_waiting(NOW)
    os.unlink(file_of(capture.blob))

    assert "không còn trong kho" in faults(capture)[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("how", "khác"), ("at", NOW - timedelta(days=9)), ("content_type", "text/html"), ("size", 9)],
)
def test_an_altered_row_is_told_with_its_field(tree, field, value):
    (capture,) = captures(tree)
    sealing.seal_waiting(NOW)
    Capture.objects.update(**{field: value})

    (words,) = faults(capture)
    assert words.startswith("Bản ghi đã bị sửa sau khi niêm phong") and field in words


def test_who_alters_the_seals_copy_too_does_not_get_past_the_list(tree):
    (capture,) = captures(tree)
    sealing.seal_waiting(NOW)
    Capture.objects.update(how="khác")
    seal = Sealed.objects.get()
    Sealed.objects.update(facts={**seal.facts, "how": "khác"})

    assert faults(capture) == ["Không có tên trong bảng kê đã đóng dấu: phần mô tả đã bị sửa."]


@pytest.mark.parametrize("which", ["listing", "token"])
def test_a_changed_list_or_token_is_told(tree, which):
    (capture,) = captures(tree)
    sealing.seal_waiting(NOW)
    alter(getattr(Stamp.objects.get(), which), lambda data: data[:-4] + b"0000")

    assert "không hợp lệ" in faults(capture)[0]


def test_a_stamp_whose_moment_was_rewritten_is_told(tree):
    (capture,) = captures(tree)
    sealing.seal_waiting(NOW)
    Stamp.objects.update(gen_time=NOW - timedelta(days=30))

    assert "khác với trong dấu" in faults(capture)[0]


@pytest.mark.fault
def test_a_full_disk_seals_nothing_and_the_next_time_all(tree, settings, house):
    captures(tree, 2)
    good = settings.HOIAM_BLOBS
    settings.HOIAM_BLOBS = house / "a-file"
    settings.HOIAM_BLOBS.write_bytes(b"")
    with pytest.raises(blobs.BlobFault):
        sealing.seal_waiting(NOW)
    assert (Stamp.objects.count(), Sealed.objects.count()) == (0, 0)
    settings.HOIAM_BLOBS = good

    assert sealing.seal_waiting(NOW) == 2


# The authority outside


class Outside:
    """A time-stamping authority on loopback, honest unless told otherwise."""

    def __init__(self, folder):
        local.make(folder, now=NOW)
        self.authority, self.folder = local.load(folder), folder
        self.wrong_nonce = self.wrong_hash = False
        self.status = "200 OK"

    async def __call__(self, request, writer):
        asked = tsp.TimeStampReq.load(request.body)
        sha256 = asked["message_imprint"]["hashed_message"].native.hex()
        nonce = asked["nonce"].native + self.wrong_nonce
        token = self.authority.stamp("0" * 64 if self.wrong_hash else sha256, now=NOW, nonce=nonce)
        answer = tsp.TimeStampResp(
            {"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(token)}
        )
        writer.write(whole(answer.dump(), self.status))


class Door:
    """A fetcher that brings its server along: each asking has a loop of its own."""

    def __init__(self, outside, settings):
        self.outside, self.settings = outside, settings

    def __call__(self):
        return self._open()

    @asynccontextmanager
    async def _open(self):
        async with site(self.outside) as server, fetcher() as door:
            self.settings.HOIAM_TSA_URL = server.url
            yield door


@pytest.fixture
def outside(house, settings):
    made = Outside(house / "outside")
    (root,) = (house / "outside" / "roots").glob("*.pem")
    settings.HOIAM_TSA_URL, settings.HOIAM_TSA_ROOTS = "http://tsa.example", str(root)
    return made


def ask(outside, settings):
    return sealing.seal_outside(NOW, Door(outside, settings))


def test_the_outside_stamp_comes_later_and_both_are_kept(tree, outside, settings):
    (capture,) = captures(tree)
    sealing.seal_waiting(NOW)

    assert (ask(outside, settings), ask(outside, settings)) == (1, 0)
    assert marks(capture)[2:] == [(True, "stamp"), (True, "stamp")]
    assert sorted(Stamp.objects.values_list("authority", flat=True)) == ["local", "outside"]


@pytest.mark.parametrize("lie", ["wrong_nonce", "wrong_hash"])
def test_a_lying_authority_is_refused_and_the_houses_own_stamp_stays(tree, outside, settings, lie):
    (capture,) = captures(tree)
    sealing.seal_waiting(NOW)
    setattr(outside, lie, True)

    with pytest.raises(StampFault):
        ask(outside, settings)
    assert marks(capture)[2:] == [(True, "stamp")]


def test_an_authority_in_trouble_is_asked_again(tree, outside, settings):
    captures(tree)
    outside.status = "503 Service Unavailable"
    with pytest.raises(StampFault, match="mã 503"):
        ask(outside, settings)
    outside.status = "200 OK"

    assert ask(outside, settings) == 1


def test_without_its_roots_an_outside_stamp_is_neither_good_nor_bad(tree, outside, settings):
    (capture,) = captures(tree)
    sealing.seal_waiting(NOW)
    ask(outside, settings)
    settings.HOIAM_TSA_ROOTS = ""

    assert marks(capture)[3] == (None, "stamp")


def test_no_authority_named_no_one_is_asked(tree):
    captures(tree)
    assert sealing.seal_outside(NOW) == 0


# The diary's anchors


def write(tree, count=1):
    with transaction.atomic():
        return [
            ledger.write(tree.province, actor=None, step="count", at=NOW, n=n) for n in range(count)
        ]


def told():
    return [(fault.entry_id, fault.why) for fault in ledger_faults()]


def test_an_empty_diary_has_no_anchor(db):
    assert anchors.anchor_head(NOW) is None


def test_the_head_is_anchored_once_a_day_and_fits(tree):
    write(tree, 3)
    first = anchors.anchor_head(NOW)
    write(tree, 2)

    assert anchors.anchor_head(NOW + timedelta(minutes=5)) == first
    assert (first.count, told()) == (3, [])
    assert anchors.anchor_head(NOW + timedelta(days=1)).count == 5
    assert {path.name for path in anchors.folder().iterdir()} == {
        "2026-08-05.txt", "2026-08-05.tsr", "2026-08-06.txt", "2026-08-06.tsr",
    }  # fmt: skip


def cut(entries):
    """The tail cut off together with the head, as somebody with the database's keys would."""
    LedgerEntry.objects.filter(pk__gt=entries[1].pk).delete()
    LedgerHead.objects.update(digest=entries[1].digest, count=2)


def test_a_tail_cut_off_with_its_head_is_found_by_the_anchor(tree):
    entries = write(tree, 4)
    anchors.anchor_head(NOW)
    cut(entries)
    assert list(ledger.breaks()) == []

    ((at, why),) = told()
    assert at == entries[3].pk
    assert (
        why
        == f"không khớp neo ngày 05/08/2026: các bản ghi sau bản ghi {entries[1].pk} đã bị cắt bỏ"
    )


def test_the_copies_beside_the_database_tell_when_the_rows_are_gone_too(tree):
    entries = write(tree, 4)
    anchors.anchor_head(NOW)
    cut(entries)
    LedgerAnchor.objects.all().delete()

    assert [at for at, _ in told()] == [entries[3].pk]


def test_a_chain_written_anew_does_not_fit_its_anchor(tree):
    entries = write(tree, 2)
    anchors.anchor_head(NOW)
    entries[1].reason = "khác"
    entries[1].digest = ledger.digest_of(entries[1])
    entries[1].save()
    LedgerHead.objects.update(digest=entries[1].digest)
    assert list(ledger.breaks()) == []

    assert told() == [(entries[1].pk, "không khớp neo ngày 05/08/2026: bản ghi đã bị viết lại")]


def test_an_altered_copy_is_told(tree):
    write(tree, 2)
    anchors.anchor_head(NOW)
    place = anchors.folder() / "2026-08-05.txt"
    place.write_text(place.read_text().replace("so-ban-ghi: 2", "so-ban-ghi: 1"))

    ((_, why),) = told()
    assert why.startswith("bản sao neo 2026-08-05.txt: Dấu thời gian là của một tệp khác")
