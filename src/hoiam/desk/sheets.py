"""Lists as a file a spreadsheet opens: UTF-8 with its mark, semicolons never needed, nothing that runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from hoiam.desk.presenters.papers import ascii_name

# A cell that begins so is taken for a formula by spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """The rows under their head as a file to save; `name` without its ending."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    answer = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{ascii_name(name)}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int) else text
