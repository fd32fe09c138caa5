"""After approval: sent, received by the outlet, and the watch on what the outlet does."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Channel
from hoiam.agencies.states import MediaType
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.actions.clocks import OPEN, end_clock, end_clocks, start_clock
from hoiam.handling.actions.moving import move, of_case, past, web_address
from hoiam.handling.actions.papers import check_paper_state, locked_paper, move_paper
from hoiam.handling.models import Case, Clock, Evidence, Paper, WatchCheck
from hoiam.handling.states import ENDED_BY, FINAL_REPLIES, CaseState, PaperState, ReplyKind
from hoiam.kit.rulebook import BADGE, RulebookError, correction_place, default
from hoiam.kit.vietnamese import VIETNAM

# Papers whose sending answers the case (step 8), as against reports and sheets inside the System.
ANSWERS = frozenset(
    {
        "response",
        "correction_demand",
        "conclusion_notice",
        "answer",
        "measures_notice",
        "refusal",
        "press_release",
    }
)
WITH_DEMAND = "MD-34"  # a demand for correction that carries the agency's opinion opens PH-01 too
BEFORE_ISSUE = (CaseState.VERIFIED, CaseState.REPORTED, CaseState.PLANNED)
LONG_PERIOD = 30  # days between two issues, by the name of the media type (NĐ 237/2026 Đ19.3)


@transaction.atomic
def mark_sent(
    paper: Paper,
    *,
    actor: Actor,
    now: datetime,
    how: str,
    at: datetime | None = None,
    reason: str = "",
) -> Paper:
    """The paper as sent; an answer to the press moves its verified case to "issued".

    Args:
        how: post, e-mail, by hand, the number in the e-office.
        reason: why optional steps of the case are passed over, when they are.

    Raises:
        InvalidInput: it is not said how, a moment that lies ahead, or steps passed over without a reason.
    """
    if not how.strip():
        raise InvalidInput("Ghi cách gửi: bưu điện, thư điện tử, eOffice số…", "how")
    sent_at = past(at or now, now, "at", "Thời điểm gửi")
    moved = move_paper(
        paper, "mark_sent", actor=actor, now=now, sent_at=sent_at, sent_how=how.strip()[:200]
    )
    end_clocks(moved.case, ENDED_BY.get(moved.kind, frozenset()), at=sent_at)
    moved.case = _move_case(moved, actor=actor, now=now, reason=reason)
    return moved


def _move_case(paper: Paper, *, actor: Actor, now: datetime, reason: str) -> Case:
    """The paper's case, a step further when sending this paper is that step."""
    case, how = paper.case, f"văn bản {paper.symbol}"
    if paper.kind in ANSWERS and case.state in BEFORE_ISSUE:
        return move(case, "issue", actor=actor, now=now, reason=reason, how=how)
    if paper.kind == "superior_report" and case.state == CaseState.VERIFIED:
        return move(case, "report_upward", actor=actor, now=now, reason=how)
    return case


@transaction.atomic
def mark_delivered(
    paper: Paper, *, actor: Actor, now: datetime, at: datetime, evidence: Evidence | None = None
) -> Paper:
    """The paper as received by the outlet: from this moment the outlet's own clock runs (PH-01, CC-01…CC-04).

    Raises:
        InvalidInput: the moment lies ahead or before the sending.
    """
    past(at, now, "at", "Thời điểm báo nhận")
    before = locked_paper(paper)
    of_case(evidence, before.case, "evidence")
    # People tell the time to the minute: received in the minute of sending is not before it.
    if before.sent_at is not None and at < before.sent_at.replace(second=0, microsecond=0):
        raise InvalidInput("Thời điểm báo nhận không thể trước lúc gửi.", "at")
    authority.check(actor, "mark_delivered", before)
    check_paper_state(before, "mark_delivered")
    started = [
        start_clock(before.case, rule, at, values=values, **_as_default(before.kind))
        for rule, values in outlet_rules(before, at)
    ]
    return move_paper(
        paper,
        "mark_delivered",
        actor=actor,
        now=now,
        # The diary says which clocks are this paper's: another outlet's reply must not end them.
        told={"clocks": [clock.pk for clock in started]},
        delivered_at=at,
        delivery_evidence=evidence,
    )


