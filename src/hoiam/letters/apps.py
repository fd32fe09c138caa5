"""Wires the letters room into Django."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Floor 4."""

    name = "hoiam.letters"

    def ready(self) -> None:
        """Register policies and the jobs that pick up this room's messages."""
        from hoiam.letters import jobs, policies  # noqa: F401
