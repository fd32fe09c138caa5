"""The rows a table of a form starts with: what was answered already, and the tasks of the unit that nobody told of."""

from collections.abc import Sequence

from hoiam.kit.papers.report_form.checking import rows_of
from hoiam.kit.papers.report_form.model import REF, Content, FormSection, TaskLine
from hoiam.kit.papers.words import clean_value

TASK = "task"


def opening_rows(
    section: FormSection, content: Content, tasks: Sequence[TaskLine]
) -> list[dict[str, str]]:
    """The rows to show: those kept, then one for each task without a row (its ref and words filled in)."""
    rows = [dict(row) for row in rows_of(content, section.key)]
    if not section.per_task:
        return rows
    told = {row.get(REF, "").strip() for row in rows}
    return rows + [{REF: t.ref, TASK: t.title} for t in tasks if t.ref not in told]


def told_rows(section: FormSection, rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The rows that say something: of a table of tasks, those with more than the task's own ref and words."""
    own = (REF, TASK) if section.per_task else ()
    return [row for row in rows if any(v for name, v in row.items() if name not in own)]


def cell_text(value: str) -> str:
    """The text of a cell or an answer as it is kept: NFC, no control characters, no blank lines."""
    return clean_value(value)
