"""The state tables of the room, one file a noun."""

from hoiam.handling.states.cases import (
    OPTIONAL,
    ORDER,
    STAGE_OF,
    TRANSITIONS,
    CaseState,
    PartyRole,
    Stage,
    skipped,
)
from hoiam.handling.states.clocks import ENDED_BY, ClockState, MomentKind
from hoiam.handling.states.papers import PAPER_TRANSITIONS, PaperState
from hoiam.handling.states.statements import StatementForm
from hoiam.handling.states.tables import Transition
from hoiam.handling.states.watch import (
    FINAL_REPLIES,
    SETTLED_REPLIES,
    LookPlace,
    LookResult,
    ReplyKind,
    RungLevel,
    WatchAim,
    WatchState,
)

__all__ = [
    "ENDED_BY",
    "FINAL_REPLIES",
    "OPTIONAL",
    "ORDER",
    "PAPER_TRANSITIONS",
    "SETTLED_REPLIES",
    "STAGE_OF",
    "TRANSITIONS",
    "CaseState",
    "ClockState",
    "LookPlace",
    "LookResult",
    "MomentKind",
    "PaperState",
    "PartyRole",
    "ReplyKind",
    "RungLevel",
    "Stage",
    "StatementForm",
    "Transition",
    "WatchAim",
    "WatchState",
    "skipped",
]
