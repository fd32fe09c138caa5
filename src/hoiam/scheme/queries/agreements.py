"""Agreements in sight, and what the records of the house say was done for each clause."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import tree
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import Enquiry, Paper
from hoiam.handling.states import WatchState
from hoiam.kit.rulebook.defaults import default_number
from hoiam.monitoring.models import Item
from hoiam.monitoring.queries.periods import Period, items_in
from hoiam.monitoring.states import Stance
from hoiam.newsroom.queries.prints import confirmed_prints
from hoiam.scheme.models import Agreement, Clause, ClauseResult
from hoiam.scheme.states.agreements import AgreementState, ClauseKind

RENEWAL, REVIEW_MONTHS = "MD-120", "MD-122"
WHY = "counted for an agreement its reader may see"
# Papers with which false news is answered.
AGAINST_FALSE_NEWS = ("response", "correction_demand", "conclusion_notice")


def agreements_visible_to(actor: Actor) -> ScopedQuerySet:
    """Agreements of the agencies the actor sees, with their parties."""
    rows = Agreement.objects.select_related("agency", "renews").prefetch_related("parties")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def last_day_to_tell(today: date) -> date:
    """The last day of validity that is near enough to be told of (MD-120, a product default)."""
    return today + timedelta(days=default_number(RENEWAL))


def agreement_list(actor: Actor, *, today: date, tab: str, core: bool = False) -> ScopedQuerySet:
    """One tab: `standing`, `ending` (in force, soon over), `draft`, `over`, `all`; when asked, core papers only."""
    rows = agreements_visible_to(actor).annotate(last_review=Max("reviews__held_on"))
    rows = rows.order_by("-signed_on", "-pk")  # grouping drops the order of the model
    near = Q(valid_to__lte=last_day_to_tell(today))
    tabs = {
        "standing": Q(state=AgreementState.IN_FORCE),
        "ending": Q(state=AgreementState.IN_FORCE) & near,
        "draft": Q(state=AgreementState.DRAFT),
        "over": Q(state__in=[AgreementState.EXPIRED, AgreementState.ENDED, AgreementState.RENEWED]),
    }
    rows = rows.filter(tabs.get(tab, Q()))
    return rows.filter(is_core=True) if core else rows


def owes_review(agreement: Agreement, last_review: date | None, today: date) -> bool:
    """Whether no review was held for as many months as the product proposes (MD-122)."""
    if agreement.state != AgreementState.IN_FORCE:
        return False
    since = last_review or agreement.signed_on
    months = default_number(REVIEW_MONTHS)
    return since is not None and _months_after(since, months) < today


def _months_after(day: date, months: int) -> date:
    """The first day of the month that many months on, with the day of month kept as far as every month has it."""
    count = day.month - 1 + months
    return date(day.year + count // 12, count % 12 + 1, min(day.day, 28))


def scope_of_agreement(agency: Agency) -> set[int] | None:
    """Whose records count: the agency, those below and before it; the whole System for the centre."""
    return None if agency.level == Level.CENTRE else set(tree().scope({agency.pk}))


@dataclass(frozen=True)
class Counted:
    """One figure from the records: "12 tin, bài", "trong đó 2 bất lợi"."""

    count: int
    words: str
    note: str = ""


@dataclass(frozen=True)
class ClauseCount:
    """One clause over a period: what the records show, what people entered, and what the text asks of the years."""

    clause: Clause
    counted: Counted | None
    results: tuple[ClauseResult, ...]
    asked: int | None

    @property
    def by_hand(self) -> int:
        """How much people entered with proof."""
        return sum(result.count for result in self.results)

    @property
    def total(self) -> int:
        """Records and entries together; a person does not enter what the records show."""
        return self.by_hand + (self.counted.count if self.counted else 0)


def clause_counts(agreement: Agreement, period: Period) -> list[ClauseCount]:
    """Every clause of the agreement over the period; one query a kind, however many clauses."""
    clauses = list(agreement.clauses.all())
    results = _results_of(agreement, period)
    counted = {kind: _counted(kind, agreement, period) for kind in {each.kind for each in clauses}}
    years = _years(period)
    return [
        ClauseCount(
            clause,
            counted[clause.kind],
            tuple(row for row in results if row.clause_id == clause.pk),
            clause.per_year * years if clause.per_year else None,
        )
        for clause in clauses
    ]


def _years(period: Period) -> int:
    return period.last.year - period.first.year + 1


def _results_of(agreement: Agreement, period: Period) -> list[ClauseResult]:
    rows = ClauseResult.objects.filter(clause__agreement=agreement, dropped_why="")
    days = rows.filter(happened_on__gte=period.first, happened_on__lte=period.last)
    return list(days.select_related("by"))


def _counted(kind: str, agreement: Agreement, period: Period) -> Counted | None:
    count = COUNTERS.get(kind)
    return count(agreement, period) if count else None


def _press_of(agreement: Agreement) -> list[int]:
    return [party.press_agency_id for party in agreement.parties.all() if party.press_agency_id]


def items_of_agreement(agreement: Agreement, period: Period) -> QuerySet[Item]:
    """What the monitoring room found at the parties' outlets about the agency in the period."""
    names = [party.name for party in agreement.parties.all() if party.press_agency_id]
    place = Q(channel__press_agency__in=_press_of(agreement)) | Q(channel=None, outlet__in=names)
    return items_in(scope_of_agreement(agreement.agency), period).filter(place)


