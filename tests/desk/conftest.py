"""The demonstration, loaded once for all tests of a module: it takes longer than what most of them ask of it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone

from hoiam.agencies.actions import load_register
from hoiam.config import demo
from hoiam.core import search
from hoiam.kit.recognition import register


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The fictional house of today; what a test changes in it is undone after the test, all of it after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        search.ensure()
        load_register(register())
        demo.load(now=timezone.now(), progress=lambda sentence: None)
        yield
        transaction.set_rollback(True)
