"""The evidence store: bytes kept under their own SHA-256, written once and never again.

A blob is complete or absent: it is written beside its place, forced to the disk, then given its name. The folder is
HOIAM_BLOBS; two levels of folders keep each one small (65,536 in all).
"""

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from hoiam.core.errors import HoiAmError

_NAME = re.compile(r"[0-9a-f]{64}")
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_STEP = 1024 * 1024


class BlobFault(HoiAmError):
    """The store could not keep or give back something; the sentence says what to do."""


class NoSuchBlob(BlobFault):
    """Nothing is kept under this hash."""


@dataclass(frozen=True)
class Blob:
    """Something kept: its hash (64 hex digits) and its size in bytes."""

    sha256: str
    size: int


def sha256_of(data: bytes) -> str:
    """The name these bytes have in the store."""
    return hashlib.sha256(data).hexdigest()


def put(data: bytes) -> Blob:
    """The blob of these bytes, safely on the disk when this returns; kept once however often it is put.

    Raises:
        BlobFault: the disk is full or cannot be written.
    """
    blob = Blob(hashlib.sha256(data).hexdigest(), len(data))
    place = _place(blob.sha256)
    with _worded():
        if not place.exists():
            _write(place, [data])
    return blob


def put_file(file: IO[bytes]) -> Blob:
    """As `put`, for what is too large to hold: the open file is read from its beginning, twice, a piece at a time.

    Raises:
        BlobFault: the disk is full or cannot be written.
    """
    digest, size = hashlib.sha256(), 0
    for step in _pieces(file):
        digest.update(step)
        size += len(step)
    blob = Blob(digest.hexdigest(), size)
    place = _place(blob.sha256)
    with _worded():
        if not place.exists():
            _write(place, _pieces(file))
    return blob


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while step := file.read(_STEP):
        yield step


def read(sha256: str) -> bytes:
    """All the bytes kept under this hash.

    Raises:
        NoSuchBlob: nothing is.
    """
    with open_blob(sha256) as file:
        return file.read()


@contextmanager
def open_blob(sha256: str) -> Iterator[IO[bytes]]:
    """A file to read the blob from, a piece at a time.

    Raises:
        NoSuchBlob: nothing is kept under this hash.
    """
    with open_lasting(sha256) as file:
        yield file


def open_lasting(sha256: str) -> IO[bytes]:
    """The same, for who closes it later himself: an answer that is streamed out.

    Raises:
        NoSuchBlob: nothing is kept under this hash.
    """
    try:
        return _place(sha256).open("rb")
    except FileNotFoundError as error:
        raise NoSuchBlob(
            "Không thấy tệp chứng cứ trong kho. Hãy khôi phục kho từ bản sao lưu."
        ) from error


def exists(sha256: str) -> bool:
    """Whether something is kept under this hash."""
    return _place(sha256).is_file()


def size_of(sha256: str) -> int:
    """How many bytes are kept under this hash.

    Raises:
        NoSuchBlob: nothing is.
    """
    with open_blob(sha256) as file:
        return file.seek(0, os.SEEK_END)


def verify(sha256: str) -> bool:
    """Whether the blob is there and its bytes still have this hash."""
    if not exists(sha256):
        return False
    digest = hashlib.sha256()
    with open_blob(sha256) as file:
        while step := file.read(_STEP):
            digest.update(step)
    return digest.hexdigest() == sha256


def every() -> Iterator[Blob]:
    """Everything that is kept, in the order of hashes."""
    for place in sorted(_root().glob("??/??/" + "?" * 64)):
        yield Blob(place.name, place.stat().st_size)


def _root() -> Path:
    return Path(settings.HOIAM_BLOBS)


def _place(sha256: str) -> Path:
    if not _NAME.fullmatch(sha256):
        raise NoSuchBlob("Mã của tệp chứng cứ không đúng. Hãy kiểm tra lại đường dẫn.")
    return _root() / sha256[:2] / sha256[2:4] / sha256


def _write(place: Path, pieces: Iterable[bytes]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix="writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o440)
        # A link fails where the name is taken: whoever was first stays, nothing is ever written over.
        with suppress(FileExistsError):
            os.link(name, place)
    finally:
        os.unlink(name)
    _settle(place.parent)


def _settle(folder: Path) -> None:
    # The name itself is on the disk only after its folders are.
    for each in (folder, folder.parent, folder.parent.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _worded() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise BlobFault(
                "Ổ đĩa chứa chứng cứ đã đầy nên chưa lưu được. Hãy giải phóng chỗ rồi thử lại."
            ) from error
        raise BlobFault(
            "Không ghi được vào kho chứng cứ. Hãy kiểm tra ổ đĩa và quyền của thư mục."
        ) from error


def remove(sha256: str) -> bool:
    """Whether the blob was there and is gone now; only for who owns it alone, such as what personal data must leave.

    Copies in earlier backups stay until those are thrown away.
    """
    place = _place(sha256)
    try:
        place.unlink()
    except FileNotFoundError:
        return False
    _settle(place.parent)
    return True
