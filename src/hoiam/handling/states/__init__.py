"""The state tables of the room, one file a noun."""

from hoiam.handling.states.cases import BY_HAND, CaseChannel, CaseState, DueKind, ON_PAPER, OPTIONAL, ORDER, PartyRole, STAGE_OF, Stage, TRANSITIONS, skipped
from hoiam.handling.states.clocks import ALWAYS_SHOWN, ClockState, DayKind, ENDED_BY, MomentKind, NOT_BEFORE, OF_THE_EVENT, REPEATED
from hoiam.handling.states.conference import CONFERENCE_TRANSITIONS, ConferenceKind, ConferenceState, InvitationReply
from hoiam.handling.states.enquiry import ENQUIRY_TRANSITIONS, EnquiryChannel, EnquiryKind, EnquiryState, OPEN_ENQUIRIES, TextStage
from hoiam.handling.states.papers import PAPER_TRANSITIONS, PaperState
from hoiam.handling.states.speaking import AUTHORISATION_TRANSITIONS, AuthorisationState, BreachHandling, BreachKind, DutyState, PLAN_TRANSITIONS, PlanState, SpeakingBasis
from hoiam.handling.states.statements import StatementForm
from hoiam.handling.states.tables import Transition
from hoiam.handling.states.watch import FINAL_REPLIES, LookPlace, LookResult, ReplyKind, RungLevel, SETTLED_REPLIES, WatchAim, WatchState

__all__ = ["ALWAYS_SHOWN", "AUTHORISATION_TRANSITIONS", "AuthorisationState", "BY_HAND", "BreachHandling", "BreachKind", "CONFERENCE_TRANSITIONS", "CaseChannel", "CaseState", "ClockState", "ConferenceKind", "ConferenceState", "DayKind", "DueKind", "DutyState", "ENDED_BY", "ENQUIRY_TRANSITIONS", "EnquiryChannel", "EnquiryKind", "EnquiryState", "FINAL_REPLIES", "InvitationReply", "LookPlace", "LookResult", "MomentKind", "NOT_BEFORE", "OF_THE_EVENT", "ON_PAPER", "OPEN_ENQUIRIES", "OPTIONAL", "ORDER", "PAPER_TRANSITIONS", "PLAN_TRANSITIONS", "PaperState", "PartyRole", "PlanState", "REPEATED", "ReplyKind", "RungLevel", "SETTLED_REPLIES", "STAGE_OF", "SpeakingBasis", "Stage", "StatementForm", "TRANSITIONS", "TextStage", "Transition", "WatchAim", "WatchState", "skipped",]
