"""The editable body of a paper: from the template of its kind to plain text, and back to blocks.

Conventions of the plain text, the same for what the template writes and what an official types:
one paragraph a line; "I. HOA" or "I- HOA" is a heading; "» …" is a note set apart; a line holding
only ⟦Bảng đối chiếu⟧ is where the table stands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from hoiam.kit.papers.kinds import Field, PaperKind, Piece, common, phrases
from hoiam.kit.papers.values import Values
from hoiam.kit.papers.words import roman

BLANK = "……"
# The full stop after a field is its own group: a value that ends a sentence itself takes no second.
_SLOT = re.compile(r"\{([a-z_]+(?:\|[a-z_]+)*)\}(\.(?!/))?")
_HEADING = re.compile(r"[IVXL]+[.\-–] ?\S")
_SHEET_HEADING = re.compile(r"\d+\. .*:")
_SEE_ANNEX = "… (xem tiếp Phụ lục)"
_LINE_COST = 60  # a new paragraph of a one-page sheet takes the room of about this many characters


@dataclass(frozen=True)
class Block:
    """One paragraph of a body with its style, or the place of a table (`table`)."""

    style: str
    text: str = ""
    table: str = ""


def body_text(kind: PaperKind, values: Values) -> str:
    """The body as plain text: an official's own words when given, else the kind's template filled."""
    if values.text("body"):
        return values.text("body").replace("\n", "\n\n")
    scope = _scope(kind, values)
    lines = [line for piece in kind.body for line in _piece_lines(piece, values, scope)]
    paragraphs = [part for line in lines for part in line.split("\n") if part.strip()]
    return "\n\n".join(_own_words(paragraphs, values, scope))


def _own_words(paragraphs: list[str], values: Values, scope: Mapping[str, str]) -> tuple[str, ...]:
    """The paragraphs with the agency's own opening before them and its own closing in place of the last."""
    opening, closing = (fill(values.text(name), scope) or "" for name in ("opening", "closing"))
    kept = paragraphs[:-1] if closing and paragraphs else paragraphs
    own = [*opening.split("\n"), *kept, *closing.split("\n")]
    return tuple(part for part in own if part.strip())


def subject_text(kind: PaperKind, values: Values) -> str:
    """Trích yếu: the one given, else the kind's own."""
    given = values.text("subject") or fill(kind.subject, _scope(kind, values)) or ""
    return given.replace("\n", " ")


def blocks(kind: PaperKind, text: str) -> tuple[Block, ...]:
    """The blocks of a body text; a table whose marker was deleted comes back at the end."""
    markers = {table_marker(field.table): field.name for field in _tables(kind)}
    found = [_block(kind, line.strip(), markers) for line in text.split("\n") if line.strip()]
    seen: set[str] = set()
    once = []
    for block in found:
        if not block.table or block.table not in seen:
            once.append(block)
        seen.add(block.table)
    lost = [Block("", table=name) for name in markers.values() if name not in seen]
    return (*once, *lost)


def table_marker(table: str) -> str:
    """The line that stands for a table in the editable text.

    >>> table_marker("facts")
    '⟦Bảng đối chiếu⟧'
    """
    return f"⟦{common()['tables'][table]['marker']}⟧"


def overflowing(kind: PaperKind, values: Values) -> tuple[Field, ...]:
    """The fields whose text is too long for its place on a one-page sheet."""
    return tuple(
        field for field in kind.fields if field.fit and _size(values.text(field.name)) > field.fit
    )


def fill(template: str, scope: Mapping[str, str]) -> str | None:
    """The template with its {fields} filled in one pass; None when a named field is empty.

    Values are never searched for fields again, so text from outside cannot ask for one.

    >>> fill("Kính gửi {who}.", {"who": "Báo {number}"})
    'Kính gửi Báo {number}.'
    """
    if not all(_slot(match, scope) for match in _SLOT.finditer(template)):
        return None
    return _SLOT.sub(lambda match: _stopped(_slot(match, scope), match[2] or ""), template)


