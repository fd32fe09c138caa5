"""Writing: one public verb for each step of a yearly report, a reminder, an explanation, a unit's part in a task."""

from hoiam.scheme.actions.difficulties import (
    answer_difficulty,
    ask_again,
    close_difficulty,
    raise_difficulty,
)
from hoiam.scheme.actions.doing import (
    exempt_assignment,
    finish_assignment,
    hand_over,
    reopen_assignment,
    report_progress,
)
from hoiam.scheme.actions.explanations import (
    accept_explanation,
    answer_explanation,
    ask_about_task,
    ask_for_explanation,
    return_explanation,
    withdraw_explanation,
)
from hoiam.scheme.actions.products import (
    add_file,
    add_link,
    add_proof,
    look_for_products,
    remove_product,
)
from hoiam.scheme.actions.reminders import remind_of_lateness
from hoiam.scheme.actions.reports import (
    accept_report,
    approve_report,
    return_report,
    submit_report,
    write_report,
)
from hoiam.scheme.actions.task_reminders import remind_of_task

__all__ = [
    "accept_explanation",
    "accept_report",
    "add_file",
    "add_link",
    "add_proof",
    "answer_difficulty",
    "answer_explanation",
    "approve_report",
    "ask_about_task",
    "ask_again",
    "ask_for_explanation",
    "close_difficulty",
    "exempt_assignment",
    "finish_assignment",
    "hand_over",
    "look_for_products",
    "raise_difficulty",
    "remind_of_lateness",
    "remind_of_task",
    "remove_product",
    "reopen_assignment",
    "report_progress",
    "return_explanation",
    "return_report",
    "submit_report",
    "withdraw_explanation",
    "write_report",
]
