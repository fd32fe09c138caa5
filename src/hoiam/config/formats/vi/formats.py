"""How Vietnamese officials write dates and numbers, for Django's FORMAT_MODULE_PATH.

Django's own `vi` locale accepts no `%d/%m/%Y` and falls back to the American order: it read 05/04/2026
as 4 May and refused 31/12/2026, so a deadline could be stored a month off without a word.
"""

DATE_FORMAT = "d/m/Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "d/m/Y H:i"
SHORT_DATE_FORMAT = "d/m/Y"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
YEAR_MONTH_FORMAT = "m/Y"
MONTH_DAY_FORMAT = "d/m"
FIRST_DAY_OF_WEEK = 1  # Monday

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M:%S", "%H:%M:%S.%f", "%H:%M", "%Hh%M"]
DATETIME_INPUT_FORMATS = [
    f"{day}{between}{time}"
    for day in DATE_INPUT_FORMATS
    for between in (" ", "T")
    for time in TIME_INPUT_FORMATS
    if between == " " or day == "%Y-%m-%d"
]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
