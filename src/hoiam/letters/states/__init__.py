"""Closed lists of the room and its state tables."""

from hoiam.letters.states.letters import (
    ENDED,
    IN_WORK,
    LETTER_TRANSITIONS,
    OPEN_LETTERS,
    PROTECTED_ROLES,
    ClockState,
    Competence,
    ComplaintAbout,
    Condition,
    FilingReason,
    LetterChannel,
    LetterKind,
    LetterState,
    PersonRole,
    TellingWay,
)
from hoiam.letters.states.questions import OPEN_QUESTIONS, QUESTION_TRANSITIONS, QuestionState
from hoiam.letters.states.tables import Transition
from hoiam.letters.states.topics import Topic

__all__ = [
    "ENDED",
    "IN_WORK",
    "LETTER_TRANSITIONS",
    "OPEN_LETTERS",
    "OPEN_QUESTIONS",
    "PROTECTED_ROLES",
    "QUESTION_TRANSITIONS",
    "ClockState",
    "Competence",
    "ComplaintAbout",
    "Condition",
    "FilingReason",
    "LetterChannel",
    "LetterKind",
    "LetterState",
    "PersonRole",
    "QuestionState",
    "TellingWay",
    "Topic",
    "Transition",
]
