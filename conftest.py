"""Shared ground of all tests; their data folder is named in `tests/settings.py`."""

import pytest


@pytest.fixture(autouse=True)
def _forget_kept_values() -> None:
    """What one test's process keeps in memory (the agency tree) is not another test's truth."""
    from django.conf import settings
    from django.core.cache import cache

    if settings.configured:
        cache.clear()
