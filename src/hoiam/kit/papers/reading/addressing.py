"""Whom a paper speaks to (Kính gửi, Kính mời) and who gets it (Nơi nhận)."""

import re
from collections.abc import Sequence

from hoiam.kit.papers.reading.cleaning import is_capitals
from hoiam.kit.papers.reading.sheet import Line, trimmed
from hoiam.kit.papers.reading.units import begins_with_unit, units_in
from hoiam.kit.papers.reading.values import Found

_TO = re.compile(
    r"kinh gui\s*[:.]?\s*|(?:.{0,60}tran trong )?kinh moi\s*:\s*|.{5,110}\bdien\s*:\s*$|dien\s*:\s*$"
)
_RECIPIENTS = re.compile(r"noi nhan\s*:?\s*")
_BULLET = re.compile(r"[-–+•*]\s*|như trên", re.I)
_MOST = 60


def addressees_of(lines: Sequence[Line]) -> tuple[tuple[Found[str], ...], int]:
    """The addressees, and the line the body begins at (0 when nobody is addressed)."""
    at = next((i for i, line in enumerate(lines[:70]) if _TO.match(line.folded)), None)
    if at is None:
        return (), 0
    line = lines[at]
    opened = _TO.match(line.folded)
    found = list(units_in(line.text[opened.end() :], line.start + opened.end())) if opened else []
    index = at + 1
    while (
        index < len(lines)
        and index - at <= _MOST
        and _is_addressee(lines[index], bool(found), lines[index - 1])
    ):
        found += units_in(lines[index].text, lines[index].start)
        index += 1
    return tuple(found), index


def _is_addressee(line: Line, has_any: bool, before: Line) -> bool:
    if is_capitals(line.text) and len(line.text) > 30:
        return False
    if _BULLET.match(line.text):
        # A list under "Kính gửi:"; a bulleted body begins after a closed list.
        return not before.text.endswith((".", ":")) or _TO.match(before.folded) is not None
    if has_any and before.text.endswith((".", ":")):
        return False
    is_name = begins_with_unit(line.text)
    if not has_any:
        return is_name and len(line.text) < 160
    return is_name and len(line.text) < 120 and before.text.endswith((";", ","))


def recipients_of(lines: Sequence[Line]) -> tuple[tuple[Found[str], ...], int | None]:
    """The recipients of "Nơi nhận", and the line they begin at; the signature beside them is passed over."""
    at = next(
        (i for i in range(len(lines) - 1, -1, -1) if _RECIPIENTS.match(lines[i].folded)), None
    )
    if at is None:
        return (), None
    found = []
    opened = _RECIPIENTS.match(lines[at].folded)
    if opened and (
        rest := trimmed(lines[at].text, opened.end(), len(lines[at].text), lines[at].start)
    ):
        found.append(rest)
    for line in lines[at + 1 : at + _MOST]:
        if _BULLET.match(line.text) and (item := line.found(0, len(line.text))):
            found.append(item)
        elif found and line.text[:1].islower() and line.text.endswith((";", ".")):
            continue
        elif line.folded.startswith(("phu luc", "ke hoach", "de an", "danh muc")):
            break
    return tuple(found), at
