"""The fictional province and its people."""

import pytest

from hoiam.core import search
from tests.monitoring.house import GRAVE, make_actor, make_agency, take, warnings_of


@pytest.fixture(autouse=True)
def _blobs(settings, tmp_path):
    settings.HOIAM_BLOBS = tmp_path / "evidence"


@pytest.fixture
def centre(db):
    search.ensure()
    return make_agency("tw-thu", "Cục Quản lý THADS", "centre")


@pytest.fixture
def province(centre):
    return make_agency(
        "thads-thanh-giang", "THADS tỉnh Thanh Giang", "province", province="Thanh Giang"
    )


@pytest.fixture
def other(centre):
    return make_agency("thads-lam-hai", "THADS tỉnh Lam Hải", "province", province="Lam Hải")


@pytest.fixture
def region(province):
    return make_agency(
        "phong-kv-1-thanh-giang", "Phòng THADS khu vực 1 - Thanh Giang", "region",
        province="Thanh Giang", parent=province,
    )  # fmt: skip


@pytest.fixture
def desk(province):
    return make_actor(province, "focal_point", email="dau-moi@thanhgiang.example")


@pytest.fixture
def stranger(other):
    return make_actor(other, "focal_point", email="dau-moi@lamhai.example")


@pytest.fixture
def top(centre):
    return make_actor(centre, "focal_point", email="dau-moi@tw.example")


@pytest.fixture
def warning(province):
    """One grave row before the province."""
    return warnings_of(take(GRAVE).items[0])[0]
