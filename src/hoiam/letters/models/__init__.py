"""Rows of the letters room."""

from hoiam.letters.models.answer import PublishedAnswer
from hoiam.letters.models.box import LetterBox, LetterMail
from hoiam.letters.models.clock import ClockExtension, LetterClock
from hoiam.letters.models.letter import ReaderLetter
from hoiam.letters.models.people import LetterFile, LetterPerson, SealedText
from hoiam.letters.models.question import LegalQuestion

__all__ = [
    "ClockExtension",
    "LegalQuestion",
    "LetterBox",
    "LetterClock",
    "LetterFile",
    "LetterMail",
    "LetterPerson",
    "PublishedAnswer",
    "ReaderLetter",
    "SealedText",
]
