"""Yearly reports, reminders and explanations in the actor's sight."""

from datetime import date

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_on
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook import default
from hoiam.scheme.models import ExplanationRequest, IndicatorReport, Reminder
from hoiam.scheme.queries.periods import ReportPeriod

# When units close their figures: set by the centre, empty until then.
UNITS_CLOSE = "MD-19"


def _seen(rows: ScopedQuerySet, actor: Actor) -> ScopedQuerySet:
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def reports_visible_to(actor: Actor) -> ScopedQuerySet:
    """Yearly reports of the agencies the actor sees."""
    rows = IndicatorReport.objects.select_related(
        "agency__parent", "written_by", "approved_by", "accepted_by"
    )
    return _seen(rows, actor)


def report_of(agency: Agency, year: int, actor: Actor) -> IndicatorReport | None:
    """The report of one agency for one year, or None when it was not begun."""
    return reports_visible_to(actor).filter(agency=agency, year=year).first()


def reports_below(agency: Agency, year: int, actor: Actor) -> dict[int, IndicatorReport]:
    """The reports of the agencies right below this one, by agency."""
    below = agencies_on(actor.today).filter(parent=agency)
    if agency.level == Level.CENTRE:
        below = agencies_on(actor.today).filter(level=Level.PROVINCE)
    rows = reports_visible_to(actor).filter(year=year, agency__in=below)
    return {row.agency_id: row for row in rows}


def due_of(agency: Agency, period: ReportPeriod) -> tuple[date, bool]:
    """The last day to send, and whether it is the law's: the ministry's is, that of units is set by the centre."""
    own = default(UNITS_CLOSE).value
    if agency.level != Level.CENTRE and isinstance(own, str):
        day, month = (int(part) for part in own.split("/"))
        return date(period.year, month, day), False
    return period.last_day_to_send, True


def reminders_visible_to(actor: Actor) -> ScopedQuerySet:
    """Reminders to the agencies the actor sees."""
    return _seen(Reminder.objects.select_related("agency", "by"), actor)


def explanations_visible_to(actor: Actor) -> ScopedQuerySet:
    """Requests to explain that concern the agencies the actor sees."""
    rows = ExplanationRequest.objects.select_related(
        "agency",
        "asked_by_agency",
        "clock__case__agency",
        "assignment__task__scheme",
        "asked_by",
        "answered_by",
    )
    return _seen(rows, actor)
