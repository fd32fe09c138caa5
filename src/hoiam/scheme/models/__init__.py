"""Rows of the scheme room."""

from hoiam.scheme.models.difficulty import Difficulty
from hoiam.scheme.models.explanation import ExplanationRequest, Reminder
from hoiam.scheme.models.product import Product
from hoiam.scheme.models.progress import Progress, TaskReminder
from hoiam.scheme.models.report import IndicatorReport
from hoiam.scheme.models.round import ReportRound, RoundSection
from hoiam.scheme.models.scheme import Scheme, SourcePaper, Theme
from hoiam.scheme.models.synthesis import Synthesis, SynthesisPart
from hoiam.scheme.models.task import Assignment, Quota, Task
from hoiam.scheme.models.unit_report import (
    ReportChase,
    ReportExplanation,
    ReportUpload,
    ReportVersion,
    ScoreRule,
    ScoreWaiver,
    UnitReport,
)

__all__ = [
    "Assignment",
    "Difficulty",
    "ExplanationRequest",
    "IndicatorReport",
    "Product",
    "Progress",
    "Quota",
    "Reminder",
    "ReportChase",
    "ReportExplanation",
    "ReportRound",
    "ReportUpload",
    "ReportVersion",
    "RoundSection",
    "Scheme",
    "ScoreRule",
    "ScoreWaiver",
    "SourcePaper",
    "Synthesis",
    "SynthesisPart",
    "Task",
    "TaskReminder",
    "Theme",
    "UnitReport",
]
