"""Acts on official accounts: proposed by one, confirmed by another, tried again, given up, done by hand."""

import json
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.core import authority, blobs, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.kit.vietnamese import nfc, squash
from hoiam.newsroom.models import SocialAct, SocialMessage, SocialProof
from hoiam.newsroom.social_limits import limits_of
from hoiam.newsroom.states.articles import ArticleState
from hoiam.newsroom.states.social import (
    ACT_STEPS,
    MESSAGE_STEPS,
    OPEN_ACTS,
    ActKind,
    ActState,
    ConnectorKind,
    MessageState,
    Standing,
)

WHY = "reload under lock"
FOUR_EYES = "Người đề xuất không tự xác nhận. Hãy để người khác xác nhận."
LONGEST_REPLY = 8000


@transaction.atomic
def propose_edit(
    act: SocialAct, *, actor: Actor, now: datetime, text: str, reason: str
) -> SocialAct:
    """Another text for what was posted, before those who confirm.

    Raises:
        InvalidInput: no text or no reason, or over the platform's limits.
        WrongState: it was not posted, is gone, or a change is under way.
    """
    act = _standing(act, "propose_edit", actor)
    text = nfc(text).replace("\r\n", "\n").strip()
    most = limits_of(act.channel.account.platform).characters
    if not text or len(text) > most:
        raise InvalidInput("Viết nội dung mới, không dài hơn giới hạn của nơi đăng.", "text")
    return propose(act, ActKind.EDIT, actor=actor, now=now, text=text, reason=_reason(reason))


@transaction.atomic
def propose_removal(act: SocialAct, *, actor: Actor, now: datetime, reason: str) -> SocialAct:
    """Taking off the page what was posted, before those who confirm.

    Raises:
        InvalidInput: no reason.
        WrongState: it was not posted, is gone, or a change is under way.
    """
    act = _standing(act, "propose_removal", actor)
    return propose(act, ActKind.REMOVE, actor=actor, now=now, reason=_reason(reason))


def propose(
    act: SocialAct,
    kind: str,
    *,
    actor: Actor | None,
    now: datetime,
    text: str = "",
    reason: str = "",
) -> SocialAct:
    """The act that changes or removes a posted one; inside a transaction that holds the posted one.

    Raises:
        WrongState: a change of the same post is under way.
    """
    if act.later.filter(state__in=OPEN_ACTS).exists():
        raise WrongState("Bài này đang có đề xuất sửa hoặc gỡ chưa xong. Xử lý đề xuất đó trước.")
    return _made(
        actor, now, channel=act.channel, agency_id=act.agency_id, kind=kind, post=act.post, of=act,
        target=act.external_id, text=text, link=act.link, reason=reason[:500],
    )  # fmt: skip


def _made(actor: Actor | None, now: datetime, **fields: Any) -> SocialAct:
    made = SocialAct.objects.create(
        state=ActState.PROPOSED,
        marker=secrets.token_hex(16),
        proposed_by=actor.official if actor else None,
        proposed_at=now,
        due_at=now,
        **fields,
    )
    ledger.write(made, actor=actor, step="propose_act", at=now, reason=made.reason, kind=made.kind)
    return made


def _standing(act: SocialAct, verb: str, actor: Actor) -> SocialAct:
    act = locked(act)
    authority.check(actor, verb, act)
    if act.kind != ActKind.POST or act.state != ActState.DONE or act.standing == Standing.GONE:
        raise WrongState("Bài này chưa đăng hoặc không còn trên trang, nên không sửa, gỡ được.")
    return act


def _reason(reason: str) -> str:
    if not squash(reason):
        raise InvalidInput("Ghi lý do.", "reason")
    return squash(nfc(reason))


@transaction.atomic
def draft_reply(message: SocialMessage, *, actor: Actor, now: datetime, text: str) -> SocialAct:
    """An answer to a reader, before those who confirm. Drafting is not answering.

    Raises:
        InvalidInput: no text.
        WrongState: the matter was closed, or another answer is under way.
    """
    message = _of_message(message, "draft_reply", actor)
    text = nfc(text).replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST_REPLY:
        raise InvalidInput("Viết câu trả lời, không quá 8.000 ký tự.", "text")
    _nothing_open(message, ActKind.REPLY, "Đang có một câu trả lời chưa xong. Xử lý câu đó trước.")
    target = message.under if message.kind == "direct" else message.platform_id
    if not target:
        raise WrongState("Nơi gửi lại đã xóa theo hạn lưu, nên không trả lời qua đây được nữa.")
    return _made(
        actor, now, channel=message.channel, agency_id=message.agency_id, kind=ActKind.REPLY,
        message=message, target=target, text=text,
    )  # fmt: skip


