"""The one act a case waits for, offered to who may take it and told in words to who may not."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import NotAllowed
from hoiam.desk.components import Action
from hoiam.handling.models import Case, Paper
from hoiam.handling.states import (
    SETTLED_REPLIES,
    TRANSITIONS,
    CaseState,
    PaperState,
)

# The verb a case waits for at each step; where papers decide, see `next_act`.
WAITS_FOR = {
    CaseState.RECEIVED: "screen",
    CaseState.SCREENED: "determine_impact",
    CaseState.IMPACT_DETERMINED: "assign",
    CaseState.ASSIGNED: "complete_verification",
    CaseState.ISSUED: "start_watch",
    CaseState.PUBLISHED: "start_watch",
    CaseState.ESCALATED: "close",
    CaseState.REMEDIED: "close",
}
WRITING = frozenset({CaseState.VERIFIED, CaseState.REPORTED, CaseState.PLANNED})


@dataclass(frozen=True)
class NextAct:
    """The one act the case waits for; without one, `words` say who is waited for."""

    action: Action | None = None
    verb: str = ""
    words: str = ""


def may_draft(case: Case, actor: Actor) -> bool:
    """Whether this person may begin a paper of the case now."""
    return case.state != CaseState.CLOSED and authority.can(actor, "draft_paper", case)


def next_act(case: Case, actor: Actor, replies: Iterable[str] = ()) -> NextAct:
    """The one act this case waits for, as this person may take it.

    Args:
        replies: what was recorded of the outlets' reactions to papers that went out.
    """
    if case.state in WRITING:
        return _paper_act(case, actor)
    if case.state == CaseState.WATCHING:
        return _watch_act(case, actor, bool(SETTLED_REPLIES.intersection(replies)))
    verb = WAITS_FOR.get(CaseState(case.state), "")
    return _verb_act(case, actor, verb) if verb else NextAct()


def _verb_act(case: Case, actor: Actor, verb: str) -> NextAct:
    try:
        authority.check(actor, verb, case)
    except NotAllowed as error:
        return NextAct(words=str(error))
    label = TRANSITIONS[verb].label
    if verb == "complete_verification":
        url = reverse("desk-case-step", args=[case.pk, verb])
        return NextAct(Action(label, url, style="go"), verb)
    url = f"{reverse('desk-case', args=[case.pk])}?do={verb}#do-{verb}"
    return NextAct(Action(label, url, method="get", style="go"), verb)


def _paper_act(case: Case, actor: Actor) -> NextAct:
    for state, verb, label in (
        (PaperState.SUBMITTED, "approve_paper", "Duyệt văn bản"),
        (PaperState.APPROVED, "mark_sent", "Đánh dấu đã gửi"),
        (PaperState.DRAFT, "edit_paper", "Hoàn thiện, trình văn bản"),
    ):
        paper = next((p for p in case.papers.all() if p.state == state), None)
        if paper is not None:
            return _one_paper(paper, actor, verb, label)
    try:
        authority.check(actor, "draft_paper", case)
    except NotAllowed as error:
        return NextAct(words=str(error))
    return NextAct(
        Action("Soạn văn bản", reverse("desk-paper-new", args=[case.pk]), "get", style="go")
    )


def _one_paper(paper: Paper, actor: Actor, verb: str, label: str) -> NextAct:
    try:
        authority.check(actor, verb, paper)
    except NotAllowed as error:
        return NextAct(words=str(error))
    return NextAct(Action(label, reverse("desk-paper", args=[paper.pk]), "get", style="go"))


def _watch_act(case: Case, actor: Actor, is_settled: bool) -> NextAct:
    sent = [p for p in case.papers.all() if p.state in {PaperState.SENT, PaperState.DELIVERED}]
    if not sent or is_settled:
        return _verb_act(case, actor, "close")
    return _one_paper(sent[0], actor, "record_check", "Ghi kết quả kiểm tra báo")
