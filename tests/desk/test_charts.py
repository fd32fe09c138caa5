"""Server-drawn charts and the tile grid of the provinces."""

import re
from datetime import date

import pytest

from hoiam.desk.charts import DayCount, day_bars, day_rows, share_bar, sparkline

ATTACK = "<script>alert(1)</script>\"'&<img src=x onerror=alert(2)>"


DAYS = [DayCount(date(2026, 9, day), count) for day, count in ((7, 0), (8, 12), (9, 58))]


def test_bars_have_titles_a_band_and_a_sign_on_odd_days():
    svg = day_bars(DAYS, unit="bài", label="Số bài", band=(7, 30), odd={date(2026, 9, 9)})
    assert re.findall(r"<title>([^<]+)</title>", svg) == [
        "07/09: 0 bài",
        "08/09: 12 bài",
        "09/09: 58 bài, ngày bất thường",
    ]
    assert svg.count('class="ha-band"') == 1 and "▲ 09/09: 58 bài" in svg


def test_words_of_neighbouring_odd_days_never_lie_on_each_other():
    days = [DayCount(date(2026, 9, day), count) for day, count in ((7, 5), (8, 12), (9, 9))]
    svg = day_bars(days, unit="bài", label="Số bài", odd={each.day for each in days})
    assert re.findall(r">(▲[^<]*)<", svg) == ["▲", "▲ 08/09: 12 bài", "▲"]


@pytest.mark.parametrize("days", [[], DAYS[:1]])
def test_bars_stand_few_or_no_days(days):
    assert day_bars(days, unit="bài", label="x").count("<title>") == len(days)


def test_chart_labels_are_escaped():
    assert "<script" not in day_bars(DAYS, unit=ATTACK, label=ATTACK) + sparkline([1], label=ATTACK)


def test_a_share_is_a_bar_to_scale_with_a_mark_for_the_period_before():
    svg = share_bar(5, 10, before=10, label="Báo Đò Mới: 5 bài, kỳ trước 10")
    assert 'aria-label="Báo Đò Mới: 5 bài, kỳ trước 10"' in svg
    assert ('width="79"' in svg, 'class="is-mark" x="158"' in svg) == (True, True)
    assert "is-mark" not in share_bar(5, 10, label="")
    assert 'width="0"' in share_bar(0, 0, before=0, label="")
    assert "<script" not in share_bar(1, 1, label=ATTACK)


def test_the_table_beside_the_bars():
    row = day_rows(DAYS, {date(2026, 9, 9)})[2]
    assert (row.day, row.weekday, row.count, row.is_odd) == ("09/09/2026", "Thứ Tư", "58", True)
