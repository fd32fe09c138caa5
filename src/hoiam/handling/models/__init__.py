"""Rows of the handling room."""

from hoiam.handling.models.accreditation import Accreditation
from hoiam.handling.models.authorisation import Authorisation
from hoiam.handling.models.breach import Breach
from hoiam.handling.models.briefing import Briefing
from hoiam.handling.models.calendar import CalendarDay, CalendarLink
from hoiam.handling.models.case import (
    Case,
    CaseItem,
    CaseMoment,
    FactProof,
    FactRow,
    LeftOutItem,
    Note,
    Party,
)
from hoiam.handling.models.clock import Clock, Extension, Obligation, Pause, Recount
from hoiam.handling.models.conference import (
    ConferenceNotice,
    Coverage,
    Handout,
    Invitation,
    PressConference,
    PressQuestion,
)
from hoiam.handling.models.directive import Directive
from hoiam.handling.models.duty import Duty
from hoiam.handling.models.enquiry import ContentRequest, Enquiry, InterviewText
from hoiam.handling.models.evidence import CaseSnapshot, Dossier, Evidence
from hoiam.handling.models.ladder import Rung
from hoiam.handling.models.outcome import Outcome, Remedy
from hoiam.handling.models.paper import NumberBook, Paper, PaperVersion
from hoiam.handling.models.paper_template import PaperTemplate
from hoiam.handling.models.register import OutsideNumber, SignedFile
from hoiam.handling.models.sole_signer import FourEyesException, SoleSignerPermit
from hoiam.handling.models.statement import Statement
from hoiam.handling.models.supply import SupplyPlan, SupplyRow
from hoiam.handling.models.tightening import Tightening
from hoiam.handling.models.watch import OutletLook, OutletWatch, WatchCheck

__all__ = [
    "Accreditation",
    "Authorisation",
    "Breach",
    "Briefing",
    "CalendarDay",
    "CalendarLink",
    "Case",
    "CaseItem",
    "CaseMoment",
    "CaseSnapshot",
    "Clock",
    "ConferenceNotice",
    "ContentRequest",
    "Coverage",
    "Directive",
    "Dossier",
    "Duty",
    "Enquiry",
    "Evidence",
    "Extension",
    "FactProof",
    "FactRow",
    "FourEyesException",
    "Handout",
    "InterviewText",
    "Invitation",
    "LeftOutItem",
    "Note",
    "NumberBook",
    "Obligation",
    "Outcome",
    "OutletLook",
    "OutletWatch",
    "OutsideNumber",
    "Paper",
    "PaperTemplate",
    "PaperVersion",
    "Party",
    "Pause",
    "PressConference",
    "PressQuestion",
    "Recount",
    "Remedy",
    "Rung",
    "SignedFile",
    "SoleSignerPermit",
    "Statement",
    "SupplyPlan",
    "SupplyRow",
    "Tightening",
    "WatchCheck",
]
