"""What a person or the case file gave for a paper: read, checked, and shown as the paper shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as empty
from datetime import date

from hoiam.kit.papers.errors import WrongFields
from hoiam.kit.papers.kinds import Choice, Column, Field, PaperKind, signing
from hoiam.kit.papers.parts import Part, read_parts
from hoiam.kit.papers.words import clean_text, clean_value, issue_number, one_line
from hoiam.kit.vietnamese import show_date

Row = Mapping[str, str]
_FLAGS = {True: True, False: False, None: False}


@dataclass
class Values:
    """The values of one paper by field: shown `texts`, `days`, `numbers`, `flags`, `lists`, `rows`, `parts`.

    `keys` holds the chosen value of each choice, `problems` what cannot be read.
    """

    texts: dict[str, str] = empty(default_factory=dict)
    days: dict[str, date] = empty(default_factory=dict)
    numbers: dict[str, int] = empty(default_factory=dict)
    flags: dict[str, bool] = empty(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = empty(default_factory=dict)
    rows: dict[str, tuple[Row, ...]] = empty(default_factory=dict)
    parts: dict[str, tuple[Part, ...]] = empty(default_factory=dict)
    keys: dict[str, str] = empty(default_factory=dict)
    problems: list[str] = empty(default_factory=list)

    def text(self, name: str) -> str:
        """The shown text of a field, empty when nothing was given."""
        return self.texts.get(name, "")

    def items(self, name: str) -> tuple[str, ...]:
        """The items of a list field."""
        return self.lists.get(name, ())

    def has(self, name: str) -> bool:
        """Whether anything was given for the field."""
        return bool(
            self.texts.get(name)
            or self.lists.get(name)
            or self.rows.get(name)
            or self.parts.get(name)
        )

    def meets(self, conditions: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
        """Whether every condition holds: a listed choice, `any` value, or `none`."""
        return all(
            self.keys.get(name) in allowed
            or ("any" in allowed and self.has(name))
            or ("none" in allowed and not self.has(name))
            for name, allowed in conditions
        )


def read(kind: PaperKind, data: Mapping[str, object]) -> Values:
    """The values of a kind's fields; what is not a field of the kind is left aside."""
    values = Values()
    for field in sorted(kind.fields, key=lambda field: field.type == "choice"):
        raw = data.get(field.name)
        if field.type == "flag":
            _read_flag(values, field, raw)
        elif raw is not None and not (isinstance(raw, str) and not raw.strip()):
            _READERS[field.type](values, field, raw)
    return values


def missing(kind: PaperKind, values: Values) -> tuple[tuple[Field, str], ...]:
    """The mandatory fields still empty, each with the label to show.

    A table lacking a mandatory cell is named with its row and column.
    """
    found: list[tuple[Field, str]] = []
    for field in kind.fields:
        if not values.has(field.name):
            if _is_mandatory(field, values):
                found.append((field, field.label))
        else:
            found.extend((field, label) for label in _empty_cells(field, values))
    return tuple(found)


def check(kind: PaperKind, values: Values, body: str) -> None:
    """Nothing, when every value may stand in the paper as it is.

    Raises:
        WrongFields: a value cannot be read or may not stand there; the sentences say what to change.
    """
    problems = [
        *values.problems,
        *_wrong_periods(kind, values),
        *_signer_problems(values),
        *_body_problems(kind, values, body),
    ]
    if problems:
        raise WrongFields(kind.title, problems)


def _is_mandatory(field: Field, values: Values) -> bool:
    if field.required == "always":
        return True
    if field.required == "issue":
        return not values.flags.get("draft", False)
    return bool(field.required_when) and values.meets(field.required_when)


def _empty_cells(field: Field, values: Values) -> Iterator[str]:
    for place, row in enumerate(values.rows.get(field.name, ()), start=1):
        for column in field.columns:
            if column.required and not row[column.name]:
                yield f"{field.label} (dòng {place}, cột {column.label})"


def _read_flag(values: Values, field: Field, raw: object) -> None:
    if isinstance(raw, bool | None):
        values.flags[field.name] = _FLAGS[raw]
    else:
        values.problems.append(f"{field.label}: hãy ghi true hoặc false")


