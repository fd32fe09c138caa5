"""Jobs for the tests: they must live in a module, as real ones do."""

from datetime import datetime

from django.db import connection, transaction

from hoiam.core.jobs import GiveUp, daily, every, job

SEEN: list[object] = []


@job()
def remember(thing, now: datetime):
    """Notes the thing and the moment."""
    SEEN.append((thing, now))
    return {"noted": thing}


@job(most_tries=3)
def fail(why):
    """Never works."""
    raise ValueError(why)


@job()
def give_up():
    """Knows that another try cannot help."""
    raise GiveUp("Tờ báo này không còn hoạt động.")


@job()
def unreadable():
    """Gives back what JSON cannot carry."""
    return object()


@job()
async def remember_later(thing):
    """As `remember`, asynchronously."""
    SEEN.append(thing)


@job(atomic=True)
def mark_then_fail():
    """Writes, then fails: nothing of it may stay."""
    mark("half")
    raise ValueError("giữa chừng")


@every(minutes=5)
@job()
def tick(slot):
    """Each five minutes."""
    SEEN.append(slot)


@daily("07:30")
@job()
def morning(slot):
    """Each morning."""
    SEEN.append(slot)


@job()
def once_by_key(key):
    """Idempotent: a second run changes nothing."""
    mark(f"run {key}")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO effects (key) VALUES (%s) ON CONFLICT (key) DO NOTHING", [f"key {key}"]
        )


@job(atomic=True)
def once_by_transaction(key):
    """Not idempotent by itself; its transaction makes it so."""
    mark(f"atomic {key}")


def mark(text):
    """A row that counts runs."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO runs (what) VALUES (%s)", [text])
