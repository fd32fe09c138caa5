"""A field that is a small table: each row's cells as areas, two empty rows at the end."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

EMPTY_ROWS = 2
MOST_ROWS = 200

Columns = Sequence[tuple[str, str]]


class RowsWidget(forms.Widget):
    """Cells named `field-row-column`."""

    def __init__(self, columns: Columns) -> None:
        super().__init__()
        self.columns = columns

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """One block of labelled cells for each row."""
        rows = [*(value or []), *({} for _ in range(EMPTY_ROWS))]
        shown = format_html_join(
            "", "{}", ((self._row(name, at, row),) for at, row in enumerate(rows))
        )
        return format_html(
            '<div id="{}" tabindex="-1">{}</div>', (attrs or {}).get("id", ""), shown
        )

    def _row(self, name: str, at: int, row: Mapping[str, Any]) -> SafeString:
        cells = format_html_join(
            "",
            '<label><span class="ha-hint">{}</span>'
            '<textarea class="ha-field" rows="3" name="{}-{}-{}" aria-label="{}, dòng {}">{}</textarea>'
            "</label>",
            (
                (label, name, at, column, label, at + 1, row.get(column, ""))
                for column, label in self.columns
            ),
        )
        return format_html('<div class="ha-cells">{}</div>', cells)

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict, name: str
    ) -> list[dict[str, str]]:
        """The rows that say anything, in order."""
        rows = [
            {column: data.get(f"{name}-{at}-{column}", "").strip() for column, _ in self.columns}
            for at in range(MOST_ROWS)
            if any(f"{name}-{at}-{column}" in data for column, _ in self.columns)
        ]
        return [row for row in rows if any(row.values())]

    def id_for_label(self, id_: str) -> str:
        """The label names the group, no single cell."""
        return ""


class RowsField(forms.Field):
    """A list of rows, each a mapping by column."""

    def __init__(self, *, columns: Columns, **kwargs: Any) -> None:
        super().__init__(widget=RowsWidget(columns), **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether any row says something else than before."""
        return (initial or []) != (data or [])
