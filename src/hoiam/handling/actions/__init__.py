"""Writing: one public verb for each step of a case, a paper, a clock."""

from hoiam.handling.actions.calendar import announce_day, withdraw_day
from hoiam.handling.actions.calendar_links import make_calendar_link, revoke_calendar_link
from hoiam.handling.actions.cases import add_item, add_note, add_party, open_case
from hoiam.handling.actions.choosing import choose_clocks
from hoiam.handling.actions.clock_moves import extend_clock, finish_clock, pause_clock, resume_clock
from hoiam.handling.actions.clocks import close_obligation, open_obligation
from hoiam.handling.actions.directives import answer_directive, receive_directive
from hoiam.handling.actions.facts import add_evidence, delete_fact, write_fact
from hoiam.handling.actions.moments import record_moment
from hoiam.handling.actions.opening import open_case_by_hand
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
from hoiam.handling.actions.tightenings import end_tightening, set_tightening

__all__ = [
    "add_evidence",
    "add_item",
    "add_note",
    "add_party",
    "announce_day",
    "answer_directive",
    "approve_paper",
    "assign",
    "choose_clocks",
    "close",
    "close_obligation",
    "complete_verification",
    "delete_fact",
    "determine_impact",
    "draft_paper",
    "edit_paper",
    "end_tightening",
    "escalate",
    "extend_clock",
    "finish_clock",
    "issue",
    "make_calendar_link",
    "make_outlook",
    "make_sheet",
    "make_synthesis",
    "mark_delivered",
    "mark_sent",
    "open_case",
    "open_case_by_hand",
    "open_obligation",
    "pause_clock",
    "plan_information",
    "publish",
    "receive_directive",
    "record_check",
    "record_moment",
    "record_statement",
    "remedy",
    "reopen",
    "report_upward",
    "resume_clock",
    "return_paper",
    "revoke_calendar_link",
    "screen",
    "set_tightening",
    "start_watch",
    "submit_paper",
    "withdraw_day",
    "withdraw_paper",
    "write_fact",
]
