"""What changed between two versions of a scheme, task by task."""

from collections.abc import Sequence
from dataclasses import dataclass

from hoiam.scheme.models import Scheme, Task

# What a reader compares, with the word the page uses for it.
COMPARED = {
    "title": "nội dung",
    "products": "sản phẩm",
    "time": "thời gian",
    "lead": "chủ trì",
    "coordinating": "phối hợp",
    "due_on": "ngày hạn",
    "units": "đơn vị được giao",
}
ADDED, REMOVED, CHANGED = "Thêm", "Bỏ", "Sửa"


@dataclass(frozen=True)
class TaskChange:
    """One task that is not the same in both versions; `was` or `now` is None where the task is missing."""

    ref: str
    change: str
    fields: tuple[str, ...]
    was: Task | None
    now: Task | None

    @property
    def sides(self) -> list[tuple[str, Task | None]]:
        """Both versions with the word for each."""
        return [("Bản trước", self.was), ("Bản này", self.now)]


def changes_between(old: Scheme, new: Scheme) -> list[TaskChange]:
    """Tasks that the new version adds, changes and leaves out, in its order; two queries."""
    before = {task.ref: task for task in old.tasks.all()}
    after = {task.ref: task for task in new.tasks.all()}
    found = [
        TaskChange(ref, CHANGED if ref in before else ADDED, _differs(before.get(ref), task), before.get(ref), task)
        for ref, task in after.items()
        if ref not in before or _differs(before[ref], task)
    ]  # fmt: skip
    gone = [TaskChange(ref, REMOVED, (), task, None) for ref, task in before.items() if ref not in after]  # fmt: skip
    return [*found, *gone]


def _differs(was: Task | None, now: Task) -> tuple[str, ...]:
    if was is None:
        return ()
    return tuple(word for name, word in COMPARED.items() if getattr(was, name) != getattr(now, name))  # fmt: skip


def grouped(tasks: Sequence[Task]) -> list[tuple[str, list[Task]]]:
    """Tasks under their group headings, both in the order of the paper."""
    found: dict[str, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.group, []).append(task)
    return list(found.items())
