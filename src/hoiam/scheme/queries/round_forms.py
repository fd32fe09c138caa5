"""Forms of report rounds: the presets that ship, and the form a round has."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.papers.report_form import FormSpec, TaskLine, spec_of
from hoiam.kit.vietnamese import show_date
from hoiam.scheme.models import Assignment, ReportRound, RoundSection, UnitReport
from hoiam.scheme.states import AssignmentRole, AssignmentState, TaskDue


@dataclass(frozen=True)
class Preset:
    """One form to begin a round with; `source` says which paper asks for it, or that the product does."""

    code: str
    title: str
    review: str
    source: str
    channel: str
    due_kind: str
    sections: tuple[dict[str, Any], ...]


@cache
def presets() -> tuple[Preset, ...]:
    """The forms that ship, in the order of the file."""
    text = files("hoiam.scheme").joinpath("data/round_forms.yaml").read_text("utf-8")
    return tuple(
        Preset(**{**row, "sections": tuple(_flat(row["sections"]))})
        for row in yaml_of(text)["presets"]
    )


def _flat(rows: list[Any]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield from row if isinstance(row, list) else [row]


def preset(code: str) -> Preset | None:
    """The preset of that code, None when there is none."""
    return next((each for each in presets() if each.code == code), None)


def due_words(round_: ReportRound) -> str:
    """Until when reports are sent, in the words of the paper and as the last day in time.

    “trước ngày 15/10/2023 (hết ngày 14/10/2023)”
    """
    word = TaskDue(round_.due_kind).label
    last = f" (hết ngày {show_date(round_.last_day)})" if round_.due_kind == TaskDue.BEFORE else ""
    return f"{word} {show_date(round_.due_on)}{last}"


def form_of(round_: ReportRound) -> FormSpec:
    """The form of the round as the kit's checks, files and readers take it."""
    rows = [as_row(section) for section in round_.sections.all()]
    return spec_of(str(round_.pk), round_.title, rows, f"Hạn gửi: {due_words(round_)}.")


def as_row(section: RoundSection) -> dict[str, Any]:
    """One section as a plain row."""
    names = ("key", "title", "kind", "required", "help", "unit", "columns", "parts", "per_task")
    return {name: getattr(section, name) for name in names}


def tasks_of(report: UnitReport) -> list[TaskLine]:
    """The tasks of the round's scheme that the unit leads and was not exempted from, in the scheme's order."""
    if report.round.scheme_id is None:
        return []
    rows = Assignment.objects.system("the unit's own tasks stand in its form").filter(
        task__scheme=report.round.scheme_id, agency=report.agency_id, role=AssignmentRole.LEAD
    )
    rows = rows.exclude(state=AssignmentState.EXEMPT).order_by("task__order", "task__id")
    return [TaskLine(ref, title) for ref, title in rows.values_list("task__ref", "task__title")]
