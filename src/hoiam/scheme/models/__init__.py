"""Rows of the scheme room."""

from hoiam.scheme.models.difficulty import Difficulty
from hoiam.scheme.models.explanation import ExplanationRequest, Reminder
from hoiam.scheme.models.product import Product
from hoiam.scheme.models.progress import Progress, TaskReminder
from hoiam.scheme.models.report import IndicatorReport
from hoiam.scheme.models.scheme import Scheme, SourcePaper, Theme
from hoiam.scheme.models.task import Assignment, Quota, Task

__all__ = [
    "Assignment",
    "Difficulty",
    "ExplanationRequest",
    "IndicatorReport",
    "Product",
    "Progress",
    "Quota",
    "Reminder",
    "Scheme",
    "SourcePaper",
    "Task",
    "TaskReminder",
    "Theme",
]
