"""Shared ground of all tests; their data folder is named in `tests/settings.py`."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings as examples

# A busy machine is no fault of an example; where speed is promised, a test of its own asks for it.
examples.register_profile("house", deadline=None)
examples.load_profile("house")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second database only what asks a database is run: the rest was seen on the first."""
    if not os.environ.get("HOIAM_TEST_ROWS_ONLY"):
        return
    asking = [item for item in items if _asks_a_database(item)]
    kept = set(asking)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = asking


def _asks_a_database(item: pytest.Item) -> bool:
    wanted = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(wanted) or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def _forget_kept_values() -> None:
    """What one test's process keeps in memory (the agency tree, public pages) is not another test's truth."""
    from django.conf import settings
    from django.core.cache import cache

    if settings.configured:
        from django.contrib.contenttypes.models import ContentType

        from hoiam.portal.kept import SHELF

        cache.clear()
        ContentType.objects.clear_cache()
        SHELF.clear()


@pytest.fixture(autouse=True, scope="session")
def _quick_emptying() -> Iterator[None]:
    """Tests with real transactions empty the tables that hold rows, and no more.

    Django truncates all of them and writes a permission for every model anew: on PostgreSQL that took longer than most of
    these tests. Foreign keys are checked when the transaction ends, so the order of tables does not matter.
    """
    from django.conf import settings

    if not settings.configured:
        yield
        return
    from django.core.management.commands import flush
    from django.db.backends.postgresql.operations import DatabaseOperations

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", _deletions)
        patch.setattr(flush, "emit_post_migrate_signal", _ground)
        yield


def _ground(*args: Any, **kwargs: Any) -> None:
    """What stands in an empty house all the same: the search index's own tables, and the names of its kinds of rows."""
    from django.apps import apps
    from django.contrib.contenttypes.management import create_contenttypes
    from django.contrib.contenttypes.models import ContentType

    from hoiam.core import search

    search.ensure()
    ContentType.objects.clear_cache()
    for config in apps.get_app_configs():
        create_contenttypes(config, verbosity=0)


def _deletions(ops: Any, style: Any, tables: list[str], **kwargs: Any) -> list[str]:
    names = [ops.quote_name(table) for table in tables]
    if not names:
        return []
    asked = " UNION ALL ".join(
        f"SELECT {at} WHERE EXISTS (SELECT FROM {name})"  # noqa: S608
        for at, name in enumerate(names)
    )
    with ops.connection.cursor() as cursor:
        cursor.execute(asked)
        filled = [names[at] for (at,) in cursor.fetchall()]
    return [f"DELETE FROM {name};" for name in filled]  # noqa: S608
