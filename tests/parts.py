"""A scheme being carried out, its tasks and the parts of units in them, made directly."""

from datetime import date, timedelta

from hoiam.agencies.models import Agency, Official
from hoiam.scheme.models import Assignment, Scheme, Task
from tests.factories import NOW


def scheme(owner: Agency, **fields) -> Scheme:
    """A scheme of three years round `NOW`, given out."""
    by, _ = Official.objects.get_or_create(
        username="lap-de-an", defaults={"full_name": "Người Lập"}
    )
    first = {
        "kind": "scheme",
        "title": "Đề án truyền thông hư cấu",
        "short": "Đề án thử",
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2027, 12, 31),
        "state": "active",
    }
    first |= {"created_at": NOW - timedelta(days=300)}
    return Scheme.objects.create(owner=owner, created_by=by, **{**first, **fields})


def task(of: Scheme, ref: str = "2.1.1", **fields) -> Task:
    """A task of the whole span."""
    first = {"title": f"Nhiệm vụ {ref} hư cấu", "rhythm": "span", "order": of.tasks.count()}
    return Task.objects.create(scheme=of, ref=ref, **{**first, **fields})


def part(of: Task, unit: Agency, state: str = "open", **fields) -> Assignment:
    """A unit's part, leading."""
    first = {"role": "lead", "percent": {"open": 0, "done": 100}.get(state, 30)}
    if state in {"doing", "done"}:
        first["moved_at"] = NOW - timedelta(days=3)
    if state == "done":
        first["finished_at"] = NOW - timedelta(days=3)
    return Assignment.objects.create(task=of, agency=unit, state=state, **{**first, **fields})
