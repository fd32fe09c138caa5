"""What pages and others ask of the room."""

from hoiam.letters.queries.answers import published_answers
from hoiam.letters.queries.boxes import box_agencies, letter_boxes_visible_to
from hoiam.letters.queries.letters import (
    TABS,
    clock_light,
    letter_by_code,
    letter_light,
    letter_list,
    letter_pages,
    letter_tabs,
    letters_sent_since,
    letters_visible_to,
    register_rows,
)
from hoiam.letters.queries.questions import (
    QUESTION_TABS,
    changed_laws,
    question_by_code,
    question_light,
    question_list,
    question_of,
    question_pages,
    question_tabs,
    questions_sent_since,
    questions_visible_to,
)
from hoiam.letters.queries.repeats import Repeat, repeats_of
from hoiam.letters.queries.searched import letter_document
from hoiam.letters.queries.waiting import Waiting, letters_to_do, questions_to_do, waiting_for

__all__ = [
    "QUESTION_TABS",
    "TABS",
    "Repeat",
    "Waiting",
    "box_agencies",
    "changed_laws",
    "clock_light",
    "letter_boxes_visible_to",
    "letter_by_code",
    "letter_document",
    "letter_light",
    "letter_list",
    "letter_pages",
    "letter_tabs",
    "letters_sent_since",
    "letters_to_do",
    "letters_visible_to",
    "published_answers",
    "question_by_code",
    "question_light",
    "question_list",
    "question_of",
    "question_pages",
    "question_tabs",
    "questions_sent_since",
    "questions_to_do",
    "questions_visible_to",
    "register_rows",
    "repeats_of",
    "waiting_for",
]
