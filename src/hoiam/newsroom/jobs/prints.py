"""Looking for reprints: new items as they come, and those of the last days once more each morning."""

from datetime import datetime

from hoiam.core.jobs import daily, every, job
from hoiam.newsroom.actions.finding_prints import look_again, look_at_new_items

MOST_BATCHES = 20


@every(minutes=10)
@job()
def find_prints(now: datetime) -> int:
    """How many reprints were found among the items that came in; each batch is a transaction of its own."""
    found = 0
    for _ in range(MOST_BATCHES):
        looked, fresh = look_at_new_items(now=now)
        found += fresh
        if not looked:
            break
    return found


@daily("05:20")
@job()
def find_prints_again(now: datetime) -> int:
    """How many reprints were found among items whose text came late."""
    return look_again(now=now)
