"""The demonstration, for all tests of a module at once: it takes longer than what most of them ask of it."""

from collections.abc import Iterator

import pytest

from tests import demonstration as house


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The fictional house of today; what a test changes in it is undone after the test, all of it after the module."""
    with django_db_blocker.unblock(), house.standing():
        yield
