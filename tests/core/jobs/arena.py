"""Kills workers at random moments and counts what became of their jobs; run as a program, prints one line of JSON.

python -m tests.core.jobs.arena KILLS JOBS SEED      (DATABASE_URL names an empty database)
"""

import json
import os
import random
import signal
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.db import connection  # noqa: E402

from hoiam.core.jobs import enqueue, work  # noqa: E402
from hoiam.core.jobs.models import Job, JobState, Schedule  # noqa: E402
from tests.core.jobs import sample_jobs  # noqa: E402

LEASE = timedelta(seconds=0.4)


def clock():
    """The real time: leases run out while the arena watches."""
    return datetime.now(UTC)


def set_up(jobs):
    """The tables and the waiting jobs."""
    with connection.schema_editor() as editor:
        for model in (Job, Schedule):
            editor.create_model(model)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE effects (key text PRIMARY KEY)")
        cursor.execute("CREATE TABLE runs (what text)")
    for i in range(jobs):
        task = sample_jobs.once_by_key if i % 2 else sample_jobs.once_by_transaction
        enqueue(task, i, now=clock(), key=f"viec:{i}")
    connection.close()


def worker():
    """A child that works until nothing is left, or it is killed."""
    child = os.fork()
    if child:
        return child
    stop = threading.Event()

    def deliver(moment, limit):
        if not Job.objects.filter(state__in=[JobState.WAITING, JobState.RUNNING]).exists():
            stop.set()
        return 0

    work(stop, now=clock, deliver=deliver, lease=LEASE, idle=0.02)
    os._exit(0)


def fight(kills, dice):
    """How many workers were killed while they worked."""
    done = 0
    while done < kills:
        child = worker()
        time.sleep(dice.uniform(0.02, 0.15))
        os.kill(child, signal.SIGKILL)
        done += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        if not Job.objects.filter(state=JobState.WAITING).exists():
            break
        connection.close()
    connection.close()
    os.waitpid(worker(), 0)
    return done


def counts(kills, jobs, seconds):
    """What became of it all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM effects")
        effects = cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*), count(DISTINCT what) FROM runs WHERE what LIKE 'run %%'", []
        )
        runs, keys = cursor.fetchone()
        cursor.execute(
            "SELECT count(*), count(DISTINCT what) FROM runs WHERE what LIKE 'atomic %%'", []
        )
        rows, atomic = cursor.fetchone()
        sound = "ok"
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            sound = cursor.fetchone()[0]
    return {
        "kills": kills,
        "done": Job.objects.filter(state=JobState.DONE).count(),
        "lost": jobs - effects - atomic,
        "effects_twice": effects - keys + rows - atomic,
        "run_again": runs - keys,
        "jobs_tried_again": Job.objects.filter(tries__gt=1).count(),
        "integrity": sound,
        "seconds": round(seconds, 2),
    }


if __name__ == "__main__":
    most_kills, many, seed = (int(text) for text in sys.argv[1:4])
    set_up(many)
    start = time.monotonic()
    killed = fight(most_kills, random.Random(seed))
    print(json.dumps(counts(killed, many, time.monotonic() - start)))
