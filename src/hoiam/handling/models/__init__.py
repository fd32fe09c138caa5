"""Rows of the handling room."""

from hoiam.handling.models.case import Case, CaseItem, CaseMoment, FactRow, Note, Party
from hoiam.handling.models.clock import Clock, Extension, Obligation, Pause
from hoiam.handling.models.evidence import CaseSnapshot, Dossier, Evidence
from hoiam.handling.models.paper import NumberBook, Paper, PaperVersion, WatchCheck
from hoiam.handling.models.statement import Statement

__all__ = [
    "Case",
    "CaseItem",
    "CaseMoment",
    "CaseSnapshot",
    "Clock",
    "Dossier",
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
    "Statement",
    "WatchCheck",
]
