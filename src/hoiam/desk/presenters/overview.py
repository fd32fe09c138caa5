"""The overview's figures as its page draws them: lights, provinces, days, indicators with their period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from hoiam.desk import charts
from hoiam.desk.charts import DayCount, DayRow
from hoiam.desk.components import Lamp, TileFigure
from hoiam.kit.news import surprise
from hoiam.kit.vietnamese import show_number, slug, sort_key
from hoiam.monitoring.models import Story
from hoiam.monitoring.queries import Spreading
from hoiam.scheme.queries import Indicator

TIMES = (("ok", "Trong hạn"), ("due", "Đến hạn"), ("late", "Quá hạn"))
WORKS = ("wait", "run", "done")
# The grid writes one city short.
SHORT_NAMES = {"TP. HCM": "Hồ Chí Minh"}
# The lamp's word in a narrow column: the shape already tells the work.
SHORT_WORDS = {
    ("ok", False): "trong hạn",
    ("ok", True): "không còn hạn",
    ("due", False): "đến hạn",
    ("due", True): "không còn hạn",
    ("late", False): "quá hạn",
    ("late", True): "xong muộn",
}
LEGEND = (
    Lamp("ok", "wait", "chưa xử lý"),
    Lamp("ok", "run", "đang xử lý"),
    Lamp("ok", "done", "không còn hạn mở"),
    Lamp("due", "run", "có việc đến hạn"),
    Lamp("late", "run", "có việc quá hạn"),
)
# Short for the strip of six; the page of indicators has the words of the law.
INDICATORS = {
    "I1": "họp báo trong năm",
    "I2": "lần chủ động đến giao ban",
    "I3": "đề nghị của báo đã trả lời",
    "I4": "vụ việc bất thường đã phát ngôn",
    "I5": "vụ việc phát ngôn đúng hạn",
    "I6": "vụ việc có phản hồi, yêu cầu cải chính",
}


@dataclass(frozen=True)
class LightRow:
    """One line of the 3×3 table: lamps with their counts."""

    label: str
    cells: tuple[tuple[Lamp, int], ...]


def light_rows(counts: Mapping[tuple[str, str], int]) -> list[LightRow]:
    """The nine lights in their order, zero where there are none."""
    return [
        LightRow(label, tuple((Lamp(time, work), counts.get((time, work), 0)) for work in WORKS))
        for time, label in TIMES
    ]


@dataclass(frozen=True)
class ProvinceRow:
    """One province of the table beside the grid."""

    name: str
    anchor: str
    cases: int
    warnings: int
    light: Lamp | None


def province_rows(
    lamps: Mapping[str, tuple[int, str, str]], warnings: Mapping[str, int], *, whole: bool
) -> list[ProvinceRow]:
    """Provinces with cases or warnings, and for who sees the whole System all 34, in Vietnamese order."""
    names = {name for name in (*lamps, *warnings) if name}
    if whole:
        names |= {SHORT_NAMES.get(tile.name, tile.name) for tile in charts.tiles()}
    return [_province(name, lamps, warnings) for name in sorted(names, key=sort_key)]


def _province(
    name: str, lamps: Mapping[str, tuple[int, str, str]], warnings: Mapping[str, int]
) -> ProvinceRow:
    count, *light = lamps.get(name, (0,))
    lamp = Lamp(*light, SHORT_WORDS[light[0], light[1] == "done"]) if light else None
    return ProvinceRow(name, f"tinh-{slug(name)}", count, warnings.get(name, 0), lamp)


def tile_figures(rows: Sequence[ProvinceRow]) -> dict[str, TileFigure]:
    """What each tile shows: cases with the worst lamp, linked to its line of the table."""
    by_name = {row.name: row for row in rows}
    found = {}
    for tile in charts.tiles():
        row = by_name.get(SHORT_NAMES.get(tile.name, tile.name))
        if row is not None and row.light is not None:
            found[tile.code] = TileFigure(row.cases, row.light, f"#{row.anchor}")
    return found


@dataclass(frozen=True)
class DayChart:
    """The bars of the period with their table, and the usual band in words."""

    drawing: SafeString
    rows: list[DayRow]
    words: str


def day_chart(counts: Sequence[tuple[date, int]], shown: int) -> DayChart:
    """The bars of the last `shown` days; the days before only say what is usual."""
    days = [DayCount(day, count) for day, count in counts[-shown:]]
    odd = _odd_days(counts, shown)
    band = usual_band([day.count for day in days if day.day not in odd])
    low, high = band
    words = f"Dải nền: mức thường, {show_number(low)}–{show_number(high)} bài. ▲ ngày bất thường."
    label = f"Số bài mỗi ngày, {len(days)} ngày"
    drawing = charts.day_bars(days, unit="bài", label=label, band=band, odd=odd)
    return DayChart(drawing, charts.day_rows(days, odd), words)


def _odd_days(counts: Sequence[tuple[date, int]], shown: int) -> set[date]:
    numbers = [count for _, count in counts]
    return {
        counts[place][0]
        for place in range(max(0, len(counts) - shown), len(counts))
        if surprise(numbers[:place], numbers[place]).is_unusual
    }


def usual_band(counts: Sequence[int]) -> tuple[int, int]:
    """Between which counts eight of ten days lie.

    >>> usual_band([4, 1, 2, 3, 5, 6, 7, 8, 9, 50])
    (2, 9)
    """
    if not counts:
        return (0, 0)
    ranked = sorted(counts)
    tenth = len(ranked) // 10
    return ranked[tenth], ranked[-1 - tenth]


@dataclass(frozen=True)
class Figure:
    """One indicator: its code, both terms, and what is counted."""

    code: str
    value: str
    title: str


def indicator_figures(indicators: Sequence[Indicator]) -> list[Figure]:
    """I1–I6 in order, in short words."""
    return [Figure(each.code, figure_words(each), INDICATORS[each.code]) for each in indicators]


def figure_words(indicator: Indicator) -> str:
    """Both terms of a ratio ("4 / 5"), or the count."""
    if indicator.whole is None:
        return show_number(indicator.part)
    return f"{show_number(indicator.part)} / {show_number(indicator.whole)}"


@dataclass(frozen=True)
class SpreadRow:
    """A spreading story with its week drawn small."""

    story: Story
    agencies: tuple[str, ...]
    drawing: SafeString
    yesterday: int
    today: int


def spread_rows(found: Sequence[Spreading]) -> list[SpreadRow]:
    """Spreading stories as the page draws them; the drawing says its figures in words."""
    return [
        SpreadRow(each.story, each.agencies, _week(each), each.yesterday, each.today)
        for each in found
    ]


def _week(each: Spreading) -> SafeString:
    told = ", ".join(show_number(count) for count in each.days)
    return charts.sparkline(each.days, label=f"Số bài bảy ngày qua: {told}")
