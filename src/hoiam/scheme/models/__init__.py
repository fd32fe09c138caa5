"""Rows of the scheme room."""

from hoiam.scheme.models.explanation import ExplanationRequest, Reminder
from hoiam.scheme.models.report import IndicatorReport
from hoiam.scheme.models.scheme import Scheme, SourcePaper, Theme
from hoiam.scheme.models.task import Assignment, Quota, Task

__all__ = [
    "Assignment",
    "ExplanationRequest",
    "IndicatorReport",
    "Quota",
    "Reminder",
    "Scheme",
    "SourcePaper",
    "Task",
    "Theme",
]
