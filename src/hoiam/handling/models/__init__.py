"""Rows of the handling room."""

from hoiam.handling.models.case import Case, CaseItem, CaseMoment, FactRow, Note, Party
from hoiam.handling.models.clock import Clock, Extension, Obligation, Pause
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.models.ladder import Rung
from hoiam.handling.models.paper import NumberBook, Paper, PaperVersion
from hoiam.handling.models.statement import Statement
from hoiam.handling.models.watch import OutletLook, OutletWatch, WatchCheck

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
    "OutletLook",
    "OutletWatch",
    "Paper",
    "PaperVersion",
    "Party",
    "Pause",
    "Rung",
    "Statement",
    "WatchCheck",
]
