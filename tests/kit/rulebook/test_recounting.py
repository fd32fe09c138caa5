"""A clock counted again: extensions and pauses in order of time, over a calendar that changed."""

from datetime import date, datetime

import pytest

from hoiam.kit.rulebook import (
    Granted,
    Waited,
    compute,
    extensions_left,
    national_calendar,
    obligation_type,
    recount,
    rule,
)
from hoiam.kit.vietnamese import VIETNAM


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def test_without_events_it_is_the_count_itself():
    start = at("2026-07-01T08:00:00")
    found = recount("DT-05", start, note="Ghi thêm.")

    assert found.due == compute("DT-05", start).due
    assert list(found.steps) == [*compute("DT-05", start).as_json()["steps"], "Ghi thêm."]


def test_an_extension_by_the_law_runs_on_from_the_end():
    more = Granted(at("2026-07-30T08:00:00"), "nhiều tình tiết", "Trưởng THADS", 30, "calendar_day")
    found = recount("DT-05", at("2026-07-01T08:00:00"), [more])

    assert found.due == at("2026-09-03T23:59:59")
    assert any(step.startswith("Gia hạn 30 ngày (nhiều tình tiết;") for step in found.steps)


def test_an_extension_to_a_complex_matter_counts_from_the_start():
    more = Granted(
        at("2026-07-30T08:00:00"), "nhiều bên", "Trưởng THADS",
        when="vụ việc phức tạp", values={"case": "complex"},
    )  # fmt: skip
    found = recount("DT-03", at("2026-07-01T08:00:00"), [more])

    assert found.due == at("2026-08-17T23:59:59")  # 15/8 is a Saturday


def test_pause_and_extension_in_order_of_time():
    start = at("2026-08-03T09:00:00")
    pause = Waited(at("2026-08-04T09:00:00"), at("2026-08-05T09:00:00"), "Tòa án")
    moved = Granted(
        at("2026-08-05T10:00:00"), "thêm việc", "Thủ trưởng", until=at("2026-08-10T17:00:00")
    )
    later = Waited(at("2026-08-06T09:00:00"), at("2026-08-06T15:00:00"), "hồ sơ")
    found = recount("MD-03", start, [later, moved, pause])

    assert found.due == at("2026-08-10T23:00:00")
    assert [step[:9] for step in found.steps[-3:]] == ["Tạm dừng ", "Gia hạn đ", "Tạm dừng "]


def test_a_day_announced_later_moves_the_due_time_and_back():
    start, day = at("2026-11-18T09:00:00"), date(2026, 11, 23)
    with_day = national_calendar().with_days({day: "nghỉ hoán đổi"}, {date(2026, 11, 21): "làm bù"})
    first, moved = recount("TL-03", start), recount("TL-03", start, calendar=with_day)

    assert (first.due, moved.due) == (at("2026-11-26T23:59:59"), at("2026-11-26T23:59:59"))
    only_off = national_calendar().with_days({day: "nghỉ hoán đổi"}, {})
    assert recount("TL-03", start, calendar=only_off).due == at("2026-11-27T23:59:59")
    assert "23/11/2026" in " ".join(recount("TL-03", start, calendar=only_off).steps)
    back = only_off.with_days({}, {day: "làm việc"})
    assert recount("TL-03", start, calendar=back).due == first.due


def test_an_announced_worked_day_may_be_a_holiday_put_here_too_early():
    calendar = national_calendar().with_days({}, {date(2027, 2, 5): "làm việc"})

    assert calendar.is_working(date(2027, 2, 5))
    assert not national_calendar().is_working(date(2027, 2, 5))


@pytest.mark.parametrize(
    ("rule_id", "values", "granted", "left"),
    [
        ("DT-05", {}, [], ["vụ việc phức tạp", "vụ việc đặc biệt phức tạp"]),
        ("DT-05", {}, ["vụ việc phức tạp"], ["vụ việc đặc biệt phức tạp"]),
        ("DT-05", {}, ["vụ việc phức tạp", "vụ việc đặc biệt phức tạp"], []),
        ("DT-03", {}, [], ["vụ việc phức tạp"]),
        ("DT-03", {"case": "complex"}, [], []),
        ("DT-04", {"case": "remote"}, [], ["vùng sâu, vùng xa và vụ việc phức tạp"]),
        ("TL-02", {}, [], []),
    ],
)
def test_what_the_law_still_allows(rule_id, values, granted, left):
    version = rule(rule_id).at(date(2026, 8, 5))

    assert [more.when for more in extensions_left(version, values, granted)] == left


def test_conditions_are_met_by_answers_and_never_guessed():
    kind, day = obligation_type("d"), date(2026, 8, 5)

    def opened(**answers):
        return [c.rule for c in kind.clocks_on(day) if c.applies(answers)]

    assert opened() == ["TL-03"]
    assert opened(matter="enforcement") == ["DT-07", "DT-08", "TL-03"]
    assert opened(matter="administrative", round="2") == ["DT-02", "DT-04", "TL-03"]
    assert opened(matter="denunciation") == ["TL-04", "DT-05", "TL-03"]
    assert [q.name for q in kind.questions_on(day)] == ["matter", "round", "group", "case"]


def test_every_condition_in_words_is_one_people_can_answer():
    for letter in "abcdefghi":
        kind = obligation_type(letter)
        known = {ask.name: {code for code, _ in ask.choices} for ask in kind.questions}
        for clock in kind.clocks:
            for name, codes in clock.needs:
                assert set(codes) <= known[name], clock
            assert bool(clock.when) or not clock.needs, clock
            asks = rule(clock.rule).versions[-1].questions
            assert {ask.name for ask in asks} <= set(known), clock
