"""Wires the handling room into Django."""

from django.apps import AppConfig


class HandlingConfig(AppConfig):
    """Floor 4."""

    name = "hoiam.handling"

    def ready(self) -> None:
        """Register policies, what stands in private calendars, and the jobs that pick up this room's messages."""
        from hoiam.handling import jobs, policies  # noqa: F401
        from hoiam.handling.queries import press_dates  # noqa: F401
