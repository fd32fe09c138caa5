"""`hoiam verify` on a house with captures: every kind of damage is found and named."""

import json
import os

import pytest
from django.db.models import F

from hoiam.config.cli import main
from hoiam.core import blobs
from hoiam.core.models import LedgerEntry, LedgerHead, Sealed, Stamp
from hoiam.core.stamps.anchors import anchor_head
from hoiam.core.stamps.sealing import seal_waiting
from hoiam.monitoring.actions.captures import keep_file
from hoiam.monitoring.models import Capture
from tests import factories as make
from tests.core.test_ledger import write
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.fault]


@pytest.fixture(autouse=True)
def house(tmp_path, settings):
    """Three captures, stamped, and an anchored diary of three records."""
    settings.HOIAM_BLOBS = tmp_path / "evidence"
    settings.HOIAM_STAMPS = tmp_path / "stamps"
    tree = make.tree()
    actor = make.head(tree.province)
    for n in range(3):
        data = b"%PDF-" + bytes([n])
        keep_file(data, actor=actor, now=NOW, content_type="application/pdf", how=f"tệp {n}")
    write(tree.province, 3)
    anchor_head(NOW)
    seal_waiting(NOW)


def findings(capsys, *words):
    """Kind and code of each finding; messages never mix with JSON."""
    code = main(["verify", "--json", *words])
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (code, said.err) == (1 if told["findings"] else 0, "")
    return [(each["kind"], each["code"]) for each in told["findings"]]


def capture(number=0):
    return Capture.objects.order_by("pk")[number]


def flip():
    path = blobs._place(capture().blob)
    path.chmod(0o640)
    path.write_bytes(b"x" + path.read_bytes()[1:])


def cut_tail():
    last = LedgerEntry.objects.order_by("-pk")[1]
    LedgerEntry.objects.filter(pk__gt=last.pk).delete()
    LedgerHead.objects.update(digest=last.digest, count=F("count") - 1)


def test_a_whole_house_is_told_in_one_sentence(capsys):
    assert main(["verify"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "Đã kiểm tra 3 bản ghi nhật ký, 3 bản chụp, 1 neo nhật ký, 2 dấu thời gian: 0 lỗi.\n"
    )


DAMAGES = {
    "one flipped byte": (flip, [("capture", "blob")]),
    "a deleted blob": (lambda: os.unlink(blobs._place(capture(1).blob)), [("capture", "blob")]),
    "an altered row": (lambda: Capture.objects.update(how="khác"), [("capture", "facts")] * 3),
    "an altered anchor": (
        lambda: Sealed.objects.filter(kind="anchor").update(facts={}),
        [("anchor", "facts"), ("anchor", "listing")],
    ),
    "a lost token": (
        lambda: os.unlink(blobs._place(Stamp.objects.last().token)),
        [("stamp", "stamp")],
    ),
    "an altered record": (
        lambda: LedgerEntry.objects.filter(pk=LedgerEntry.objects.last().pk).update(step="khac"),
        [("ledger", "ledger")],
    ),
    "a tail cut off with its head": (cut_tail, [("ledger", "ledger")]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_each_damage_is_found_and_named(capsys, damage):
    do, expected = DAMAGES[damage]
    do()

    assert findings(capsys) == expected


def test_a_finding_is_a_line_that_names_the_thing(capsys):
    flip()
    assert main(["verify"]) == 1
    line = capsys.readouterr().out
    assert line.startswith(f"Bản chụp {capture().pk} (tệp 0): Tệp đã bị sửa: mã SHA-256")


def test_one_capture_is_checked_by_its_number_or_hash(capsys):
    flip()
    first, second = capture(), capture(1)

    assert findings(capsys, str(first.pk)) == [("capture", "blob")]
    assert findings(capsys, first.blob) == [("capture", "blob")]
    assert findings(capsys, str(second.pk)) == []


def test_a_capture_nobody_has_is_refused(capsys):
    assert main(["verify", "f" * 64]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err[:23]) == ("", "Không có bản chụp “ffff")
