"""A small register of a fictional province, and people with posts in it."""

from datetime import UTC, date, datetime

import pytest

from hoiam.agencies.actions import create_official
from hoiam.agencies.models import Agency
from hoiam.agencies.queries import actor_on
from hoiam.kit.vietnamese import sort_key

NOW = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)
TODAY = date(2026, 8, 5)


def make_agency(code, name, level, **fields):
    defaults = {
        "full_name": name.replace("THADS", "Thi hành án dân sự"),
        "sort_key": sort_key(name),
    }
    return Agency.objects.create(code=code, name=name, level=level, **defaults, **fields)


@pytest.fixture
def centre(db):
    return make_agency("tw", "Cục Quản lý THADS", "centre")


@pytest.fixture
def province(db):
    return make_agency(
        "thads-thanh-giang", "THADS tỉnh Thanh Giang", "province", province="Thanh Giang"
    )


@pytest.fixture
def other(db):
    return make_agency("thads-lam-hai", "THADS tỉnh Lam Hải", "province", province="Lam Hải")


@pytest.fixture
def region(province):
    return make_agency(
        "phong-kv-1-thanh-giang", "Phòng THADS khu vực 1 - Thanh Giang", "region",
        province="Thanh Giang", parent=province,
    )  # fmt: skip


@pytest.fixture
def official():
    """The official with one role at an agency."""

    def make(agency, role, username="", **fields):
        username = username or f"{role}-{agency.code}"[:60]
        return create_official(
            agency, actor=None, now=NOW, username=username,
            full_name=fields.pop("full_name", "Nguyễn Văn Thử"), role=role, **fields,
        )  # fmt: skip

    return make


@pytest.fixture
def actor(official):
    """Who acts, as of the tests' day."""

    def make(agency, role):
        return actor_on(official(agency, role), TODAY)

    return make
