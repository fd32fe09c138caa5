"""After approval: sent, received by the outlet, and the watch on what the outlet does."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.states import MediaType
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.actions.clocks import OPEN, end_clock, end_clocks, start_clock
from hoiam.handling.actions.moving import move, of_case, past, web_address
from hoiam.handling.actions.papers import check_paper_state, locked_paper, move_paper
from hoiam.handling.actions.rounds import owe_a_reason
from hoiam.handling.actions.watching import AIMS, in_force, media_of, open_watches, place_on
from hoiam.handling.models import Case, Clock, Evidence, OutletWatch, Paper, WatchCheck
from hoiam.handling.queries.outlet_watch import next_look
from hoiam.handling.states import (
    ENDED_BY,
    FINAL_REPLIES,
    CaseState,
    PaperState,
    ReplyKind,
    WatchAim,
)
from hoiam.handling.states.watch import ANSWER_RULES, QUESTION_RULE, STATE_OF_REPLY
from hoiam.kit.rulebook import BADGE, default
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
RESPONSE_RULES = "PH-"
WITH_DEMAND = "MD-34"  # a demand for correction that carries the agency's opinion opens PH-01 too
KEEPING = "CC-05"  # and its predecessor "CC-05h"
BEFORE_ISSUE = (CaseState.VERIFIED, CaseState.REPORTED, CaseState.PLANNED)


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
    owe_a_reason(paper, reason, sent_at)
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
    paper: Paper,
    *,
    actor: Actor,
    now: datetime,
    at: datetime,
    evidence: Evidence | None = None,
    asks_question: bool = False,
) -> Paper:
    """The paper as received by the outlet: its own clocks run from this moment, and the watch on it begins.

    Args:
        asks_question: the paper asks the outlet something, which it must answer (TL-07).

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
        start_outlet_clock(before, rule, at, values)
        for rule, values in outlet_rules(before, at, asks_question=asks_question)
    ]
    moved = move_paper(
        paper,
        "mark_delivered",
        actor=actor,
        now=now,
        told={"clocks": [clock.pk for clock in started]},
        delivered_at=at,
        delivery_evidence=evidence,
    )
    open_watches(moved, at, started)
    return moved


def start_outlet_clock(
    paper: Paper, rule: str, at: datetime, values: dict[str, str] | None = None
) -> Clock:
    """The running clock of the outlet, tied to the paper that started it: another outlet's reply must not end it."""
    marks = _as_default(paper.kind) if rule.startswith(RESPONSE_RULES) else {}
    clock = start_clock(paper.case, rule, at, values=values, **marks)
    clock.paper = paper
    clock.save(update_fields=["paper"])
    return clock


def _as_default(kind: str) -> dict[str, str]:
    """How a clock is marked that a product default opened, though its number is the law's."""
    if kind != "correction_demand":
        return {}
    return {"badge": BADGE, "note": f"Mở theo {WITH_DEMAND}: {default(WITH_DEMAND).title}."}


def clocks_of(paper: Paper) -> ScopedQuerySet:
    """The outlet's clocks that this paper started."""
    return Clock.objects.system("the outlet's reply to this paper").filter(paper=paper)


def outlet_rules(
    paper: Paper, at: datetime, *, asks_question: bool = False
) -> list[tuple[str, dict[str, str]]]:
    """Which rules bind the outlet once it has this paper, with the values they ask for; none for kinds without."""
    day = at.astimezone(VIETNAM).date()
    found = _carrying(paper, at)
    if AIMS.get(paper.kind) == WatchAim.ANSWER:
        media = MediaType(paper.channel.media_type) if paper.channel else MediaType.ONLINE
        found += [(in_force(ANSWER_RULES.get(media, ""), day), {})]
    if asks_question:
        found += [(in_force(QUESTION_RULE, day), {})]
    return [(rule, values) for rule, values in found if rule]


