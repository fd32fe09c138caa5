"""By when somebody has to know of a case: when the first of its clocks runs out."""

from datetime import datetime

from hoiam.handling.models import Case, Clock
from hoiam.handling.queries.lights import OPEN
from hoiam.handling.states import ClockState


def needed_by(case: Case, now: datetime) -> datetime | None:
    """When the first open clock of the case runs out; now where one is due at once, None where none runs.

    A paused clock waits for others and hurries nobody here.
    """
    rows = Clock.objects.system("by when it must be known").filter(case=case, state__in=OPEN)
    dues = list(rows.exclude(state=ClockState.PAUSED).values_list("due_at", flat=True))
    return min((due or now for due in dues), default=None)
