"""Writing: one public verb for each step of a yearly report, a reminder, an explanation."""

from hoiam.scheme.actions.explanations import (
    accept_explanation,
    answer_explanation,
    ask_for_explanation,
    return_explanation,
    withdraw_explanation,
)
from hoiam.scheme.actions.reminders import remind_of_lateness
from hoiam.scheme.actions.report_uploads import upload_unit_report
from hoiam.scheme.actions.reports import (
    accept_report,
    approve_report,
    return_report,
    submit_report,
    write_report,
)
from hoiam.scheme.actions.round_scores import (
    ask_report_explanation,
    explain_report,
    set_score_rule,
    waive_points,
    withdraw_waiver,
)
from hoiam.scheme.actions.rounds import (
    chase_unit,
    chase_units,
    close_round,
    create_round,
    edit_round,
    open_round,
    reopen_round,
    set_addressees,
    set_sections,
)
from hoiam.scheme.actions.syntheses import (
    ask_synthesis,
    choose_paragraphs,
    edit_part,
    take_offered,
    write_synthesis,
)
from hoiam.scheme.actions.unit_reports import (
    accept_unit_report,
    add_annex,
    fill_unit_report,
    hand_back_unit_report,
    remove_annex,
    return_unit_report,
    send_unit_report,
    submit_unit_report,
)

__all__ = [
    "accept_explanation",
    "accept_report",
    "accept_unit_report",
    "add_annex",
    "answer_explanation",
    "approve_report",
    "ask_for_explanation",
    "ask_report_explanation",
    "ask_synthesis",
    "chase_unit",
    "chase_units",
    "choose_paragraphs",
    "close_round",
    "create_round",
    "edit_part",
    "edit_round",
    "explain_report",
    "fill_unit_report",
    "hand_back_unit_report",
    "open_round",
    "remind_of_lateness",
    "remove_annex",
    "reopen_round",
    "return_explanation",
    "return_report",
    "return_unit_report",
    "send_unit_report",
    "set_addressees",
    "set_score_rule",
    "set_sections",
    "submit_report",
    "submit_unit_report",
    "take_offered",
    "upload_unit_report",
    "waive_points",
    "withdraw_explanation",
    "withdraw_waiver",
    "write_report",
    "write_synthesis",
]
