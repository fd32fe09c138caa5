"""What readers write on official accounts: matched first, kept only when it concerns the agency's work, then settled.

Taken is not answered: a message counts as answered when an answer stands on the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.recognition import Document, Judgement, recognise
from hoiam.kit.vietnamese import VIETNAM, nfc, squash
from hoiam.monitoring.actions.clip import ClipDetails, clip
from hoiam.monitoring.actions.incoming import Incoming, printable
from hoiam.monitoring.actions.intake import Line
from hoiam.monitoring.actions.reasons import reasons_json
from hoiam.monitoring.models import Item
from hoiam.monitoring.states import Medium
from hoiam.newsroom.connectors import Comment
from hoiam.newsroom.models import SocialAct, SocialChannel, SocialMessage
from hoiam.newsroom.states.social import (
    MESSAGE_STEPS,
    OVER_MESSAGES,
    MessageKind,
    MessageState,
    Turned,
)

WHY = "reload under lock"
LONGEST_TEXT = 8000
TITLE = 120
# Where a message goes on as a row that leads back to it.
REGISTERS = (f"{Turned.LETTER}:", f"{Turned.QUESTION}:")


@dataclass(frozen=True)
class BroughtIn:
    """How many were new and kept, were known already, and did not concern us and were not kept."""

    kept: int
    known: int
    passed_over: int


@transaction.atomic
def bring_in(
    channel: SocialChannel,
    comments: Iterable[Comment],
    *,
    actor: Actor | None,
    now: datetime,
    how: str,
) -> BroughtIn:
    """How many messages came in. One that does not concern the agency's work leaves nothing behind but the count.

    Args:
        actor: who brings a file in; None for the house that reads the page.
        how: in words, for whoever asks where it came from.

    Raises:
        NotAllowed: the actor does not write for the agency.
    """
    if actor is not None:
        authority.check(actor, "bring_in_messages", channel)
    line, found = Line(now=now), {one.platform_id[:120]: one for one in comments if one.platform_id}
    rows = SocialMessage.objects.system("one message a platform's id").filter(channel=channel)
    known = set(rows.filter(platform_id__in=found).values_list("platform_id", flat=True))
    fresh = [one for key, one in found.items() if key not in known]
    kept = [one for one in fresh if _kept(channel, one, line, now, how)]
    passed_over = len(fresh) - len(kept)
    SocialChannel.objects.system(WHY).filter(pk=channel.pk).update(
        passed_over=F("passed_over") + passed_over
    )
    if actor is not None:
        counts = {"kept": len(kept), "known": len(known), "passed_over": passed_over}
        ledger.write(channel, actor=actor, step="bring_in_messages", at=now, **counts)
    return BroughtIn(len(kept), len(known), passed_over)


def concerns(text: str, channel: SocialChannel, line: Line, day: Any = None) -> Judgement | None:
    """What recognition finds in a reader's words; None when they do not concern the agency's work."""
    if not line.lexicon.admits(text):
        return None
    document = Document(
        text=text, outlet=str(channel.account), home_province=channel.agency.province or None,
        published_on=day,
    )  # fmt: skip
    judged = recognise(document, lexicon=line.lexicon, register=line.register)
    return judged if judged.relevant else None


def _kept(channel: SocialChannel, one: Comment, line: Line, now: datetime, how: str) -> bool:
    text = printable(nfc(one.text)).strip()[:LONGEST_TEXT]
    written = one.written_at if one.written_at is None or one.written_at <= now else None
    judged = concerns(text, channel, line, (written or now).astimezone(VIETNAM).date())
    if judged is None:
        return False
    made = SocialMessage.objects.create(
        channel=channel,
        agency=channel.agency,
        kind=one.kind if one.kind in MessageKind.values else MessageKind.COMMENT,
        platform_id=one.platform_id[:120],
        under=one.under[:120],
        text=text,
        author=squash(printable(nfc(one.author)))[:120],
        permalink=one.permalink[:1000] if one.permalink.startswith(("https://", "http://")) else "",
        written_at=written,
        received_at=now,
        how=how[:40],
        severity=judged.severity,
        reasons=reasons_json(judged.reasons),
    )
    ledger.write(made, actor=None, step="message_came", at=now, how=made.how)
    return True


@transaction.atomic
def take_message(message: SocialMessage, *, actor: Actor, now: datetime) -> SocialMessage:
    """The message in the actor's hands; nobody else needs to look at it. It is not answered by that.

    Raises:
        WrongState: somebody has it, or it is settled.
    """
    message = _at(message, "take_message", actor)
    message.taken_by, message.taken_at = actor.official, now
    return _moved(message, "take_message", actor, now)


@transaction.atomic
def turn_message(
    message: SocialMessage, *, actor: Actor, now: datetime, into: str, to: str = ""
) -> SocialMessage:
    """The message as the beginning of something else: a letter, a legal question, or a report before the warning desk.

    Args:
        into: one of `Turned`.
        to: where a letter or question goes on, in words, or as "letter:12", "question:12" when it was entered from here:
            the name beside the message then stands in the register alone; a report finds its own ("item:12").

    Raises:
        InvalidInput: nothing chosen, or no word where it goes on.
        WrongState: it is settled.
    """
    message = _at(message, "turn_message", actor)
    if into not in Turned.values:
        raise InvalidInput("Chọn chuyển thành gì.", "into")
    if into == Turned.REPORT:
        to = f"item:{_reported(message, actor, now).pk}"
    if not squash(to):
        raise InvalidInput("Ghi nơi tiếp tục, ví dụ số đến của đơn.", "to")
    message.turned_into, message.turned_to, message.over_at = into, squash(to)[:300], now
    if message.turned_to.startswith(REGISTERS):
        # Who wrote is in the register now, where each look at it is written down.
        message.author = ""
    return _moved(message, "turn_message", actor, now, into=into)


def _reported(message: SocialMessage, actor: Actor, now: datetime) -> Item:
    incoming = Incoming(
        title=squash(message.text)[:TITLE],
        url=message.permalink,
        body=message.text,
        outlet=str(message.channel.account),
        published_at=message.written_at,
        published_from="social" if message.written_at else "",
        home_province=message.agency.province,
    )
    note = "Chuyển từ bình luận, tin nhắn trên tài khoản chính thức."
    return clip(incoming, ClipDetails(Medium.SOCIAL, note=note), actor=actor, now=now)


@transaction.atomic
def close_message(
    message: SocialMessage, *, actor: Actor, now: datetime, reason: str
) -> SocialMessage:
    """The message settled without an answer.

    Raises:
        InvalidInput: no reason.
        WrongState: it is settled.
    """
    message = _at(message, "close_message", actor)
    if not squash(reason):
        raise InvalidInput("Ghi lý do khép.", "reason")
    message.closed_reason, message.over_at = squash(nfc(reason))[:500], now
    return _moved(message, "close_message", actor, now, reason=reason)


@transaction.atomic
def wipe_names(*, now: datetime, days: int) -> int:
    """How many messages lost the name beside them, and whom to write back to: the matter has been over so many days."""
    rows = SocialMessage.objects.system("names of readers are kept no longer than needed")
    due = rows.filter(state__in=OVER_MESSAGES, over_at__lte=now - timedelta(days), wiped_at=None)
    pks = list(due.select_for_update().values_list("pk", flat=True))
    direct = rows.filter(pk__in=pks, kind=MessageKind.DIRECT)
    SocialAct.objects.system(WHY).filter(message__in=direct).update(target="")
    direct.update(under="")
    return rows.filter(pk__in=pks).update(author="", wiped_at=now)


def _at(message: SocialMessage, verb: str, actor: Actor) -> SocialMessage:
    rows = SocialMessage.objects.system(WHY).select_for_update(of=("self",))
    found: SocialMessage = rows.select_related("channel__account", "agency").get(pk=message.pk)
    authority.check(actor, verb, found)
    if found.state not in MESSAGE_STEPS[verb].sources:
        state = str(found.get_state_display()).lower()
        raise WrongState(f"Bình luận này {state}. Tải lại trang để xem ai vừa xử lý.")
    return found


def _moved(message: SocialMessage, verb: str, actor: Actor, now: datetime, reason: str = "", **told: Any) -> SocialMessage:  # fmt: skip
    message.state = MessageState(MESSAGE_STEPS[verb].target)
    message.save()
    ledger.write(message, actor=actor, step=verb, at=now, reason=reason, **told)
    return message
