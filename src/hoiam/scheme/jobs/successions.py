"""Every morning, before reminders go: work of units that ended passes to who answers for them."""

from datetime import datetime

from hoiam.core.jobs import daily, job
from hoiam.kit.rulebook import default
from hoiam.scheme.actions.successions import pass_on_assignments

AT = "MD-112"


@daily(str(default(AT).value))
@job()
def pass_on_work(now: datetime, slot: str) -> int:
    """How many parts passed on."""
    return pass_on_assignments(actor=None, now=now)
