"""The house's nightly housekeeping."""

from datetime import datetime

from hoiam.core.jobs import daily, job, prune
from hoiam.core.passages import forget_passages


@daily("03:00")
@job()
def prune_jobs(now: datetime) -> int:
    """How many finished jobs were removed because nobody needs them any more."""
    return prune(now)


@daily("03:05")
@job()
def prune_passages(now: datetime) -> int:
    """How many counted spans were removed because they are over."""
    return forget_passages(now)
