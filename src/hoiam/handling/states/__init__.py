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
from hoiam.handling.states.clocks import (
    ALWAYS_SHOWN,
    ENDED_BY,
    NOT_BEFORE,
    OF_THE_EVENT,
    REPEATED,
    ClockState,
    DayKind,
    MomentKind,
)
from hoiam.handling.states.conference import (
    CONFERENCE_TRANSITIONS,
    ConferenceKind,
    ConferenceState,
    InvitationReply,
)
from hoiam.handling.states.enquiry import (
    ENQUIRY_TRANSITIONS,
    OPEN_ENQUIRIES,
    EnquiryChannel,
    EnquiryKind,
    EnquiryState,
    TextStage,
)
from hoiam.handling.states.papers import FINAL_REPLIES, PAPER_TRANSITIONS, PaperState, ReplyKind
from hoiam.handling.states.statements import StatementForm
from hoiam.handling.states.tables import Transition

__all__ = [
    "ALWAYS_SHOWN",
    "BY_HAND",
    "CONFERENCE_TRANSITIONS",
    "ENDED_BY",
    "ENQUIRY_TRANSITIONS",
    "FINAL_REPLIES",
    "NOT_BEFORE",
    "OF_THE_EVENT",
    "ON_PAPER",
    "OPEN_ENQUIRIES",
    "OPTIONAL",
    "ORDER",
    "PAPER_TRANSITIONS",
    "REPEATED",
    "STAGE_OF",
    "TRANSITIONS",
    "CaseChannel",
    "CaseState",
    "ClockState",
    "ConferenceKind",
    "ConferenceState",
    "DayKind",
    "DueKind",
    "EnquiryChannel",
    "EnquiryKind",
    "EnquiryState",
    "InvitationReply",
    "MomentKind",
    "PaperState",
    "PartyRole",
    "ReplyKind",
    "Stage",
    "StatementForm",
    "TextStage",
    "Transition",
    "skipped",
]
