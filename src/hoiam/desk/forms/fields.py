"""Fields that read what people type: dates and moments in Vietnamese, echoed in full, impossible ones refused."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from hoiam.kit.vietnamese import VIETNAM, read_date, read_moment, show_date, show_datetime


class DayField(forms.Field):
    """A civil date: 5/4, 05/04/2026, hôm nay, +3."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": "dd/mm/yyyy"})

    def to_python(self, value: Any) -> date | None:
        """The date, or None when nothing was typed."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        found = read_date(str(value), timezone.now().astimezone(VIETNAM).date())
        if found is None:
            raise ValidationError(f"Không đọc được ngày “{value}”. Viết như 05/04/2026.")
        return found

    def prepare_value(self, value: Any) -> Any:
        """The date as people write it."""
        return show_date(value) if isinstance(value, date) else value


class MomentField(forms.Field):
    """A moment of Vietnam time: 05/04/2026 14:05, 14h05 ngày 5/4/2026, 14:05 hôm nay."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "placeholder": "dd/mm/yyyy hh:mm"})

    def to_python(self, value: Any) -> datetime | None:
        """The aware moment, or None when nothing was typed; a day without an hour is refused."""
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        found = read_moment(str(value), timezone.now())
        if found is None:
            raise ValidationError(f"Không đọc được thời điểm “{value}”. Viết như 05/04/2026 14:05.")
        if not found.has_time:
            raise ValidationError(f"Thiếu giờ ở “{value}”. Viết như 05/04/2026 14:05.")
        return found.value

    def prepare_value(self, value: Any) -> Any:
        """The moment as people write it."""
        return show_datetime(value) if isinstance(value, datetime) else value
