"""Addresses of ours with the house in front, for feeds, cards and machines."""

from django.conf import settings


def absolute(path: str) -> str:
    """The address a machine elsewhere asks for."""
    return f"{settings.HOIAM_ADDRESS.rstrip('/')}{path}"
