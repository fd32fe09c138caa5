"""Acts whose hour has come go out, each by a job of its own; the outcome is written before anything else is tried."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from hoiam.core import blobs
from hoiam.core.errors import HoiAmError
from hoiam.core.jobs import enqueue, every, job
from hoiam.core.pictures import address
from hoiam.newsroom.actions.social_sending import STALE, Plan, begin, settle
from hoiam.newsroom.connectors import (
    ChannelFault,
    Connector,
    Done,
    MakeFetcher,
    Outgoing,
    OutPicture,
    Refused,
)
from hoiam.newsroom.jobs.social.doors import spoken
from hoiam.newsroom.models import SocialAct
from hoiam.newsroom.queries.social import due_acts
from hoiam.newsroom.states.social import ActKind
from hoiam.newsroom.weblinks import public

WHY = "send what is due"
AT_ONCE = 200


@every(minutes=1)
@job()
def send_due_acts(now: datetime) -> int:
    """How many acts were handed to jobs; the number of tries in the key lets each try be queued once."""
    rows = list(due_acts(now, now - STALE)[:AT_ONCE])
    for act in rows:
        key = f"social-act:{act.pk}:{act.due_at.timestamp():.0f}:{act.tries}"
        enqueue(send_act, act.pk, now=now, key=key)
    return len(rows)


@job(queue="mail", most_tries=2)
def send_act(act_id: int, now: datetime) -> str:
    """The state of the act after this try."""
    return try_act(act_id, now)


def try_act(act_id: int, now: datetime, *, make_fetcher: MakeFetcher | None = None) -> str:
    """As `send_act`; `make_fetcher` gives the door to the network."""
    act = SocialAct.objects.system(WHY).get(pk=act_id)
    plan = begin(act, now=now)
    if plan is None:
        act.refresh_from_db(fields=["state"])
        return str(act.state)
    result: Done | ChannelFault | None
    try:
        result = spoken(plan.act.channel, _use(plan), now=now, make_fetcher=make_fetcher)
    except ChannelFault as fault:
        result = fault
    except HoiAmError as error:  # a picture that is not in the store, say: nothing was sent
        result = Refused(str(error))
    return str(settle(plan, result, now=now).state)


def _use(plan: Plan) -> Callable[[Connector], Awaitable[Done | None]]:
    act = plan.act
    out = outgoing(act)
    if plan.look:
        rows = SocialAct.objects.system("what is known is not taken for the lost one")
        known = set(rows.filter(channel=act.channel).exclude(external_id="").values_list("external_id", flat=True))  # fmt: skip
        since, target, trail = act.sent_at or plan.started_at, act.target, dict(act.trail)
        return lambda one: one.find(out, target=target, since=since, known=known, trail=trail)
    ways: dict[str, Callable[[Connector], Awaitable[Done | None]]] = {
        ActKind.POST: lambda one: one.post(out),
        ActKind.EDIT: lambda one: one.edit(act.target, out),
        ActKind.REMOVE: lambda one: one.remove(act.target),
        ActKind.REPLY: lambda one: one.reply(act.target, out),
        ActKind.HIDE: lambda one: one.hide(act.target),
    }
    return ways[act.kind]


def outgoing(act: SocialAct) -> Outgoing:
    """What the act puts on the page, with the bytes of its pictures."""
    post = act.post
    if post is None:
        return Outgoing(act.marker, "", act.text)
    pictures = post.pictures.all() if act.kind in {ActKind.POST, ActKind.EDIT} else ()
    return Outgoing(
        marker=act.marker,
        title=post.title,
        text=act.text,
        lead=post.article.lead if post.article is not None else "",
        link=act.link,
        author=act.agency.name,
        pictures=tuple(
            OutPicture(blobs.read(row.blob), row.content_type, row.alt, public(address(row.blob, row.content_type)))
            for row in pictures
        ),
    )  # fmt: skip
