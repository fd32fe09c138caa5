"""Points: what each loss costs, waivers with a reason, and explanations asked and given."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.kit.rulebook import compute
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.scheme.models import ReportExplanation, ScoreRule, ScoreWaiver, UnitReport
from hoiam.scheme.queries.rounds import today_of
from hoiam.scheme.queries.scores import score_of
from hoiam.scheme.queries.standing import standing_of
from hoiam.scheme.states import Loss

DUE = "MD-86"


@transaction.atomic
def set_score_rule(
    loss: str, *, actor: Actor, now: datetime, points: Decimal, since: date, why: str
) -> ScoreRule:
    """What one loss costs for rounds whose last day is not before `since`; earlier rounds keep their rule.

    Raises:
        InvalidInput: no such loss, points below zero, or no reason.
    """
    authority.check(actor, "set_score_rule", ScoreRule)
    if loss not in Loss.values:
        raise InvalidInput("Chọn điều bị trừ điểm.", "loss")
    if points < 0:
        raise InvalidInput("Điểm trừ không thể nhỏ hơn 0.", "points")
    if not why.strip():
        raise InvalidInput("Ghi căn cứ: văn bản, quy chế thi đua nào.", "why")
    rule = ScoreRule.objects.create(
        loss=loss, points=points, since=since, why=why.strip(), set_by=actor.official, set_at=now
    )
    ledger.write(
        rule, actor=actor, step="set_score_rule", at=now, reason=why.strip(), loss=loss,
        points=str(points), since=since.isoformat(),
    )  # fmt: skip
    return rule


def _locked(report: UnitReport, step: str, actor: Actor) -> UnitReport:
    rows = UnitReport.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("round__owner", "agency").get(pk=report.pk)
    authority.check(actor, step, found)
    return found


@transaction.atomic
def waive_points(
    report: UnitReport, *, actor: Actor, now: datetime, loss: str, reason: str
) -> ScoreWaiver:
    """A loss of one report that is not counted.

    Raises:
        InvalidInput: the report lost nothing for that, or no reason is given.
        Conflict: it is waived already.
    """
    found = _locked(report, "waive_points", actor)
    if not reason.strip():
        raise InvalidInput("Ghi lý do không trừ điểm.", "reason")
    score = score_of(found, found.round, now, list(ScoreRule.objects.all()))
    line = next((line for line in score.lines if line.loss == loss), None)
    if line is None:
        raise InvalidInput("Báo cáo này không bị trừ điểm về điều đó.", "loss")
    if line.waiver is not None:
        raise Conflict("Điểm này đã được miễn; tải lại trang để xem ai miễn.")
    waiver = ScoreWaiver.objects.create(
        report=found, loss=loss, reason=reason.strip(), by=actor.official, at=now
    )
    ledger.write(found, actor=actor, step="waive_points", at=now, reason=reason.strip(), loss=loss)
    return waiver


@transaction.atomic
def withdraw_waiver(
    report: UnitReport, *, actor: Actor, now: datetime, loss: str, reason: str
) -> UnitReport:
    """The report with a waiver taken back; the row of the waiver stays.

    Raises:
        InvalidInput: there is none, or no reason is given.
    """
    found = _locked(report, "withdraw_waiver", actor)
    if not reason.strip():
        raise InvalidInput("Ghi lý do rút việc miễn trừ.", "reason")
    waivers = found.waivers.filter(loss=loss, withdrawn_at=None)
    if not waivers.update(withdrawn_at=now, withdrawn_by=actor.official):
        raise InvalidInput("Điểm này không còn được miễn; tải lại trang để xem.")
    ledger.write(
        found, actor=actor, step="withdraw_waiver", at=now, reason=reason.strip(), loss=loss
    )
    return found


@transaction.atomic
def ask_report_explanation(
    report: UnitReport, *, actor: Actor, now: datetime, question: str, due_on: date | None = None
) -> ReportExplanation:
    """The request to explain why a report was late, wrong, incomplete or never came.

    Raises:
        InvalidInput: nothing is asked, nothing was lost, or the day has passed.
        Conflict: it was asked already.
    """
    found = _locked(report, "ask_report_explanation", actor)
    if not question.strip():
        raise InvalidInput("Ghi điều cần giải trình.", "question")
    if not standing_of(found.round, list(found.versions.all()), now).losses:
        raise InvalidInput(
            "Báo cáo này không chậm, không sai, không thiếu nên không yêu cầu giải trình được."
        )
    if ReportExplanation.objects.filter(report=found).exists():
        raise Conflict("Đã yêu cầu đơn vị giải trình về báo cáo này.")
    last = (
        due_on
        or (compute(DUE, now, calendar=calendar_in_use()).due or now).astimezone(VIETNAM).date()
    )
    if last < today_of(now):
        raise InvalidInput("Hạn giải trình không thể là ngày đã qua.", "due_on")
    asked = ReportExplanation.objects.create(
        report=found, question=question.strip(), due_on=last, asked_by=actor.official, asked_at=now
    )
    ledger.write(found, actor=actor, step="ask_report_explanation", at=now, reason=question.strip())
    outbox.post("report_explanation_asked", asked.pk, at=now)
    return asked


@transaction.atomic
def explain_report(
    report: UnitReport, *, actor: Actor, now: datetime, answer: str
) -> ReportExplanation:
    """The explanation given, once; whether points are waived is for the superior.

    Raises:
        InvalidInput: nothing was asked, nothing is said.
        Conflict: it was answered.
    """
    found = _locked(report, "explain_report", actor)
    asked = ReportExplanation.objects.select_for_update().filter(report=found).first()
    if asked is None:
        raise InvalidInput("Chưa có yêu cầu giải trình nào về báo cáo này.")
    if not answer.strip():
        raise InvalidInput("Ghi lý do.", "answer")
    if asked.answered_at is not None:
        raise Conflict("Đơn vị đã giải trình; tải lại trang để xem.")
    asked.answer, asked.answered_by, asked.answered_at = answer.strip(), actor.official, now
    asked.save(update_fields=["answer", "answered_by", "answered_at"])
    ledger.write(found, actor=actor, step="explain_report", at=now, reason=answer.strip())
    outbox.post("report_explained", asked.pk, at=now)
    return asked
