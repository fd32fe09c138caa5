"""Asking the unit concerned whether something is true (yêu cầu kiểm chứng), and its answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.rulebook import compute
from hoiam.kit.vietnamese import nfc, squash
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.newsroom.actions.guest_links import revoke, use
from hoiam.newsroom.models import FactCheck, GuestLink, Submission
from hoiam.newsroom.states.submissions import FACT_CHECK_STEPS, FactCheckState, Verdict

LIMIT = "MD-140"


@dataclass(frozen=True)
class Question:
    """What is asked about which words of which text; `subject_key`: "submission:5", "workbench:12"."""

    subject_key: str
    subject_title: str
    excerpt: str
    question: str
    email: str = ""
    due_at: datetime | None = None


@transaction.atomic
def ask_fact_check(
    agency: Agency, asked: Agency, question: Question, *, actor: Actor, now: datetime
) -> FactCheck:
    """The question before the unit concerned, which is told; with an address, by a link for who has no account.

    Args:
        agency: in whose name it is asked.
        asked: the unit concerned.

    Raises:
        NotAllowed: the actor edits nothing for the agency.
        InvalidInput: no words, no question, or a moment that is over.
    """
    authority.check(actor, "ask_fact_check", agency)
    if not squash(question.excerpt):
        raise InvalidInput("Chép đoạn cần kiểm chứng vào đây.", "excerpt")
    if not squash(question.question):
        raise InvalidInput("Ghi câu hỏi cho đơn vị.", "question")
    due_at = question.due_at or usual_due(now)
    if due_at <= now:
        raise InvalidInput("Hạn trả lời đã qua. Chọn giờ ở phía trước.", "due_at")
    made = FactCheck.objects.create(
        agency=agency, asked_agency=asked, subject_key=question.subject_key,
        subject_title=squash(nfc(question.subject_title))[:300],
        excerpt=nfc(question.excerpt).strip(), question=nfc(question.question).strip(),
        email=question.email, due_at=due_at, asked_by=actor.official, asked_at=now,
    )  # fmt: skip
    ledger.write(made, actor=actor, step="ask_fact_check", at=now, text=question.subject_key)
    outbox.post("fact_check_asked", made.pk, at=now)
    return made


def usual_due(now: datetime) -> datetime:
    """By when a unit answers when the editor names no moment."""
    return compute(LIMIT, now, calendar=calendar_in_use()).due or now


def question_on(
    submission: Submission,
    excerpt: str,
    question: str,
    *,
    email: str = "",
    due_at: datetime | None = None,
) -> Question:
    """A question about a piece sent in."""
    return Question(
        f"submission:{submission.pk}", str(submission), excerpt, question, email, due_at
    )


@transaction.atomic
def answer_fact_check(
    check: FactCheck, *, actor: Actor, now: datetime, verdict: str, answer: str = ""
) -> FactCheck:
    """The question with the unit's answer.

    Raises:
        NotAllowed: the actor does not answer for the unit.
        WrongState: it was answered or taken back.
        InvalidInput: no verdict, or one that owes words.
    """
    check = _held(check, "answer_fact_check", actor)
    check.answered_by = actor.official
    return _answered(check, verdict, answer, f"{actor}", actor, now)


@transaction.atomic
def answer_by_link(
    link: GuestLink, *, now: datetime, name: str, verdict: str, answer: str = ""
) -> FactCheck:
    """The question with the answer of somebody who got the link; the link is used up.

    Raises:
        WrongState: the link opens nothing any more, or the question was answered.
        InvalidInput: no name, no verdict, or one that owes words.
    """
    if not squash(name):
        raise InvalidInput("Ghi họ tên, chức vụ người trả lời.", "name")
    link = use(link, now)
    check = _held(FactCheck(pk=link.fact_check_id), "answer_fact_check", None)
    return _answered(check, verdict, answer, squash(nfc(name))[:200], None, now)


def _answered(
    check: FactCheck, verdict: str, answer: str, name: str, actor: Actor | None, now: datetime
) -> FactCheck:
    if verdict not in Verdict.values:
        raise InvalidInput("Chọn đoạn này đúng hay không.", "verdict")
    if verdict != Verdict.RIGHT and not squash(answer):
        raise InvalidInput("Ghi điều đúng là gì, hoặc vì sao không nắm được.", "answer")
    check.state, check.verdict, check.answer = FactCheckState.ANSWERED, verdict, nfc(answer).strip()
    check.answered_name, check.answered_at = name, now
    check.save()
    revoke(check, now=now)
    ledger.write(check, actor=actor, step="answer_fact_check", at=now, verdict=verdict, by=name)
    outbox.post("fact_check_answered", check.pk, at=now)
    return check


@transaction.atomic
def withdraw_fact_check(check: FactCheck, *, actor: Actor, now: datetime) -> FactCheck:
    """The question taken back; its links open nothing any more.

    Raises:
        NotAllowed: the actor edits nothing for the asking agency.
        WrongState: it was answered.
    """
    check = _held(check, "withdraw_fact_check", actor)
    check.state = FactCheckState.WITHDRAWN
    check.save(update_fields=["state"])
    revoke(check, now=now)
    ledger.write(check, actor=actor, step="withdraw_fact_check", at=now)
    return check


def _held(check: FactCheck, verb: str, actor: Actor | None) -> FactCheck:
    rows = FactCheck.objects.system("reload under lock").select_for_update(of=("self",))
    found: FactCheck = rows.select_related("agency", "asked_agency").get(pk=check.pk)
    if actor is not None:
        authority.check(actor, verb, found)
    if found.state not in FACT_CHECK_STEPS[verb].sources:
        state = str(found.get_state_display()).lower()
        raise WrongState(f"Câu hỏi này {state}. Tải lại trang để xem ai vừa xử lý.")
    return found