def _read_text(values: Values, field: Field, raw: object) -> None:
    if not isinstance(raw, str | int):
        values.problems.append(f"{field.label}: hãy nhập một đoạn văn bản")
        return
    # The edited body keeps the markers of its tables; no other text may carry them.
    values.texts[field.name] = (clean_text if field.name == "body" else clean_value)(str(raw))


def _read_number(values: Values, field: Field, raw: object) -> None:
    digits = str(raw).strip()
    # Five digits are room enough for a year's series, and keep out numbers that are really text.
    if isinstance(raw, bool) or not (digits.isascii() and digits.isdigit() and len(digits) < 6):
        values.problems.append(f"{field.label}: hãy nhập một số nguyên từ 1")
    elif int(digits) == 0:
        values.problems.append(f"{field.label}: số bắt đầu từ 1")
    else:
        values.numbers[field.name] = int(digits)
        values.texts[field.name] = issue_number(int(digits))


def _read_date(values: Values, field: Field, raw: object) -> None:
    try:
        day = raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip()[:10])
    except ValueError:
        values.problems.append(f"{field.label}: hãy ghi ngày theo dạng 2026-08-05")
        return
    values.days[field.name] = day
    values.texts[field.name] = show_date(day)


def _read_choice(values: Values, field: Field, raw: object) -> None:
    day = values.days.get("issued_on")
    value = field.current(str(raw).strip())
    chosen = [choice for choice in field.choices if choice.value == value and choice.holds(day)]
    if not chosen:
        values.problems.append(f"{field.label}: hãy chọn {_open_choices(field.choices, day)}")
        return
    values.keys[field.name] = value
    values.texts[field.name] = chosen[0].label


def _open_choices(choices: tuple[Choice, ...], day: date | None) -> str:
    return ", ".join(f"{choice.value} ({choice.label})" for choice in choices if choice.holds(day))


def _read_list(values: Values, field: Field, raw: object) -> None:
    lines = raw.splitlines() if isinstance(raw, str) else raw
    if not isinstance(lines, list | tuple) or not all(isinstance(x, str) for x in lines):
        values.problems.append(f"{field.label}: hãy nhập mỗi mục một dòng")
        return
    values.lists[field.name] = tuple(item for item in map(one_line, lines) if item)


def _read_rows(values: Values, field: Field, raw: object) -> None:
    if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
        values.problems.append(f"{field.label}: hãy nhập từng dòng của bảng")
        return
    rows = [{column.name: _cell(column, row) for column in field.columns} for row in raw]
    values.rows[field.name] = tuple(row for row in rows if any(row.values()))


def _read_parts(values: Values, field: Field, raw: object) -> None:
    values.parts[field.name], problems = read_parts(raw, field.label)
    values.problems += problems


def _cell(column: Column, row: Mapping[str, object]) -> str:
    raw = row.get(column.name)
    return "" if raw is None else clean_value(str(raw))


_READERS = {
    "text": _read_text,
    "number": _read_number,
    "date": _read_date,
    "choice": _read_choice,
    "list": _read_list,
    "rows": _read_rows,
    "parts": _read_parts,
}


def _wrong_periods(kind: PaperKind, values: Values) -> Iterator[str]:
    for field in kind.fields:
        first, last = values.days.get(field.not_before), values.days.get(field.name)
        if first and last and last < first:
            yield f"{field.label}: không được trước ngày {show_date(first)}"


def _signer_problems(values: Values) -> Iterator[str]:
    """NĐ 30/2020/NĐ-CP, Phụ lục I, ô 7b: no học hàm, học vị before a civil signer's name."""
    name = values.text("signer")
    degree = next((d for d in signing()["degrees"] if name.startswith((f"{d} ", f"{d}."))), None)
    if degree or "." in name:
        yield f"Họ và tên người ký: không ghi học hàm, học vị “{degree or name.split()[0]}”"


def _body_problems(kind: PaperKind, values: Values, body: str) -> Iterator[str]:
    if "……" in body:
        yield "Nội dung còn chỗ trống (……): hãy điền hết"
    flat = " ".join(body.split()).casefold()
    for name in kind.must_state:
        field, shown = kind.field(name), " ".join(values.text(name).split()).casefold()
        applies = field is not None and values.meets(field.required_when)
        if field and applies and shown and shown not in flat:
            yield f"Nội dung không còn nêu {field.label}: hãy ghi lại “{values.text(name)}”"
