"""Wires the agencies room into Django."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Floor 2."""

    name = "hoiam.agencies"

    def ready(self) -> None:
        """Register policies."""
        from hoiam.agencies import policies  # noqa: F401