def _as_default(kind: str) -> dict[str, str]:
    """How a clock is marked that a product default opened, though its number is the law's."""
    if kind != "correction_demand":
        return {}
    return {"badge": BADGE, "note": f"Mở theo {WITH_DEMAND}: {default(WITH_DEMAND).title}."}


def clocks_of(paper: Paper) -> ScopedQuerySet:
    """The outlet's clocks that the delivery of this paper started."""
    diary = ledger.of(paper.case).filter(step="mark_delivered", data__paper=paper.pk)
    started = [pk for entry in diary for pk in entry.data["clocks"]]
    return Clock.objects.system("the outlet's reply to this paper").filter(
        pk__in=started, case=paper.case_id
    )


def outlet_rules(paper: Paper, at: datetime) -> list[tuple[str, dict[str, str]]]:
    """Which rules bind the outlet once it has this paper, with the values they ask for; none for kinds without."""
    media = _press_media(paper.channel)
    try:
        place = correction_place(media, at.astimezone(VIETNAM).date())
    except RulebookError:
        return []
    # A site that only reprints has no time of its own: it republishes once told (NĐ 237/2026 Đ19.3.c).
    if _carries_response(paper.kind) and media != MediaType.AGGREGATOR:
        return [(place.response_rule, {"media_type": media})]
    if paper.kind == "conclusion_notice" and place.rule:
        return [(place.rule, {})]
    return []


def _carries_response(kind: str) -> bool:
    """Whether the paper is an opinion of the agency that the outlet must publish; a demand with its grounds by MD-34."""
    return kind == "response" or (kind == "correction_demand" and bool(default(WITH_DEMAND).value))


def _press_media(channel: Channel | None) -> str:
    media = channel.media_type if channel else MediaType.ONLINE
    if media == MediaType.SOCIAL:
        # A post on a social network by a press agency is its content channel, which is press (Luật 126 Đ30).
        return str(MediaType.NETWORK_CHANNEL.value)
    if media == MediaType.MAGAZINE and channel and (channel.period_days or 0) > LONG_PERIOD:
        return "magazine_over_30"
    return str(MediaType(media).value)


@transaction.atomic
def record_check(
    paper: Paper,
    *,
    actor: Actor,
    now: datetime,
    reply: str,
    url: str = "",
    published_at: datetime | None = None,
    note: str = "",
    evidence: Evidence | None = None,
) -> WatchCheck:
    """One look at the outlet; a final reply ends the outlet's clocks.

    Raises:
        InvalidInput: unknown reply, a paper not yet sent, or a refusal or an incomplete reply without a note.
    """
    paper = locked_paper(paper)
    authority.check(actor, "record_check", paper)
    of_case(evidence, paper.case, "evidence")
    url = web_address(url)
    if reply not in ReplyKind.values:
        raise InvalidInput("Chọn kết quả kiểm tra.", "reply")
    if paper.state not in {PaperState.SENT, PaperState.DELIVERED}:
        raise InvalidInput("Văn bản chưa gửi nên chưa theo dõi được.", "reply")
    if reply in {ReplyKind.REFUSED, ReplyKind.INCOMPLETE} and not note.strip():
        raise InvalidInput("Ghi báo từ chối vì sao, hoặc còn thiếu nội dung nào.", "note")
    if published_at is not None:
        past(published_at, now, "published_at", "Thời điểm đăng")
    check = WatchCheck.objects.create(
        paper=paper,
        at=now,
        by=actor.official,
        reply=reply,
        url=url,
        published_at=published_at,
        note=note.strip(),
        evidence=evidence,
    )
    if reply in FINAL_REPLIES:
        for clock in clocks_of(paper).filter(state__in=OPEN):
            end_clock(clock, at=published_at or now)
    ledger.write(
        paper.case, actor=actor, step="record_check", at=now, paper=paper.pk, reply=reply, url=url
    )
    return check
