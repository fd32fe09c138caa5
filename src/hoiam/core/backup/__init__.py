"""One file that holds the whole house: every row, every piece of evidence, the keys; and its way back onto an empty one.

The file is engine-neutral: what was saved on SQLite may be restored on PostgreSQL and the other way round. It is written
from one snapshot of the database while people go on working, and it counts only when its last part, the manifest, is there
and every hash in it holds.
"""

from hoiam.core.backup.archive import BackupFault, Manifest, check_backup, write_backup
from hoiam.core.backup.record import LastBackup, last_backup, note_backup
from hoiam.core.backup.restoring import is_empty_house, restore_backup

__all__ = [
    "BackupFault",
    "LastBackup",
    "Manifest",
    "check_backup",
    "is_empty_house",
    "last_backup",
    "note_backup",
    "restore_backup",
    "write_backup",
]
