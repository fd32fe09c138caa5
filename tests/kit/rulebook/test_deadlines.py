"""Deadlines: situations in YAML, refusals, the shape for machines, properties of all rules."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoiam.kit import rulebook
from hoiam.kit.lists import yaml_of
from hoiam.kit.rulebook import (
    BADGE,
    Calendar,
    WrongValue,
    compute,
    national_calendar,
    parse_values,
    rules,
)
from hoiam.kit.rulebook.counting import AFTER
from hoiam.kit.vietnamese import VIETNAM

CASES = Path(__file__).parent / "cases"
DEADLINES = yaml_of((CASES / "deadlines.yaml").read_text(encoding="utf-8"))
REFUSALS = yaml_of((CASES / "refusals.yaml").read_text(encoding="utf-8"))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize("case", DEADLINES, ids=lambda case: case["label"])
def test_situation_is_due_when_the_law_says(case):
    found = compute(case["rule"], at(case["start"]), values=case.get("values"))

    assert found.due == (at(case["due"]) if case["due"] else None)


def test_there_are_enough_situations():
    assert len(DEADLINES) >= 60
    assert len({case["label"] for case in DEADLINES}) == len(DEADLINES)


@pytest.mark.parametrize("case", REFUSALS, ids=lambda case: case["label"])
def test_refusal_says_what_to_do(case):
    with pytest.raises(getattr(rulebook, case["error"])) as refused:
        compute(case["rule"], at(case["start"]), values=case.get("values"))

    assert str(refused.value) == case["says"]


def test_start_without_zone_is_refused():
    with pytest.raises(WrongValue) as refused:
        compute("PN-01", datetime(2026, 7, 3, 9, 0))

    assert str(refused.value) == (
        "Thời điểm bắt đầu phải có múi giờ, ví dụ 2026-07-03T16:20:00+07:00."
    )


def test_start_in_another_zone_chooses_the_law_by_vietnam_date():
    found = compute("PN-01", datetime(2026, 6, 30, 18, 0, tzinfo=UTC))

    assert found.start.isoformat() == "2026-07-01T01:00:00+07:00"
    assert found.due == at("2026-07-02T01:00:00")


def test_json_has_the_contract_shape_and_all_steps():
    told = compute("PN-07", at("2026-07-01T08:00:00")).as_json()

    assert told == {
        "due": "2026-08-17T23:59:59+07:00",
        "rule": "PN-07",
        "duty": "ban hành quy chế nội bộ phát ngôn (đến 15/8/2026)",
        "actor": "Cơ quan chưa có quy chế",
        "source": "NĐ 244/2026 Đ12",
        "valid_from": "2026-07-01",
        "valid_to": "2026-08-15",
        "confidence": "A",
        "steps": [
            "Bắt đầu: 01/7/2026 – 08:00 thứ Tư 01/07/2026.",
            "Áp dụng PN-07 (Ban hành quy chế phát ngôn nội bộ): NĐ 244/2026 Đ12.",
            "Ngày xảy ra sự kiện không tính (BLDS 2015 Đ147.2); ngày thứ nhất là thứ Năm 02/07/2026.",
            "Đếm 45 ngày liên tục: ngày cuối là thứ Bảy 15/08/2026.",
            "Ngày cuối thứ Bảy 15/08/2026 là ngày nghỉ (nghỉ cuối tuần): thời hạn kết thúc vào hết "
            "ngày làm việc tiếp theo, thứ Hai 17/08/2026 (BLDS 2015 Đ148.5).",
            "Hết hạn lúc 23:59:59 thứ Hai 17/08/2026 (24:00 của ngày cuối; BLDS 2015 Đ148).",
            "Lưu ý: Lời văn ghi “đến 15/8/2026” là thứ Bảy; theo BLDS Điều 148.5 thời hạn kéo đến "
            "hết thứ Hai 17/8/2026.",
            "Lưu ý: Lịch nghỉ năm 2026 chưa được xác nhận (MD-23): đối chiếu thông báo nghỉ lễ, "
            "nhập lịch của cơ quan rồi tính lại.",
        ],
    }


def test_json_of_a_default_carries_the_badge():
    told = compute("CC-05", at("2026-11-16T09:00:00")).as_json()

    assert told["confidence"] == "U"
    assert told["steps"][-1] == f"Lưu ý: {BADGE}."


def test_json_without_number_has_no_due():
    told = compute("CC-01", at("2026-07-03T09:00:00")).as_json()

    assert (told["due"], told["valid_to"]) == (None, None)


def test_before_date_warns_of_the_last_working_day():
    found = compute("PN-06", at("2026-07-01T08:00:00"))

    assert found.warnings[0] == (
        "thứ Bảy 19/12/2026 là ngày nghỉ (nghỉ cuối tuần): "
        "ngày làm việc cuối cùng để làm là thứ Sáu 18/12/2026."
    )


def test_before_date_on_a_working_day_does_not_warn():
    found = compute("AN-02", at("2026-08-19T08:00:00"), calendar=Calendar([date(2026, 9, 2)]))

    assert found.warnings == ()


def test_year_without_calendar_is_told():
    found = compute("TL-02", at("2028-07-03T08:00:00"))

    assert found.warnings == (
        "Chưa có lịch nghỉ năm 2028: mới chỉ trừ thứ Bảy, Chủ nhật; "
        "nhập lịch của cơ quan rồi tính lại.",
    )


def test_few_and_many_skipped_days_are_named():
    few = compute("TL-03", at("2026-07-03T08:00:00")).steps[3].text
    many = compute("TL-02", at("2026-08-20T08:00:00")).steps[3].text

    assert few == (
        "Đếm 5 ngày làm việc, bỏ qua 04/07/2026, 05/07/2026: ngày cuối là thứ Sáu 10/07/2026."
    )
    assert many == (
        "Đếm 15 ngày làm việc, bỏ qua 10 ngày nghỉ (từ 23/08/2026 đến 13/09/2026): "
        "ngày cuối là thứ Hai 14/09/2026."
    )


def test_borrowed_time_names_its_rule():
    found = compute("PH-01", at("2026-07-06T09:00:00"), values={"media_type": "báo in ngày"})

    assert found.unit == "calendar_day"
    assert found.steps[2].text == (
        "Hạn như CC-02 (Đăng, phát cải chính trong 02 ngày, NĐ 237/2026 Đ19.3.b)."
    )


def test_months_run_to_the_same_number_or_the_end_of_a_short_month():
    count = AFTER["month"](at("2027-01-31T08:00:00"), 1, Calendar())

    assert count.due == at("2027-03-01T23:59:59")  # 28/02/2027 is a Sunday
    assert count.steps[1].text.startswith("Cộng 1 tháng: ngày cuối là Chủ nhật 28/02/2027")


def test_values_are_read_from_pairs():
    assert parse_values(["media_type=báo điện tử", " number = 3 "]) == {
        "media_type": "báo điện tử",
        "number": "3",
    }


@pytest.mark.parametrize("pair", ["media_type", "=báo", "number="])
def test_pair_without_name_or_value_is_refused(pair):
    with pytest.raises(WrongValue) as refused:
        parse_values([pair])

    assert str(refused.value) == (
        f"“{pair}” chưa đúng dạng tên=giá trị, ví dụ media_type=báo điện tử."
    )


VALUES = {"PH-01": {"media_type": "daily_print"}, "DT-08": {"group": "a"}}
IN_FORCE = [rule for rule in rules() if rule.versions[-1].valid_to is None]
DAY_RULES = [
    rule.id
    for rule in IN_FORCE
    if rule.versions[-1].direction in ("after", "keep")
    and rule.versions[-1].unit in ("calendar_day", "working_day", "year", None)
]
MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2029, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=VIETNAM)
)


@settings(max_examples=60, deadline=None)
@given(MOMENTS, st.sampled_from(DAY_RULES))
def test_day_rule_never_ends_on_a_day_off(start, rule_id):
    due = compute(rule_id, start, values=VALUES.get(rule_id)).due

    assert national_calendar().is_working(due.date())
    assert due.date() > start.date()


@settings(max_examples=60, deadline=None)
@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=40)), st.sampled_from(IN_FORCE))
def test_later_start_is_never_due_earlier(start, later, rule):
    values = VALUES.get(rule.id)
    first = compute(rule.id, start, values=values).due
    second = compute(rule.id, start + later, values=values).due

    assert (first is None) == (second is None)
    assert first is None or first <= second


@pytest.mark.parametrize("rule", IN_FORCE, ids=lambda rule: rule.id)
def test_every_rule_in_force_can_be_computed_with_its_source(rule):
    found = compute(rule.id, at("2026-10-05T09:00:00"), values=VALUES.get(rule.id))

    assert found.source == rule.versions[-1].source
    assert found.steps[1].text.endswith(f"{found.source}.")
