"""Writing: one public verb for each step of a case, a paper, a clock."""

from hoiam.handling.actions.cases import (
    add_item,
    add_note,
    add_party,
    open_case,
)
from hoiam.handling.actions.clocks import (
    close_obligation,
    extend_clock,
    open_obligation,
    pause_clock,
    resume_clock,
)
from hoiam.handling.actions.dossiers import export_dossier, take_dossier
from hoiam.handling.actions.evidence import add_clip, add_evidence, take_capture, take_evidence
from hoiam.handling.actions.facts import delete_fact, write_fact
from hoiam.handling.actions.moments import record_moment
from hoiam.handling.actions.outlooks import make_outlook
from hoiam.handling.actions.papers import (
    approve_paper,
    draft_paper,
    edit_paper,
    return_paper,
    submit_paper,
    withdraw_paper,
)
from hoiam.handling.actions.sending import mark_delivered, mark_sent, record_check
from hoiam.handling.actions.snapshots import capture_page, plan_captures, stop_captures
from hoiam.handling.actions.steps import (
    assign,
    close,
    complete_verification,
    determine_impact,
    escalate,
    issue,
    plan_information,
    publish,
    record_statement,
    remedy,
    reopen,
    report_upward,
    screen,
    start_watch,
)
from hoiam.handling.actions.syntheses import make_sheet, make_synthesis

__all__ = [
    "add_clip",
    "add_evidence",
    "add_item",
    "add_note",
    "add_party",
    "approve_paper",
    "assign",
    "capture_page",
    "close",
    "close_obligation",
    "complete_verification",
    "delete_fact",
    "determine_impact",
    "draft_paper",
    "edit_paper",
    "escalate",
    "export_dossier",
    "extend_clock",
    "issue",
    "make_outlook",
    "make_sheet",
    "make_synthesis",
    "mark_delivered",
    "mark_sent",
    "open_case",
    "open_obligation",
    "pause_clock",
    "plan_captures",
    "plan_information",
    "publish",
    "record_check",
    "record_moment",
    "record_statement",
    "remedy",
    "reopen",
    "report_upward",
    "resume_clock",
    "return_paper",
    "screen",
    "start_watch",
    "stop_captures",
    "submit_paper",
    "take_capture",
    "take_dossier",
    "take_evidence",
    "withdraw_paper",
    "write_fact",
]
