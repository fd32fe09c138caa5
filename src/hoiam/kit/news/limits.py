"""Caps that hold before any parser sees a document: size and depth of nesting."""

import re
from itertools import accumulate, islice

from hoiam.kit.news import sentences
from hoiam.kit.vietnamese import show_number

MAX_CHARACTERS = 8_000_000
MAX_DEPTH = 400
# Eight megabytes of "<p>" are two million elements: 24 s and 1.2 GB to a parser (measured). No article comes near.
MAX_TAGS = 200_000
# What a page may hold as many of: a bare "&" or ">" is written out in full by the parser, two million of them took 4 s.
_COUNTED = ("<", ">", "&")
# A document with fewer tags than this parses fast at any depth, so it is not counted.
_FEW = 3_000
# HTML closes these by itself, or they hold nothing: they never nest.
_FLAT = (
    "p|li|br|img|meta|link|input|td|tr|th|option|hr|col|source|area|base|embed|wbr|param|track|dd"
    "|dt|thead|tbody|tfoot|rp|rt|path|use|circle|rect|polygon|line"
)
_VOID = ("<img", "<br", "<input", "<meta", "<link", "<hr", "<!", "<source", "<path", "<use")
_CHUNK = 3_000
_HTML_STEP = re.compile(rf"<(/?)(?!(?:{_FLAT})\b)[A-Za-z]", re.I)
_XML_STEP = re.compile(r"<(/?)[A-Za-z]")
_XML_CLOSED = re.compile(r"/\s*>")


def within_caps(text: str) -> tuple[str, list[str]]:
    """What is read of a page of HTML, and a sentence for each cap it meets.

    >>> within_caps("<p>Tin</p>")
    ('<p>Tin</p>', [])
    """
    problems = []
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        problems.append(sentences.TOO_BIG.format(limit=MAX_CHARACTERS // 1_000_000))
    countable = text[: countable_length(text)]
    safe = safe_length(countable, html=True)
    if safe < len(countable):
        problems.append(sentences.TOO_DEEP.format(limit=MAX_DEPTH))
    elif safe < len(text):
        problems.append(sentences.TOO_MANY_TAGS.format(limit=show_number(MAX_TAGS)))
    return countable[:safe], problems


def safe_length(text: str, *, html: bool) -> int:
    """How many leading characters lie above the depth cap; all of them for an honest document.

    >>> safe_length("<a><b>x</b></a>", html=False)
    15
    >>> safe_length("<a>" * 5000, html=False) < 5000
    True
    """
    if text.count("<") < _FEW:
        return len(text)
    if html and (_cannot_be_deep(text, ()) or _cannot_be_deep(text, _VOID)):
        return len(text)
    pattern = _HTML_STEP if html else _XML_STEP
    # A stray end tag must not lend depth to an attacker: measure above the lowest point so far.
    levels = list(accumulate(-1 if mark else 1 for mark in pattern.findall(text)))
    lowest = list(accumulate(levels, min, initial=0))
    slack = MAX_DEPTH if html else MAX_DEPTH + len(_XML_CLOSED.findall(text))
    for place, level in enumerate(levels):
        if level - lowest[place] > slack:
            return _start_of_step(text, pattern, place)
    return len(text)


def countable_length(text: str) -> int:
    """How many leading characters hold MAX_TAGS tags, and as many "&" and ">"; all of them for an honest page.

    >>> countable_length("<p>" * 10), countable_length("<p>" * (MAX_TAGS + 5)) == 3 * MAX_TAGS
    (30, True)
    """
    if len(text) <= MAX_TAGS:
        return len(text)
    return min(_start_beyond(text, sign) for sign in _COUNTED)


def _start_beyond(text: str, sign: str) -> int:
    """Where the first of a sign beyond MAX_TAGS stands; the end of the text when there is none."""
    if text.count(sign) <= MAX_TAGS:
        return len(text)
    return next(islice(re.finditer(sign, text), MAX_TAGS, None)).start()


def _cannot_be_deep(text: str, void: tuple[str, ...]) -> bool:
    """True when counting tags chunk by chunk already proves the page shallow; ten times cheaper."""
    level = lowest = place = 0
    while place < len(text):
        end = text.find("<", place + _CHUNK)
        end = len(text) if end == -1 else end
        closed = text.count("</", place, end)
        flat = sum(text.count(mark, place, end) for mark in void)
        opened = text.count("<", place, end) - closed - flat
        if level - lowest + opened > MAX_DEPTH:
            return False
        level += opened - closed
        lowest = min(lowest, level - opened, level)
        place = end
    return True


def _start_of_step(text: str, pattern: re.Pattern[str], place: int) -> int:
    for number, step in enumerate(pattern.finditer(text)):
        if number == place:
            return step.start()
    return len(text)
