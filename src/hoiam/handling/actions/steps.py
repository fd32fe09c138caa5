"""The steps of a case: one verb for each transition of the table in states/cases.py."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency, Official
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.cases import index, put_party
from hoiam.handling.actions.clocks import (
    end_clocks,
    put_obligation,
    start_default,
)
from hoiam.handling.actions.moments import put_moment
from hoiam.handling.actions.moving import (
    check_state,
    locked,
    locked_open,
    move,
    past,
    web_address,
)
from hoiam.handling.actions.remedies import put_remedy
from hoiam.handling.actions.speaking import right_to_speak
from hoiam.handling.models import Case, Clock, Statement
from hoiam.handling.states import (
    ENDED_BY,
    MomentKind,
    PartyRole,
    StatementForm,
)
from hoiam.kit.vietnamese import VIETNAM

# Types whose verification is urgent (workflow.md §2 step 5: 12 hours in unusual cases).
UNUSUAL = frozenset("efg")


@transaction.atomic
def screen(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    letters: Collection[str],
    severity: int,
    reason: str = "",
) -> Case:
    """The case screened: severity and obligation types confirmed, their clocks begun (step 2).

    Raises:
        InvalidInput: no type was confirmed, or the severity is not 0–3.
    """
    if not letters:
        raise InvalidInput("Chọn ít nhất một loại nghĩa vụ (a–i).", "letters")
    if severity not in range(4):
        raise InvalidInput("Chọn mức độ.", "severity")
    case = move(case, "screen", actor=actor, now=now, reason=reason, severity=severity)
    known = set(case.obligations.values_list("letter", flat=True))
    for letter in sorted({letter.strip().lower() for letter in letters} - known):
        put_obligation(case, letter, actor=actor, now=now, reason=reason)
    end_clocks(case, {"MD-01"}, at=now)  # of a case no warning brought
    start_default(case, "MD-02", now)
    return case


@transaction.atomic
def determine_impact(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    has_impact: bool,
    reason: str,
) -> Case:
    """The head's decision whether the matter moves public opinion, with its moment (step 3, NĐ 244/2026 Đ7.4).

    Raises:
        InvalidInput: no reason, or a moment that lies ahead.
    """
    if not reason.strip():
        raise InvalidInput("Ghi căn cứ xác định có hay không có tác động dư luận.", "reason")
    case = move(case, "determine_impact", actor=actor, now=now, reason=reason)
    if not has_impact:
        return case
    if not case.obligations.filter(letter="f").exists():
        put_obligation(case, "f", actor=actor, now=now, reason=reason)
    put_moment(case, MomentKind.IMPACT_DETERMINED, at or now, actor=actor, now=now, reason=reason)
    return case


@transaction.atomic
def assign(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    lead: Agency,
    official: Official | None = None,
    reason: str = "",
) -> Case:
    """The case in the hands of the unit that verifies, with the verification clock running (step 4)."""
    case = move(case, "assign", actor=actor, now=now, reason=reason)
    put_party(case, agency=lead, role=PartyRole.LEAD, official=official, actor=actor, now=now)
    end_clocks(case, ENDED_BY["assign"], at=now)
    clock = start_verification(case, now)
    if official is not None or lead.pk != case.agency_id:
        # Nobody named in another unit: the clock is everybody's there (queries.work).
        clock.holder = official
        clock.save(update_fields=["holder"])
    start_default(case, "MD-05", now)
    outbox.post("case_assigned", case.pk, at=now)
    return case


def start_verification(case: Case, now: datetime) -> Clock:
    """The clock of verification, the shorter one when the matter is unusual."""
    unusual = case.obligations.filter(letter__in=UNUSUAL).exists()
    return start_default(case, "MD-04" if unusual else "MD-03", now)


@transaction.atomic
def complete_verification(case: Case, *, actor: Actor, now: datetime) -> Case:
    """The case verified (step 5).

    Raises:
        InvalidInput: the facts table is empty or a row is not complete; the sentence says which.
    """
    case = locked(case)
    authority.check(actor, "complete_verification", case)
    check_state(case, "complete_verification")
    facts = list(case.facts.all())
    if not facts:
        raise InvalidInput(
            "Bảng đối chiếu còn trống. Ghi ít nhất một dòng: báo nêu – thực tế – chứng cứ.", "facts"
        )
    open_rows = [str(n) for n, fact in enumerate(facts, start=1) if not fact.is_complete]
    if open_rows:
        raise InvalidInput(
            f"Bảng đối chiếu còn thiếu thực tế, chứng cứ hoặc kết luận ở dòng {', '.join(open_rows)}.",
            "facts",
        )
    case = move(case, "complete_verification", actor=actor, now=now)
    end_clocks(case, ENDED_BY["complete_verification"], at=now)
    index(case)
    outbox.post("case_verified", case.pk, at=now)
    return case


@transaction.atomic
def report_upward(case: Case, *, actor: Actor, now: datetime, how: str) -> Case:
    """The matter reported to the superior (step 6).

    Raises:
        InvalidInput: it is not said by which paper or channel.
    """
    if not how.strip():
        raise InvalidInput("Ghi báo cáo bằng văn bản số nào hoặc kênh nào.", "how")
    case = move(case, "report_upward", actor=actor, now=now, reason=how)
    end_clocks(case, ENDED_BY["report_upward"], at=now)
    return case


@transaction.atomic
def plan_information(
    case: Case, *, actor: Actor, now: datetime, plan: str, reason: str = ""
) -> Case:
    """How information is given in this case (step 7).

    Raises:
        InvalidInput: the plan is empty, or step 6 is passed over without a reason.
    """
    if not plan.strip():
        raise InvalidInput("Ghi phương án: hình thức, người phát ngôn, thông điệp chính.", "plan")
    return move(case, "plan_information", actor=actor, now=now, reason=reason, plan=plan.strip())


@transaction.atomic
def issue(case: Case, *, actor: Actor, now: datetime, how: str, reason: str = "") -> Case:
    """The answer given by a paper or in words that no paper of this house carried (step 8); `mark_sent` does the rest.

    Raises:
        InvalidInput: it is not said how, or optional steps are passed over without a reason.
    """
    if not how.strip():
        raise InvalidInput("Ghi văn bản số nào, gửi bằng cách nào.", "how")
    return move(case, "issue", actor=actor, now=now, reason=reason, how=how)


@transaction.atomic
def publish(case: Case, *, actor: Actor, now: datetime, where: str) -> Case:
    """The information published on portal, official accounts or press (step 9).

    Raises:
        InvalidInput: it is not said where.
    """
    if not where.strip():
        raise InvalidInput("Ghi nơi công bố (địa chỉ, kênh).", "where")
    return move(case, "publish", actor=actor, now=now, reason=where)


@transaction.atomic
def start_watch(case: Case, *, actor: Actor, now: datetime, reason: str = "") -> Case:
    """The outlet's reaction is watched from now on (step 10)."""
    return move(case, "start_watch", actor=actor, now=now, reason=reason)


