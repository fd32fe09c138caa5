"""Vietnamese text: normal form, fold, dates, numbers, names, legacy charsets, Telex slips."""

from .bytewise import is_printed, small_words, strange_lines
from .capitals import uncapped
from .contradictions import Contradiction, Said, contradictions
from .folding import fold, has_marks, letters_of, slug, strip_marks
from .hiding import MARK, Hidden, Person, bears_name, hide, names_in
from .language import is_vietnamese
from .moment_values import Moment, Unread
from .moments import read_moment, read_moment_or_why
from .normal import nfc, normalise, squash
from .numbers import read_money, read_number, show_number
from .repair import Repair, repair
from .shown import VIETNAM, show_date, show_datetime, show_long_date, show_weekday
from .sorting import person_sort_key, sort_key
from .syllables import is_syllable
from .telex import telex
from .typed_dates import read_date

__all__ = [
    "MARK",
    "VIETNAM",
    "Contradiction",
    "Hidden",
    "Moment",
    "Person",
    "Repair",
    "Said",
    "Unread",
    "bears_name",
    "contradictions",
    "fold",
    "has_marks",
    "hide",
    "is_printed",
    "is_syllable",
    "is_vietnamese",
    "letters_of",
    "names_in",
    "nfc",
    "normalise",
    "person_sort_key",
    "read_date",
    "read_moment",
    "read_moment_or_why",
    "read_money",
    "read_number",
    "repair",
    "show_date",
    "show_datetime",
    "show_long_date",
    "show_number",
    "show_weekday",
    "slug",
    "small_words",
    "sort_key",
    "squash",
    "strange_lines",
    "strip_marks",
    "telex",
    "uncapped",
]
