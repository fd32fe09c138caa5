"""The ground of the scheme tests: one tree of agencies and the people who act on it."""

from datetime import date

import pytest

from hoiam.agencies.states import Role
from hoiam.handling.queries.calendars import calendar_seen
from hoiam.kit.rulebook import national_calendar
from hoiam.monitoring.calendars import read_calendar_with
from tests import factories as make
from tests import parts


@pytest.fixture
def tree(db):
    return make.tree()


@pytest.fixture
def head(tree):
    return make.head(tree.province)


@pytest.fixture
def deputy(tree):
    return make.actor(tree.province, Role.DEPUTY)


@pytest.fixture
def focal(tree):
    return make.focal_point(tree.province)


@pytest.fixture
def clerk(tree):
    return make.actor(tree.province, Role.RECORDS_CLERK)


@pytest.fixture
def editor(tree):
    return make.actor(tree.province, Role.EDITOR)


@pytest.fixture
def row(tree):
    """The province's part in a task the centre gave out."""
    return parts.part(parts.task(parts.scheme(tree.centre)), tree.province)


@pytest.fixture
def day_off():
    """Monday 10/8/2026 announced as a day off, read as the desk's announced days are."""
    read_calendar_with(
        lambda: national_calendar().with_days({date(2026, 8, 10): "nghỉ do bão"}, {})
    )
    yield
    read_calendar_with(calendar_seen)