@transaction.atomic
def propose_hiding(
    message: SocialMessage, *, actor: Actor, now: datetime, reason: str
) -> SocialAct:
    """Hiding a comment from others, before those who confirm; what was written stays kept here.

    Raises:
        InvalidInput: no reason.
        WrongState: it is hidden already, or hiding is under way.
    """
    message = _of_message(message, "propose_hiding", actor)
    if message.is_hidden or message.kind != "comment":
        raise WrongState("Chỉ ẩn được bình luận chưa ẩn.")
    _nothing_open(message, ActKind.HIDE, "Đang có đề xuất ẩn bình luận này.")
    return _made(
        actor, now, channel=message.channel, agency_id=message.agency_id, kind=ActKind.HIDE,
        message=message, target=message.platform_id, reason=_reason(reason),
    )  # fmt: skip


def _of_message(message: SocialMessage, verb: str, actor: Actor) -> SocialMessage:
    rows = SocialMessage.objects.system(WHY).select_for_update(of=("self",))
    found: SocialMessage = rows.select_related("channel__account", "agency").get(pk=message.pk)
    authority.check(actor, verb, found)
    if found.state not in MESSAGE_STEPS[verb].sources:
        raise WrongState("Bình luận này đã khép. Tải lại trang để xem.")
    return found


def _nothing_open(message: SocialMessage, kind: str, sentence: str) -> None:
    if message.acts.filter(kind=kind, state__in=OPEN_ACTS).exists():
        raise WrongState(sentence)


@transaction.atomic
def confirm_act(act: SocialAct, *, actor: Actor, now: datetime, text: str = "") -> SocialAct:
    """The act on its way; who confirms a proposal of the house may put its text right.

    Raises:
        NotAllowed: the actor does not confirm for the agency, or proposed it.
        WrongState: it was confirmed or given up.
    """
    act = _at(act, "confirm_act", actor)
    if act.proposed_by_id == actor.pk:
        raise NotAllowed(FOUR_EYES)
    if act.proposed_by_id is None and act.kind == ActKind.EDIT and text.strip():
        act.text = nfc(text).replace("\r\n", "\n").strip()
    act.confirmed_by, act.confirmed_at, act.due_at = actor.official, now, now
    act.state = ActState.WAITING
    act.save()
    ledger.write(act, actor=actor, step="confirm_act", at=now)
    return act


@transaction.atomic
def cancel_act(act: SocialAct, *, actor: Actor, now: datetime, reason: str) -> SocialAct:
    """The act given up.

    Raises:
        InvalidInput: no reason.
        WrongState: it is being sent, was done or was given up; or it may stand on the page already.
    """
    act = _at(act, "cancel_act", actor)
    if act.is_unknown:
        raise WrongState("Chưa rõ việc này đã lên trang chưa. Xem trên trang rồi ghi lại, hoặc cho thử lại.")  # fmt: skip
    act.reason = _reason(reason)[:500]
    return _ended(act, actor, now)


def drop_act(act: SocialAct, *, now: datetime, reason: str) -> SocialAct:
    """The same by the house itself: what it was for is not there any more. Inside a transaction that holds the act."""
    act.reason = reason[:500]
    return _ended(act, None, now)


def _ended(act: SocialAct, actor: Actor | None, now: datetime) -> SocialAct:
    act.state = ActState.CANCELLED
    act.save(update_fields=["state", "reason"])
    ledger.write(act, actor=actor, step="cancel_act", at=now, reason=act.reason)
    return act


@transaction.atomic
def retry_act(act: SocialAct, *, actor: Actor, now: datetime, not_there: bool = False) -> SocialAct:
    """The failed act tried again at once; where its answer was lost, the page is searched first.

    Args:
        not_there: the actor looked at the page and says that it is not there, so it may be sent again.

    Raises:
        WrongState: it did not fail.
    """
    act = _at(act, "retry_act", actor)
    act.is_unknown = act.is_unknown and not not_there
    act.state = ActState.UNSURE if act.is_unknown else ActState.WAITING
    act.tries, act.looks, act.due_at, act.error = 0, 0, now, ""
    act.save()
    ledger.write(act, actor=actor, step="retry_act", at=now, not_there=not_there)
    return act


