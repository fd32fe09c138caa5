"""Writing: one public verb for each step of a scheme, a yearly report, a reminder, an explanation."""

from hoiam.scheme.actions.assigning import activate_scheme
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
from hoiam.scheme.actions.plans import create_campaign, derive_yearly_plan, replace_scheme
from hoiam.scheme.actions.products import (
    add_file,
    add_link,
    add_proof,
    look_for_products,
    remove_product,
)
from hoiam.scheme.actions.ready_schemes import load_ready_scheme
from hoiam.scheme.actions.reminders import remind_of_lateness
from hoiam.scheme.actions.report_scans import keep_report_scan
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
from hoiam.scheme.actions.schemes import (
    close_scheme,
    create_scheme,
    edit_scheme,
    publish_scheme,
    remove_scheme,
    reopen_scheme,
    withhold_scheme,
)
from hoiam.scheme.actions.source_papers import (
    add_source_paper,
    confirm_source_paper,
    drop_source_paper,
    save_confirmed,
)
from hoiam.scheme.actions.successions import pass_on_assignments
from hoiam.scheme.actions.syntheses import (
    ask_synthesis,
    choose_paragraphs,
    edit_part,
    take_offered,
    write_synthesis,
)
from hoiam.scheme.actions.task_reminders import remind_of_task
from hoiam.scheme.actions.tasks import add_quota, remove_quota, remove_task, save_task, save_themes
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
    "activate_scheme",
    "add_annex",
    "add_file",
    "add_link",
    "add_proof",
    "add_quota",
    "add_source_paper",
    "answer_difficulty",
    "answer_explanation",
    "approve_report",
    "ask_about_task",
    "ask_again",
    "ask_for_explanation",
    "ask_report_explanation",
    "ask_synthesis",
    "chase_unit",
    "chase_units",
    "choose_paragraphs",
    "close_difficulty",
    "close_round",
    "close_scheme",
    "confirm_source_paper",
    "create_campaign",
    "create_round",
    "create_scheme",
    "derive_yearly_plan",
    "drop_source_paper",
    "edit_part",
    "edit_round",
    "edit_scheme",
    "exempt_assignment",
    "explain_report",
    "fill_unit_report",
    "finish_assignment",
    "hand_back_unit_report",
    "hand_over",
    "keep_report_scan",
    "load_ready_scheme",
    "look_for_products",
    "open_round",
    "pass_on_assignments",
    "publish_scheme",
    "raise_difficulty",
    "remind_of_lateness",
    "remind_of_task",
    "remove_annex",
    "remove_product",
    "remove_quota",
    "remove_scheme",
    "remove_task",
    "reopen_assignment",
    "reopen_round",
    "reopen_scheme",
    "replace_scheme",
    "report_progress",
    "return_explanation",
    "return_report",
    "return_unit_report",
    "save_confirmed",
    "save_task",
    "save_themes",
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
    "withhold_scheme",
    "write_report",
    "write_synthesis",
]
