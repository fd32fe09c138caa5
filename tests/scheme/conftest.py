"""The ground of the scheme tests: one tree of agencies and the people who act on it."""

import pytest

from hoiam.agencies.states import Role
from tests import factories as make


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
