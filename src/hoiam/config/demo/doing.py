"""What the fictional units did in the fictional scheme; nothing where no scheme was given out."""

from datetime import datetime
from typing import Any

from hoiam.config.demo.playing import Play, Queue
from hoiam.config.demo.reading import read
from hoiam.core.actor import Actor
from hoiam.monitoring.models import Item
from hoiam.monitoring.queries.periods import Period
from hoiam.monitoring.states import Stance
from hoiam.scheme import actions
from hoiam.scheme.models import Assignment, Difficulty
from hoiam.scheme.queries.proofs import proofs
from hoiam.scheme.states import SchemeState

WHY = "a step of the demonstration"
ON_A_MATTER = frozenset({"answer_difficulty", "ask_again", "close_difficulty"})


class Doing:
    """The script of the data as events of the demonstration's timeline."""

    def __init__(self, play: Play) -> None:
        self.play = play

    def schedule(self, queue: Queue) -> None:
        """Every written step as an event."""
        for row in read("doing.yaml")["steps"]:
            at = self.play.clock.before(row["when"])
            queue.add(at, lambda then, row=row: self.do(dict(row), then))

    def do(self, row: dict[str, Any], at: datetime) -> None:
        """One step, when the unit has the part."""
        who, unit, ref, verb = (row.pop(name) for name in ("who", "unit", "ref", "do"))
        row.pop("when")
        parts = Assignment.objects.system(WHY).filter(
            task__scheme__state=SchemeState.ACTIVE, task__ref=ref, agency__code=unit
        )
        part = parts.select_related("task__scheme", "agency").first()
        if part is None or who not in self.play.people:
            return
        actor = self.play.actor(who, at)
        typed = self._found(part, actor, row.pop("find", ""), at) | row
        subject: Any = part
        if verb in ON_A_MATTER:
            subject = Difficulty.objects.system(WHY).filter(assignment=part).latest("raised_at")
        if typed:
            getattr(actions, verb)(subject, actor=actor, now=at, **typed)

    def _found(self, part: Assignment, actor: Actor, kind: str, at: datetime) -> dict[str, Any]:
        """What the house knows of the unit already: a report that names it, or something done."""
        if kind == "item":
            rows = Item.objects.filter(
                finding__attributions__agency_today=part.agency,
                finding__stance=Stance.POSITIVE,
                first_seen_at__lte=at,
            )
            item = rows.order_by("-at").first()
            return {"url": item.url} if item else {}
        if kind:
            period = Period(self.play.clock.days_ago(90), actor.today)
            found = proofs([part.agency_id], period, [kind])
            return {"proof": found[0]} if found else {}
        return {}
