"""The second net's list (Cần xem thêm) and the net itself, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.desk.components import Action
from hoiam.desk.moments import say_moment
from hoiam.desk.presenters.lexicon import points
from hoiam.kit.recognition.second_net_training import AT, FEWEST_POSITIVES
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.models import SecondLook, SecondNet
from hoiam.monitoring.queries.second_net import Labelled
from hoiam.monitoring.states import LookState


@dataclass(frozen=True)
class ShownLook:
    """One item of the list with the words that spoke for it and what may be done."""

    look: SecondLook
    title_spans: list[Any]
    text: str
    text_spans: list[Any]
    score: str
    reasons: tuple[str, ...]
    moment: str
    settled: str
    actions: list[Action]


def look_shown(look: SecondLook, actor: Actor, now: datetime) -> ShownLook:
    """A row of the list."""
    item, reasons = look.item, look.reasons
    in_body = _spans(reasons, "text")
    return ShownLook(
        look=look,
        title_spans=_spans(reasons, "title"),
        text=item.body if in_body else item.sapo,
        text_spans=in_body or _spans(reasons, "sapo"),
        score=f"{round(100 * look.score)} %",
        reasons=tuple(f"“{r['text']}” ({points(r['weight'])})" for r in reasons),
        moment=say_moment(item.shown_at, now),
        settled=f"{look.by} · {say_moment(look.settled_at, now)}" if look.settled_at else "",
        actions=_actions(look, actor),
    )


def _spans(reasons: list[dict[str, Any]], field: str) -> list[Any]:
    return [(r["start"], r["end"], "what") for r in reasons if r["field"] == field]


def _actions(look: SecondLook, actor: Actor) -> list[Action]:
    def act(verb: str, label: str, **how: str) -> list[Action]:
        if not authority.can(actor, f"{verb}_look", look):
            return []
        return [Action(label, reverse("desk-second-look-act", args=[look.pk, verb]), **how)]

    if look.state == LookState.OPEN:
        return act("accept", "Có liên quan", key="n") + act(
            "reject", "Không liên quan", key="x", style="bare"
        )
    return act("reopen", "Hoàn tác", style="bare") if look.state == LookState.REJECTED else []


def figures_said(net: SecondNet) -> str:
    """How the net did on later items, in one sentence, with what the figure rests on."""
    found = net.figures
    hits = round(found["recall"] * found["positives"])
    said = (
        f"Thử trên phần tin mới hơn, máy chưa từng thấy: trong {show_number(found['items'])} tin có "
        f"{show_number(found['positives'])} tin đã được nhận; {show_number(hits)} tin nằm trong {AT} tin đầu "
        f"danh sách ({round(100 * found['recall'])} %). Độ chính xác trung bình "
        f"{show_number(round(found['precision'], 2), places=2)}."
    )
    if found["items"] <= 5 * AT or found["positives"] < FEWEST_POSITIVES / 3:
        said += " Phần thử còn ít tin nên con số này chưa nói được nhiều."
    return said


def labels_said(labels: Labelled) -> str:
    """What there is to learn from, in one sentence."""
    return (
        f"Đến nay có {show_number(labels.accepted)} tin được nhận và {show_number(labels.rejected)} tin bị bỏ vì không "
        "liên quan để học."
    )
