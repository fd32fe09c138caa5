"""Messages to background work: told only what was committed, once, and never lost in silence."""

from datetime import timedelta

import pytest
from django.db import transaction

from hoiam.core import outbox
from hoiam.core.models import OutboxMessage
from tests.factories import NOW

pytestmark = pytest.mark.django_db
heard: list[tuple[str, int]] = []
broken: set[int] = set()


@outbox.handles("test_bell")
def _bell(subject_id, now):
    heard.append(("bell", subject_id))
    OutboxMessage.objects.filter(subject_id=999).update(error="written by the handler")
    if subject_id in broken:
        raise OSError("mất mạng")


@pytest.fixture(autouse=True)
def _quiet():
    heard.clear()
    broken.clear()


def test_a_message_is_delivered_once():
    outbox.post("test_bell", 7, at=NOW)
    assert [outbox.deliver_due(NOW) for _ in range(3)] == [1, 0, 0]
    assert heard == [("bell", 7)]
    assert OutboxMessage.objects.get().done_at == NOW


def test_a_rolled_back_action_tells_nobody():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.post("test_bell", 7, at=NOW)
        1 / 0  # noqa: B018
    assert (OutboxMessage.objects.count(), outbox.deliver_due(NOW), heard) == (0, 0, [])


def test_a_kind_nobody_handles_raises_where_it_is_posted():
    with pytest.raises(LookupError, match="no job handles test_gong"):
        outbox.post("test_gong", 7, at=NOW)
    assert OutboxMessage.objects.count() == 0


def test_two_handlers_for_one_kind_are_a_bug():
    with pytest.raises(LookupError, match="already has a handler"):
        outbox.handles("test_bell")(lambda subject_id, now: None)


def test_nothing_is_delivered_before_it_is_due():
    outbox.post("test_bell", 7, at=NOW)
    assert outbox.deliver_due(NOW - timedelta(seconds=1)) == 0
    assert outbox.deliver_due(NOW) == 1


def test_messages_go_in_order_and_by_so_many():
    for number in range(5):
        outbox.post("test_bell", number, at=NOW)
    assert [outbox.deliver_due(NOW, limit=3), outbox.deliver_due(NOW, limit=3)] == [3, 2]
    assert [number for _, number in heard] == [0, 1, 2, 3, 4]


def test_a_failing_handler_is_put_off_longer_each_time_and_at_last_lies_still(caplog):
    broken.add(7)
    message, at, delays = outbox.post("test_bell", 7, at=NOW), NOW, []
    for _ in range(outbox.MOST_TRIES):
        assert outbox.deliver_due(at) == 0
        message.refresh_from_db()
        delays.append((message.due_at - at).total_seconds())
        assert outbox.deliver_due(message.due_at - timedelta(seconds=1)) == 0
        at = message.due_at
    assert delays == [10, 20, 40, 80, 160, 320, 640, 1280]
    assert (message.tries, message.dead, message.done_at) == (outbox.MOST_TRIES, True, None)
    assert outbox.deliver_due(at + timedelta(days=9)) == 0
    assert [(m.pk, m.error) for m in outbox.dead()] == [(message.pk, "OSError: mất mạng")]
    assert len(heard) == outbox.MOST_TRIES


def test_what_a_failing_handler_had_written_is_undone(caplog):
    broken.add(999)
    outbox.post("test_bell", 999, at=NOW)
    outbox.deliver_due(NOW)
    assert OutboxMessage.objects.get().error == "OSError: mất mạng"


def test_one_bad_message_never_stops_the_others(caplog):
    broken.add(1)
    for number in (1, 2):
        outbox.post("test_bell", number, at=NOW)
    assert outbox.deliver_due(NOW) == 1
    assert [m.done_at for m in OutboxMessage.objects.order_by("pk")] == [None, NOW]


def test_dead_messages_are_brought_back_by_hand(caplog):
    broken.add(7)
    message = outbox.post("test_bell", 7, at=NOW)
    OutboxMessage.objects.filter(pk=message.pk).update(tries=8, dead=True)
    broken.clear()
    assert (outbox.deliver_due(NOW), outbox.revive(NOW), outbox.deliver_due(NOW)) == (0, 1, 1)
    assert list(outbox.dead()) == []
