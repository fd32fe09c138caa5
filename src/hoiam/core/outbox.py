"""The one-way road to background work: an action leaves a message, a job registered for its kind picks it up.

The message is written in the action's own transaction, so a rolled-back action tells nobody. Delivery is at least once:
the handler runs and the message is marked done in one transaction, so handlers are idempotent.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from hoiam.core.models import OutboxMessage

Handler = Callable[[int, datetime], None]

_handlers: dict[str, Handler] = {}
_log = logging.getLogger(__name__)

MOST_TRIES = 8


def handles(kind: str) -> Callable[[Handler], Handler]:
    """A decorator that makes `function(subject_id, now)` the job for this kind of message."""

    def register(function: Handler) -> Handler:
        if kind in _handlers:
            raise LookupError(f"{kind} already has a handler")
        _handlers[kind] = function
        return function

    return register


def post(kind: str, subject_id: int, *, at: datetime) -> OutboxMessage:
    """The message left for background work, due at once.

    Raises:
        LookupError: no job handles this kind: a bug, caught when the action is tested.
    """
    if kind not in _handlers:
        raise LookupError(f"no job handles {kind}")
    return OutboxMessage.objects.create(kind=kind, subject_id=subject_id, due_at=at, posted_at=at)


def deliver_due(now: datetime, limit: int = 100) -> int:
    """How many due messages were handed over; a failing one is put off with growing delay and kept with its error."""
    due = OutboxMessage.objects.filter(done_at=None, dead=False, due_at__lte=now)
    return sum(_deliver(pk, now) for pk in due.order_by("id").values_list("pk", flat=True)[:limit])


def dead() -> QuerySet[OutboxMessage]:
    """Messages nobody will try again by itself, with the error of their last try; newest first."""
    return OutboxMessage.objects.filter(done_at=None, dead=True).order_by("-id")


def revive(now: datetime) -> int:
    """How many dead messages were put back on the road, due at once with all their tries."""
    return dead().order_by().update(dead=False, tries=0, due_at=now)


def _deliver(pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            waiting = OutboxMessage.objects.filter(pk=pk, done_at=None, dead=False)
            message = waiting.select_for_update().first()
            if message is None:
                return False
            _handlers[message.kind](message.subject_id, now)
            message.done_at = now
            message.save(update_fields=["done_at"])
            return True
    except Exception as error:  # the rim of the job loop: one bad message never stops the others
        _log.exception("outbox message %s failed", pk)
        _put_off(pk, now, f"{type(error).__name__}: {error}")
        return False


def _put_off(pk: int, now: datetime, why: str) -> None:
    message = OutboxMessage.objects.get(pk=pk)
    message.tries += 1
    message.error = why[:2000]
    message.due_at = now + timedelta(seconds=min(3600, 5 * 2**message.tries))
    message.dead = message.tries >= MOST_TRIES
    message.save(update_fields=["tries", "error", "due_at", "dead"])
