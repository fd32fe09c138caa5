"""Wires the handling room into Django."""

from django.apps import AppConfig


class HandlingConfig(AppConfig):
    """Floor 4."""

    name = "hoiam.handling"

    def ready(self) -> None:
        """Register policies and the jobs that pick up this room's messages."""
        from hoiam.handling import jobs, policies  # noqa: F401
