"""Writing: one public verb for each step of a case, a paper, a clock."""

from hoiam.handling.actions.calendar import announce_day, withdraw_day
from hoiam.handling.actions.calendar_links import make_calendar_link, revoke_calendar_link
from hoiam.handling.actions.cases import add_note, add_party, open_case
from hoiam.handling.actions.choosing import choose_clocks
from hoiam.handling.actions.clock_moves import extend_clock, finish_clock, pause_clock, resume_clock
from hoiam.handling.actions.clocks import open_obligation
from hoiam.handling.actions.closing import close, reopen
from hoiam.handling.actions.directives import answer_directive, receive_directive
from hoiam.handling.actions.dossiers import export_dossier, take_dossier
from hoiam.handling.actions.evidence import add_clip, add_evidence, take_capture, take_evidence
from hoiam.handling.actions.facts import delete_fact, write_fact
from hoiam.handling.actions.handing import hand_over
from hoiam.handling.actions.items import add_item, add_story_items, take_out_item
from hoiam.handling.actions.joining import merge_cases, split_case
from hoiam.handling.actions.moments import record_moment
from hoiam.handling.actions.numbering import cancel_outside_number, enter_outside_number
from hoiam.handling.actions.opening import open_case_by_hand
from hoiam.handling.actions.outcomes import close_obligation
from hoiam.handling.actions.outlooks import make_outlook
from hoiam.handling.actions.own_text import take_wording
from hoiam.handling.actions.papers import (
    approve_paper,
    draft_paper,
    edit_paper,
    return_paper,
    submit_paper,
    withdraw_paper,
)
from hoiam.handling.actions.remedies import finish_remedy, plan_remedy
from hoiam.handling.actions.sending import mark_delivered, mark_sent, record_check
from hoiam.handling.actions.signed_files import keep_signed_file
from hoiam.handling.actions.snapshots import capture_page, plan_captures, stop_captures
from hoiam.handling.actions.sole_signers import allow_sole_signer, end_sole_signer, except_four_eyes
from hoiam.handling.actions.steps import (
    assign,
    complete_verification,
    determine_impact,
    escalate,
    issue,
    plan_information,
    publish,
    record_statement,
    remedy,
    report_upward,
    screen,
    start_watch,
)
from hoiam.handling.actions.syntheses import make_sheet, make_synthesis
from hoiam.handling.actions.tightenings import end_tightening, set_tightening
from hoiam.handling.actions.wording import reset_wording, save_wording

__all__ = [
    "add_clip",
    "add_evidence",
    "add_item",
    "add_note",
    "add_party",
    "add_story_items",
    "allow_sole_signer",
    "announce_day",
    "answer_directive",
    "approve_paper",
    "assign",
    "cancel_outside_number",
    "capture_page",
    "choose_clocks",
    "close",
    "close_obligation",
    "complete_verification",
    "delete_fact",
    "determine_impact",
    "draft_paper",
    "edit_paper",
    "end_sole_signer",
    "end_tightening",
    "enter_outside_number",
    "escalate",
    "except_four_eyes",
    "export_dossier",
    "extend_clock",
    "finish_clock",
    "finish_remedy",
    "hand_over",
    "issue",
    "keep_signed_file",
    "make_calendar_link",
    "make_outlook",
    "make_sheet",
    "make_synthesis",
    "mark_delivered",
    "mark_sent",
    "merge_cases",
    "open_case",
    "open_case_by_hand",
    "open_obligation",
    "pause_clock",
    "plan_captures",
    "plan_information",
    "plan_remedy",
    "publish",
    "receive_directive",
    "record_check",
    "record_moment",
    "record_statement",
    "remedy",
    "reopen",
    "report_upward",
    "reset_wording",
    "resume_clock",
    "return_paper",
    "revoke_calendar_link",
    "save_wording",
    "screen",
    "set_tightening",
    "split_case",
    "start_watch",
    "stop_captures",
    "submit_paper",
    "take_capture",
    "take_dossier",
    "take_evidence",
    "take_out_item",
    "take_wording",
    "withdraw_day",
    "withdraw_paper",
    "write_fact",
]
