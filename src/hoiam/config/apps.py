"""The top of the house as a Django app: it carries the management of set-up and the translations."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Top floor."""

    name = "hoiam.config"
