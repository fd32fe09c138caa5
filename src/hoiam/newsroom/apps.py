"""Wires the newsroom room into Django."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """Floor 4."""

    name = "hoiam.newsroom"

    def ready(self) -> None:
        """Register policies and the jobs that pick up this room's messages."""
        from hoiam.newsroom import health, jobs, policies  # noqa: F401
