"""The register of agencies through time."""

from collections import Counter
from datetime import date

import pytest

from hoiam.kit.recognition import (
    AgencyFact,
    District,
    Document,
    Register,
    provinces,
    recognise,
    register,
)
from hoiam.kit.recognition.places import today_of

DAY = date(2026, 8, 1)
LAST_OF_CUC = date(2025, 6, 30)


def test_sixty_three_provincial_agencies_on_the_last_day_before_the_change() -> None:
    valid = [f for f in register() if f.level == "province" and f.is_valid(LAST_OF_CUC)]

    assert len(valid) == 63
    assert {f.name.split()[0] for f in valid} == {"Cục"}


def test_thirty_four_provincial_agencies_since_the_change() -> None:
    for day in (date(2025, 7, 1), date(2026, 4, 29), date(2026, 4, 30), DAY):
        valid = [f for f in register() if f.level == "province" and f.is_valid(day)]
        assert len(valid) == 34


def test_twenty_seven_provinces_and_seven_cities_today() -> None:
    valid = [f for f in register() if f.level == "province" and f.is_valid(DAY)]

    assert Counter(f.kind for f in valid) == {"tỉnh": 27, "thành phố": 7}


def test_districts_of_the_last_day_have_a_chi_cuc_each() -> None:
    valid = [f for f in register() if f.level == "district" and f.is_valid(LAST_OF_CUC)]

    assert len(valid) == 696
    assert not [f for f in register() if f.level == "district" and f.is_valid(DAY)]


def test_codes_are_unique_and_every_successor_is_known() -> None:
    codes = [fact.code for fact in register()]

    assert len(codes) == len(set(codes))
    assert not [s for f in register() for s in f.successors if s not in register().by_code]


def test_only_the_military_is_not_ours() -> None:
    assert {f.level for f in register() if not f.ours} == {"military"}
    assert not [f for f in register() if f.level == "region"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("tct", "Cục Quản lý THADS"),
        ("tw", "Cục Quản lý THADS"),
        ("tha-hau-giang", "THADS TP. Cần Thơ"),
        ("cuc-thads-hau-giang", "THADS TP. Cần Thơ"),
        ("cuc-thads-can-tho", "THADS TP. Cần Thơ"),
        ("cuc-thads-ha-giang", "THADS tỉnh Tuyên Quang"),
        ("cuc-thads-thua-thien-hue", "THADS TP. Huế"),
        ("cuc-thads-hue", "THADS TP. Huế"),
        ("cuc-thads-binh-phuoc", "THADS TP. Đồng Nai"),
        ("chi-cuc-vi-thuy-hau-giang", "THADS TP. Cần Thơ"),
        ("chi-cuc-quan-2-ho-chi-minh", "THADS TP. Hồ Chí Minh"),
        ("doi-tha-cu-chi-ho-chi-minh", "THADS TP. Hồ Chí Minh"),
    ],
)
def test_todays_agency_answers_for_the_old_one(code: str, name: str) -> None:
    answering = register().today(code, DAY)

    assert answering is not None
    assert answering.name == name


def test_an_unknown_code_has_no_answer() -> None:
    assert register().today("khong-co", DAY) is None


def test_hue_is_a_city_since_the_first_of_january_2025() -> None:
    before, after = date(2024, 12, 31), date(2025, 1, 1)
    old, new = register().by_code["cuc-thads-thua-thien-hue"], register().by_code["cuc-thads-hue"]

    assert (old.name, old.valid_to) == ("Cục THADS tỉnh Thừa Thiên Huế", before)
    assert (new.name, new.valid_from) == ("Cục THADS TP. Huế", after)
    assert new.predecessors == ("cuc-thads-thua-thien-hue",)


def test_dong_nai_is_a_city_since_the_thirtieth_of_april_2026() -> None:
    first, then = register().by_code["thads-dong-nai-tinh"], register().by_code["thads-dong-nai"]

    assert (first.name, first.valid_to) == ("THADS tỉnh Đồng Nai", date(2026, 4, 29))
    assert (then.name, then.valid_from) == ("THADS TP. Đồng Nai", date(2026, 4, 30))


def test_a_name_is_found_on_its_days_only() -> None:
    found = register().named("Cục THADS tỉnh Hậu Giang", date(2020, 1, 1))

    assert found is not None
    assert found.code == "cuc-thads-hau-giang"
    assert register().named("Cục THADS tỉnh Hậu Giang", DAY) is None
    assert register().named("Cục Thi hành án dân sự tỉnh Hậu Giang") is found


def test_a_name_borne_by_several_is_nobodys() -> None:
    assert register().named("Chi cục THADS huyện Châu Thành", date(2020, 1, 1)) is None


def test_an_imported_phong_is_found_by_its_canonical_name() -> None:
    office = AgencyFact(
        code="phong-thads-kv3-bac-ninh",
        name="Phòng THADS khu vực 3 - Bắc Ninh",
        full_name="Phòng Thi hành án dân sự khu vực 3 - Bắc Ninh",
        level="region",
        province="Bắc Ninh",
        valid_from=date(2025, 7, 1),
        valid_to=None,
    )

    extended = register().extended([office])

    assert extended.named("Phòng THADS khu vực 3 - Bắc Ninh", DAY) == office
    assert len(extended.facts) == len(register().facts) + 1


def test_two_agencies_of_one_code_are_refused() -> None:
    with pytest.raises(ValueError, match="trùng mã"):
        Register([register().facts[0], register().facts[0]])


def test_the_provinces_cover_the_sixty_three_old_ones() -> None:
    assert len(provinces()) == 34
    assert len({old for province in provinces() for old in province.predecessors}) == 63
    assert [p.shown for p in provinces() if p.name != p.shown] == ["TP. Hồ Chí Minh"]


def test_an_agency_that_ended_without_successor_has_no_answer() -> None:
    ended = AgencyFact("da-het", "Phòng cũ", "Phòng cũ", "region", None, None, date(2025, 12, 31))

    assert register().extended([ended]).today("da-het", DAY) is None


def test_a_province_of_districts_alone_is_known_by_name_only() -> None:
    extended = register().extended([], [District("Bến Sông", "huyện", "Thanh Giang")])
    judged = recognise(Document(title="Cục THADS tỉnh Thanh Giang họp"), register=extended)

    assert [(a.code, a.today, a.confidence) for a in judged.agencies] == [(None, None, 0.3)]
    assert today_of("Thanh Giang") == "Thanh Giang"


def test_a_district_without_an_agency_is_named_without_a_code() -> None:
    extended = register().extended([], [District("Bến Sông", "huyện", "Thanh Giang")])
    (agency,) = recognise(
        Document(title="Chi cục THADS huyện Bến Sông họp"), register=extended
    ).agencies

    assert (agency.name, agency.code) == ("Chi cục THADS huyện Bến Sông", None)
    assert agency.province == "Thanh Giang"
