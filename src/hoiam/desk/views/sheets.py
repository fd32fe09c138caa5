"""Tables to save as Excel files."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from hoiam.desk.views.files import attached
from hoiam.kit.papers.sheet import Cell, write_sheet

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def spreadsheet(
    request: HttpRequest,
    rows: Sequence[Sequence[Cell]],
    *,
    name: str,
    title: str,
    paper: str = "A4",
) -> HttpResponse:
    """The rows as an .xlsx file of this name; `title` names its sheet."""
    return attached(request, write_sheet(rows, name=title, paper=paper), f"{name}.xlsx", KIND)
