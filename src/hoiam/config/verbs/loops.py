"""`hoiam work | collect`: the loops that `hoiam up` keeps alive, each a process of its own."""

import argparse
import asyncio
import signal
import threading
from collections.abc import Sequence

from hoiam.config.verbs.django_house import now, open_house
from hoiam.config.verbs.say import parse, parser


def run(verb: str, words: Sequence[str]) -> int:
    """The exit code of one of this module's verbs."""
    args = parse(parser(verb, SUMMARIES[verb]), words)
    return args if isinstance(args, int) else RUNS[verb](args)


def work(args: argparse.Namespace) -> int:
    """Background jobs until TERM."""
    open_house()
    from hoiam.core.jobs import work as loop
    from hoiam.core.outbox import deliver_due

    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    loop(stop, now=now, deliver=deliver_due)
    return 0


def collect(args: argparse.Namespace) -> int:
    """The collector until TERM."""
    open_house()
    from hoiam.core.fetch import Fetcher
    from hoiam.monitoring.jobs.collector import collect as loop

    async def main() -> None:
        stop = asyncio.Event()
        for sign in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
        async with Fetcher() as fetcher:
            await loop(stop, clock=now, fetcher=fetcher)

    asyncio.run(main())
    return 0


RUNS = {"work": work, "collect": collect}
SUMMARIES = {"work": "Chỉ chạy việc nền.", "collect": "Chỉ chạy bộ thu thập."}
