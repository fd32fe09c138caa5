"""Notices of questions to units concerned: asked, nearly due, answered."""

from datetime import datetime, timedelta

from hoiam.agencies.queries import holders
from hoiam.core.jobs import daily, job
from hoiam.core.mail import queue_mail
from hoiam.core.outbox import handles
from hoiam.kit.rulebook import default, default_number
from hoiam.kit.vietnamese import VIETNAM, show_datetime
from hoiam.newsroom.actions.guest_links import address_of_question, make_link
from hoiam.newsroom.jobs.submissions import WHY, write_to
from hoiam.newsroom.models import FactCheck
from hoiam.newsroom.policies.submissions import ANSWERERS
from hoiam.newsroom.states.submissions import FactCheckState

MORNING, BEFORE = "MD-141", "MD-144"
PAGE = "desk-fact-check"


def _check(pk: int) -> FactCheck:
    rows = FactCheck.objects.system(WHY).select_related("agency", "asked_agency", "asked_by")
    found: FactCheck = rows.get(pk=pk)
    return found


@handles("fact_check_asked")
def tell_the_unit(check_id: int, now: datetime) -> None:
    """Who answers for the unit; the address given gets a mail with a link of its own."""
    check = _check(check_id)
    if check.state == FactCheckState.ASKED:
        _ask(check, f"Cần kiểm chứng: {check.subject_title[:120]}", "asked", now)


def _ask(check: FactCheck, subject: str, occasion: str, now: datetime) -> None:
    text = f"{check.agency} hỏi: {check.question}\n\nHạn trả lời {show_datetime(check.due_at)}."
    key = f"fact-check-{occasion}:{check.pk}"
    people = holders(check.asked_agency, ANSWERERS, now.astimezone(VIETNAM).date())
    write_to(people, subject, text, key=key, now=now, page=(PAGE, check.pk), needed_by=check.due_at)
    if check.email:
        _, secret = make_link(check, actor=None, now=now)
        link = f"\n\nXem đoạn cần kiểm chứng và trả lời ở đây: {address_of_question(secret)}"
        queue_mail(check.email, subject, text + link, key=key, now=now)


@handles("fact_check_answered")
def tell_who_asked(check_id: int, now: datetime) -> None:
    """The editor: the unit answered."""
    check = _check(check_id)
    text = f"{check.asked_agency} ({check.answered_name}): {check.get_verdict_display()}. {check.answer}"
    subject = f"Đã trả lời kiểm chứng: {check.subject_title[:120]}"
    key = f"fact-check-answered:{check.pk}"
    write_to([check.asked_by], subject, text, key=key, now=now, page=(PAGE, check.pk))


@daily(str(default(MORNING).value))
@job()
def remind_of_questions(now: datetime, slot: str) -> int:
    """How many units were reminded of a question that is nearly due; each question once."""
    last = datetime.fromisoformat(slot) + timedelta(days=default_number(BEFORE))
    rows = FactCheck.objects.system(WHY).select_related("agency", "asked_agency", "asked_by")
    found = list(rows.filter(state=FactCheckState.ASKED, due_at__lte=last, reminded_at=None))
    for check in found:
        _ask(check, f"Sắp hết hạn kiểm chứng: {check.subject_title[:120]}", "due", now)
        FactCheck.objects.system(WHY).filter(pk=check.pk).update(reminded_at=now)
    return len(found)
