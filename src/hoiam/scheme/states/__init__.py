"""The state tables of the room, one file a noun."""

from hoiam.scheme.states.doing import (
    DIARY_WORDS,
    DIFFICULTY_TRANSITIONS,
    DifficultyKind,
    DifficultyState,
    ProductKind,
)
from hoiam.scheme.states.reports import (
    EXPLANATION_TRANSITIONS,
    REPORT_TRANSITIONS,
    ExplanationState,
    ReportState,
)
from hoiam.scheme.states.schemes import (
    ASSIGNMENT_TRANSITIONS,
    PAPER_TRANSITIONS,
    SCHEME_TRANSITIONS,
    AssignmentRole,
    AssignmentState,
    QuotaPeriod,
    Rhythm,
    SchemeKind,
    SchemeState,
    SourcePaperState,
    TaskDue,
)

__all__ = [
    "ASSIGNMENT_TRANSITIONS",
    "DIARY_WORDS",
    "DIFFICULTY_TRANSITIONS",
    "EXPLANATION_TRANSITIONS",
    "PAPER_TRANSITIONS",
    "REPORT_TRANSITIONS",
    "SCHEME_TRANSITIONS",
    "AssignmentRole",
    "AssignmentState",
    "DifficultyKind",
    "DifficultyState",
    "ExplanationState",
    "ProductKind",
    "QuotaPeriod",
    "ReportState",
    "Rhythm",
    "SchemeKind",
    "SchemeState",
    "SourcePaperState",
    "TaskDue",
]
