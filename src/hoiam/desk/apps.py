"""Wires the desk into Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Floor 6."""

    name = "hoiam.desk"
