"""Sources: keeping the list, leases of collectors, and what each reading leaves."""

from hoiam.monitoring.actions.sources.boxes import mailbox_of
from hoiam.monitoring.actions.sources.habits import habits
from hoiam.monitoring.actions.sources.keeping import (
    move_source,
    pause_source,
    save_source,
)
from hoiam.monitoring.actions.sources.leases import LEASE, extend_lease, lease, note_progress
from hoiam.monitoring.actions.sources.noting import (
    COUNTERS,
    Seen,
    note_broken_off,
    note_collection,
    note_own_fault,
)
from hoiam.monitoring.actions.sources.rhythm import interval, is_night, note_silence, silence_of

__all__ = [
    "COUNTERS",
    "LEASE",
    "Seen",
    "extend_lease",
    "habits",
    "interval",
    "is_night",
    "lease",
    "mailbox_of",
    "move_source",
    "note_broken_off",
    "note_collection",
    "note_own_fault",
    "note_progress",
    "note_silence",
    "pause_source",
    "save_source",
    "silence_of",
]
