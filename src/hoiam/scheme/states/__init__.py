"""The state tables of the room, one file a noun."""

from hoiam.scheme.states.reports import (
    EXPLANATION_TRANSITIONS,
    REPORT_TRANSITIONS,
    ExplanationState,
    ReportState,
)
from hoiam.scheme.states.rounds import (
    ROUND_TRANSITIONS,
    UNIT_REPORT_TRANSITIONS,
    Fault,
    Loss,
    ReviewKind,
    RoundState,
    SectionKind,
    SynthesisState,
    UnitReportState,
)
from hoiam.scheme.states.schemes import (
    ASSIGNMENT_TRANSITIONS,
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
    "EXPLANATION_TRANSITIONS",
    "REPORT_TRANSITIONS",
    "ROUND_TRANSITIONS",
    "SCHEME_TRANSITIONS",
    "UNIT_REPORT_TRANSITIONS",
    "AssignmentRole",
    "AssignmentState",
    "ExplanationState",
    "Fault",
    "Loss",
    "QuotaPeriod",
    "ReportState",
    "ReviewKind",
    "Rhythm",
    "RoundState",
    "SchemeKind",
    "SchemeState",
    "SectionKind",
    "SourcePaperState",
    "SynthesisState",
    "TaskDue",
    "UnitReportState",
]
