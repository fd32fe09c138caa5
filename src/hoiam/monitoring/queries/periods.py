"""Stretches of civil days, and the items of an agency's stories that fall into them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.models import Item, Warning
from hoiam.monitoring.states import WarningState

ONE_DAY = timedelta(days=1)
LAST_WEEKDAY = 6
NOT_OURS = (WarningState.DISMISSED, WarningState.DUPLICATE)


@dataclass(frozen=True)
class Period:
    """Civil days in Viet Nam from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.first, time.min, tzinfo=VIETNAM)

    @property
    def end(self) -> datetime:
        """The moment after the last."""
        return datetime.combine(self.last + ONE_DAY, time.min, tzinfo=VIETNAM)

    @property
    def days(self) -> list[date]:
        """Every day, in order."""
        return [self.first + ONE_DAY * n for n in range((self.last - self.first).days + 1)]

    @property
    def before(self) -> "Period":
        """The period before: the month before a whole month, else as many days before."""
        eve = self.first - ONE_DAY
        if self.first.day == 1 and (self.last + ONE_DAY).day == 1:
            return month_of(eve)
        return Period(self.first - ONE_DAY * len(self.days), eve)

    def __str__(self) -> str:
        if self.first == self.last:
            return f"ngày {show_date(self.first)}"
        return f"từ ngày {show_date(self.first)} đến ngày {show_date(self.last)}"


def week_of(day: date) -> Period:
    """The week, Monday to Sunday, that holds the day."""
    monday = day - ONE_DAY * day.weekday()
    return Period(monday, monday + ONE_DAY * LAST_WEEKDAY)


def month_of(day: date) -> Period:
    """The calendar month that holds the day."""
    first = day.replace(day=1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Period(first, following - ONE_DAY)


def stories_of(agency_ids: set[int] | None) -> QuerySet[Warning]:
    """Keys of the stories before these agencies (None: before any), except what was dismissed or is a duplicate."""
    rows = Warning.objects.system("counted for an agency, not for a person").exclude(
        state__in=NOT_OURS
    )
    if agency_ids is not None:
        rows = rows.filter(agency__in=agency_ids)
    return rows.order_by().values("story")


def items_in(agency_ids: set[int] | None, period: Period) -> QuerySet[Item]:
    """Relevant items of these agencies' stories published in the period, oldest first."""
    return Item.objects.filter(
        Q(story__in=stories_of(agency_ids)),
        is_relevant=True,
        story__merged_into=None,
        at__gte=period.start,
        at__lt=period.end,
    ).order_by("at", "id")
