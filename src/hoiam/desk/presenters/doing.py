"""Parts of units in tasks as pages draw them: rows, diary, quotas, what may be done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.desk import components
from hoiam.desk.components import Action, Entry
from hoiam.desk.forms.doing import DIFFICULTY_FORMS, FORMS
from hoiam.desk.moments import say_date
from hoiam.kit.vietnamese import show_date, show_number
from hoiam.scheme.models import Difficulty, Progress
from hoiam.scheme.queries.doing import Part
from hoiam.scheme.states import (
    ASSIGNMENT_TRANSITIONS,
    DIARY_WORDS,
    DIFFICULTY_TRANSITIONS,
    AssignmentRole,
    AssignmentState,
    SchemeState,
)

LABELS = {
    "add_link": "Nộp bài, trang đã đăng",
    "add_file": "Nộp tệp",
    "add_proof": "Nộp việc đã ghi trong hệ thống",
    "raise_difficulty": "Nêu khó khăn, đề xuất",
    "remind_of_task": "Nhắc đơn vị",
    "ask_about_task": "Yêu cầu giải trình",
}
POLICY = {"add_link": "add_product", "add_file": "add_product", "add_proof": "add_product"}
# Free of the state table: from which states they make sense.
WORKING = frozenset({AssignmentState.OPEN, AssignmentState.DOING})
ALSO = {
    "add_link": WORKING | {AssignmentState.DONE},
    "add_file": WORKING | {AssignmentState.DONE},
    "add_proof": WORKING | {AssignmentState.DONE},
    "raise_difficulty": frozenset(AssignmentState),
    "remind_of_task": WORKING,
    "ask_about_task": WORKING | {AssignmentState.DONE},
}


def label_of(verb: str) -> str:
    """What the button says."""
    return LABELS.get(verb) or str(ASSIGNMENT_TRANSITIONS[verb].label)


def verbs_open(actor: Actor, part: Part) -> list[str]:
    """What this person may do with the part now."""
    row = part.row
    if row.task.scheme.state != SchemeState.ACTIVE:
        return []
    sources = {name: step.sources for name, step in ASSIGNMENT_TRANSITIONS.items()} | ALSO
    return [
        verb
        for verb in FORMS
        if row.state in sources[verb]
        and (verb != "ask_about_task" or part.light.time == "late")
        and authority.can(actor, POLICY.get(verb, verb), row)
    ]


@dataclass(frozen=True)
class PartRow:
    """One part on a list."""

    light: Any
    second: str
    ref: str
    title: str
    url: str
    unit: str
    unit_url: str
    scheme: str
    role: str
    percent: int
    is_informed: bool
    has_matter: bool


def part_rows(parts: Iterable[Part]) -> list[PartRow]:
    """The parts as rows."""
    return [_row(part) for part in parts]


def _row(part: Part) -> PartRow:
    row = part.row
    return PartRow(
        light=part.light,
        second=_second(part),
        ref=row.task.ref,
        title=row.task.title,
        url=reverse("desk-task-part", args=[row.pk]),
        unit=row.agency.name,
        unit_url=reverse("desk-task-unit", args=[row.agency_id]),
        scheme=str(row.task.scheme),
        role=row.get_role_display(),
        percent=row.percent,
        is_informed=row.role == AssignmentRole.INFORMED,
        has_matter=getattr(row, "has_matter", False),
    )


def _second(part: Part) -> str:
    """The due day under the light, or the kind of time where the light does not say it."""
    if part.period.last:
        return f"hạn {show_date(part.period.last)}"
    return "" if part.period.words == part.light.words else part.period.words


def work_rows(parts: Iterable[Part]) -> list[tuple[date | None, components.WorkRow]]:
    """The nearest parts as rows of the page of work, each with its last day."""
    return [(part.period.last, _work_row(part)) for part in parts]


def _work_row(part: Part) -> components.WorkRow:
    url = reverse("desk-task-part", args=[part.row.pk])
    return components.WorkRow(
        light=part.light,
        second=_second(part),
        verb=f"Nhiệm vụ {part.row.task.ref}",
        title=part.row.task.title,
        url=url,
        meta=(str(part.row.task.scheme), part.row.get_role_display(), f"{part.row.percent} %"),
        actions=[Action("Báo tiến độ", url, "get")],
    )


def matter_work_rows(
    matters: Iterable[Difficulty], today: date
) -> list[tuple[date | None, components.WorkRow]]:
    """Difficulties that wait for the reader's answer as rows of the page of work, each with its last day."""
    return [(matter.answer_due_on, _matter_row(matter, today)) for matter in matters]