def _carrying(paper: Paper, at: datetime) -> list[tuple[str, dict[str, str]]]:
    media = media_of(paper.channel)
    place = place_on(media, at)
    if place is None:
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
    watch: OutletWatch | None = None,
) -> WatchCheck:
    """What a person saw at the outlet; a final reply ends the outlet's clocks, a copy's reply only its own watch.

    Args:
        watch: of the article or of which copy; that of the article when None.

    Raises:
        InvalidInput: unknown reply, a paper not yet sent, a refusal or an incomplete reply without a note, or silence
            of an outlet of which nothing proves that it has the paper.
    """
    paper = locked_paper(paper)
    authority.check(actor, "record_check", paper)
    of_case(evidence, paper.case, "evidence")
    watch = _watch_under_lock(paper, watch)
    url = web_address(url)
    _check_reply(paper, reply, note)
    if published_at is not None:
        past(published_at, now, "published_at", "Thời điểm đăng")
    check = WatchCheck.objects.create(
        paper=paper,
        watch=watch,
        at=now,
        by=actor.official,
        reply=reply,
        url=url,
        published_at=published_at,
        note=note.strip(),
        evidence=evidence,
    )
    if reply in FINAL_REPLIES and (watch is None or watch.is_original):
        for clock in _ended_by(paper, reply):
            end_clock(clock, at=published_at or now)
    if watch is not None:
        _settle(watch, check, now)
    told = {"watch": watch.pk} if watch else {}
    ledger.write(
        paper.case,
        actor=actor,
        step="record_check",
        at=now,
        paper=paper.pk,
        reply=reply,
        url=url,
        **told,
    )
    return check


def _ended_by(paper: Paper, reply: str) -> ScopedQuerySet:
    """The outlet's open clocks that this reply ends; confirming a correction again leaves the time it is kept running."""
    rows = clocks_of(paper).filter(state__in=OPEN)
    carried = reply in {ReplyKind.CORRECTED, ReplyKind.PUBLISHED}
    return rows.exclude(rule__startswith=KEEPING) if carried else rows


def _watch_under_lock(paper: Paper, watch: OutletWatch | None) -> OutletWatch | None:
    rows = OutletWatch.objects.system("the reply of the outlet").select_for_update(of=("self",))
    rows = rows.filter(paper=paper).select_related("channel", "item")
    chosen = rows.filter(pk=watch.pk) if watch is not None else rows.filter(is_original=True)
    found = chosen.first()
    if watch is not None and found is None:
        raise InvalidInput("Mục theo dõi không thuộc văn bản này. Tải lại trang rồi chọn lại.")
    return found


def _check_reply(paper: Paper, reply: str, note: str) -> None:
    if reply not in ReplyKind.values:
        raise InvalidInput("Chọn kết quả kiểm tra.", "reply")
    if paper.state not in {PaperState.SENT, PaperState.DELIVERED}:
        raise InvalidInput("Văn bản chưa gửi nên chưa theo dõi được.", "reply")
    if reply in {ReplyKind.REFUSED, ReplyKind.INCOMPLETE} and not note.strip():
        raise InvalidInput("Ghi báo từ chối vì sao, hoặc còn thiếu nội dung nào.", "note")
    if reply == ReplyKind.NO_REACTION:
        owe_proof(paper)


def owe_proof(paper: Paper) -> None:
    """Nothing, when it is proved that the outlet has the paper: only then is its silence a silence.

    Raises:
        InvalidInput: it is not.
    """
    if paper.delivered_at is None or paper.delivery_evidence_id is None:
        raise InvalidInput(
            "Chưa có chứng cứ báo đã nhận văn bản nên chưa thể kết luận báo im lặng. "
            "Ghi “Báo đã nhận” kèm giấy báo phát, thư xác nhận hoặc biên nhận.",
            "reply",
        )


def _settle(watch: OutletWatch, check: WatchCheck, now: datetime) -> None:
    """The watch after what a person recorded; a correction starts the time it must be kept (CC-05)."""
    state = STATE_OF_REPLY.get(ReplyKind(check.reply))
    watch.proposal, watch.proposal_words, watch.proposed_at = "", "", None
    watch.answered_key = watch.proposed_key
    if state is not None:
        watch.state, watch.state_at = state, now
    if check.url and check.reply in {
        ReplyKind.PUBLISHED,
        ReplyKind.CORRECTED,
        ReplyKind.INCOMPLETE,
    }:
        watch.found_url = check.url
    if check.reply == ReplyKind.CORRECTED:
        _keep(watch, check.published_at or now)
    watch.next_look_at = next_look(watch, now)
    watch.save()


def _keep(watch: OutletWatch, since: datetime) -> None:
    place = place_on(media_of(watch.channel), since)
    if place is None or not place.keep_rule or watch.keep_until is not None:
        return
    clock = start_outlet_clock(watch.paper, place.keep_rule, since)
    watch.keep_until, watch.keep_badge = clock.due_at, clock.badge
