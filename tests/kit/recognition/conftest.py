"""A fictional province for texts that accuse: no real agency stands in them."""

from datetime import date

import pytest

from hoiam.kit.recognition import AgencyFact, District, Register, register

LAST = date(2025, 6, 30)
FIRST = date(2009, 7, 1)
NEW = date(2025, 7, 1)


@pytest.fixture(scope="session")
def with_thanh_giang() -> Register:
    """The delivered register with tỉnh Thanh Giang and its huyện Bến Sông."""
    province = "Thanh Giang"
    facts = (
        AgencyFact(
            code="cuc-thads-thanh-giang",
            name="Cục THADS tỉnh Thanh Giang",
            full_name="Cục Thi hành án dân sự tỉnh Thanh Giang",
            level="province",
            province=province,
            valid_from=FIRST,
            valid_to=LAST,
            successors=("thads-thanh-giang",),
            kind="tỉnh",
        ),
        AgencyFact(
            code="thads-thanh-giang",
            name="THADS tỉnh Thanh Giang",
            full_name="Thi hành án dân sự tỉnh Thanh Giang",
            level="province",
            province=province,
            valid_from=NEW,
            valid_to=None,
            kind="tỉnh",
        ),
        AgencyFact(
            code="chi-cuc-ben-song-thanh-giang",
            name="Chi cục THADS huyện Bến Sông",
            full_name="Chi cục Thi hành án dân sự huyện Bến Sông, tỉnh Thanh Giang",
            level="district",
            province=province,
            valid_from=FIRST,
            valid_to=LAST,
            successors=("thads-thanh-giang",),
            district="Bến Sông",
            kind="huyện",
        ),
    )
    return register().extended(facts, (District("Bến Sông", "huyện", province),))
