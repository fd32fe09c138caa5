"""What a machine read and cannot be: fields of a scan that contradict the paper are left empty, each with its sentence."""

import re
from dataclasses import replace
from datetime import date

from hoiam.kit.papers.reading.scan_heads import UNSURE
from hoiam.kit.papers.reading.scan_names import UNSIGNED
from hoiam.kit.papers.reading.values import Due, Found, Obligation, Reading, Span
from hoiam.kit.vietnamese import fold

# No word in the name of an office begins with one of these: in a symbol each is another letter or a figure misread.
_NO_INITIAL = re.compile(r"[FIJWZ]")
_LEAST_INITIALS = 3
_ALIKE = tuple(frozenset(pair) for pair in ("CG", "OQ", "OD", "ĐD", "PF", "BR", "HN", "UV", "KX", "TI", "LI"))  # fmt: skip
UNLIKELY = (
    "Hạn “{words}” do máy đọc không hợp với ngày của văn bản nên để trống; hãy điền theo bản gốc."
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FEW_YEARS = 2  # told in the whole paper: its own and one other
_MOST_YEARS = 2  # from the day of a paper to any year it speaks of


def sifted(reading: Reading, names: tuple[str, ...]) -> Reading:
    """The reading of a scan with nothing in it that its own text gainsays.

    Args:
        reading: as the fields were found.
        names: the personal names under offices that readings of the scan agree on.
    """
    issuer = reading.issuer.value if reading.issuer else ""
    number = _number(reading.number, issuer)
    day = _day(reading.issued_on, reading.text)
    signer = _signer(reading.signer, reading.text, names)
    problems = list(reading.problems)
    if (number is None, day is None) != (reading.number is None, reading.issued_on is None):
        problems.append(UNSURE)
    if signer is None and (reading.signer or reading.signer_title):
        problems.append(UNSIGNED)
    # A day the years of the paper gainsay judges no due, unless a due's is the only year that does.
    judge = day or (reading.issued_on if len(_YEAR.findall(reading.text)) <= _FEW_YEARS else None)
    obligations = tuple(_with_likely_due(each, judge, reading.text) for each in reading.obligations)
    problems += [
        UNLIKELY.format(words=was.due.words.value)
        for was, now in zip(reading.obligations, obligations, strict=True)
        if was.due is not None and was.due != now.due
    ]
    return replace(
        reading,
        obligations=obligations,
        number=number,
        issued_on=day,
        signer=signer,
        problems=tuple(dict.fromkeys(problems)),
    )


def _number(number: Found[str] | None, issuer: str) -> Found[str] | None:
    """The number; without a letter its issuer's name cannot give."""
    if number is None:
        return None
    parts = re.split(r"([/-])", number.value)
    made = [_like(part, issuer) for part in parts[1:]]
    if any(part is None or _NO_INITIAL.search(part) for part in made):
        return None
    return Found("".join([parts[0], *(part or "" for part in made)]), number.span)


def _like(part: str, issuer: str) -> str | None:
    """A part of a symbol as the issuer's initials have it where one look-alike differs; None where another letter does.

    >>> _like("GQLTHADS", "CỤC QUẢN LÝ THI HÀNH ÁN DÂN SỰ"), _like("CQLTHADB", "CỤC QUẢN LÝ THI HÀNH ÁN DÂN SỰ")
    ('CQLTHADS', None)
    """
    for initials in _initials(issuer):
        wanted = initials[: len(part)]
        if len(part) < _LEAST_INITIALS or len(wanted) != len(part):
            continue
        other = [pair for pair in zip(part, wanted, strict=True) if pair[0] != pair[1]]
        if len(other) == 1:
            is_alike = frozenset(other[0]) in _ALIKE and len(part) > _LEAST_INITIALS
            return wanted if is_alike else None
    return part


def _initials(issuer: str) -> list[str]:
    """The first letters of a body's words, with and without its "và"; with all of them first."""
    words = re.findall(r"\w+", issuer.upper())
    every = "".join(word if word.isdecimal() else _letter(word) for word in words)
    short = "".join(_letter(word) for word in words if fold(word) != "va")
    return list(dict.fromkeys((every, short)))


def _letter(word: str) -> str:
    return "Đ" if word.startswith("Đ") else fold(word)[:1].upper()


def _day(day: Found[date] | None, text: str) -> Found[date] | None:
    """The day of issue; not one many years from every year the paper speaks of."""
    if day is None:
        return None
    rest = text[: day.span.start] + " " + text[day.span.end :]
    years = [int(year) for year in _YEAR.findall(rest)]
    if years and all(abs(day.value.year - year) > _MOST_YEARS for year in years):
        return None
    return day


def _with_likely_due(told: Obligation, issued: Found[date] | None, text: str) -> Obligation:
    """What is asked, its due without a day where no paper of this day would set it: a figure of it was misread."""
    due = told.due
    if due is None or due.day is None or _is_likely(due, issued, text):
        return told
    return replace(told, due=replace(due, day=None))


def _is_likely(due: Due, issued: Found[date] | None, text: str) -> bool:
    """Whether the day is no earlier than the paper's, and its year this one, the next, or one told elsewhere as well."""
    rest = text[: due.words.span.start] + " " + text[due.words.span.end :]
    if due.day is None or (issued is not None and due.day < issued.value):
        return False
    is_near = issued is not None and due.day.year - issued.value.year <= 1
    return is_near or str(due.day.year) in _YEAR.findall(rest)


def _signer(signer: Found[str] | None, text: str, names: tuple[str, ...]) -> Found[str] | None:
    """The signer the readings agree on; the only agreed name where grain was taken for one."""
    if signer is not None and signer.value in names:
        return signer
    if signer is not None and (
        name := next((n for n in names if fold(n) == fold(signer.value)), None)
    ):
        return Found(name, signer.span)
    if len(set(names)) != 1 or (at := text.rfind(names[0])) < 0:
        return None
    return Found(names[0], Span(at, at + len(names[0])))
