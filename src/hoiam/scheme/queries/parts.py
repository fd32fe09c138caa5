"""From the parts a task names to the units that answer for it: classes spelled out, each unit once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import answering
from hoiam.agencies.states import Level
from hoiam.scheme.models import Task
from hoiam.scheme.queries.units import agencies_of, agency_classes
from hoiam.scheme.states import AssignmentRole

# A unit that is named twice in one task stands in it once, in the weightier role.
WEIGHT = (AssignmentRole.LEAD, AssignmentRole.COORDINATING, AssignmentRole.INFORMED)


class Units:
    """Which agencies a part means on one day, for work that one agency gives; each class is read once."""

    def __init__(self, owner: Agency, today: date) -> None:
        self.owner, self.today = owner, today
        self._classes: dict[str, list[int]] = {}
        self._named: dict[int, list[int]] = {}

    def of(self, part: Mapping[str, Any]) -> list[int]:
        """Keys of the agencies that answer for this part today."""
        if "class" in part:
            return self._of_class(str(part["class"]))
        return self._of_agency(int(part["agency"]))

    def roles(self, parts: Iterable[Mapping[str, Any]]) -> dict[int, str]:
        """The role of every agency in a task."""
        ordered = sorted(parts, key=lambda part: WEIGHT.index(AssignmentRole(part["role"])))
        found: dict[int, str] = {}
        for part in ordered:
            for pk in self.of(part):
                found.setdefault(pk, str(part["role"]))
        return found

    def _of_class(self, key: str) -> list[int]:
        if key not in self._classes:
            known = agency_classes().get(key)
            rows = agencies_of(known, self.today) if known else Agency.objects.none()
            self._classes[key] = list(self._within(rows).values_list("pk", flat=True))
        return self._classes[key]

    def _of_agency(self, pk: int) -> list[int]:
        if pk not in self._named:
            agency = Agency.objects.select_related("parent").filter(pk=pk).first()
            today = answering(agency, self.today) if agency else None
            self._named[pk] = [today.pk] if today and self.may_give(today) else []
        return self._named[pk]

    def _within(self, rows: Any) -> Any:
        if self.owner.level == Level.CENTRE:
            return rows
        return rows.filter(Q(pk=self.owner.pk) | Q(parent=self.owner))

    def may_give(self, agency: Agency) -> bool:
        """Whether the owner gives work to this agency: the centre to all, a province to itself and its offices."""
        if self.owner.level == Level.CENTRE:
            return True
        return self.owner.pk in (agency.pk, agency.parent_id)


def titles_of(parts: Sequence[Mapping[str, Any]], names: Mapping[int, str]) -> dict[str, list[str]]:
    """What each role's parts are called on a page: class titles and agency names."""
    found: dict[str, list[str]] = {role.value: [] for role in WEIGHT}
    for part in parts:
        known = agency_classes().get(str(part.get("class", "")))
        title = known.title if known else names.get(int(part.get("agency") or 0), "")
        if title:
            found[str(part["role"])].append(title)
    return found


def names_in(tasks: Iterable[Task]) -> dict[int, str]:
    """Names of the agencies that tasks name one by one; one query."""
    keys = {int(part["agency"]) for task in tasks for part in task.units if "agency" in part}
    return dict(Agency.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}
