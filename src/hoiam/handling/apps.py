"""Wires the handling room into Django."""

from django.apps import AppConfig


class HandlingConfig(AppConfig):
    """Floor 4."""

    name = "hoiam.handling"

    def ready(self) -> None:
        """Register policies, what stands in private calendars, the jobs that pick up messages, the announced days."""
        from hoiam.handling import jobs, policies  # noqa: F401
        from hoiam.handling.queries import press_dates  # noqa: F401
        from hoiam.handling.queries.calendars import calendar_seen
        from hoiam.monitoring.calendars import read_calendar_with

        read_calendar_with(calendar_seen)
