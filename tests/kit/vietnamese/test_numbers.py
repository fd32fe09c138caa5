"""Numbers and amounts, both ways."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoiam.kit.vietnamese import read_money, read_number, show_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.234.567,5", "1234567.5"),
        ("1234567", "1234567"),
        ("1.234", "1234"),
        ("0,5", "0.5"),
        ("-12,25", "-12.25"),
        ("−3", "-3"),
        ("+7", "7"),
        ("1 234 567", "1234567"),
        ("1\u00a0234,5", "1234.5"),
        (" 12 ", "12"),
    ],
)
def test_reads_numbers(written, number):
    assert read_number(written) == Decimal(number)


@pytest.mark.parametrize(
    "written",
    ["", "12.5", "1.23.456", "1,234.5", "1.2345", "abc", "1,", ",5", "1,2,3", "12 5", "١٢"],
)
def test_refuses_what_could_be_two_numbers(written):
    assert read_number(written) is None


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        (1234567, None, "1.234.567"),
        (Decimal("1234567.5"), None, "1.234.567,5"),
        (Decimal("1234.567"), 2, "1.234,57"),
        (0.5, 2, "0,50"),
        (-1234, None, "-1.234"),
        (Decimal("1E+6"), None, "1.000.000"),
        (0, 1, "0,0"),
    ],
)
def test_shows_numbers(number, places, shown):
    assert show_number(number, places) == shown


@pytest.mark.parametrize(
    ("written", "dong"),
    [
        ("4,2 tỷ đồng", 4_200_000_000),
        ("486 tỷ", 486_000_000_000),
        ("486 tỉ đồng", 486_000_000_000),
        ("1,5 nghìn tỷ đồng", 1_500_000_000_000),
        ("12.500 tỷ đồng", 12_500_000_000_000),
        ("350 triệu đồng", 350_000_000),
        ("500 nghìn đồng", 500_000),
        ("1 tỷ 250 triệu đồng", 1_250_000_000),
        ("12.345.678 đồng", 12_345_678),
        ("12.345.678đ", 12_345_678),
        ("12.345.678 VNĐ", 12_345_678),
        ("4,2 ty dong", 4_200_000_000),
    ],
)
def test_reads_amounts(written, dong):
    assert read_money(written) == dong


@pytest.mark.parametrize(
    "written",
    ["", "tỷ đồng", "vài tỷ", "200 triệu 1 tỷ", "4.2 tỷ đồng", "5 tỷ USD", "hơn 5", "9" * 60],
)
def test_refuses_what_is_no_amount(written):
    assert read_money(written) is None


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15
    )
)
def test_reads_back_what_is_shown(number):
    assert read_number(show_number(number)) == number
