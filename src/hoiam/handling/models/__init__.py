"""Rows of the handling room."""

from hoiam.handling.models.authorisation import Authorisation
from hoiam.handling.models.breach import Breach
from hoiam.handling.models.case import Case, CaseItem, CaseMoment, FactRow, Note, Party
from hoiam.handling.models.clock import Clock, Extension, Obligation, Pause
from hoiam.handling.models.duty import Duty
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.models.paper import NumberBook, Paper, PaperVersion, WatchCheck
from hoiam.handling.models.statement import Statement
from hoiam.handling.models.supply import SupplyPlan, SupplyRow

__all__ = [
    "Authorisation",
    "Breach",
    "Case",
    "CaseItem",
    "CaseMoment",
    "Clock",
    "Duty",
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
    "SupplyPlan",
    "SupplyRow",
    "WatchCheck",
]
