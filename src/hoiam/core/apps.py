"""Wires the core room into Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """Floor 1."""

    name = "hoiam.core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the repeated jobs; let the search engine make its own tables once the others exist."""
        from hoiam.core import upkeep  # noqa: F401
        from hoiam.core.search import ensure
        from hoiam.core.stamps import jobs  # noqa: F401

        post_migrate.connect(lambda **_: ensure(), sender=self, weak=False)
