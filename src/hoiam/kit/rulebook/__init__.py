"""Rules of law as dated data; the calendar; deadlines and how they were computed."""

from .calendar import Calendar
from .calendar_files import CalendarReading, national_calendar, read_calendar
from .corrections import CorrectionPlace, correction_place, media_type, media_types
from .counting import add_months, end_of_day
from .deadlines import Deadline, Prolongation, compute
from .defaults import Default, default, default_number, defaults, working_sessions
from .duties import DutyOwed, duties_on
from .errors import LoosensLaw, MissingValue, NotInForce, RulebookError, UnknownName, WrongValue
from .extensions import extend, extension_words, extensions_left
from .instruments import Change, changes_of
from .letter_clocks import (
    LetterRule,
    Representatives,
    ended_by,
    letter_clocks,
    representatives,
)
from .lights import Light, light
from .obligations import ObligationClock, ObligationType, obligation_type, obligation_types
from .outcomes import RefusalGround, ResultCode, refusal_grounds, result_codes
from .recounting import Granted, Recount, Waited, apply_event, recount, span_words
from .registry import rule, rules
from .rules import BADGE, Answer, Extension, Question, Rule, RuleVersion, Source
from .speakers import SpeakingLaw, speaking_law
from .steps import UNITS, Step
from .tightening import Tightening, check_tightening, is_tighter
from .values import parse_values

__all__ = [
    "BADGE",
    "UNITS",
    "Answer",
    "Calendar",
    "CalendarReading",
    "Change",
    "CorrectionPlace",
    "Deadline",
    "Default",
    "DutyOwed",
    "Extension",
    "Granted",
    "LetterRule",
    "Light",
    "LoosensLaw",
    "MissingValue",
    "NotInForce",
    "ObligationClock",
    "ObligationType",
    "Prolongation",
    "Question",
    "Recount",
    "RefusalGround",
    "Representatives",
    "ResultCode",
    "Rule",
    "RuleVersion",
    "RulebookError",
    "Source",
    "SpeakingLaw",
    "Step",
    "Tightening",
    "UnknownName",
    "Waited",
    "WrongValue",
    "add_months",
    "apply_event",
    "changes_of",
    "check_tightening",
    "compute",
    "correction_place",
    "default",
    "default_number",
    "defaults",
    "duties_on",
    "end_of_day",
    "ended_by",
    "extend",
    "extension_words",
    "extensions_left",
    "is_tighter",
    "letter_clocks",
    "light",
    "media_type",
    "media_types",
    "national_calendar",
    "obligation_type",
    "obligation_types",
    "parse_values",
    "read_calendar",
    "recount",
    "refusal_grounds",
    "representatives",
    "result_codes",
    "rule",
    "rules",
    "span_words",
    "speaking_law",
    "working_sessions",
]