def _matter_row(matter: Difficulty, today: date) -> components.WorkRow:
    url = reverse("desk-task-part", args=[matter.assignment_id])
    left = (matter.answer_due_on - today).days
    words = "hạn trả lời hôm nay" if not left else f"còn {show_number(left)} ngày"
    late = f"quá {show_number(-left)} ngày"
    return components.WorkRow(
        light=components.Lamp("late", "wait", late)
        if left < 0
        else components.Lamp("ok" if left else "due", "wait", words),
        second=f"hạn {show_date(matter.answer_due_on)}",
        verb=f"Trả lời {matter.get_kind_display().lower()}",
        title=matter.text,
        url=url,
        meta=(str(matter.assignment.agency), f"nhiệm vụ {matter.assignment.task.ref}"),
        actions=[Action("Trả lời", url, "get")],
    )


def diary(lines: Iterable[Progress], *, with_unit: bool = False) -> list[Entry]:
    """The diary as a timeline."""
    return [_entry(line, with_unit) for line in lines]


def _entry(line: Progress, with_unit: bool) -> Entry:
    what = DIARY_WORDS.get(line.step, line.step)
    if line.step in ("report_progress", "finish_assignment"):
        what += f" {line.percent} %"
    if line.other is not None:
        what += f" {'cho' if line.step == 'hand_over' else 'từ'} {line.other.agency}"
    who = [str(line.assignment.agency)] if with_unit else []
    who.append(str(line.by) if line.by else "Hệ thống")
    return Entry(at=line.at, text=f"{what}: {line.words}" if line.words else what, note=" · ".join(who))  # fmt: skip


@dataclass(frozen=True)
class MatterRow:
    """One difficulty or proposal with the forms of what may be done."""

    matter: Difficulty
    is_overdue: bool
    forms: Sequence[tuple[str, str, Any]]


def matter_rows(
    matters: Iterable[Difficulty], actor: Actor, failed: tuple[int, str, Any] | None = None
) -> list[MatterRow]:
    """The matters as rows; `failed` is the key, verb and form of one that was refused."""
    return [_matter(matter, actor, failed) for matter in matters]


def _matter(matter: Difficulty, actor: Actor, failed: tuple[int, str, Any] | None) -> MatterRow:
    refused = failed[1] if failed is not None and failed[0] == matter.pk else ""
    forms = []
    for verb, form in DIFFICULTY_FORMS.items():
        step = DIFFICULTY_TRANSITIONS[verb]
        if verb == refused and failed is not None:
            # Shown even when somebody else was first: what was typed is not lost.
            forms.append((verb, str(step.label), failed[2]))
        elif matter.state in step.sources and authority.can(actor, verb, matter):
            forms.append((verb, str(step.label), form(auto_id=f"k{matter.pk}-{verb}-%s")))
    late = matter.state == "raised" and matter.answer_due_on < actor.today
    return MatterRow(matter, late, forms)


def matter_sheet(matters: Iterable[Difficulty]) -> list[list[str | int]]:
    """The matters as lines of a spreadsheet."""
    head: list[str | int] = ["Đơn vị", "Đề án", "Nhiệm vụ", "Loại", "Nội dung", "Nêu ngày", "Hạn trả lời", "Tình trạng", "Trả lời", "Trả lời ngày", "Kết quả"]  # fmt: skip
    return [head, *(_matter_line(matter) for matter in matters)]


def _matter_line(matter: Difficulty) -> list[str | int]:
    row = matter.assignment
    return [
        row.agency.name,
        str(row.task.scheme),
        f"{row.task.ref} {row.task.title}",
        matter.get_kind_display(),
        matter.text,
        say_date(matter.raised_at),
        show_date(matter.answer_due_on),
        matter.get_state_display(),
        matter.answer,
        say_date(matter.answered_at) if matter.answered_at else "",
        matter.closed_why,
    ]
