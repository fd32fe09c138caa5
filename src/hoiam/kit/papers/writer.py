"""Write a paper: check its data, draft its body, draw it in the form of NĐ 30/2020/NĐ-CP.

Data of a paper is one mapping, as `describe(code)` lists it: text (str), number (int or digits), date
(`date` or "2026-08-05"), flag (bool), choice (the value of one of its choices), list (list of str, or
one str with an item a line), rows (list of mappings by column), parts (list of `{"heading": …}`, `{"subheading": …}`,
`{"text": …}`, `{"table": title, "columns": […], "rows": […]}`, `{"chart": title, "bars": […]}`, `{"annex": …}`). Keys that are not fields are left
aside. `body`, when given, is the text of `draft_text` as an official edited it, and is kept.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from docx.document import Document as Paper

from hoiam.kit.papers import draft
from hoiam.kit.papers.errors import MissingFields
from hoiam.kit.papers.form.content import (
    put_addressees,
    put_blocks,
    put_legal_bases,
    put_opinion_box,
    put_table,
)
from hoiam.kit.papers.form.foot import Archive, Signature, put_annexes, put_foot
from hoiam.kit.papers.form.head import Head, put_head
from hoiam.kit.papers.form.ink import put
from hoiam.kit.papers.form.page import new_document
from hoiam.kit.papers.form.parts import put_annex_parts, put_parts
from hoiam.kit.papers.form.settings import form, words
from hoiam.kit.papers.kinds import Field, PaperKind, kind, phrases
from hoiam.kit.papers.pack import pack
from hoiam.kit.papers.parts import Part, split_annexes
from hoiam.kit.papers.values import Values, check, missing, read
from hoiam.kit.papers.words import number_line


def missing_fields(code: str, data: Mapping[str, object]) -> tuple[Field, ...]:
    """The mandatory fields the data leaves empty, each once, in the order of the form.

    >>> [field.name for field in missing_fields("invitation", {"draft": True})][:3]
    ['agency', 'agency_symbol', 'place']
    """
    paper = kind(code)
    return tuple(dict.fromkeys(field for field, _ in missing(paper, read(paper, data))))


def draft_text(code: str, data: Mapping[str, object]) -> str:
    """The body as plain text for an official to edit, paragraphs apart by a blank line.

    A mandatory field still empty shows as "……"; a paragraph about an empty optional field is left
    out; a line such as ⟦Bảng đối chiếu⟧ is where a table will stand.
    """
    paper = kind(code)
    return draft.body_text(paper, read(paper, data))


def unknown_slots(code: str, template: str) -> tuple[str, ...]:
    """The {names} of an agency's own sentence that this kind of paper does not know.

    >>> unknown_slots("invitation", "{agency} mời {ai}")
    ('ai',)
    """
    paper = kind(code)
    known = {field.name for field in paper.fields} | set(phrases())
    return tuple(sorted(draft.slots(template) - known))


def write(code: str, data: Mapping[str, object]) -> bytes:
    """The Word file of one paper; the same data gives the same bytes.

    Raises:
        UnknownKind: no kind has this code.
        MissingFields: mandatory fields are empty; all are named.
        WrongFields: a value cannot stand in the paper, or the edited body no longer states
            what law wants stated.
    """
    paper = kind(code)
    values = read(paper, data)
    lacking = _unread_aside(missing(paper, values), values)
    if lacking:
        raise MissingFields(paper.title, lacking)
    body = draft.body_text(paper, values)
    check(paper, values, body)
    document = _draw(paper, values, body)
    title = draft.subject_text(paper, values)
    return pack(
        document,
        title=title or paper.title,
        author=values.text("agency"),
        day=values.days.get("issued_on"),
    )


def describe(code: str) -> dict[str, Any]:
    """One kind for screens and `--list`, ready for JSON: law, fields, choices, an example."""
    paper = kind(code)
    return {
        "code": paper.code,
        "title": paper.title,
        "form": paper.form,
        "name": paper.name,
        "symbol": paper.symbol,
        "legal": [{"trigger": basis.trigger, "source": basis.source} for basis in paper.legal],
        "must_state": list(paper.must_state),
        "tables": [draft.table_marker(f.table) for f in paper.fields if f.table],
        "fields": [_described(field) for field in paper.fields],
        "example": _example(paper),
    }


def _example(paper: PaperKind) -> dict[str, Any]:
    """Data that writes the paper: each field's example, of the fields that belong together."""
    given = {field.name: _plain(field.example) for field in paper.fields if field.example}
    return {
        field.name: given[field.name]
        for field in paper.fields
        if field.name in given
        and all(given.get(name) in allowed for name, allowed in field.required_when)
    }


def _unread_aside(found: Sequence[tuple[Field, str]], values: Values) -> list[str]:
    """Labels of what is truly missing: a value given but unreadable is a problem of its own."""
    unread = tuple(problem.split(":")[0] for problem in values.problems)
    return [label for field, label in found if field.label not in unread]


