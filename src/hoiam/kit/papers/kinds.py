"""The kinds of paper the platform writes, read from `data/kinds/*.yaml`.

Adding a kind is adding a file: title, form, legal trigger with its source, fields, and the body as
paragraphs with {fields}.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as plain
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.papers.errors import UnknownKind

DATA = Path(__file__).parent / "data"
# The rulebook's own list, read as data: the rooms of the kit do not import each other.
REFUSAL_GROUNDS = Path(__file__).parents[1] / "rulebook" / "data" / "refusal_grounds.yaml"


@dataclass(frozen=True)
class Choice:
    """One value a field may take; `since` and `until` when law gives or ends it, `formerly` its older code."""

    value: str
    label: str
    since: date | None = None
    until: date | None = None
    formerly: str = ""

    def holds(self, day: date | None) -> bool:
        """Whether the choice is open on the day; without a day, whether it is still open."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )


@dataclass(frozen=True)
class Column:
    """One column of a table field; `width` in mm, `style` how its cells are set."""

    name: str
    label: str
    width: float = 50
    required: bool = False
    style: str = "Cell"


@dataclass(frozen=True)
class Field:
    """One field of a paper.

    `type` is text, number, date, flag, choice, list (of texts), rows (of `columns`) or parts (of a long report). `required`
    is "always", "issue" (once the paper is no longer a draft) or "" (free), `required_when` the
    values of other fields that make it mandatory. `fit` is how many characters one page has for it.
    """

    name: str
    label: str
    type: str
    required: str = ""
    required_when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()
    table: str = ""
    fit: int = 0
    not_before: str = ""
    help: str = ""
    example: Any = plain(default=None, hash=False)

    def current(self, value: str) -> str:
        """The code in use now for a code an older paper may hold; any other value as it is."""
        return next((c.value for c in self.choices if c.formerly == value and value), value)


@dataclass(frozen=True)
class LegalBasis:
    """What in law (or practice) calls for the paper, and where it stands."""

    trigger: str
    source: str


@dataclass(frozen=True)
class Piece:
    """One piece of a body: a paragraph, a paragraph per item of `each`, or a `table`."""

    text: str = ""
    each: str = ""
    group: str = ""
    heading: str = ""
    lines: tuple[str, ...] = ()
    table: str = ""
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()
    since: date | None = None


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper (loại văn bản).

    `form` is letter (công văn), report (báo cáo), notice (thông báo) or named (có tên loại);
    `name` is the tên loại printed as the heading, `symbol` its code in the number. `cosigned` papers
    (biên bản) are signed by a secretary on the left too; one that `decides` (quyết định) names the authority above its legal
    bases and says “QUYẾT ĐỊNH:” below them.
    """

    code: str
    title: str
    form: str
    legal: tuple[LegalBasis, ...]
    fields: tuple[Field, ...]
    subject: str
    body: tuple[Piece, ...]
    name: str = ""
    symbol: str = ""
    must_state: tuple[str, ...] = ()
    addressed: bool = False
    numbered: bool = True
    signed: bool = True
    sheet: bool = False
    cosigned: bool = False
    decides: bool = False

    def field(self, name: str) -> Field | None:
        """The field of that name, None when the kind has none."""
        return next((field for field in self.fields if field.name == name), None)


@cache
def kinds() -> tuple[PaperKind, ...]:
    """Every kind of paper, by code."""
    paths = sorted((DATA / "kinds").glob("*.yaml"))
    return tuple(_kind(path.stem, _load(path)) for path in paths)


def kind(code: str) -> PaperKind:
    """The kind of paper with that code.

    >>> kind("response").title
    'Văn bản phản hồi thông tin báo chí'

    Raises:
        UnknownKind: no kind has this code.
    """
    for each in kinds():
        if each.code == code:
            return each
    raise UnknownKind(code, [each.code for each in kinds()])


@cache
def common() -> Mapping[str, Any]:
    """Fields, choices, phrases and tables shared by the kinds."""
    return _load(DATA / "common.yaml")


@cache
def signing() -> Mapping[str, Any]:
    """Signing forms (hình thức ký) and the degrees no signer's name carries."""
    return _load(DATA / "signing.yaml")


