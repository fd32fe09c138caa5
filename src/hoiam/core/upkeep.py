"""The house's nightly housekeeping."""

from datetime import datetime

from hoiam.core.jobs import daily, job, prune


@daily("03:00")
@job()
def prune_jobs(now: datetime) -> int:
    """How many finished jobs were removed because nobody needs them any more."""
    return prune(now)