def slots(template: str) -> frozenset[str]:
    """The names a template asks for.

    >>> sorted(slots("Kính gửi {who|whom}."))
    ['who', 'whom']
    """
    return frozenset(name for match in _SLOT.finditer(template) for name in match[1].split("|"))


def _stopped(value: str, stop: str) -> str:
    return value if value.endswith((".", "?", "!", "…")) else value + stop


def _slot(match: re.Match[str], scope: Mapping[str, str]) -> str:
    return next((scope[name] for name in match[1].split("|") if scope.get(name)), "")


def _scope(kind: PaperKind, values: Values) -> dict[str, str]:
    """Shown values by field and phrase; a mandatory field still empty shows as a blank."""
    scope = {
        field.name: _fitted(values.text(field.name), field.fit)
        or (BLANK if field.required or _asked(field, values) else "")
        for field in kind.fields
    }
    for name in phrases():
        scope[name] = _phrase(name, values, scope)
    return scope


def _asked(field: Field, values: Values) -> bool:
    return bool(field.required_when) and values.meets(field.required_when)


def _phrase(name: str, values: Values, scope: Mapping[str, str]) -> str:
    day = values.days.get("issued_on")
    for piece in phrases()[name]:
        in_force = piece.since is None or day is None or piece.since <= day
        if in_force and values.meets(piece.when):
            return fill(piece.text, scope) or BLANK
    return BLANK


def _piece_lines(piece: Piece, values: Values, scope: Mapping[str, str]) -> Iterator[str]:
    if not values.meets(piece.when):
        return
    if piece.table:
        yield table_marker(piece.table)
    elif piece.lines:
        yield from _grouped(piece, values, scope)
    elif piece.each:
        for place, item in enumerate(values.items(piece.each) or (BLANK,), start=1):
            yield fill(piece.text, {**scope, "item": item, "n": str(place)}) or ""
    else:
        yield fill(piece.text, scope) or ""


def _grouped(piece: Piece, values: Values, scope: Mapping[str, str]) -> Iterator[str]:
    """Parts numbered I, II … in the order given, their rows 1, 2 … inside each part."""
    rows = values.rows.get(piece.each, ())
    order = list(dict.fromkeys(row[piece.group] for row in rows))
    ranked = sorted(rows, key=lambda row: order.index(row[piece.group]))
    for part, (name, members) in enumerate(groupby(ranked, lambda row: row[piece.group]), start=1):
        yield fill(piece.heading, {"roman": roman(part), "group": name.upper()}) or ""
        for place, row in enumerate(members, start=1):
            inner = {**scope, **row, "n": str(place)}
            yield from (line for template in piece.lines if (line := fill(template, inner)))


def _block(kind: PaperKind, line: str, markers: Mapping[str, str]) -> Block:
    if line in markers:
        return Block("", table=markers[line])
    if line.startswith("» "):
        return Block("Note", line.removeprefix("» "))
    if _HEADING.match(line) and line == line.upper():
        return Block("Heading", line)
    if kind.sheet:
        return Block("SheetHeading" if _SHEET_HEADING.fullmatch(line) else "SheetBody", line)
    return Block("Body", line)


def _tables(kind: PaperKind) -> tuple[Field, ...]:
    return tuple(field for field in kind.fields if field.table)


def _size(text: str) -> int:
    return len(text) + _LINE_COST * text.count("\n")


def _fitted(text: str, fit: int) -> str:
    """The text, cut at a word and pointing to the annex when its place on the page is too small."""
    if not fit or _size(text) <= fit:
        return text
    lines: list[str] = []
    room = fit
    for line in text.split("\n"):
        if len(line) >= room:
            cut = line[: max(room, 0)]
            lines.append(cut.rsplit(" ", 1)[0] if " " in cut else cut)
            break
        lines.append(line)
        room -= len(line) + _LINE_COST
    return "\n".join(line for line in lines if line) + _SEE_ANNEX
