"""Rows of the handling room."""

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
from hoiam.handling.models.clock import Clock, Extension, Obligation, Pause
from hoiam.handling.models.directive import Directive
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.models.outcome import Outcome, Remedy
from hoiam.handling.models.paper import NumberBook, Paper, PaperVersion, WatchCheck
from hoiam.handling.models.sole_signer import FourEyesException, SoleSignerPermit
from hoiam.handling.models.statement import Statement

__all__ = [
    "Case",
    "CaseItem",
    "CaseMoment",
    "Clock",
    "Directive",
    "Evidence",
    "Extension",
    "FactProof",
    "FactRow",
    "FourEyesException",
    "LeftOutItem",
    "Note",
    "NumberBook",
    "Obligation",
    "Outcome",
    "Paper",
    "PaperVersion",
    "Party",
    "Pause",
    "Remedy",
    "SoleSignerPermit",
    "Statement",
    "WatchCheck",
]
