"""Shared ground of all tests: a data folder of their own, nothing of the developer's."""

import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hoiam.config.settings")
os.environ["HOIAM_DATA"] = tempfile.mkdtemp(prefix="hoiam-test-")
for name in ("HOIAM_SECRET_KEY", "HOIAM_MAIL_URL", "HOIAM_ALLOWED_HOSTS", "HOIAM_TLS"):
    os.environ.pop(name, None)
