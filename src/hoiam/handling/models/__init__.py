"""Rows of the handling room."""

from hoiam.handling.models.calendar import CalendarDay, CalendarLink
from hoiam.handling.models.case import Case, CaseItem, CaseMoment, FactRow, Note, Party
from hoiam.handling.models.clock import Clock, Extension, Obligation, Pause, Recount
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.models.paper import NumberBook, Paper, PaperVersion, WatchCheck
from hoiam.handling.models.statement import Statement
from hoiam.handling.models.tightening import Tightening

__all__ = [
    "CalendarDay",
    "CalendarLink",
    "Case",
    "CaseItem",
    "CaseMoment",
    "Clock",
    "Evidence",
    "Extension",
    "FactRow",
    "Note",
    "NumberBook",
    "Obligation",
    "Paper",
    "PaperVersion",
    "Party",
    "Pause",
    "Recount",
    "Statement",
    "Tightening",
    "WatchCheck",
]
