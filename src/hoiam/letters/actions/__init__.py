"""Writing: one public verb for each step of a letter, a legal question, a mailbox."""

from hoiam.letters.actions.answering import (
    answer,
    approve_answer,
    assign,
    close,
    draft_answer,
    reopen,
    return_answer,
    tell_citizen,
    tell_press,
    tell_taken_up,
)
from hoiam.letters.actions.boxes import save_letter_box, take_mail
from hoiam.letters.actions.clocks import extend_clock, recount_clocks
from hoiam.letters.actions.discontinuing import discontinue
from hoiam.letters.actions.intake import Named, Upload, Written, receive_letter, send_letter
from hoiam.letters.actions.legal_answers import (
    answer_asker,
    flag_changed_laws,
    publish_legal_answer,
    refer_question,
    review_legal_answer,
    revise_legal_answer,
    withdraw_legal_answer,
)
from hoiam.letters.actions.legal_drafts import (
    Drafted,
    check_legal_answer,
    draft_legal_answer,
    return_legal_answer,
)
from hoiam.letters.actions.questions import pass_to_questions, receive_question, send_question
from hoiam.letters.actions.revealing import open_letter_file, reveal_asker, reveal_people
from hoiam.letters.actions.sorting import (
    Part,
    Sorted,
    accept,
    add_person,
    classify,
    file,
    hand_over,
    mark_repeat,
    split,
)
from hoiam.letters.actions.wiping import wipe_due

__all__ = [
    "Drafted",
    "Named",
    "Part",
    "Sorted",
    "Upload",
    "Written",
    "accept",
    "add_person",
    "answer",
    "answer_asker",
    "approve_answer",
    "assign",
    "check_legal_answer",
    "classify",
    "close",
    "discontinue",
    "draft_answer",
    "draft_legal_answer",
    "extend_clock",
    "file",
    "flag_changed_laws",
    "hand_over",
    "mark_repeat",
    "open_letter_file",
    "pass_to_questions",
    "publish_legal_answer",
    "receive_letter",
    "receive_question",
    "recount_clocks",
    "refer_question",
    "reopen",
    "return_answer",
    "return_legal_answer",
    "reveal_asker",
    "reveal_people",
    "review_legal_answer",
    "revise_legal_answer",
    "save_letter_box",
    "send_letter",
    "send_question",
    "split",
    "take_mail",
    "tell_citizen",
    "tell_press",
    "tell_taken_up",
    "wipe_due",
    "withdraw_legal_answer",
]
