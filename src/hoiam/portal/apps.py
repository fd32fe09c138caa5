"""Wires the public pages into Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Floor 6, beside the desk; the two do not know each other."""

    name = "hoiam.portal"
