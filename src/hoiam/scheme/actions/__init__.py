"""Writing: one public verb for each step of a scheme, a yearly report, a reminder, an explanation."""

from hoiam.scheme.actions.assigning import activate_scheme
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
from hoiam.scheme.actions.schemes import (
    close_scheme,
    create_scheme,
    edit_scheme,
    remove_scheme,
    reopen_scheme,
)
from hoiam.scheme.actions.tasks import (
    add_quota,
    remove_quota,
    remove_task,
    save_task,
    save_themes,
)

__all__ = [
    "accept_explanation",
    "accept_report",
    "activate_scheme",
    "add_quota",
    "answer_explanation",
    "approve_report",
    "ask_for_explanation",
    "close_scheme",
    "create_scheme",
    "edit_scheme",
    "remind_of_lateness",
    "remove_quota",
    "remove_scheme",
    "remove_task",
    "reopen_scheme",
    "return_explanation",
    "return_report",
    "save_task",
    "save_themes",
    "submit_report",
    "withdraw_explanation",
    "write_report",
]