@transaction.atomic
def record_by_hand(
    act: SocialAct, *, actor: Actor, now: datetime, permalink: str, note: str = ""
) -> SocialAct:
    """The act as done by a person on the platform's own page; the address they give is the proof.

    Raises:
        InvalidInput: a post or an answer without its address.
        Conflict: that address is written down for another act.
        WrongState: it is not one to be done by hand.
    """
    act = _at(act, "record_by_hand", actor)
    permalink = permalink.strip()
    if act.kind in {ActKind.POST, ActKind.REPLY} and not permalink.startswith(("https://", "http://")):  # fmt: skip
        raise InvalidInput("Dán địa chỉ bài đã đăng, bắt đầu bằng https://.", "permalink")
    same = SocialAct.objects.system("one address an act").filter(permalink=permalink)
    if permalink and act.kind == ActKind.POST and same.exclude(pk=act.pk).filter(kind=act.kind).exists():  # fmt: skip
        raise Conflict("Địa chỉ này đã ghi cho một bài khác. Kiểm tra lại địa chỉ.")
    told = {"permalink": permalink, "note": squash(nfc(note)), "by": str(actor)}
    act.permalink = permalink[:1000]
    prove(act, "Người đăng tay ghi lại", told, now=now, actor=actor)
    ledger.write(act, actor=actor, step="record_by_hand", at=now, permalink=permalink)
    return finish(act, now=now)


def finish(act: SocialAct, *, now: datetime) -> SocialAct:
    """The act done, with what follows for the post or message it was about; inside a transaction that holds it."""
    act.state, act.done_at, act.error, act.is_unknown = ActState.DONE, now, "", False
    if act.kind == ActKind.POST:
        act.standing = Standing.STANDS
    act.save()
    article = act.post.article if act.post is not None else None
    if act.kind == ActKind.POST and article is not None and article.state != ArticleState.STANDING:
        propose(act, ActKind.REMOVE, actor=None, now=now, reason="Bài trên cổng không còn đứng khi bài này lên trang.")  # fmt: skip
    if act.kind == ActKind.EDIT and act.of is not None:
        act.of.text, act.of.standing = act.text, Standing.STANDS
        act.of.save(update_fields=["text", "standing"])
    if act.kind == ActKind.REMOVE and act.of is not None:
        act.of.standing, act.of.seen_at = Standing.GONE, now
        act.of.save(update_fields=["standing", "seen_at"])
    if act.message is not None:
        _follow_message(act, act.message, now)
    return act


def _follow_message(act: SocialAct, message: SocialMessage, now: datetime) -> None:
    if act.kind == ActKind.HIDE:
        message.is_hidden = True
    else:
        message.answered_at = message.answered_at or now
        if message.state in {MessageState.NEW, MessageState.TAKEN}:
            message.state, message.over_at = MessageState.ANSWERED, now
    message.save()
    ledger.write(message, actor=None, step=f"{act.kind}_done", at=now)


def prove(
    act: SocialAct, what: str, told: dict[str, Any], *, now: datetime, actor: Actor | None = None
) -> SocialProof:
    """A new proof of the act: what was sent and what came back, as one JSON file in the store."""
    record = {
        "act": act.marker,
        "kind": act.kind,
        "account": act.channel.account.url,
        "at": now.isoformat(),
        "text": act.text,
        "link": act.link,
        "target": act.target if act.kind != ActKind.REPLY else "",
        "answer": told,
    }
    if act.kind == ActKind.POST and act.post is not None:
        record["pictures"] = list(act.post.pictures.values_list("blob", flat=True))
    data = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode()
    kept = blobs.put(data)
    return SocialProof.objects.create(
        act=act, what=what[:120], at=now, blob=kept.sha256, size=kept.size,
        by=actor.official if actor else None,
    )  # fmt: skip


def by_hand(act: SocialAct) -> bool:
    """Whether a person has to do it on the platform's page."""
    return act.channel.kind == ConnectorKind.HAND


def locked(act: SocialAct) -> SocialAct:
    """The act reloaded under lock."""
    rows = SocialAct.objects.system(WHY).select_for_update(of=("self",))
    found: SocialAct = rows.select_related("channel__account", "agency", "post__article", "of", "message").get(pk=act.pk)  # fmt: skip
    return found


def _at(act: SocialAct, verb: str, actor: Actor) -> SocialAct:
    act = locked(act)
    authority.check(actor, verb, act)
    if act.state not in ACT_STEPS[verb].sources:
        state = str(act.get_state_display()).lower()
        raise WrongState(f"Việc này {state}. Tải lại trang để xem ai vừa xử lý.")
    return act
