"""When the house was last saved: told by `hoiam doctor`, written into the diary."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from hoiam.core import ledger
from hoiam.core.models import LedgerHead

NAME = "last-backup.json"


@dataclass(frozen=True)
class LastBackup:
    """The last whole backup: its moment, its file and the file's size in bytes."""

    at: datetime
    file: str
    size: int


@transaction.atomic
def note_backup(file: Path, *, head: str, now: datetime) -> LastBackup:
    """What was noted: in the diary, and beside the database for those who look at the house from outside.

    Args:
        head: the digest of the diary's newest record in the backup.
    """
    last = LastBackup(now, str(file.resolve()), file.stat().st_size)
    subject, _ = LedgerHead.objects.get_or_create(pk=1)
    told = {"file": last.file, "size": last.size, "head": head}
    ledger.write(subject, actor=None, step="backup", at=now, **told)
    remember(last)
    return last


def remember(last: LastBackup) -> None:
    """Nothing; the note beside the database names this backup: just made, or just restored."""
    _place().write_text(json.dumps(asdict(last) | {"at": last.at.isoformat()}), "utf-8")


def last_backup() -> LastBackup | None:
    """The last backup of this house, or None when there never was one or its note cannot be read."""
    try:
        told = json.loads(_place().read_text("utf-8"))
        return LastBackup(datetime.fromisoformat(told["at"]), told["file"], told["size"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _place() -> Path:
    return Path(settings.HOIAM_DATA) / NAME
