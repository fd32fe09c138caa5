"""The state tables of the room, one file a noun."""

from hoiam.handling.states.cases import (
    BY_HAND,
    ON_PAPER,
    OPTIONAL,
    ORDER,
    STAGE_OF,
    TRANSITIONS,
    CaseChannel,
    CaseState,
    DueKind,
    PartyRole,
    Stage,
    skipped,
)
from hoiam.handling.states.clocks import ENDED_BY, ClockState, MomentKind
from hoiam.handling.states.papers import FINAL_REPLIES, PAPER_TRANSITIONS, PaperState, ReplyKind
from hoiam.handling.states.statements import StatementForm
from hoiam.handling.states.tables import Transition

__all__ = [
    "BY_HAND",
    "ENDED_BY",
    "FINAL_REPLIES",
    "ON_PAPER",
    "OPTIONAL",
    "ORDER",
    "PAPER_TRANSITIONS",
    "STAGE_OF",
    "TRANSITIONS",
    "CaseChannel",
    "CaseState",
    "ClockState",
    "DueKind",
    "MomentKind",
    "PaperState",
    "PartyRole",
    "ReplyKind",
    "Stage",
    "StatementForm",
    "Transition",
    "skipped",
]
