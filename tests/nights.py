"""A night and its morning, and a person who is not to be woken between them."""

from datetime import datetime, time

from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import NoticeChoice

NIGHT = datetime(2026, 8, 5, 23, 0, tzinfo=VIETNAM)
MORNING = datetime(2026, 8, 6, 6, 0, tzinfo=VIETNAM)


def asleep(official, **more):
    """A person who is not to be woken from ten at night to six."""
    return NoticeChoice.objects.create(
        official=official, quiet_from=time(22), quiet_to=time(6), **more
    )
