"""The file itself: a tar of named parts, packed with zstd; written beside its place and named only when it is whole."""

import contextlib
import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import zstandard
from django.conf import settings
from django.db import connection, transaction

from hoiam.core import blobs
from hoiam.core.backup import rows
from hoiam.core.errors import HoiAmError
from hoiam.core.models import LedgerHead

FORMAT = 1
HEADER, MANIFEST = "hoiam.json", "manifest.json"
_PART = re.compile(
    r"hoiam\.json|manifest\.json|rows/[a-z_]+\.[a-z_]+\.jsonl|evidence/[0-9a-f]{64}|keys/[A-Za-z0-9][A-Za-z0-9._-]*"
)
_IN_MEMORY = 8 * 1024 * 1024
_STEP = 64 * 1024

Tell = Callable[[str], None]


class BackupFault(HoiAmError):
    """The file cannot be written, or is not a whole backup; the sentence says what to do."""


@dataclass
class Manifest:
    """What a backup holds, written last: a file without it broke off."""

    made_at: str = ""
    version: str = ""
    ledger_head: str = ""
    ledger_count: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    evidence: int = 0
    keys: list[str] = field(default_factory=list)


def write_backup(
    place: Path, *, now: datetime, evidence: bool = True, tell: Tell = lambda _: None
) -> Manifest:
    """What the new file holds; people go on working meanwhile.

    Args:
        place: where the file will lie; an older one there is replaced only by a whole one.
        now: the moment of the backup.
        evidence: False leaves the evidence store out (moving to another database beside the same store).
        tell: hears one sentence after each part.

    Raises:
        BackupFault: the folder cannot be written or is full.
    """
    made = Manifest(now.isoformat(), version("hoiam"))
    with (
        _beside(place) as file,
        zstandard.ZstdCompressor(level=3, write_checksum=True).stream_writer(
            file, closefd=False
        ) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        with _snapshot():
            head = {"format": FORMAT, "migrations": rows.migrations_here()}
            _put(tar, HEADER, _json(head), now)
            _rows(tar, made, now, tell)
        if evidence:
            _evidence(tar, made, now)
            tell(f"{made.evidence} tệp chứng cứ")
        _keys(tar, made, now)
        _put(tar, MANIFEST, _json(asdict(made)), now)
    return made


def parts(place: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Each part of the file with a reader for it, in order.

    Raises:
        BackupFault: it is no backup, or it is damaged.
    """
    try:
        with place.open("rb") as file:
            plain = _Plain(file)
            with tarfile.open(fileobj=plain, mode="r|") as tar:
                for member in tar:
                    reader = tar.extractfile(member) if member.isfile() else None
                    if reader is None or not _PART.fullmatch(member.name):
                        raise _damaged(place)
                    yield member.name, reader
                while plain.read(_STEP):  # the checksum stands behind the last part
                    pass
    except FileNotFoundError as error:
        raise BackupFault(f"Không có tệp “{place}”. Hãy kiểm tra lại tên tệp.") from error
    except OSError as error:
        raise BackupFault(f"Không đọc được “{place}” ({error.strerror or error}).") from error
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise _damaged(place) from error


class _Plain:
    """The file unpacked as it is read; its end is believed only when the checksum was there and held."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._kept = file, b""
        self._unpacking = zstandard.ZstdDecompressor().decompressobj()

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, none at the end."""
        while len(self._kept) < size and not self._unpacking.eof:
            packed = self._file.read(_STEP)
            if not packed:
                raise EOFError("the file broke off")
            self._kept += self._unpacking.decompress(packed)
        given, self._kept = self._kept[:size], self._kept[size:]
        return given


def check_backup(place: Path) -> tuple[dict[str, Any], Manifest]:
    """The header and the manifest of a whole backup, after every row was counted and every piece of evidence hashed.

    Raises:
        BackupFault: something is missing, damaged, or of a later form.
    """
    header: dict[str, Any] | None = None
    manifest, counted, evidence = None, {}, 0
    for name, reader in parts(place):
        if manifest is not None or (header is None) != (name == HEADER):
            raise _damaged(place)
        if name == HEADER:
            header = _header(place, reader.read())
        elif name == MANIFEST:
            manifest = _manifest(place, reader.read())
        elif name.startswith("rows/"):
            counted[_table(name)] = sum(1 for _ in reader) - 1
        elif name.startswith("evidence/"):
            evidence += 1
            if _sha256(reader) != name.removeprefix("evidence/"):
                raise _damaged(place)
    if (
        header is None
        or manifest is None
        or counted != manifest.rows
        or evidence != manifest.evidence
    ):
        raise _damaged(place)
    return header, manifest


def _header(place: Path, data: bytes) -> dict[str, Any]:
    try:
        header = json.loads(data)
        if header["format"] == FORMAT and isinstance(header["migrations"], list):
            return dict(header)
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(place) from error
    raise BackupFault(
        f"“{place.name}” do bản Hồi Âm mới hơn ghi ra. Hãy cài đúng bản đó rồi khôi phục."
    )


def _manifest(place: Path, data: bytes) -> Manifest:
    try:
        return Manifest(**json.loads(data))
    except (ValueError, TypeError) as error:
        raise _damaged(place) from error


def _table(name: str) -> str:
    return name.removeprefix("rows/").removesuffix(".jsonl")


def _sha256(reader: IO[bytes]) -> str:
    return hashlib.file_digest(reader, "sha256").hexdigest()


def _damaged(place: Path) -> BackupFault:
    return BackupFault(
        f"“{place.name}” không phải bản sao lưu nguyên vẹn của Hồi Âm. Hãy dùng một bản sao lưu khác."
    )


@contextlib.contextmanager
def _beside(place: Path) -> Iterator[IO[bytes]]:
    """A file that takes this place when all went well, and leaves nothing behind when not; only its owner may read it."""
    name = ""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".writing-")
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, place)
    except OSError as error:
        raise BackupFault(
            f"Không ghi được “{place}” ({error.strerror or error}). Hãy chọn thư mục khác còn đủ chỗ trống."
        ) from error
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


@contextlib.contextmanager
def _snapshot() -> Iterator[None]:
    """One transaction that only reads: on SQLite it must not take the writers' lock."""
    usual = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            rows.begin_snapshot()
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = usual


def _rows(tar: tarfile.TarFile, made: Manifest, now: datetime, tell: Tell) -> None:
    head = LedgerHead.objects.first()
    made.ledger_head, made.ledger_count = (head.digest, head.count) if head else ("", 0)
    for model in rows.kept_models():
        label, count = model._meta.label_lower, -1
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
            for line in rows.lines_of(model):
                spool.write(line)
                count += 1
            _put(tar, f"rows/{label}.jsonl", spool, now)
        made.rows[label] = count
    tell(f"{sum(made.rows.values())} dòng của {len(made.rows)} bảng")


def _evidence(tar: tarfile.TarFile, made: Manifest, now: datetime) -> None:
    for blob in blobs.every():
        with blobs.open_blob(blob.sha256) as file:
            _put(tar, f"evidence/{blob.sha256}", file, now)
        made.evidence += 1


def _keys(tar: tarfile.TarFile, made: Manifest, now: datetime) -> None:
    """The house's own stamping authority: without it the next stamps would come from another one."""
    for file in sorted(key_files()):
        _put(tar, f"keys/{file.name}", file.read_bytes(), now)
        made.keys.append(file.name)


def key_files() -> list[Path]:
    """The files of the stamping authority."""
    folder = Path(settings.HOIAM_STAMPS)
    return [file for file in folder.glob("*") if file.is_file()] if folder.is_dir() else []


def _put(tar: tarfile.TarFile, name: str, content: Any, now: datetime) -> None:
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    member = tarfile.TarInfo(name)
    member.size = file.seek(0, os.SEEK_END)
    file.seek(0)
    member.mtime, member.mode = int(now.timestamp()), 0o600
    tar.addfile(member, file)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
