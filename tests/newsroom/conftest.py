"""What the tests of the room share."""

import pytest

from tests.newsroom.press_house import House


@pytest.fixture
def house(db):
    """An agency that sends to the press."""
    return House()
