"""Lists as files a spreadsheet opens: Excel, and text with commas."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from hoiam.desk.presenters.papers import ascii_name
from hoiam.desk.views.files import attached
from hoiam.kit.papers.sheets import EXCEL, Cell, csv_table, write_sheet


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows under their head as a file to save; `name` without its ending."""
    answer = HttpResponse(csv_table(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{ascii_name(name)}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def spreadsheet(
    request: HttpRequest,
    rows: Sequence[Sequence[Cell]],
    *,
    name: str,
    title: str,
    paper: str = "A4",
) -> HttpResponse:
    """The rows as an .xlsx file of this name; `title` names its sheet."""
    return attached(request, write_sheet(rows, name=title, paper=paper), f"{name}.xlsx", EXCEL)


def table_answer(
    request: HttpRequest,
    name: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str,
) -> HttpResponse:
    """The rows under their head: an .xlsx file when the address says `?tep=excel`, else text with commas."""
    if request.GET.get("tep") == "excel":
        return spreadsheet(request, [head, *rows], name=name, title=title)
    return csv_answer(name, head, rows)
