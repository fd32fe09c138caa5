"""The house's settings over a data folder of the tests' own: nothing of the developer's is read or written.

pytest-django reads the settings before any conftest is loaded, so the folder is named here and not there.
"""

import os
import shutil
import tempfile
from atexit import register

os.environ["HOIAM_DATA"] = tempfile.mkdtemp(prefix="hoiam-test-")
register(shutil.rmtree, os.environ["HOIAM_DATA"], ignore_errors=True)
for name in ("HOIAM_SECRET_KEY", "HOIAM_MAIL_URL", "HOIAM_ALLOWED_HOSTS", "HOIAM_TLS"):
    os.environ.pop(name, None)

from hoiam.config.settings import *  # noqa: E402, F403 -- the data folder is named before they are read

# Programs that a test starts are the house itself: they find this folder in their environment.
os.environ["DJANGO_SETTINGS_MODULE"] = "hoiam.config.settings"

# A million rounds guard a real password; here they would take a second of every sign-in and guard nothing.
PASSWORD_HASHERS = ["tests.quick_hashes.FewRounds"]
