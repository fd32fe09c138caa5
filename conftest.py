"""Shared ground of all tests: a data folder of their own, nothing of the developer's."""

import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hoiam.config.settings")
os.environ["HOIAM_DATA"] = tempfile.mkdtemp(prefix="hoiam-test-")
for name in ("HOIAM_SECRET_KEY", "HOIAM_MAIL_URL", "HOIAM_ALLOWED_HOSTS", "HOIAM_TLS"):
    os.environ.pop(name, None)

import pytest  # noqa: E402 -- the data folder is named before Django's settings are read


@pytest.fixture(autouse=True)
def _forget_kept_values() -> None:
    """What one test's process keeps in memory (the agency tree) is not another test's truth."""
    from django.conf import settings
    from django.core.cache import cache

    if settings.configured:
        cache.clear()
