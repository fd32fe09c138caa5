"""Does a text concern THADS, which agency, what stance, how severe; always with reasons and spans."""

from .agency_register import Register, register
from .editing import Change
from .gate import is_candidate
from .lexicon import Lexicon
from .places import District, Province, provinces
from .recogniser import as_record, recognise, recognise_record
from .telling import Telling, telling
from .values import AgencyFact, Document, FoundAgency, Judgement, Reason, Span

__all__ = [
    "AgencyFact",
    "Change",
    "District",
    "Document",
    "FoundAgency",
    "Judgement",
    "Lexicon",
    "Province",
    "Reason",
    "Register",
    "Span",
    "Telling",
    "as_record",
    "is_candidate",
    "provinces",
    "recognise",
    "recognise_record",
    "register",
    "telling",
]
