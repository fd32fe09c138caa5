"""A collector to be killed: reads what is due in the database of DATABASE_URL until its source was read whole.

python -m tests.monitoring.torture.victim SECONDS      (how far its clock is ahead: leases run out while nobody waits)
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta

import django

django.setup()

from hoiam.monitoring.jobs.collector import collect  # noqa: E402
from hoiam.monitoring.models import Source  # noqa: E402
from tests.monitoring.torture.street import fetcher  # noqa: E402


async def main(ahead):
    def clock():
        return datetime.now(UTC) + timedelta(seconds=ahead)

    stop = asyncio.Event()
    async with fetcher(clock=clock) as out:
        task = asyncio.create_task(collect(stop, clock=clock, fetcher=out, idle=0.05))
        while await Source.objects.filter(last_success_at=None).aexists():
            await asyncio.sleep(0.05)
        stop.set()
        await task


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
