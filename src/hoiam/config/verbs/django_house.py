"""Opening the house for verbs that need the database."""

import gc
import os
from datetime import UTC, datetime

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from hoiam.config.verbs.say import Refusal


def open_house(*, need_tables: bool = True) -> None:
    """Nothing; Django is ready and, unless said otherwise, the tables are there.

    Raises:
        Refusal: a setting is wrong, the database does not answer, or `hoiam setup` has not run.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hoiam.config.settings")
    try:
        django.setup()
        _stay()
        tables = connection.introspection.table_names()
    except OSError as error:
        raise Refusal(
            f"Không dùng được thư mục dữ liệu ({error.strerror or error}). Kiểm tra HOIAM_DATA.",
            f"The data folder cannot be used ({error.strerror or error}). Check HOIAM_DATA.",
        ) from error
    except (ImproperlyConfigured, ImportError, ValueError) as error:
        raise Refusal(f"Cấu hình sai: {error}", f"Wrong settings: {error}") from error
    except DatabaseError as error:
        raise Refusal(
            f"Không kết nối được cơ sở dữ liệu ({error}). Kiểm tra DATABASE_URL.",
            f"The database does not answer ({error}). Check DATABASE_URL.",
        ) from error
    if need_tables and "agencies_agency" not in tables:
        raise Refusal(
            "Chưa có cơ sở dữ liệu. Hãy chạy: hoiam setup",
            "There is no database yet. Run: hoiam setup",
        )


def _stay() -> None:
    """Leave what Django holds out of every later search for rubbish: its 200,000 objects stay to the end.

    Rubbish in rings is rare here, so it is also searched for more seldom: a twentieth of intake's time went into that.
    """
    if gc.get_freeze_count():
        return  # a second verb in one process
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


def now() -> datetime:
    """The moment now: the command line is a rim, where time comes in."""
    return datetime.now(UTC)
