"""Background work of the second net: teaching it weekly and when asked, letting it read what came in."""

from datetime import datetime, timedelta

from hoiam.core.jobs import enqueue, every, job
from hoiam.core.outbox import handles
from hoiam.kit.recognition.second_net_training import FEWEST_POSITIVES, can_learn
from hoiam.monitoring.actions.second_net import read_on, teach
from hoiam.monitoring.models import SecondNet
from hoiam.monitoring.queries.second_net import accepted_items, last_teaching, rejected_items
from hoiam.monitoring.states import TrialState

WEEK = timedelta(weeks=1) / timedelta(minutes=1)
TRIES = 2


@handles("second_net_asked")
def queue_teaching(net_id: int, now: datetime) -> None:
    """Queue the teaching: it takes a minute, a message may not."""
    enqueue(teach_net, net_id, now=now, key=f"second-net:{net_id}")


@job(most_tries=TRIES)
def teach_net(net_id: int, now: datetime) -> str:
    """Teach one net; the state it ended in."""
    return str(teach(SecondNet.objects.get(pk=net_id), now=now).state)


@every(minutes=WEEK)
@job(most_tries=TRIES)
def weekly_teaching(now: datetime) -> str:
    """Teach the net anew when officials decided on something since; the state it ended in, or why nothing was done."""
    accepted, rejected = accepted_items(now).count(), rejected_items(now).count()
    if not can_learn() or accepted < FEWEST_POSITIVES:
        return "chưa đủ điều kiện"
    last = last_teaching()
    if last is not None and (last.accepted, last.rejected) == (accepted, rejected):
        return "không có quyết định mới"
    return str(teach(SecondNet.objects.create(at=now, state=TrialState.WAITING), now=now).state)


@every(minutes=15)
@job()
def read_new_items(now: datetime) -> int:
    """Let the net in use read the items that came in; how many it put on the list."""
    return read_on(now=now)
