"""Writing: one public verb for each step of a yearly report, a reminder, an explanation."""

from hoiam.scheme.actions.explanations import (
    accept_explanation,
    answer_explanation,
    ask_for_explanation,
    return_explanation,
    withdraw_explanation,
)
from hoiam.scheme.actions.reminders import remind_of_lateness
from hoiam.scheme.actions.reports import (
    accept_report,
    approve_report,
    return_report,
    submit_report,
    write_report,
)

__all__ = [
    "accept_explanation",
    "accept_report",
    "answer_explanation",
    "approve_report",
    "ask_for_explanation",
    "remind_of_lateness",
    "return_explanation",
    "return_report",
    "submit_report",
    "withdraw_explanation",
    "write_report",
]
