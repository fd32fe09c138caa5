"""The fill page of a report: one field a section, tables as rows of cells, each section with the mark it was shown with."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hoiam.kit.papers.report_form import (
    FIGURE,
    NUMBER,
    REF,
    TABLE,
    FormColumn,
    FormSection,
    FormSpec,
    TaskLine,
    opening_rows,
    told_rows,
)
from hoiam.scheme.actions.unit_reports import content_mark

EMPTY_ROWS, MOST_ROWS = 2, 500
OWN = (REF, "task")


class SectionRowsWidget(forms.Widget):
    """The rows of a table section; of a table of tasks the ref and the words of the task are told, not typed."""

    def __init__(self, section: FormSection) -> None:
        super().__init__()
        self.section = section

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """One block of labelled cells for each row."""
        blank = 0 if self.section.per_task and value else EMPTY_ROWS
        rows = [*(value or []), *({} for _ in range(blank))]
        shown = format_html_join(
            "", "{}", ((self._row(name, at, row),) for at, row in enumerate(rows))
        )
        return format_html(
            '<div id="{}" tabindex="-1">{}</div>', (attrs or {}).get("id", ""), shown
        )

    def _row(self, name: str, at: int, row: Mapping[str, Any]) -> SafeString:
        told = self.section.per_task and row.get(REF)
        head = SafeString("")
        if told:
            hidden = format_html_join(
                "",
                '<input type="hidden" name="{}-{}-{}" value="{}">',
                ((name, at, own, row.get(own, "")) for own in OWN if self.section.column(own)),
            )
            head = format_html("<p><b>{}</b> {}{}</p>", row[REF], row.get("task", ""), hidden)
        columns = [c for c in self.section.columns if not (told and c.name in OWN)]
        cells = format_html_join("", "{}", ((self._cell(name, at, c, row),) for c in columns))
        return format_html(
            '<div class="ha-after">{}<div class="ha-cells">{}</div></div>', head, cells
        )

    def _cell(self, name: str, at: int, column: FormColumn, row: Mapping[str, Any]) -> SafeString:
        where = f"{row[REF]}" if row.get(REF) else f"dòng {at + 1}"
        head = (column.label, name, at, column.name, column.label, where)
        if column.kind == NUMBER:
            return format_html(
                '<label><span class="ha-hint">{}</span><input class="ha-field" inputmode="decimal" '
                'name="{}-{}-{}" aria-label="{}, {}" value="{}"></label>',
                *head,
                row.get(column.name, ""),
            )
        return format_html(
            '<label><span class="ha-hint">{}</span><textarea class="ha-field" rows="3" name="{}-{}-{}" '
            'aria-label="{}, {}">{}</textarea></label>',
            *head,
            row.get(column.name, ""),
        )

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict, name: str
    ) -> list[dict[str, str]]:
        """The rows that say anything, in order."""
        names = [column.name for column in self.section.columns]
        rows = [
            {each: _typed(data.get(f"{name}-{at}-{each}", "")) for each in names}
            for at in range(MOST_ROWS + 1)
            if any(f"{name}-{at}-{each}" in data for each in names)
        ]
        return told_rows(self.section, rows)

    def id_for_label(self, id_: str) -> str:
        """The label names the group, no single cell."""
        return ""


def _typed(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


class SectionRows(forms.Field):
    """The rows of a table section; nothing is judged here."""


class SectionText(forms.CharField):
    """A text or a figure as typed, line ends made plain; nothing is judged here."""

    def to_python(self, value: Any) -> str:
        """The text."""
        return _typed(str(value or ""))


class FillForm(forms.Form):
    """Every section of a form that is typed; `base` carries the marks of what the page showed."""

    def __init__(
        self,
        spec: FormSpec,
        content: Mapping[str, Any],
        tasks: Sequence[TaskLine],
        data: Any = None,
    ) -> None:
        super().__init__(data)
        self.spec = spec
        for section in spec.typed():
            self.fields[section.key] = _field(section)
            self.initial[section.key] = (
                opening_rows(section, content, tasks)
                if section.kind == TABLE
                else content.get(section.key, "")
            )
        self.marks = {s.key: content_mark(content.get(s.key)) for s in spec.typed()}

    def base(self) -> dict[str, str]:
        """The marks the page carried, by section."""
        return {key: self.data.get(f"base-{key}", self.marks[key]) for key in self.fields}


def _field(section: FormSection) -> forms.Field:
    unit = f" ({section.unit})" if section.unit else ""
    more: dict[str, Any] = {
        "label": f"{section.title}{unit}",
        "required": False,
        "help_text": section.help,
    }
    field = _typed_field(section, more)
    field.is_asked = section.required  # type: ignore[attr-defined] -- a draft may lack it, the report may not
    return field


def _typed_field(section: FormSection, more: Mapping[str, Any]) -> forms.Field:
    if section.kind == TABLE:
        return SectionRows(widget=SectionRowsWidget(section), **more)
    if section.kind == FIGURE:
        plain = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        return SectionText(widget=plain, **more)
    return SectionText(widget=forms.Textarea(attrs={"rows": 8}), **more)
