"""Wires the monitoring room into Django."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Floor 3."""

    name = "hoiam.monitoring"

    def ready(self) -> None:
        """Register policies and the jobs that pick up this room's messages."""
        from hoiam.monitoring import health, jobs, policies  # noqa: F401
