"""Obligation types, correction places, result codes, refusal grounds."""

from datetime import date

import pytest

from hoiam.kit.rulebook import (
    NotInForce,
    UnknownName,
    correction_place,
    media_type,
    obligation_type,
    obligation_types,
    refusal_grounds,
    result_codes,
    rule,
)

OLD, NEW = date(2026, 6, 30), date(2026, 7, 1)


def test_nine_types_and_where_they_are_counted():
    assert {kind.letter: kind.indicators for kind in obligation_types()} == {
        "a": ("I3",),
        "b": ("I3",),
        "c": (),
        "d": (),
        "e": ("I4", "I5"),
        "f": ("I4", "I5"),
        "g": ("I4",),
        "h": ("I6",),
        "i": (),
    }
    assert obligation_type("a").conditional_indicators == (
        ("I4", "khi yêu cầu về vấn đề báo chí đã nêu (NĐ 244/2026 Đ7.5)"),
    )


def test_clocks_that_always_open_by_generation():
    def always(day):
        return {
            kind.letter: [(c.rule, c.starts_at) for c in kind.clocks_on(day) if not c.when]
            for kind in obligation_types()
        }

    empty = {letter: [] for letter in "abcdefghi"}
    assert always(NEW) == empty | {
        "b": [("TL-01", "paper_received_at")],
        "c": [("TL-02", "paper_received_at")],
        "d": [("TL-03", "concluded_at")],
        "e": [("PN-01", "received_at")],
        "f": [("PN-02", "impact_determined_at")],
    }
    assert always(OLD) == empty | {
        "b": [("TL-01h", "paper_received_at")],
        "c": [("TL-02h", "paper_received_at")],
        "d": [("TL-02h", "paper_received_at")],
        "e": [("PN-02h", "happened_at")],
    }


def test_petition_runs_two_clocks():
    rules = [clock.rule for clock in obligation_type("C").clocks_on(NEW)]

    assert rules == ["TL-02", "DT-01", "TL-05", "TL-06"]


def test_every_clock_is_a_rule_with_a_known_start():
    clocks = [clock for kind in obligation_types() for clock in kind.clocks]

    assert [rule(clock.rule).id for clock in clocks] == [clock.rule for clock in clocks]
    assert {clock.starts_at for clock in clocks} == {
        "received_at",
        "impact_determined_at",
        "paper_received_at",
        "happened_at",
        "accepted_at",
        "concluded_at",
        "answered_at",
        "corrected_at",
        "refused_at",
    }


def test_unknown_type_is_refused():
    with pytest.raises(UnknownName) as refused:
        obligation_type("z")

    assert str(refused.value) == "Không có loại nghĩa vụ “z”; chọn một chữ từ a đến i."


@pytest.mark.parametrize(
    ("kind", "old", "new", "where"),
    [
        ("online", ("CC-01h", "CC-05h"), ("CC-01", "CC-05"), "chuyên mục riêng trên trang chủ"),
        ("Báo in ngày", ("CC-02h", None), ("CC-02", None), "trang 2"),
        ("báo in tuần", ("CC-03h", None), ("CC-03", None), "trang 2"),
        ("magazine", ("CC-03h", None), ("CC-03", None), "trang cuối"),
        ("magazine_over_30", ("CC-04h", None), ("CC-04", None), "trang cuối"),
        ("phát thanh", ("CC-02h", None), ("CC-02", None), "cùng khung giờ"),
        ("television", ("CC-02h", None), ("CC-02", None), "cùng khung giờ"),
        ("aggregator", (None, None), (None, None), "nơi đã đăng lại"),
    ],
)
def test_correction_place_by_media_type_and_day(kind, old, new, where):
    before, after = correction_place(kind, OLD), correction_place(kind, NEW)

    assert (before.rule, before.keep_rule) == old
    assert (after.rule, after.keep_rule) == new
    assert (before.where, after.where) == (where, where)
    assert (before.response_rule, after.response_rule) == ("PH-01h", "PH-01")
    assert after.title == "Thông tin cải chính, xin lỗi"


def test_network_channel_is_press_from_2026_only():
    assert correction_place("kênh nội dung", NEW).how == "không giới hạn người xem"
    with pytest.raises(NotInForce) as refused:
        correction_place("network_channel", OLD)

    assert str(refused.value) == (
        "Ngày 30/06/2026 chưa có quy định đăng cải chính cho "
        "kênh nội dung trên không gian mạng; kiểm lại loại hình và ngày."
    )


def test_social_network_is_no_media_type():
    with pytest.raises(UnknownName) as refused:
        media_type("social")

    assert str(refused.value) == (
        "“social” không phải là loại hình báo chí; chọn: báo điện tử, "
        "kênh nội dung trên không gian mạng, báo in ngày, phát thanh, truyền hình, báo in tuần, "
        "tạp chí in, tạp chí in trên 30 ngày một kỳ, trang thông tin điện tử tổng hợp."
    )


def test_result_codes_are_those_of_the_workflow():
    assert [result.code for result in result_codes()] == [
        "published",
        "corrected",
        "removed",
        "refused_with_reason",
        "no_reaction",
        "stopped_after_rounds",
        "escalated",
        "answered",
        "declined",
        "press_right",
        "no_duty",
        "not_ours",
        "duplicate",
    ]


def test_refusal_grounds_are_four_before_and_three_since():
    before, since = refusal_grounds(OLD), refusal_grounds(NEW)

    assert [str(ground.source) for ground in before] == [
        "Luật 103/2016 Đ38.2.a",
        "Luật 103/2016 Đ38.2.b",
        "Luật 103/2016 Đ38.2.c",
        "Luật 103/2016 Đ38.2.d",
    ]
    assert [str(ground.source) for ground in since] == [
        "Luật 126/2025 Đ31.2.a",
        "Luật 126/2025 Đ31.2.b",
        "Luật 126/2025 Đ31.2.c",
    ]


def test_no_grounds_before_the_first_law():
    with pytest.raises(NotInForce) as refused:
        refusal_grounds(date(2016, 12, 31))

    assert str(refused.value) == ("Căn cứ từ chối chỉ có từ 01/01/2017; chọn ngày từ đó trở đi.")
