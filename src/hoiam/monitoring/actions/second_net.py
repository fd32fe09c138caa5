"""The second net: teaching it from what officials did, letting it read, and deciding on what it puts forward."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import WrongState
from hoiam.kit.recognition import Document, Judgement, Reason, Span, recognise
from hoiam.kit.recognition.second_net import SecondNet as Model
from hoiam.kit.recognition.second_net_training import (
    FEWEST_POSITIVES,
    Example,
    can_learn,
    measure,
    prior_documents,
    split_by_time,
    train,
)
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.actions.intake import Line, conclude
from hoiam.monitoring.actions.judging_again import CHUNK, document_of
from hoiam.monitoring.actions.reasons import reasons_json
from hoiam.monitoring.models import Item, LexiconVersion, SecondLook, SecondNet
from hoiam.monitoring.queries.lexicon import lexicon_in_use
from hoiam.monitoring.queries.second_net import (
    accepted_items,
    background_items,
    last_teaching,
    net_in_use,
    rejected_items,
    unread_items,
)
from hoiam.monitoring.states import LookState, TrialState

NO_LIBRARY = "Máy này chưa cài phần học (scikit-learn); xem cách cài ở trang hướng dẫn quản trị."
LEAD = 1000  # letters of a body that are read: the matter stands in front
BACK = timedelta(days=7)  # not-law: how far back a newly taught net reads
PENDING = (TrialState.WAITING, TrialState.RUNNING)


@transaction.atomic
def ask_training(*, actor: Actor, now: datetime) -> SecondNet:
    """A teaching of the net, asked for; a job does it.

    Raises:
        WrongState: one is already under way, or this machine lacks the library.
    """
    authority.check(actor, "ask_training", LexiconVersion)
    if not can_learn():
        raise WrongState(NO_LIBRARY)
    before = last_teaching()
    if before is not None and before.state in PENDING:
        raise WrongState("Đang có một lần huấn luyện. Chờ xong rồi làm lại.")
    net = SecondNet.objects.create(by=actor.official, at=now)
    ledger.write(net, actor=actor, step="ask_training", at=now)
    outbox.post("second_net_asked", net.pk, at=now)
    return net


def teach(net: SecondNet, *, now: datetime) -> SecondNet:
    """The net taught from officials' decisions and measured on later ones; or failed, with a sentence that says why.

    The older part of the decisions teaches a net that is measured on the newer part; what is kept learned from all.
    """
    net.state = TrialState.RUNNING
    net.save(update_fields=["state"])
    accepted, rejected = accepted_items(now), rejected_items(now)
    net.accepted, net.rejected = accepted.count(), rejected.count()
    if not can_learn() or net.accepted < FEWEST_POSITIVES:
        return _failed(net, _too_few(net.accepted) if can_learn() else NO_LIBRARY, now)
    examples = _in_time(accepted, rejected, background_items(now))
    net.background = len(examples) - net.accepted - net.rejected
    earlier, later = split_by_time(examples)
    prior = prior_documents(lexicon_in_use())
    try:
        measured = measure(train(earlier, prior), later)
        taught = train(examples, prior)
    except ValueError as error:
        return _failed(net, str(error), now)
    net.figures = {
        "items": measured.items,
        "positives": measured.positives,
        "recall": round(measured.recall, 3),
        "precision": round(measured.precision, 3),
    }
    net.threshold, net.model = measured.threshold, taught.as_json()
    net.read_to = _reads_from(now)
    net.state, net.ended_at, net.note = TrialState.DONE, now, ""
    net.save()
    return net


def _failed(net: SecondNet, note: str, now: datetime) -> SecondNet:
    net.state, net.ended_at, net.note = TrialState.FAILED, now, note
    net.save()
    return net


def _too_few(accepted: int) -> str:
    return f"Mới có {show_number(accepted)} tin được nhận; lưới thứ hai học từ {FEWEST_POSITIVES} tin trở lên."


def _in_time(
    accepted: QuerySet[Item], rejected: QuerySet[Item], background: QuerySet[Item]
) -> list[Example]:
    """The examples by the time their story began: reprints of one event never stand on both sides of a cut."""
    rows: list[tuple[datetime, int, Example]] = []
    for items, is_positive in ((accepted, True), (rejected, False), (background, False)):
        for item in items.select_related("story", "source").iterator(chunk_size=CHUNK):
            began = item.story.first_at if item.story else item.at
            rows.append((began, item.pk, Example(lead_of(item), is_positive)))
    rows.sort(key=lambda row: row[:2])
    return [example for _, _, example in rows]


def lead_of(item: Item) -> Document:
    """What the net reads of an item: title, sapo and the opening of the body."""
    return Document(title=item.title, sapo=item.sapo, text=item.body[:LEAD])


def _reads_from(now: datetime) -> int:
    older = Item.objects.filter(first_seen_at__lt=now - BACK).order_by("-pk")
    return older.values_list("pk", flat=True).first() or 0


@transaction.atomic
def read_on(*, now: datetime, limit: int = 2000) -> int:
    """How many of the next unread items the net put on the list; items that are relevant or reprints are passed over."""
    net = net_in_use()
    if net is None:
        return 0
    net = SecondNet.objects.select_for_update().get(pk=net.pk)
    model = Model.from_json(net.model)
    found: list[SecondLook] = []
    for item in unread_items(net, limit):
        net.read_to = item.pk
        if item.is_relevant or item.duplicate_of_id or hasattr(item, "second_look"):
            continue
        opinion = model.opinion(lead_of(item))
        if opinion.score >= net.threshold:
            reasons = reasons_json(opinion.reasons)
            found.append(
                SecondLook(item=item, net=net, score=opinion.score, reasons=reasons, at=now)
            )
    SecondLook.objects.bulk_create(found)
    net.save(update_fields=["read_to"])
    return len(found)


@transaction.atomic
def accept_look(look: SecondLook, *, actor: Actor, now: datetime) -> SecondLook:
    """The look accepted: its item is relevant now, with finding, story and warning like any other.

    Raises:
        WrongState: somebody decided before.
    """
    look = _locked(look, "accept_look", actor, LookState.OPEN)
    item = look.item
    if not item.is_relevant:
        line = Line(now=now)
        judged = recognise(
            document_of(item, line.outlets), lexicon=line.lexicon, register=line.register
        )
        item.is_relevant, item.relevance = True, max(judged.relevance, look.score)
        item.save(update_fields=["is_relevant", "relevance"])
        judgement = Judgement(
            relevant=True,
            relevance=item.relevance,
            agencies=judged.mentions,
            provinces=judged.provinces,
            kind="phan_anh",
            severity=1,
            reasons=_reasons(look.reasons),
        )
        conclude(
            item, judgement, now=now, line=line, judged_by=f"lưới thứ hai, lần dạy {look.net_id}"
        )
    return _settle(look, LookState.ACCEPTED, "accept_look", actor, now)


@transaction.atomic
def reject_look(look: SecondLook, *, actor: Actor, now: datetime) -> SecondLook:
    """The look rejected: the item stays where it was, and the net learns from it.

    Raises:
        WrongState: somebody decided before.
    """
    look = _locked(look, "reject_look", actor, LookState.OPEN)
    return _settle(look, LookState.REJECTED, "reject_look", actor, now)


@transaction.atomic
def reopen_look(look: SecondLook, *, actor: Actor, now: datetime) -> SecondLook:
    """A rejected look back on the list.

    Raises:
        WrongState: it was not rejected.
    """
    look = _locked(look, "reopen_look", actor, LookState.REJECTED)
    return _settle(look, LookState.OPEN, "reopen_look", actor, now)


def _locked(look: SecondLook, verb: str, actor: Actor, wanted: LookState) -> SecondLook:
    rows = SecondLook.objects.system("reload under lock").select_for_update(of=("self",))
    look = rows.select_related("item__source").get(pk=look.pk)
    authority.check(actor, verb, look)
    if look.state != wanted:
        raise WrongState(
            f"Tin này đang ở tình trạng “{look.get_state_display()}”. Tải lại trang để xem ai vừa quyết."
        )
    return look


def _settle(
    look: SecondLook, state: LookState, verb: str, actor: Actor, now: datetime
) -> SecondLook:
    settled = state != LookState.OPEN
    look.state, look.by = state, actor.official if settled else None
    look.settled_at = now if settled else None
    look.save(update_fields=["state", "by", "settled_at"])
    ledger.write(look, actor=actor, step=verb, at=now, item=look.item_id, score=look.score)
    return look


def _reasons(kept: Iterable[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(
        Reason(r["rule"], Span(r["field"], r["start"], r["end"]), r["text"], r["weight"])
        for r in kept
    )
