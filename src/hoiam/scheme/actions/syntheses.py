"""The synthesis of a round: asked for, made in the background, edited part by part, written as one Word file.

Making it again never overwrites what a person wrote: an edited part keeps its text and is offered the new one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.scheme.models import ReportRound, Synthesis, SynthesisPart
from hoiam.scheme.queries.synthesis import as_text, paragraph_from
from hoiam.scheme.states import RoundState, SynthesisState

LONGEST = 200_000
BUSY = (SynthesisState.WAITING, SynthesisState.MAKING)
# After so long a run is taken for dead and may be asked for again.
LOST = timedelta(minutes=10)


@transaction.atomic
def ask_synthesis(round_: ReportRound, *, actor: Actor, now: datetime) -> Synthesis:
    """The synthesis, to be made (again) from the reports that are in; a job does it.

    Raises:
        Conflict: it is being made.
        WrongState: the round was not given out.
    """
    rows = ReportRound.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("owner").get(pk=round_.pk)
    authority.check(actor, "ask_synthesis", found)
    if found.state == RoundState.DRAFT:
        raise WrongState("Đợt báo cáo chưa mở nên chưa có gì để tổng hợp.")
    own = Synthesis.objects.system("one synthesis a round").filter(round=found).first()
    own = own or Synthesis(round=found, asked_by=actor.official, asked_at=now)
    return _queue(own, "synthesis_asked", actor, now)


@transaction.atomic
def write_synthesis(synthesis: Synthesis, *, actor: Actor, now: datetime) -> Synthesis:
    """The Word file, to be written from the parts as they stand; a job does it.

    Raises:
        Conflict: the synthesis is being made.
    """
    found = _locked(synthesis, "write_synthesis", actor)
    return _queue(found, "synthesis_word_asked", actor, now)


def _queue(own: Synthesis, kind: str, actor: Actor, now: datetime) -> Synthesis:
    if own.pk and own.state in BUSY and now - own.asked_at < LOST:
        raise Conflict("Máy đang ghép bản tổng hợp này; trang tự cập nhật khi xong.")
    own.state, own.run, own.done, own.total = SynthesisState.WAITING, own.run + 1, 0, 0
    own.fault, own.asked_by, own.asked_at = "", actor.official, now
    own.save()
    ledger.write(own, actor=actor, step=kind, at=now, run=own.run)
    outbox.post(kind, own.pk, at=now)
    return own


def _locked(synthesis: Synthesis, step: str, actor: Actor) -> Synthesis:
    rows = Synthesis.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("round__owner").get(pk=synthesis.pk)
    authority.check(actor, step, found)
    return found


def _locked_part(part: SynthesisPart, actor: Actor, seen: int) -> SynthesisPart:
    _locked(part.synthesis, "edit_synthesis", actor)
    found = SynthesisPart.objects.select_for_update().get(pk=part.pk)
    if found.version != seen:
        who = found.edited_by or "Máy"
        raise Conflict(
            f"{who} vừa sửa mục này. Bản của bạn vẫn ở dưới; so với bản đang lưu rồi lưu lại."
        )
    return found


def _edited(
    found: SynthesisPart, step: str, actor: Actor, now: datetime, **fields: Any
) -> SynthesisPart:
    for name, value in fields.items():
        setattr(found, name, value)
    # Also for a title or a place: the page says that the Word file is older than the last change.
    found.edited_at = now
    found.version += 1
    found.save()
    ledger.write(found.synthesis, actor=actor, step=step, at=now, part=found.key)
    return found


@transaction.atomic
def edit_part(
    part: SynthesisPart,
    *,
    actor: Actor,
    now: datetime,
    text: str,
    seen: int,
    title: str = "",
    included: bool = True,
    order: int | None = None,
) -> SynthesisPart:
    """The part with a person's words; they stay when the synthesis is made again.

    Raises:
        Conflict: somebody changed it meanwhile.
        InvalidInput: the text is beyond all measure.
    """
    if len(text) > LONGEST:
        raise InvalidInput("Mục này dài hơn 200.000 ký tự. Tách bớt sang phụ lục.", "text")
    found = _locked_part(part, actor, seen)
    changed = text.strip() != found.text.strip()
    fields: dict[str, Any] = {"included": included, "title": title.strip() or found.title}
    if order is not None:
        fields["order"] = order
    if changed:
        fields |= _by_hand(found, actor, now, text)
    return _edited(found, "edit_part", actor, now, **fields)


def _by_hand(found: SynthesisPart, actor: Actor, now: datetime, text: str) -> dict[str, Any]:
    return {
        "text": text.strip(), "edited": True, "edited_by": actor.official, "edited_at": now,
        "seen": found.source,
    }  # fmt: skip


@transaction.atomic
def choose_paragraphs(
    part: SynthesisPart, *, actor: Actor, now: datetime, chosen: Sequence[str], seen: int
) -> SynthesisPart:
    """The part made of the chosen paragraphs, in the order given.

    Raises:
        Conflict: somebody changed it meanwhile.
        InvalidInput: nothing is chosen.
    """
    found = _locked_part(part, actor, seen)
    known = {raw["id"]: paragraph_from(raw) for raw in found.paragraphs}
    paragraphs = [known[id_] for id_ in chosen if id_ in known]
    if not paragraphs:
        raise InvalidInput("Chọn ít nhất một đoạn để ghép.", "chosen")
    text = as_text(paragraphs)
    return _edited(found, "choose_paragraphs", actor, now, **_by_hand(found, actor, now, text))


@transaction.atomic
def take_offered(
    part: SynthesisPart, *, actor: Actor, now: datetime, seen: int, keep: bool = False
) -> SynthesisPart:
    """The part with the machine's new text in place of the edited one, or (`keep`) the edited text kept on purpose.

    Raises:
        Conflict: somebody changed it meanwhile.
    """
    found = _locked_part(part, actor, seen)
    fields: dict[str, Any] = {"seen": found.source}
    if not keep:
        fields |= {"text": found.made, "edited": False, "edited_by": None}
    return _edited(found, "keep_own_text" if keep else "take_offered", actor, now, **fields)
