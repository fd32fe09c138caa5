"""Rows of the handling room."""

from hoiam.handling.models.accreditation import Accreditation
from hoiam.handling.models.briefing import Briefing
from hoiam.handling.models.case import Case, CaseItem, CaseMoment, FactRow, Note, Party
from hoiam.handling.models.clock import Clock, Extension, Obligation, Pause
from hoiam.handling.models.conference import (
    ConferenceNotice,
    Coverage,
    Handout,
    Invitation,
    PressConference,
    PressQuestion,
)
from hoiam.handling.models.enquiry import ContentRequest, Enquiry, InterviewText
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.models.paper import NumberBook, Paper, PaperVersion, WatchCheck
from hoiam.handling.models.statement import Statement

__all__ = [
    "Accreditation",
    "Briefing",
    "Case",
    "CaseItem",
    "CaseMoment",
    "Clock",
    "ConferenceNotice",
    "ContentRequest",
    "Coverage",
    "Enquiry",
    "Evidence",
    "Extension",
    "FactRow",
    "Handout",
    "InterviewText",
    "Invitation",
    "Note",
    "NumberBook",
    "Obligation",
    "Paper",
    "PaperVersion",
    "Party",
    "Pause",
    "PressConference",
    "PressQuestion",
    "Statement",
    "WatchCheck",
]
