"""Opening the house for verbs that need the database."""

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


def now() -> datetime:
    """The moment now: the command line is a rim, where time comes in."""
    return datetime.now(UTC)