def papers_of_agreement(agreement: Agreement, period: Period) -> ScopedQuerySet:
    """Papers sent to the parties about what they wrote wrongly."""
    rows = _of(Paper.objects.system(WHY), agreement)
    return rows.filter(
        press_agency__in=_press_of(agreement),
        kind__in=AGAINST_FALSE_NEWS,
        sent_at__gte=period.start,
        sent_at__lt=period.end,
    ).select_related("case")


def enquiries_of_agreement(agreement: Agreement, period: Period) -> ScopedQuerySet:
    """Requests of the parties that were answered in the period."""
    return _of(Enquiry.objects.system(WHY), agreement).filter(
        press_agency__in=_press_of(agreement),
        answered_at__gte=period.start,
        answered_at__lt=period.end,
    )


def _of(rows: ScopedQuerySet, agreement: Agreement) -> ScopedQuerySet:
    scope: Collection[int] | None = scope_of_agreement(agreement.agency)
    return rows if scope is None else rows.filter(agency__in=scope)


def _news(agreement: Agreement, period: Period) -> Counted:
    bad = Q(finding__stance=Stance.NEGATIVE)
    rows = items_of_agreement(agreement, period).order_by()
    found = rows.aggregate(
        items=Count("pk", distinct=True),
        stories=Count("story", distinct=True, filter=~bad),
        bad=Count("pk", distinct=True, filter=bad),
    )
    prints = list(prints_of_agreement(agreement, period).values_list("item", flat=True))
    # What a person entered stands in no collected item; the others are among them already.
    by_hand = prints.count(None)
    note = f"{found['stories']} vụ việc; {found['bad']} bài bất lợi không tính"
    if prints:
        note += f"; {len(prints)} lần đăng lại bài của đơn vị, {by_hand} do người ghi"
    return Counted(found["items"] - found["bad"] + by_hand, "tin, bài hệ thống thấy", note)


def prints_of_agreement(agreement: Agreement, period: Period) -> ScopedQuerySet:
    """Articles of the agency the parties printed again in the period, confirmed by a person."""
    rows = confirmed_prints(scope_of_agreement(agreement.agency), period.start, period.end)
    return rows.filter(channel__press_agency__in=_press_of(agreement))


def _false_news(agreement: Agreement, period: Period) -> Counted:
    carried = Q(watches__state__in=[WatchState.FOUND, WatchState.KEPT])
    found = (
        papers_of_agreement(agreement, period)
        .order_by()
        .aggregate(sent=Count("pk", distinct=True), done=Count("pk", distinct=True, filter=carried))
    )
    return Counted(found["sent"], "văn bản đã gửi", f"{found['done']} đã được đăng, cải chính")


def _information(agreement: Agreement, period: Period) -> Counted:
    return Counted(enquiries_of_agreement(agreement, period).count(), "đề nghị đã trả lời")


def _reviews(agreement: Agreement, period: Period) -> Counted:
    days = [review.held_on for review in agreement.reviews.all()]
    return Counted(sum(period.first <= day <= period.last for day in days), "buổi sơ kết")


COUNTERS: dict[str, Callable[[Agreement, Period], Counted]] = {
    ClauseKind.NEWS.value: _news,
    ClauseKind.FALSE_NEWS.value: _false_news,
    ClauseKind.INFORMATION.value: _information,
    ClauseKind.REVIEW.value: _reviews,
}


def period_of_agreement(agreement: Agreement, year: int | None, today: date) -> Period:
    """The calendar year, or all its time until today; never before it was signed."""
    begin = agreement.signed_on or agreement.valid_from or today
    if year is not None:
        first, last = date(year, 1, 1), date(year, 12, 31)
        return Period(max(first, min(begin, last)), last)
    return Period(min(begin, today), today)


def years_of_agreement(agreement: Agreement, today: date) -> list[int]:
    """The years it has rows for, newest first."""
    begin = (agreement.signed_on or agreement.valid_from or today).year
    return list(range(today.year, min(begin, today.year) - 1, -1))


def accepted_value(acceptances: Iterable[object]) -> int:
    """What was accepted of a contract, in đồng."""
    return sum(getattr(each, "value", 0) for each in acceptances)
