"""Tightening: stricter than the law or not at all; the law's own number wins where it is stricter."""

from datetime import date, datetime

import pytest

from hoiam.kit.rulebook import (
    LoosensLaw,
    NotInForce,
    Tightening,
    WrongValue,
    check_tightening,
    compute,
)
from hoiam.kit.vietnamese import VIETNAM

NEW = date(2026, 8, 5)
OURS = Tightening(12, "THADS tỉnh Thanh Giang", "báo địa phương đăng nhanh")


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_the_stricter_number_is_counted_and_told():
    found = compute("PN-01", at("2026-08-05T09:00:00"), tightening=OURS)

    assert found.due == at("2026-08-05T21:00:00")
    assert found.steps[2].text == (
        "THADS tỉnh Thanh Giang siết từ 24 giờ (luật) xuống 12 giờ; lý do: báo địa phương đăng nhanh."
    )


@pytest.mark.parametrize(
    ("rule", "start", "values", "number", "due"),
    [
        # Laxer: the law's 15 stand; Saturday 22/8 is worked.
        ("TL-02", "2026-08-05T09:00:00", {}, 20, "2026-08-25T23:59:59"),
        ("DT-03", "2026-07-01T09:00:00", {"case": "complex"}, 20, "2026-07-21T23:59:59"),
        # The rule has no unit of its own: its groups have different ones.
        ("DT-08", "2026-07-01T09:00:00", {"group": "b"}, 3, "2026-07-08T23:59:59"),
        ("PH-01", "2026-07-06T09:00:00", {"media_type": "daily_print"}, 1, "2026-07-08T23:59:59"),
    ],
)
def test_a_number_only_ever_shortens_and_never_the_time_of_the_press(
    rule, start, values, number, due
):
    own = Tightening(number, "đơn vị", "thử")

    assert compute(rule, at(start), values=values, tightening=own).due == at(due)


@pytest.mark.parametrize(
    ("rule", "number", "error", "says"),
    [
        ("TL-02", 15, LoosensLaw, "nhập nhiều nhất 14 ngày làm việc"),
        ("PN-01", 48, LoosensLaw, "luật (NĐ 244/2026 Đ7.3) là 24 giờ"),
        ("MD-02", 1, LoosensLaw, "không còn gì để siết"),
        ("MD-03", 4, LoosensLaw, "mặc định của sản phẩm là 3 ngày làm việc"),
        ("HB-01", 12, LoosensLaw, "nhập ít nhất 25 giờ"),
        ("CC-02", 1, WrongValue, "ràng buộc cơ quan báo chí"),
        ("PN-08", 1, WrongValue, "không có một con số chung"),
        ("DT-08", 1, WrongValue, "không có một con số chung"),
        ("PN-06", 1, WrongValue, "không có một con số chung"),
        ("PN-01", 0, WrongValue, "không phải là một số nguyên"),
        ("PN-02h", 12, NotInForce, "hãy dùng PN-01 hoặc PN-02"),
    ],
)
def test_what_may_not_stand_is_refused_with_what_to_do(rule, number, error, says):
    with pytest.raises(error) as refused:
        check_tightening(rule, number, NEW)

    assert says in str(refused.value)


@pytest.mark.parametrize(("rule", "number"), [("PN-01", 23), ("HB-01", 25), ("MD-03", 1)])
def test_what_is_stricter_may_stand(rule, number):
    assert check_tightening(rule, number, NEW).rule_id == rule
