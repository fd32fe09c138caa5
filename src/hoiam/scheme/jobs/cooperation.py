"""The morning round of cooperation: agreements past their last day, agreements that end soon."""

from datetime import date, datetime

from hoiam.agencies.queries import holders
from hoiam.agencies.states import DESK_ROLES
from hoiam.core.jobs import daily, job
from hoiam.core.outbox import handles
from hoiam.kit.rulebook import default
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.queries.periods import Period
from hoiam.scheme.actions.agreements import expire_agreement, tell_of_renewal
from hoiam.scheme.actions.contributions import link_contributions
from hoiam.scheme.actions.theme_marks import suggest_marks
from hoiam.scheme.jobs.messages import write_to
from hoiam.scheme.models import Agreement, Scheme
from hoiam.scheme.queries.agreements import last_day_to_tell
from hoiam.scheme.states import SchemeState
from hoiam.scheme.states.agreements import AgreementState

AT = "MD-121"
WHY = "the system's own morning round"


@daily(str(default(AT).value))
@job()
def look_at_agreements(now: datetime, slot: str) -> int:
    """How many agreements were marked as over or told of."""
    today = datetime.fromisoformat(slot).astimezone(VIETNAM).date()
    return _expire(now, today) + _tell(now, today)


def _expire(now: datetime, today: date) -> int:
    over = Agreement.objects.system(WHY).filter(state=AgreementState.IN_FORCE, valid_to__lt=today)
    return sum(bool(expire_agreement(row, now=now)) for row in list(over.order_by("pk")))


def _tell(now: datetime, today: date) -> int:
    near = Agreement.objects.system(WHY).filter(
        state=AgreementState.IN_FORCE, valid_to__lte=last_day_to_tell(today), renewal_told_on=None
    )
    return sum(bool(tell_of_renewal(row, now=now)) for row in list(near.order_by("pk")))


@handles("agreement_ends_soon")
def mail_of_renewal(agreement_id: int, now: datetime) -> None:
    """The desk of the agency: review, then renew or let it end."""
    rows = Agreement.objects.system("tell who keeps it").select_related("agency")
    agreement = rows.get(pk=agreement_id)
    if agreement.state != AgreementState.IN_FORCE or agreement.valid_to is None:
        return
    last = show_date(agreement.valid_to)
    text = (
        f"{agreement.get_kind_display()} “{agreement.title}” số {agreement.number} hết hiệu lực ngày {last}. "
        "Hãy sơ kết, rồi soạn bản mới hoặc để hết hạn."
    )
    people = holders(agreement.agency, DESK_ROLES, now.astimezone(VIETNAM).date())
    key = f"agreement-ends:{agreement.pk}:{agreement.valid_to:%Y%m%d}"
    write_to(
        people, f"Sắp hết hiệu lực: {agreement.title[:120]}", text, key=key, now=now,
        page=("desk-agreement", agreement.pk), last_day=agreement.valid_to,
    )  # fmt: skip


@daily(str(default(AT).value))
@job()
def look_at_pieces(now: datetime, slot: str) -> int:
    """How many pieces were linked to what was collected, and how many items were given a theme by their words."""
    today = datetime.fromisoformat(slot).astimezone(VIETNAM).date()
    linked = link_contributions(now=now)
    # Reports come in late: from the first of yesterday's month on; marked items are passed over.
    period = Period(Period(today, today).before.first.replace(day=1), today)
    schemes = Scheme.objects.system(WHY).filter(state=SchemeState.ACTIVE, themes__isnull=False)
    return linked + sum(
        suggest_marks(scheme, period=period, now=now)
        for scheme in schemes.select_related("owner").distinct()
    )
