"""Rows of the handling room."""

from hoiam.handling.models.case import Case, CaseItem, CaseMoment, FactRow, Note, Party
from hoiam.handling.models.clock import Clock, Extension, Obligation, Pause
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.models.paper import NumberBook, Paper, PaperVersion, WatchCheck
from hoiam.handling.models.paper_template import PaperTemplate
from hoiam.handling.models.register import OutsideNumber, SignedFile
from hoiam.handling.models.statement import Statement

__all__ = [
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
    "OutsideNumber",
    "Paper",
    "PaperTemplate",
    "PaperVersion",
    "Party",
    "Pause",
    "SignedFile",
    "Statement",
    "WatchCheck",
]