@transaction.atomic
def escalate(case: Case, *, actor: Actor, now: datetime, to: str, reason: str) -> Case:
    """The matter put before the outlet's owner, the press authority or a court (step 11).

    Raises:
        InvalidInput: no addressee or no reason.
    """
    if not to.strip() or not reason.strip():
        raise InvalidInput("Ghi nơi đề nghị xử lý và lý do.", "to" if not to.strip() else "reason")
    return move(case, "escalate", actor=actor, now=now, reason=f"{to.strip()}: {reason.strip()}")


@transaction.atomic
def remedy(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    text: str,
    who: str = "",
    due_on: date | None = None,
) -> Case:
    """What is put right inside because the paper was right (step 12): done already, or by a day.

    Raises:
        InvalidInput: nothing was written, or the day has passed.
    """
    if not text.strip():
        raise InvalidInput("Ghi việc chấn chỉnh: ai, làm gì, xong khi nào.", "text")
    if due_on is not None and due_on < now.astimezone(VIETNAM).date():
        raise InvalidInput("Hạn chấn chỉnh không thể ở ngày đã qua.", "due_on")
    # What was put right is itself the reason why the steps of an answer are passed over.
    case = move(case, "remedy", actor=actor, now=now, reason=text, remedy=text.strip())
    put_remedy(case, what=text, who=who, due_on=due_on, actor=actor, now=now)
    return case


@transaction.atomic
def record_statement(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    at: datetime,
    form: str,
    spokesperson: str = "",
    text: str,
    url: str = "",
    official: Official | None = None,
    outside_reason: str = "",
) -> Statement:
    """What the spokesperson said; the 24-hour clocks of the case end at that moment (NĐ 244/2026 Đ7.3, Đ7.4).

    Args:
        official: who spoke; else the name typed in `spokesperson`, of somebody who may speak, or of another body's
            speaker with `outside_reason`.

    Raises:
        InvalidInput: form or text is missing, the moment lies ahead, or the person had no right to speak then.
    """
    case = locked_open(case, "record_statement", actor)
    if form not in StatementForm.values:
        raise InvalidInput("Chọn một trong năm hình thức phát ngôn.", "form")
    if not text.strip():
        raise InvalidInput("Ghi nội dung phát ngôn.", "text")
    past(at, now, "at", "Thời điểm phát ngôn")
    right = right_to_speak(
        case, at, official=official, name=spokesperson, outside_reason=outside_reason
    )
    url = web_address(url)
    statement = Statement.objects.create(
        case=case,
        at=at,
        form=form,
        spokesperson=right.spokesperson,
        official=right.official,
        basis=right.basis,
        authorisation=right.authorisation,
        outside_reason=right.outside_reason,
        text=text.strip(),
        url=url,
        recorded_by=actor.official,
        recorded_at=now,
    )
    end_clocks(case, ENDED_BY["record_statement"], at=at)
    ledger.write(
        case,
        actor=actor,
        step="record_statement",
        at=now,
        form=form,
        said_at=at.isoformat(),
        basis=right.basis,
    )
    return statement
