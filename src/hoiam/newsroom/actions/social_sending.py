"""The two ends of sending: what may go out now, and what became of it. Between them lies the network, outside any transaction.

Nothing is posted twice: once something was sent, only a clear answer lets it be sent again. When the answer is lost, or the
worker was killed, the page is searched for the post; only when it was searched in vain `LOOKS` times does it go out again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from hoiam.core import ledger
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.actions.social_acts import drop_act, finish, locked, propose, prove
from hoiam.newsroom.actions.social_channels import locked as locked_channel
from hoiam.newsroom.actions.social_channels import note_health
from hoiam.newsroom.connectors import (
    CONNECTORS,
    AnswerLost,
    AskedToRest,
    ChannelFault,
    Done,
    NotReached,
    Seen,
    TokenRefused,
    same_text,
)
from hoiam.newsroom.models import SocialAct
from hoiam.newsroom.states.articles import ArticleState
from hoiam.newsroom.states.social import OPEN_ACTS, ActKind, ActState, ConnectorKind, Standing

# not-law: technical; a sending takes seconds, so one that old lost its worker.
STALE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)  # not-law: technical
LOOKS = 2
ONCE = frozenset({ActKind.POST, ActKind.REPLY})
NOT_CLEAR = "Không rõ đã lên trang chưa. Xem trên trang: nếu có thì ghi địa chỉ bài, nếu không thì bấm Thử lại."  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What the worker is to do now: `look` for what was sent, or send."""

    act: SocialAct
    look: bool
    started_at: datetime


@transaction.atomic
def begin(act: SocialAct, *, now: datetime) -> Plan | None:
    """The act taken in hand; None when it is not to go out now, and why stands on it."""
    act = locked(act)
    if not _is_due(act, now) or _is_over(act, now) or _must_wait(act, now):
        return None
    if act.channel.kind == ConnectorKind.HAND:
        act.state = ActState.FOR_HAND
        act.save(update_fields=["state"])
        return None
    look = act.is_unknown and act.kind in ONCE and not CONNECTORS[act.channel.kind].resend_is_safe
    act.state, act.started_at = ActState.SENDING, now
    act.tries += 1
    if not look:
        # From here on the answer is unknown until it is known, whatever becomes of this process.
        act.sent_at, act.is_unknown = now, True
    act.save()
    return Plan(act, look, now)


def _is_due(act: SocialAct, now: datetime) -> bool:
    if act.state == ActState.SENDING:
        return act.started_at is not None and act.started_at <= now - STALE
    return act.state in {ActState.WAITING, ActState.UNSURE} and act.due_at <= now


def _is_over(act: SocialAct, now: datetime) -> bool:
    """Whether what it was for is gone; the act is then settled here."""
    article = act.post.article if act.post is not None else None
    is_gone = article is not None and article.state != ArticleState.STANDING
    if act.kind == ActKind.POST and not act.is_unknown and is_gone:
        drop_act(act, now=now, reason="Bài trên cổng không còn đứng nên không đăng.")
        return True
    if act.state == ActState.SENDING and act.tries >= default_number("MD-156"):
        _failed(act, f"Việc gửi bị ngắt giữa chừng nhiều lần. {NOT_CLEAR}", now)
        return True
    until = act.channel.account.until
    if until is not None and until < now.astimezone(VIETNAM).date():
        _failed(act, "Tài khoản này đã ghi ngừng dùng. Bỏ việc này, hoặc nối tài khoản khác.", now)
        return True
    return False


def _must_wait(act: SocialAct, now: datetime) -> bool:
    channel = act.channel
    rest = channel.rest_until if channel.rest_until is not None and channel.rest_until > now else None  # fmt: skip
    if not (channel.is_paused or channel.token_fault or rest):
        return False
    act.due_at = max(rest or now, now + STALE)
    if act.state == ActState.SENDING:
        act.state = ActState.UNSURE
    act.save(update_fields=["due_at", "state"])
    return True


@transaction.atomic
def settle(plan: Plan, result: Done | ChannelFault | None, *, now: datetime) -> SocialAct:
    """The act with what became of it; None says that the page does not have it. A worker that was overtaken changes nothing."""
    act = locked(plan.act)
    if act.state != ActState.SENDING or act.started_at != plan.started_at:
        return act
    if isinstance(result, Done):
        return _done(act, result, plan, now)
    if result is None:
        return _not_found(act, now)
    note_health(locked_channel(act.channel), now, fault=str(result))
    return _faulted(act, result, plan, now)


