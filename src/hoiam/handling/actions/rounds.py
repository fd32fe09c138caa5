"""Rounds of exchange with one outlet: a second one drafted from the first, and the limit of the law (PH-02)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.papers import draft_paper
from hoiam.handling.actions.watching import in_force
from hoiam.handling.models import OutletWatch, Paper
from hoiam.handling.queries.outlet_watch import may_go_on
from hoiam.handling.states import PaperState, ReplyKind
from hoiam.handling.states.watch import EXCHANGE_RULE
from hoiam.kit.rulebook import rule
from hoiam.kit.vietnamese import VIETNAM, show_date

GONE_OUT = (PaperState.SENT, PaperState.DELIVERED)


@dataclass(frozen=True)
class Rounds:
    """How many responses one outlet has had of one case, and after how many it may stop carrying them."""

    sent: int
    limit: int
    rule: str
    source: str

    @property
    def is_spent(self) -> bool:
        """Whether the outlet may refuse a further one."""
        return self.sent >= self.limit

    @property
    def words(self) -> str:
        """One sentence for people."""
        told = f"Đã gửi {self.sent} / {self.limit} lượt phản hồi ({self.source})."
        if not self.is_spent:
            return told
        return f"{told} Báo được ngừng đăng nếu không nhất trí; bước tiếp theo là leo thang."


def rounds_of(paper: Paper, at: datetime) -> Rounds:
    """The responses sent to this paper's outlet in its case, against the limit of the law of that day.

    02 exchanges since 01/7/2026 (NĐ 237/2026 Đ21.1), 03 before (Luật 103/2016 Đ43.2).
    """
    day = at.astimezone(VIETNAM).date()
    version = rule(in_force(EXCHANGE_RULE, day)).at(day)
    sent = paper.case.papers.filter(
        kind="response", state__in=GONE_OUT, press_agency=paper.press_agency, channel=paper.channel
    )
    return Rounds(sent.count(), version.number or 0, version.rule_id, version.source)


def owe_a_reason(paper: Paper, reason: str, at: datetime) -> None:
    """Nothing, when the outlet still has to carry this response, or it is said why it is sent all the same.

    Raises:
        InvalidInput: the limit of exchanges is reached and no reason is given; the sentence names the rule.
    """
    if paper.kind != "response" or reason.strip():
        return
    rounds = rounds_of(paper, at)
    if rounds.is_spent:
        raise InvalidInput(f"{rounds.words} Nếu vẫn gửi, ghi rõ lý do.", "reason")


@transaction.atomic
def draft_next_round(watch: OutletWatch, *, actor: Actor, now: datetime) -> Paper:
    """The draft of the next paper to the same outlet, filled with the last one and with what came of it.

    Raises:
        WrongState: the outlet has not been found wanting, or it may by law stop carrying our responses.
    """
    authority.check(actor, "draft_next_round", watch)
    if not may_go_on(watch):
        raise WrongState(
            "Chỉ soạn lượt tiếp theo khi đã xác nhận báo đăng thiếu, im lặng, gỡ bài hoặc từ chối."
        )
    paper = watch.paper
    rounds = rounds_of(paper, now)
    if paper.kind == "response" and rounds.is_spent:
        raise WrongState(rounds.words)
    fields = {k: v for k, v in paper.fields.items() if k not in {"number", "issued_on"}}
    for name in ("response", "apology"):
        if fields.get(name):
            fields[name] = f"{so_far(watch)} {fields[name]}"
            break
    return draft_paper(
        paper.case,
        code=paper.kind,
        item=watch.item or paper.item,
        actor=actor,
        now=now,
        fields=fields,
    )


def so_far(watch: OutletWatch) -> str:
    """What went before, as the next paper tells it: our paper, its receipt, and what the outlet did."""
    paper = watch.paper
    number = f"số {paper.symbol} " if paper.symbol else ""
    day = show_date(paper.issued_on) if paper.issued_on else ""
    sent = f"Cơ quan đã gửi văn bản {number}{f'ngày {day}' if day else ''}".strip()
    got = f", {watch.outlet} nhận ngày {_day(paper.delivered_at)}" if paper.delivered_at else ""
    last = watch.checks.order_by("at", "pk").last()
    return f"{sent}{got}. {_result(last.reply, last.note) if last else ''}".strip()


def _result(reply: str, note: str) -> str:
    told = {
        ReplyKind.INCOMPLETE: "Nội dung đã đăng chưa đủ theo quy định",
        ReplyKind.REFUSED: "Báo từ chối đăng",
        ReplyKind.REMOVED: "Báo đã gỡ bài nhưng chưa đăng",
    }.get(ReplyKind(reply), "Đến nay cơ quan chưa nhận được trả lời và chưa thấy báo đăng")
    return f"{told}: {note.rstrip('.')}." if note else f"{told}."


def _day(moment: datetime) -> str:
    return show_date(moment.astimezone(VIETNAM).date())
