"""Wires the scheme room into Django."""

from django.apps import AppConfig


class SchemeConfig(AppConfig):
    """Floor 5."""

    name = "hoiam.scheme"

    def ready(self) -> None:
        """Register policies and the jobs that pick up this room's messages."""
        from hoiam.scheme import jobs, policies  # noqa: F401