def _done(act: SocialAct, result: Done, plan: Plan, now: datetime) -> SocialAct:
    act.external_id = result.external_id[:120] if act.kind in ONCE else act.external_id
    act.permalink = result.permalink[:1000]
    what = "Tìm thấy trên trang" if plan.look else "Trả lời của nền tảng"
    prove(act, what, result.answer, now=now)
    note_health(locked_channel(act.channel), now)
    ledger.write(act, actor=None, step="act_done", at=now, external_id=act.external_id)
    return finish(act, now=now)


def _not_found(act: SocialAct, now: datetime) -> SocialAct:
    act.looks += 1
    if act.looks >= LOOKS:
        act.state, act.is_unknown, act.looks, act.trail = ActState.WAITING, False, 0, {}
        act.error = "Đã tìm trên trang, bài chưa lên; gửi lại."
    else:
        act.state = ActState.UNSURE
    act.due_at = now + FIRST_WAIT
    act.save()
    return act


def _faulted(act: SocialAct, fault: ChannelFault, plan: Plan, now: datetime) -> SocialAct:
    act.error = str(fault)[:500]
    if not plan.look and not isinstance(fault, AnswerLost):
        act.is_unknown = False
    channel = locked_channel(act.channel)
    if isinstance(fault, TokenRefused):
        channel.token_fault = str(fault)[:300]
        channel.save(update_fields=["token_fault"])
        return _put_off(act, now + STALE, counted=False)
    if isinstance(fault, AskedToRest):
        channel.rest_until = now + min(timedelta(seconds=fault.seconds), timedelta(1))
        channel.save(update_fields=["rest_until"])
        return _put_off(act, channel.rest_until, counted=False)
    if isinstance(fault, AnswerLost):
        act.trail = {**act.trail, **fault.trail}
    if isinstance(fault, AnswerLost | NotReached):
        if act.tries < default_number("MD-156"):
            return _put_off(act, now + _wait(act.tries))
        return _failed(act, NOT_CLEAR if act.is_unknown and act.kind in ONCE else act.error, now)
    return _failed(act, act.error, now)


def _put_off(act: SocialAct, until: datetime, *, counted: bool = True) -> SocialAct:
    is_once = act.kind in ONCE and not CONNECTORS[act.channel.kind].resend_is_safe
    act.state = ActState.UNSURE if act.is_unknown and is_once else ActState.WAITING
    act.due_at = until
    if not counted:
        act.tries -= 1
    act.save()
    return act


def _wait(tries: int) -> timedelta:
    return min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1))


def _failed(act: SocialAct, why: str, now: datetime) -> SocialAct:
    act.state, act.error = ActState.FAILED, why[:500]
    act.save()
    ledger.write(act, actor=None, step="act_failed", at=now, reason=act.error)
    return act


@transaction.atomic
def note_seen(act: SocialAct, seen: Seen | None, *, now: datetime) -> SocialAct:
    """The posted act with what a later look showed; a change is proved and written down."""
    act = locked(act)
    if act.state != ActState.DONE or act.later.filter(state__in=OPEN_ACTS).exists():
        return act
    before, act.seen_at = act.standing, now
    if seen is None:
        act.standing = Standing.GONE
    else:
        act.standing = Standing.STANDS if same_text(seen.text, act.text) else Standing.CHANGED
        act.permalink = act.permalink or seen.permalink[:1000]
    act.save()
    if act.standing != before:
        label = str(act.get_standing_display())
        prove(act, f"Xem lại: {label.lower()}", seen.answer if seen else {"gone": True}, now=now)
        ledger.write(act, actor=None, step="standing_seen", at=now, standing=act.standing)
    return act


@transaction.atomic
def follow_article(act: SocialAct, *, now: datetime, kind: str, text: str, reason: str) -> SocialAct | None:  # fmt: skip
    """What follows for one act when its article was withdrawn or corrected; None when nothing does.

    What was posted gets a proposal that a person confirms; what was not sent is dropped, when the article is gone.
    """
    act = locked(act)
    if act.kind != ActKind.POST:
        return None
    if act.state in {ActState.WAITING, ActState.FOR_HAND, ActState.FAILED} and not act.is_unknown:
        return drop_act(act, now=now, reason=reason) if kind == ActKind.REMOVE else None
    if act.state != ActState.DONE or act.standing == Standing.GONE:
        return None
    for earlier in act.later.filter(state=ActState.PROPOSED, proposed_by=None):
        if earlier.kind == kind:
            return None
        drop_act(locked(earlier), now=now, reason="Có đề xuất mới hơn.")
    if act.later.filter(state__in=OPEN_ACTS).exists():
        return None
    return propose(act, kind, actor=None, now=now, text=text, reason=reason)
