"""The evidence store: complete or absent, never rewritten, and honest about damage and full disks."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hoiam.core import blobs
from hoiam.core.blobs import Blob, BlobFault, NoSuchBlob

DATA = "chứng cứ".encode()
NAME = hashlib.sha256(DATA).hexdigest()
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.HOIAM_BLOBS = tmp_path / "evidence"
    return settings.HOIAM_BLOBS


def files(store):
    return sorted(path for path in store.rglob("*") if path.is_file())


@pytest.mark.parametrize("data", [b"", DATA, bytes(range(256)) * 9000])
def test_what_is_put_can_be_read(data):
    blob = blobs.put(data)

    assert blob == Blob(hashlib.sha256(data).hexdigest(), len(data))
    assert (blobs.read(blob.sha256), blobs.exists(blob.sha256), blobs.verify(blob.sha256)) == (
        data,
        True,
        True,
    )


def test_the_same_bytes_are_kept_once_and_never_rewritten(store):
    blobs.put(DATA)
    (before,) = files(store)
    kept = before.stat()
    blobs.put(DATA)

    assert (files(store), before.stat().st_ino, before.stat().st_mtime_ns) == (
        [before],
        kept.st_ino,
        kept.st_mtime_ns,
    )
    assert (before.name, oct(kept.st_mode & 0o777)) == (NAME, "0o440")


def test_damage_is_found_and_not_papered_over(store):
    blobs.put(DATA)
    (path,) = files(store)
    path.chmod(0o640)
    path.write_bytes(b"x" + DATA[1:])
    blobs.put(DATA)

    assert (blobs.verify(NAME), path.read_bytes()[:1]) == (False, b"x")


def test_what_is_not_kept_is_told():
    assert (blobs.exists(NAME), blobs.verify(NAME)) == (False, False)
    with pytest.raises(NoSuchBlob, match="Không thấy tệp chứng cứ"):
        blobs.read(NAME)


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", NAME.upper(), NAME + "\n", NAME[:-1], "g" * 64]
)
def test_a_name_that_is_no_hash_opens_nothing(name):
    with pytest.raises(NoSuchBlob, match="không đúng"):
        blobs.read(name)


def test_everything_kept_can_be_walked():
    kept = {blobs.put(bytes([i])) for i in range(5)}

    assert (set(blobs.every()), len(list(blobs.every()))) == (kept, 5)


def test_a_store_that_cannot_be_written_is_told(tmp_path, settings):
    settings.HOIAM_BLOBS = tmp_path / "a-file"
    settings.HOIAM_BLOBS.write_bytes(b"")

    with pytest.raises(BlobFault, match="Không ghi được vào kho chứng cứ"):
        blobs.put(DATA)


WRITER = """
import resource, signal, sys
from django.conf import settings
settings.configure(HOIAM_BLOBS=sys.argv[1])
from hoiam.core import blobs
mode, size = sys.argv[2], int(sys.argv[3])
if mode == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2))
    try:
        blobs.put(bytes(size))
    except blobs.BlobFault as error:
        print(error)
while mode == "endless":
    size += 1
    print(blobs.put(bytes(size)).sha256, flush=True)
"""


def writer(store, mode, size):
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(store), mode, str(size)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.fault
def test_a_full_disk_is_told_and_leaves_nothing_behind(store):
    said, _ = writer(store, "full", 1_000_000).communicate(timeout=30)

    assert "Ổ đĩa chứa chứng cứ đã đầy" in said
    assert files(store) == []


@pytest.mark.fault
def test_a_killed_writer_leaves_no_broken_blob(store):
    child = writer(store, "endless", 2_000_000)
    first = child.stdout.readline().strip()
    time.sleep(0.2)
    child.send_signal(signal.SIGKILL)
    said = [first, *child.communicate()[0].split()]

    whole = [blob.sha256 for blob in blobs.every()]
    assert (set(said[:-1]) <= set(whole), [name for name in whole if not blobs.verify(name)]) == (
        True,
        [],
    )
