"""A backup put onto an empty house: all of it or nothing."""

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction

from hoiam.core import blobs, ledger, search
from hoiam.core.backup import rows
from hoiam.core.backup.archive import BackupFault, Manifest, Tell, check_backup, parts
from hoiam.core.backup.record import LastBackup, remember
from hoiam.core.models import LedgerEntry, LedgerHead


def is_empty_house() -> bool:
    """Whether nobody works here yet: no account and no line in the diary; what `hoiam setup` loads does not count."""
    return not get_user_model()._default_manager.exists() and not LedgerEntry.objects.exists()


def restore_backup(place: Path, *, tell: Tell = lambda _: None) -> Manifest:
    """What was restored; the house stands as it did at the backup's moment, its diary checked record by record.

    The database changes in one transaction; evidence is written first, so that no row ever points to nothing.

    Raises:
        BackupFault: the house is not empty, the file is damaged or of another version, the disk is full.
    """
    if not is_empty_house():
        raise BackupFault(
            "Nơi này đã có dữ liệu. Chỉ khôi phục vào cơ sở dữ liệu trống: chọn HOIAM_DATA hoặc DATABASE_URL khác, "
            "chạy hoiam setup rồi thử lại."
        )
    header, manifest = check_backup(place)
    _same_version(header["migrations"], manifest.version)
    tell("bản sao lưu nguyên vẹn")
    _evidence(place)
    tell(f"{manifest.evidence} tệp chứng cứ")
    try:
        with transaction.atomic():
            _load(place, manifest)
    except (DatabaseError, ValueError) as error:
        raise BackupFault(
            f"Dữ liệu trong “{place.name}” không hợp với cơ sở dữ liệu này ({error}). Chưa có gì thay đổi."
        ) from error
    _keys(place)
    tell(f"{sum(manifest.rows.values())} dòng")
    made_at = datetime.fromisoformat(manifest.made_at)
    remember(LastBackup(made_at, str(place.resolve()), place.stat().st_size))
    search.reindex()
    tell("chỉ mục tìm kiếm")
    return manifest


def _same_version(theirs: list[str], version: str) -> None:
    if theirs != rows.migrations_here():
        raise BackupFault(
            f"Bản sao lưu do Hồi Âm {version} ghi ra, cấu trúc dữ liệu khác bản đang chạy. "
            "Hãy cài đúng bản đó, khôi phục, rồi nâng cấp bằng hoiam setup."
        )


def _evidence(place: Path) -> None:
    for name, reader in parts(place):
        if name.startswith("evidence/"):
            with tempfile.TemporaryFile() as whole:  # the store reads a file twice
                shutil.copyfileobj(reader, whole)
                blobs.put_file(whole)


def _load(place: Path, manifest: Manifest) -> None:
    rows.empty_tables()
    for name, reader in parts(place):
        if name.startswith("rows/"):
            app, model = name.removeprefix("rows/").removesuffix(".jsonl").split(".")
            rows.load_lines(apps.get_model(app, model), reader)
    rows.set_sequences()
    connection.check_constraints()
    head = LedgerHead.objects.first()
    if (head.digest if head else "") != manifest.ledger_head or next(ledger.breaks(), None):
        raise BackupFault(
            "Nhật ký trong bản sao lưu không liền mạch, nên không khôi phục. Hãy dùng bản sao lưu khác."
        )


def _keys(place: Path) -> None:
    folder = Path(settings.HOIAM_STAMPS)
    for name, reader in parts(place):
        if name.startswith("keys/"):
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / name.removeprefix("keys/"), reader)


def _write(place: Path, reader: IO[bytes]) -> None:
    handle, name = tempfile.mkstemp(dir=place.parent)  # for the owner's eyes only
    with os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(reader, file)
    os.replace(name, place)
