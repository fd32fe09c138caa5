"""Moments of the demonstration as its data writes them: always before `now`, so that nothing ages."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hoiam.kit.rulebook import national_calendar
from hoiam.kit.vietnamese import VIETNAM

_AHEAD = re.compile(r"\[\[(\d+)d\]\]")
_SHAPE = re.compile(r"(\d+)([dw]) (\d\d):(\d\d)|(\d+)([hm])")


@dataclass(frozen=True)
class Now:
    """The moment of loading, and moments before it."""

    now: datetime

    @property
    def today(self) -> date:
        """The civil date in Viet Nam."""
        return self.now.astimezone(VIETNAM).date()

    def before(self, written: str) -> datetime:
        """The moment meant: `12d 08:05` twelve days ago, `12w 08:05` working days ago, `20h`, `90m` before now.

        Working days are counted strictly before today, so that official steps never fall on a holiday.

        Raises:
            ValueError: the text has none of these shapes.
        """
        found = _SHAPE.fullmatch(written)
        if found is None:
            raise ValueError(f"“{written}” không phải mốc thời gian của dữ liệu mẫu")
        count, unit, hour, minute, ago, ago_unit = found.groups()
        if ago is not None:
            return self.now - (
                timedelta(hours=1) if ago_unit == "h" else timedelta(minutes=1)
            ) * int(ago)
        day = self.days_ago(int(count)) if unit == "d" else self.working_days_ago(int(count))
        return datetime.combine(day, time(int(hour), int(minute)), tzinfo=VIETNAM)

    def told(self, text: str) -> str:
        """The text with each `[[5d]]` as the day so many days after loading, told as papers do: "15/8"."""
        return _AHEAD.sub(lambda found: self._ahead(int(found[1])), text)

    def _ahead(self, count: int) -> str:
        day = self.today + timedelta(days=count)
        return f"{day.day}/{day.month}"

    def days_ago(self, count: int) -> date:
        """The day so many calendar days ago."""
        return self.today - timedelta(days=count)

    def working_days_ago(self, count: int) -> date:
        """The working day so many working days before today."""
        calendar, day = national_calendar(), self.today
        for _ in range(count):
            day = calendar.previous_working(day - timedelta(days=1))
        return day