def _draw(paper: PaperKind, values: Values, body: str) -> Paper:
    document = new_document(draft=values.flags.get("draft", False), contact=values.text("contact"))
    put_head(document, _head(paper, values))
    if values.has("addressees"):
        put_addressees(document, values.items("addressees"))
    if paper.decides:
        put(document, _authority(values), "TypeName")
    put_legal_bases(document, values.items("legal_bases"))
    if paper.decides:
        put(document, words("decides"), "TypeName")
    put_blocks(document, draft.blocks(paper, body), _drawings(paper, values))
    if paper.signed:
        _draw_foot(document, paper, values)
    if paper.sheet:
        put_opinion_box(document)
    _draw_annexes(document, paper, values)
    return document


def _authority(values: Values) -> str:
    """Who decides: the head, also when somebody signs for the head."""
    return (values.text("signing_for") or values.text("signer_title")).replace("\n", " ").upper()


def _draw_annexes(document: Paper, paper: PaperKind, values: Values) -> None:
    texts = _annexes(paper, values)
    parts = [annex for field in paper.fields for annex in _split(values, field)[1]]
    source, total = _annex_source(paper, values), len(texts) + len(parts)
    put_annexes(document, texts, source, "SheetBody" if paper.sheet else "Body", total)
    put_annex_parts(document, parts, source, len(texts) + 1, total)


def _head(paper: PaperKind, values: Values) -> Head:
    subject = draft.subject_text(paper, values)
    letter = paper.form == "letter"
    return Head(
        agency=values.text("agency").replace("\n", " "),
        parent_agency=values.text("parent_agency").replace("\n", " "),
        place=values.text("place").replace("\n", " "),
        day=_day(values),
        number=_number(paper, values) if paper.numbered else "",
        about=subject if letter else "",
        name="" if letter else paper.name,
        subject="" if letter else subject,
        urgency=values.keys.get("urgency", ""),
    )


def _number(paper: PaperKind, values: Values) -> str:
    return number_line(
        values.numbers.get("number"),
        values.text("agency_symbol"),
        unit_symbol=values.text("unit_symbol") if paper.form == "letter" else "",
        type_symbol=paper.symbol,
    )


def _day(values: Values) -> date | None:
    return values.days.get("issued_on")


def _draw_foot(document: Paper, paper: PaperKind, values: Values) -> None:
    signature = Signature(
        signer=values.text("signer"),
        signer_title=values.text("signer_title"),
        form=values.keys.get("signing_form", "none"),
        for_whom=values.text("signing_for"),
        secretary=values.text("secretary") if paper.cosigned else "",
    )
    recipients = values.items("recipients")
    if paper.addressed:
        recipients = (words("as_above"), *recipients)
    archive = Archive(
        values.text("unit_symbol"), values.text("archive_copies"), values.text("drafter_mark")
    )
    gap = form()["opinion"]["signature_gap"] if paper.sheet else form()["signature_gap"]
    put_foot(document, signature, recipients, None if paper.sheet else archive, gap)


def _drawings(paper: PaperKind, values: Values) -> dict[str, Callable[[Paper], None]]:
    """What draws each table, and each run of parts, at its marker."""
    return {
        field.name: partial(put_parts, parts=_split(values, field)[0])
        if field.type == "parts"
        else partial(put_table, columns=field.columns, rows=values.rows.get(field.name, ()))
        for field in paper.fields
        if field.table
    }


def _split(values: Values, field: Field) -> tuple[list[Part], list[tuple[Part, list[Part]]]]:
    return split_annexes(values.parts.get(field.name, ()))


def _annexes(paper: PaperKind, values: Values) -> list[tuple[str, str]]:
    """What a one-page sheet had no room for, in full, then the annexes given."""
    annexes = [(row["title"], row["text"]) for row in values.rows.get("annexes", ())]
    full = [f"{f.label}:\n{values.text(f.name)}" for f in draft.overflowing(paper, values)]
    return [(words("overflow"), "\n".join(full)), *annexes] if full else annexes


def _annex_source(paper: PaperKind, values: Values) -> str:
    """The line "(Kèm theo …)": filled on paper, left open in an electronic document (Phụ lục I, mục III)."""
    shown = {"number": words("blank"), "day": words("blank"), "agency": words("blank")}
    if values.flags.get("on_paper") and paper.numbered and "number" in values.numbers:
        shown = {
            "number": _number(paper, values),
            "day": values.text("issued_on"),
            "agency": values.text("agency"),
        }
    name = paper.name.capitalize() if paper.name else "Công văn"
    return words("attached").format(name=name, **shown)


def _described(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label,
        "type": field.type,
        "required": field.required,
        "required_when": {name: list(allowed) for name, allowed in field.required_when},
        "choices": [
            {"value": c.value, "label": c.label, "from": _plain(c.since), "until": _plain(c.until)}
            for c in field.choices
        ],
        "columns": [
            {"name": c.name, "label": c.label, "required": c.required} for c in field.columns
        ],
        "help": field.help,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
