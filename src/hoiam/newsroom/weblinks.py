"""Addresses of the house as others reach it."""

from django.conf import settings


def public(path: str) -> str:
    """The path with the house's own address in front."""
    return f"{settings.HOIAM_ADDRESS.rstrip('/')}{path}"
