"""Extensions: granted with reason and signer, within the law."""

from datetime import datetime

import pytest

from hoiam.kit.rulebook import LoosensLaw, Prolongation, WrongValue, compute, extend
from hoiam.kit.vietnamese import VIETNAM

WHO = {"reason": "nhiều tình tiết", "signer": "Cục trưởng"}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_denunciation_is_extended_by_thirty_days_twice_at_most():
    first = compute("DT-05", at("2026-07-01T08:00:00"))
    once = extend(first, number=30, unit="calendar_day", **WHO)
    twice = extend(once, number=30, unit="calendar_day", **WHO)

    assert [d.due for d in (first, once, twice)] == [
        at("2026-07-31T23:59:59"),
        at("2026-09-03T23:59:59"),  # 30/8 is a Sunday; 31/8, 01/9, 02/9 are off
        at("2026-10-05T23:59:59"),
    ]
    assert twice.extensions == (Prolongation(30, "calendar_day", *WHO.values()),) * 2
    assert once.steps[len(first.steps)].text == (
        "Gia hạn 30 ngày (nhiều tình tiết; người ký: Cục trưởng), tính tiếp từ thứ Sáu 31/07/2026."
    )
    with pytest.raises(LoosensLaw) as refused:
        extend(twice, number=30, unit="calendar_day", **WHO)
    assert str(refused.value) == (
        "Quy tắc DT-05 (Luật Tố cáo 2018 Đ30) chỉ cho gia hạn trong giới hạn này – "
        "vụ việc phức tạp: không quá 30 ngày mỗi lần, 1 lần; "
        "vụ việc đặc biệt phức tạp: không quá 30 ngày mỗi lần, 2 lần."
    )


def test_law_without_extension_refuses():
    deadline = compute("TL-02", at("2026-07-01T08:00:00"))

    with pytest.raises(LoosensLaw) as refused:
        extend(deadline, number=1, unit="working_day", **WHO)

    assert str(refused.value) == (
        "Quy tắc TL-02 (NĐ 237/2026 Đ18.3) không cho gia hạn; "
        "làm ngay phần còn lại và ghi lý do chậm."
    )


def test_default_is_extended_freely_in_any_unit():
    deadline = compute("MD-04", at("2026-07-03T20:00:00"))

    assert extend(deadline, number=6, unit="hour", **WHO).due == at("2026-07-04T14:00:00")


@pytest.mark.parametrize(
    ("rule", "change", "told"),
    [
        ("CC-01", {}, "Quy tắc CC-01 không có hạn bằng số nên không có gì để gia hạn."),
        ("MD-03", {"reason": " "}, "Gia hạn phải ghi lý do và người ký."),
        ("MD-03", {"signer": ""}, "Gia hạn phải ghi lý do và người ký."),
        (
            "MD-03",
            {"number": 0},
            "Không gia hạn được 0 ngày làm việc; nhập lại số và đơn vị.",
        ),
        ("MD-03", {"unit": "tuần"}, "Không gia hạn được 1 tuần; nhập lại số và đơn vị."),
    ],
)
def test_extension_that_cannot_be_granted_is_told(rule, change, told):
    deadline = compute(rule, at("2026-07-03T20:00:00"))

    with pytest.raises(WrongValue) as refused:
        extend(deadline, **{"number": 1, "unit": "working_day", **WHO, **change})

    assert str(refused.value) == told