@cache
def phrases() -> Mapping[str, tuple[Piece, ...]]:
    """Shared sentences by name; of the pieces of one name the first that applies is used."""
    return {
        name: tuple(_piece(piece) for piece in pieces)
        for name, pieces in common()["phrases"].items()
    }


def _load(path: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml_of(path.read_text(encoding="utf-8"))
    return loaded


def _kind(code: str, raw: dict[str, Any]) -> PaperKind:
    examples = raw.get("examples", {})
    groups = [field for name in raw.get("groups", ()) for field in common()["groups"][name]]
    shared = [field for field in common()["fields"] if _belongs(field, raw)]
    marks = {
        key: raw[key]
        for key in (
            "name",
            "symbol",
            "addressed",
            "numbered",
            "signed",
            "sheet",
            "cosigned",
            "decides",
        )
        if key in raw
    }
    return PaperKind(
        code=code,
        title=raw["title"],
        form=raw["form"],
        legal=tuple(LegalBasis(**basis) for basis in raw["legal"]),
        fields=tuple(
            _field(field, examples.get(field["name"], field.get("example")))
            for field in [*shared, *groups, *raw["fields"]]
        ),
        subject=raw["subject"],
        body=tuple(_piece(piece) for piece in raw["body"]),
        must_state=tuple(raw.get("must_state", ())),
        **marks,
    )


def _belongs(field: dict[str, Any], raw: dict[str, Any]) -> bool:
    """Whether a shared field belongs to a kind: by its form, and by what the kind carries."""
    return (
        raw["form"] in field.get("forms", (raw["form"],))
        and (not field.get("addressed") or raw.get("addressed", False))
        and (not field.get("numbered") or raw.get("numbered", True))
        and (not field.get("signed") or raw.get("signed", True))
    )


def _field(raw: dict[str, Any], example: Any) -> Field:
    required = {True: "always", False: ""}.get(raw.get("required", False), "issue")
    table = raw.get("table", "")
    columns = common()["tables"][table]["columns"] if table else raw.get("columns", ())
    return Field(
        name=raw["name"],
        label=raw["label"],
        type=raw["type"],
        required=required,
        required_when=_conditions(raw.get("required_when", {})),
        choices=_choices(raw.get("choices", "")),
        columns=tuple(Column(**column) for column in columns),
        table=table,
        fit=raw.get("fit", 0),
        not_before=raw.get("not_before", ""),
        help=raw.get("help", ""),
        example=example,
    )


def _choices(name: str) -> tuple[Choice, ...]:
    if name == "signing":
        return tuple(Choice(key, form["label"]) for key, form in signing()["forms"].items())
    if name == "refusal_ground":
        return _grounds()
    return tuple(
        Choice(raw["value"], raw["label"], raw.get("from"), raw.get("until"))
        for raw in common()["choices"].get(name, ())
    )


@cache
def _grounds() -> tuple[Choice, ...]:
    return tuple(
        Choice(row["code"], row["printed"], first, law["valid_to"], row.get("formerly", ""))
        for first, law in sorted(_load(REFUSAL_GROUNDS).items())
        for row in law["grounds"]
    )


def _conditions(raw: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (name, tuple(values) if isinstance(values, list) else (values,))
        for name, values in raw.items()
    )


def _piece(raw: str | dict[str, Any]) -> Piece:
    if isinstance(raw, str):
        return Piece(text=raw)
    return Piece(
        text=raw.get("text", ""),
        each=raw.get("each", ""),
        group=raw.get("group", ""),
        heading=raw.get("heading", ""),
        lines=tuple(raw.get("lines", ())),
        table=raw.get("table", ""),
        when=_conditions(raw.get("when", {})),
        since=raw.get("from"),
    )
