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
from hoiam.handling.states.papers import FINAL_REPLIES, PAPER_TRANSITIONS, PaperState, ReplyKind
from hoiam.handling.states.speaking import (
    AUTHORISATION_TRANSITIONS,
    PLAN_TRANSITIONS,
    AuthorisationState,
    BreachHandling,
    BreachKind,
    DutyState,
    PlanState,
    SpeakingBasis,
)
from hoiam.handling.states.statements import StatementForm
from hoiam.handling.states.tables import Transition

__all__ = [
    "AUTHORISATION_TRANSITIONS",
    "ENDED_BY",
    "FINAL_REPLIES",
    "OPTIONAL",
    "ORDER",
    "PAPER_TRANSITIONS",
    "PLAN_TRANSITIONS",
    "STAGE_OF",
    "TRANSITIONS",
    "AuthorisationState",
    "BreachHandling",
    "BreachKind",
    "CaseState",
    "ClockState",
    "DutyState",
    "MomentKind",
    "PaperState",
    "PartyRole",
    "PlanState",
    "ReplyKind",
    "SpeakingBasis",
    "Stage",
    "StatementForm",
    "Transition",
    "skipped",
]
