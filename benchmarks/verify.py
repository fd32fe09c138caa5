"""Verification: how long does `hoiam verify` take for 1,000 captures, and sealing them?

    python -m benchmarks.verify [--captures 1000]

A house of its own in a temporary folder: pages of 60 kB as WARC files, stamped in lists, a ledger of as many records, an anchor.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime


def fill(count: int) -> float:
    """Seconds it took to seal this many captures, made before."""
    import django  # noqa: PLC0415 -- settings first

    django.setup()
    from django.db import transaction  # noqa: PLC0415 -- settings first

    from hoiam.agencies.models import Agency  # noqa: PLC0415 -- settings first
    from hoiam.core import ledger  # noqa: PLC0415 -- settings first
    from hoiam.core.fetch import Fetched  # noqa: PLC0415 -- settings first
    from hoiam.core.stamps.anchors import anchor_head  # noqa: PLC0415 -- settings first
    from hoiam.core.stamps.sealing import seal_waiting  # noqa: PLC0415 -- settings first
    from hoiam.monitoring.actions.captures import keep_page  # noqa: PLC0415 -- settings first

    now, rng, agency = datetime.now(UTC), random.Random(5), Agency.objects.first()
    for n in range(count):
        url = f"https://songthanh.example/{n}"
        text = " ".join(str(rng.randrange(10**6)) for _ in range(8500)).encode()
        headers = {"Content-Type": "text/html"}
        keep_page(
            Fetched(url, url, 200, headers, text, text, "utf-8", now, (), False, 0.1, None),
            actor=None, how="đo",
        )  # fmt: skip
        with transaction.atomic():
            ledger.write(agency, actor=None, step="count", at=now, n=n)
    start = time.perf_counter()
    seal_waiting(now)
    spent = time.perf_counter() - start
    anchor_head(now)
    return spent


def main() -> None:
    """Print seconds for sealing and for the verb as people run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captures", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hoiam-bench-") as folder:
        os.environ |= {"HOIAM_DATA": folder, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "hoiam.config.settings"}  # fmt: skip
        verb = [sys.executable, "-m", "hoiam.config.cli"]
        subprocess.run([*verb, "setup"], check=True, capture_output=True)
        sealing = fill(asked.captures)
        start = time.perf_counter()
        before = os.times()
        done = subprocess.run([*verb, "verify"], capture_output=True, text=True)
        spent, after = time.perf_counter() - start, os.times()
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    print(f"sealing {asked.captures} captures: {sealing:.2f} s")
    print(f"hoiam verify: {spent:.1f} s on the wall, {cpu:.1f} s of CPU; {done.stderr.strip()}")
    if done.returncode:
        sys.exit(done.stdout)


if __name__ == "__main__":
    main()
